"""Functions over the answers of select questions: values separated by spaces."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from iscm_desktop.questionnaire.expression import budget, expression_error
from iscm_desktop.questionnaire.expression.compiled_code import Code, as_nodes, as_string
from iscm_desktop.questionnaire.expression.context import Context, Value
from iscm_desktop.questionnaire.expression.conversion import text_of
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError
from iscm_desktop.questionnaire.expression.numbers import number_of_text
from iscm_desktop.questionnaire.expression.registry import CallCompiler, Library, function, special
from iscm_desktop.questionnaire.expression.syntax import Call, Literal
from iscm_desktop.questionnaire.expression.tree import Node

LIBRARY: Library = {}

_SHORT = 500
"""Characters of chosen values that are looked through without counting; hardly any answer has more."""

_GLANCED_AT = 128
"""Characters in which a value is looked for before they are split: most filters ask for what is not there. In longer
ones, looking for what is nearly there everywhere would take longer than splitting."""


def _selected(chosen: str, value: str) -> bool:
    """Whether `value` is among the chosen ones; nothing is selected where nothing is chosen."""
    wanted = value.strip()
    if not wanted:
        return not chosen.strip()
    if len(chosen) <= _GLANCED_AT:
        return wanted in chosen and wanted in chosen.split()
    if len(chosen) > _SHORT:
        budget.take(len(chosen) >> 4)
    return wanted in chosen.split()


for _name in ("selected", "is-selected"):
    function(LIBRARY, _name, "string string", "boolean")(_selected)


@function(LIBRARY, "selected-at", "string number", "string")
def _selected_at(chosen: str, index: float) -> str:
    """The value at a place counted from 0; "" where there is none."""
    if len(chosen) > _SHORT:
        budget.take(len(chosen) >> 4)
    values = chosen.split()
    return values[int(index)] if 0 <= index < len(values) else ""


@function(LIBRARY, "count-selected", "string", "number")
def _count_selected(chosen: str) -> float:
    budget.take(len(chosen) >> 4)
    return float(len(chosen.split()))


@special(LIBRARY, "jr:choice-name", 2, 2)
def _choice_name(compiler: CallCompiler, call: Call, arguments: Sequence[Code]) -> Code:
    """The label of a choice; the question is named by a path inside a text, which is read here."""
    value, question = as_string(arguments[0]), call.arguments[1]
    if isinstance(question, Literal):
        nodes = compiler.nodes_of_text(question.value, question.position)
        return Code("string", lambda context: _label(context, value(context), nodes(context)))
    path = as_string(arguments[1])
    return Code(
        "string",
        lambda context: _label(context, value(context), compiler.nodes_of_text(path(context), 0)(context)),
    )


def _label(context: Context, value: str, nodes: list[Node]) -> str:
    if not value:
        return ""
    template = nodes[0].names() if nodes else ()
    return context.host.choice_label(template, value, context.node)


@special(LIBRARY, "randomize", 1, 2, is_volatile=True)
def _randomize(_compiler: CallCompiler, _call: Call, arguments: Sequence[Code]) -> Code:
    nodes = as_nodes(arguments[0])
    if len(arguments) == 1:
        return Code("nodes", lambda context: shuffled(nodes(context), context.host.random))
    seed = arguments[1].run
    return Code("nodes", lambda context: shuffled(nodes(context), park_miller(_seed(seed(context)))))


def _seed(value: Value) -> int:
    """A number's whole part; for other text a number made of its digest, as JavaRosa does."""
    number = value if isinstance(value, float) else number_of_text(text_of(value))
    if number == number:
        if abs(number) == float("inf"):
            raise ExpressionError(expression_error.BAD_SEED, found=text_of(value))
        return int(number)
    text = text_of(value)
    if not text or text == "NaN":
        return 0
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)


def park_miller(seed: int) -> Callable[[], float]:
    """Park and Miller's generator, with the multiplier that ODK's tools share: numbers from 0 up to 1."""
    modulus = 2_147_483_647
    state = abs(seed) % modulus * (1 if seed >= 0 else -1)
    if state <= 0:
        state += modulus - 1

    def following() -> float:
        nonlocal state
        state = state * 16_807 % modulus
        return (state - 1) / (modulus - 1)

    return following


def shuffled(nodes: Sequence[Node], random: Callable[[], float]) -> list[Node]:
    """The "inside-out" shuffle of Fisher and Yates."""
    budget.take(len(nodes))
    order: list[Node] = []
    for place, node in enumerate(nodes):
        other = int(random() * (place + 1))
        if other == place:
            order.append(node)
        else:
            order.append(order[other])
            order[other] = node
    return order
