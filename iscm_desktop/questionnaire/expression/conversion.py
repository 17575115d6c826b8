"""From one of XPath's four types to another (XPath 1.0, 3.2 to 4.4), and what the form language adds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from iscm_desktop.questionnaire.expression import budget, expression_error
from iscm_desktop.questionnaire.expression.context import Context, Value
from iscm_desktop.questionnaire.expression.date_times import days_of_text
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError
from iscm_desktop.questionnaire.expression.numbers import number_of_text, text_of_number
from iscm_desktop.questionnaire.expression.tree import Node, NodeKind

Dialect = Literal["xforms", "xpath1"]

NumberOfText = Callable[[str, Context], float]
"""How a dialect takes text as a number."""


def number_in_xpath(text: str, _context: Context) -> float:
    """Digits with at most one point and a minus sign; NaN for any other text."""
    return number_of_text(text)


def number_in_xforms(text: str, context: Context) -> float:
    """As XPath, and a date or date-time is its days since 1970 (ODK XForms, number())."""
    value = number_of_text(text)
    if value != value:  # NaN
        return days_of_text(text, context.host)
    return value


def text_at(node: Node) -> str:
    """The text of a node and of all below it, as XPath's string() takes it; gathering it takes steps."""
    found = node._text
    return _gathered(node) if found is None else found


def _gathered(node: Node) -> str:
    below = list(node.walk())
    budget.take(len(below))
    texts = [each._text or "" for each in below if each.kind is NodeKind.TEXT]
    budget.made(sum(map(len, texts)))
    return "".join(texts)


def text_of_nodes(nodes: list[Node]) -> str:
    """The text of the first node; "" where there is none."""
    return text_at(nodes[0]) if nodes else ""


def text_of(value: Value) -> str:
    """As string() gives it."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return text_of_nodes(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return text_of_number(value)


def truth_of(value: Value) -> bool:
    """As boolean() gives it: not for 0, NaN, "" and no nodes."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value == value and value != 0
    return len(value) > 0


def number_of(value: Value, context: Context, of_text: NumberOfText) -> float:
    """As number() gives it, with text read by `of_text`."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    return of_text(value if isinstance(value, str) else text_of_nodes(value), context)


def nodes_of(value: Value) -> list[Node]:
    """The value itself; ExpressionError for one of another type, which nothing turns into nodes."""
    if isinstance(value, list):
        return value
    raise ExpressionError(expression_error.NO_NODES)
