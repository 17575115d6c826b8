"""A compiled piece of an expression: a closure, the type it yields, and how that turns into other types.

Conversions are chosen here once, while compiling, so that evaluating does not ask for types again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

from iscm_desktop.questionnaire.expression import expression_error
from iscm_desktop.questionnaire.expression.context import Context, Run, Value
from iscm_desktop.questionnaire.expression.conversion import (
    NumberOfText,
    nodes_of,
    number_of,
    text_at,
    text_of,
    truth_of,
)
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError
from iscm_desktop.questionnaire.expression.numbers import text_of_number
from iscm_desktop.questionnaire.expression.tree import Node

Kind = Literal["number", "string", "boolean", "nodes", "any"]
First = Callable[[Context], "Node | None"]


@dataclass(frozen=True, slots=True)
class Code:
    """One compiled piece.

    Attributes:
        first: For nodes: finds the first in document order without collecting the others.
        constant: The value, where it is written in the text itself.
        is_independent: The same for every node that a predicate tries, so it can be taken out of the loop.
    """

    kind: Kind
    run: Run
    first: First | None = None
    constant: float | str | None = None
    is_independent: bool = False


def constant(value: float | str) -> Code:
    """A piece that stands for a value written in the text."""
    kind: Kind = "string" if isinstance(value, str) else "number"
    return Code(kind, lambda _context: value, constant=value, is_independent=True)


def as_string(code: Code) -> Callable[[Context], str]:
    """The piece as text: of nodes that of the first in document order, "" where there is none."""
    run, first = code.run, code.first
    if code.kind == "string":
        return cast("Callable[[Context], str]", run)
    if first is not None:
        return _text_of_first(first)
    if code.kind == "number":
        return lambda context: text_of_number(cast("float", run(context)))
    return lambda context: text_of(run(context))


def _text_of_first(first: First) -> Callable[[Context], str]:
    def text(context: Context) -> str:
        node = first(context)
        if node is None:
            return ""
        found = node._text
        return text_at(node) if found is None else found

    return text


def as_number(code: Code, of_text: NumberOfText) -> Callable[[Context], float]:
    """The piece as a number; NaN for what is none."""
    run = code.run
    if code.kind == "number":
        return cast("Callable[[Context], float]", run)
    if code.kind == "boolean":
        return lambda context: 1.0 if run(context) else 0.0
    if code.kind == "any":
        return lambda context: number_of(run(context), context, of_text)
    text = as_string(code)
    return lambda context: of_text(text(context), context)


def as_boolean(code: Code) -> Callable[[Context], bool]:
    """The piece as a truth value: of nodes whether there is any, of text whether it is not ""."""
    run, first = code.run, code.first
    if code.kind == "boolean":
        return cast("Callable[[Context], bool]", run)
    if first is not None:
        return lambda context: first(context) is not None
    return lambda context: truth_of(run(context))


def as_nodes(code: Code) -> Callable[[Context], list[Node]]:
    """The piece as nodes in document order.

    Raises:
        ExpressionError: it can yield none, whatever the context; at once, where its type tells.
    """
    run = code.run
    if code.kind == "nodes":
        return cast("Callable[[Context], list[Node]]", run)
    if code.kind == "any":
        return lambda context: nodes_of(run(context))
    raise ExpressionError(expression_error.NO_NODES)


def first_node(code: Code) -> First:
    """The first node in document order, None where there is none."""
    if code.first is not None:
        return code.first
    nodes = as_nodes(code)

    def first(context: Context) -> Node | None:
        found = nodes(context)
        return found[0] if found else None

    return first


def failing(error: ExpressionError) -> Code:
    """Raises `error` when evaluation comes to it, and not before."""

    def run(_context: Context) -> Value:
        raise error

    return Code("any", run)
