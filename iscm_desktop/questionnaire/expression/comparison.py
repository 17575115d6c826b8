"""`=`, `!=`, `<`, `<=`, `>` and `>=` between all pairs of types (XPath 1.0, 3.4).

One thing differs from that text, as in all engines of the field: `<` and its like between nodes and a truth
value compare the number of each node, not whether there is one.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Set
from typing import Any, cast

from iscm_desktop.questionnaire.expression.compiled_code import Code, as_boolean, as_number, as_string
from iscm_desktop.questionnaire.expression.context import Context, Run, Value
from iscm_desktop.questionnaire.expression.conversion import (
    NumberOfText,
    number_of,
    text_at,
    text_of,
    truth_of,
)
from iscm_desktop.questionnaire.expression.tree import Node

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "!=": operator.ne,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def comparison(sign: str, left: Code, right: Code, of_text: NumberOfText) -> Run:
    """The closure that compares; the way is chosen by the types that are known already."""
    kinds = {left.kind, right.kind}
    if "any" in kinds:
        return _any(sign, left, right, of_text)
    if "nodes" not in kinds:
        return _plain(sign, left, right, kinds, of_text)
    if left.kind != "nodes":
        sign, left, right = _MIRRORED[sign], right, left
    if right.kind == "boolean" and sign in ("=", "!="):
        return _truths(_COMPARE[sign], as_boolean(left), as_boolean(right))
    if right.kind == "string" and sign in ("=", "!="):
        return _nodes_with_text(sign, left, as_string(right))
    if right.kind == "nodes":
        return _nodes_with_nodes(sign, left, right, of_text)
    return _nodes_with_number(sign, left, as_number(right, of_text), of_text)


def _truths(
    compare: Callable[[Any, Any], bool], left: Callable[[Context], bool], right: Callable[[Context], bool]
) -> Run:
    return lambda context: compare(left(context), right(context))


def _plain(sign: str, left: Code, right: Code, kinds: Set[str], of_text: NumberOfText) -> Run:
    compare = _COMPARE[sign]
    ours: Callable[[Context], object]
    theirs: Callable[[Context], object]
    if sign in ("=", "!=") and "boolean" in kinds:
        ours, theirs = as_boolean(left), as_boolean(right)
    elif sign in ("=", "!=") and "number" not in kinds:
        ours, theirs = as_string(left), as_string(right)
    else:
        ours, theirs = as_number(left, of_text), as_number(right, of_text)
    return lambda context: compare(ours(context), theirs(context))


def _nodes_with_text(sign: str, left: Code, text: Callable[[Context], str]) -> Run:
    nodes = cast("Callable[[Context], list[Node]]", left.run)
    if sign == "=":

        def equal(context: Context) -> bool:
            wanted = text(context)
            for node in nodes(context):
                found = node._text
                if (text_at(node) if found is None else found) == wanted:
                    return True
            return False

        return equal

    def unequal(context: Context) -> bool:
        wanted = text(context)
        for node in nodes(context):
            found = node._text
            if (text_at(node) if found is None else found) != wanted:
                return True
        return False

    return unequal


def _nodes_with_number(
    sign: str, left: Code, number: Callable[[Context], float], of_text: NumberOfText
) -> Run:
    nodes = cast("Callable[[Context], list[Node]]", left.run)
    compare = _COMPARE[sign]

    def run(context: Context) -> bool:
        fixed = number(context)
        return any(compare(of_text(text_at(node), context), fixed) for node in nodes(context))

    return run


def _nodes_with_nodes(sign: str, left: Code, right: Code, of_text: NumberOfText) -> Run:
    def run(context: Context) -> bool:
        ours, theirs = cast("list[Node]", left.run(context)), cast("list[Node]", right.run(context))
        return bool(ours and theirs) and _some_pair(sign, ours, theirs, context, of_text)

    return run


def _some_pair(
    sign: str, ours: list[Node], theirs: list[Node], context: Context, of_text: NumberOfText
) -> bool:
    """Whether the comparison holds for some node of ours with some node of theirs, in linear time."""
    if sign == "=":
        wanted = {text_at(node) for node in theirs}
        return any(text_at(node) in wanted for node in ours)
    if sign == "!=":
        texts = {text_at(node) for node in ours} | {text_at(node) for node in theirs}
        return len(texts) > 1
    left = [value for node in ours if (value := of_text(text_at(node), context)) == value]
    right = [value for node in theirs if (value := of_text(text_at(node), context)) == value]
    if not left or not right:
        return False
    if sign in ("<", "<="):
        return _COMPARE[sign](min(left), max(right))
    return _COMPARE[sign](max(left), min(right))


def _any(sign: str, left: Code, right: Code, of_text: NumberOfText) -> Run:
    def run(context: Context) -> bool:
        return compared(sign, left.run(context), right.run(context), context, of_text)

    return run


def compared(sign: str, left: Value, right: Value, context: Context, of_text: NumberOfText) -> bool:
    """Compares two values whose types were not known before."""
    if isinstance(left, list) and isinstance(right, list):
        return bool(left and right) and _some_pair(sign, left, right, context, of_text)
    if isinstance(right, list):
        sign, left, right = _MIRRORED[sign], right, left
    if isinstance(left, list) and not (isinstance(right, bool) and sign in ("=", "!=")):
        return any(compared(sign, text_at(node), right, context, of_text) for node in left)
    if sign in ("=", "!="):
        if isinstance(left, bool) or isinstance(right, bool):
            return _COMPARE[sign](truth_of(left), truth_of(right))
        if isinstance(left, str) and isinstance(right, str):
            return _COMPARE[sign](text_of(left), text_of(right))
    return _COMPARE[sign](number_of(left, context, of_text), number_of(right, context, of_text))
