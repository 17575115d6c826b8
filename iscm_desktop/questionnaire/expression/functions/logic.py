"""Truth and choice between values: if(), coalesce(), once(), checklists."""

from __future__ import annotations

from collections.abc import Sequence

from iscm_desktop.questionnaire.expression.compiled_code import Code, as_boolean, as_string
from iscm_desktop.questionnaire.expression.context import Context, Value
from iscm_desktop.questionnaire.expression.conversion import (
    number_in_xforms,
    number_of,
    text_at,
    text_of,
    truth_of,
)
from iscm_desktop.questionnaire.expression.registry import CallCompiler, Library, function, special
from iscm_desktop.questionnaire.expression.syntax import Call

LIBRARY: Library = {}


@special(LIBRARY, "if", 3, 3)
def _if(_compiler: CallCompiler, _call: Call, arguments: Sequence[Code]) -> Code:
    """Evaluates only the side that is asked for."""
    holds, yes, no = as_boolean(arguments[0]), arguments[1], arguments[2]
    run_yes, run_no = yes.run, no.run
    return Code(
        yes.kind if yes.kind == no.kind else "any",
        lambda context: run_yes(context) if holds(context) else run_no(context),
    )


@special(LIBRARY, "coalesce", 2, None)
def _coalesce(_compiler: CallCompiler, _call: Call, arguments: Sequence[Code]) -> Code:
    """The first text that is not blank; a number that is none (NaN) counts as blank, as in JavaRosa."""
    runs = [code.run for code in arguments]

    def run(context: Context) -> str:
        for one in runs:
            value = one(context)
            if isinstance(value, float) and value != value:
                continue
            text = text_of(value)
            if text:
                return text
        return ""

    return Code("string", run)


@special(LIBRARY, "once", 1, 1, reads_context="always")
def _once(_compiler: CallCompiler, _call: Call, arguments: Sequence[Code]) -> Code:
    """What the context node holds already; its argument only while it is blank."""
    text = as_string(arguments[0])
    return Code("string", lambda context: text_at(context.node) or text(context))


@function(LIBRARY, "depend", "value value*", "any")
def _depend(value: Value, *_others: Value) -> Value:
    """The first argument; the others are there only to be watched."""
    return value


@function(LIBRARY, "boolean-from-string", "string", "boolean")
def _boolean_from_string(text: str) -> bool:
    return text in ("true", "1")


def _spread(values: Sequence[Value]) -> list[Value]:
    """Values with each node of a node-set on its own, as text."""
    spread: list[Value] = []
    for value in values:
        if isinstance(value, list):
            spread.extend(text_at(node) for node in value)
        else:
            spread.append(value)
    return spread


def _is_between(total: float, least: float, most: float) -> bool:
    """Whether a total keeps to its bounds; a bound below 0 does not apply."""
    return (least < 0 or total >= least) and (most < 0 or total <= most)


@function(LIBRARY, "checklist", "number number value*", "boolean")
def _checklist(least: float, most: float, *values: Value) -> bool:
    return _is_between(sum(truth_of(value) for value in _spread(values)), least, most)


@function(LIBRARY, "weighted-checklist", "number number value*", "boolean", with_context=True, pairs_after=2)
def _weighted_checklist(context: Context, least: float, most: float, *values: Value) -> bool:
    total = 0.0
    for value, weight in zip(values[::2], values[1::2], strict=True):
        values_here = _spread([value])
        weights = _spread([weight]) or [0.0]
        for place, one in enumerate(values_here):
            if truth_of(one):
                here = weights[min(place, len(weights) - 1)]
                total += number_of(here, context, number_in_xforms)
    return _is_between(total, least, most)
