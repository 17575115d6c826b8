"""Functions that reach outside the instance: lists and tables of the form, its texts, its version."""

from __future__ import annotations

from collections.abc import Sequence

from iscm_desktop.questionnaire.expression import expression_error
from iscm_desktop.questionnaire.expression.compiled_code import Code, as_string
from iscm_desktop.questionnaire.expression.context import Context
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError
from iscm_desktop.questionnaire.expression.lookups import column_texts, rows_with
from iscm_desktop.questionnaire.expression.registry import CallCompiler, Library, function, special
from iscm_desktop.questionnaire.expression.syntax import Call
from iscm_desktop.questionnaire.expression.tree import Node, NodeKind

LIBRARY: Library = {}


@special(LIBRARY, "current", 0, 0)
def _current(_compiler: CallCompiler, _call: Call, _arguments: Sequence[Code]) -> Code:
    """The node that the whole expression belongs to, also inside a predicate."""
    return Code("nodes", lambda context: [context.current], first=lambda context: context.current)


@special(LIBRARY, "instance", 1, 1)
def _instance(_compiler: CallCompiler, _call: Call, arguments: Sequence[Code]) -> Code:
    name = as_string(arguments[0])

    def first(context: Context) -> Node:
        return found_instance(context, name(context))

    return Code("nodes", lambda context: [first(context)], first=first)


def found_instance(context: Context, name: str) -> Node:
    """The node above the topmost element of a secondary instance; ExpressionError where there is none of that id."""
    found = context.host.instance(name)
    if found is None:
        raise ExpressionError(expression_error.UNKNOWN_INSTANCE, found=name)
    return found


@function(LIBRARY, "pulldata", "string string string string", "string", with_context=True)
def _pulldata(context: Context, name: str, wanted: str, key: str, value: str) -> str:
    """The cell in column `wanted` of the first row whose column `key` holds `value`; "" for none.

    Rows have one name throughout, "item" in what is made of a CSV file.
    """
    top = next(iter(found_instance(context, name).children), None)
    row = next((child for child in top.children if child.kind is NodeKind.ELEMENT), None) if top else None
    found = rows_with(top, row.name, key, value) if top is not None and row is not None else []
    return next(iter(column_texts(found[0], wanted)), "") if found else ""


@function(LIBRARY, "jr:itext", "string", "string", with_context=True)
def _itext(context: Context, name: str) -> str:
    return context.host.itext(name, context.current)


@function(LIBRARY, "version", "", "string", with_context=True)
def _version(context: Context) -> str:
    return context.host.version
