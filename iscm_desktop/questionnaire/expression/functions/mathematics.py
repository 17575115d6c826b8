"""Number functions of ODK XForms; where mathematics has no answer the result is NaN, never a fault."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal

from iscm_desktop.questionnaire.expression.context import Context, Value
from iscm_desktop.questionnaire.expression.conversion import number_in_xforms, number_of, text_at
from iscm_desktop.questionnaire.expression.numbers import NAN, quotient, total
from iscm_desktop.questionnaire.expression.registry import Library, function
from iscm_desktop.questionnaire.expression.tree import Node

LIBRARY: Library = {}


def _guarded(compute: Callable[..., float], *arguments: float) -> float:
    try:
        return compute(*arguments)
    except ValueError:
        return NAN
    except OverflowError:
        return math.inf


def _declare(name: str, compute: Callable[..., float], parameters: str = "number") -> None:
    function(LIBRARY, name, parameters, "number")(lambda *arguments: _guarded(compute, *arguments))


def _logarithm(compute: Callable[[float], float]) -> Callable[[float], float]:
    return lambda value: -math.inf if value == 0 else compute(value)


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        return quotient(1.0, math.copysign(0.0, base) if exponent % 2 == 1 else 0.0)
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf


_declare("pow", _power, "number number")
_declare("log", _logarithm(math.log))
_declare("log10", _logarithm(math.log10))
_declare("exp", math.exp)
_declare("exp10", lambda value: 10.0**value)
_declare("sqrt", math.sqrt)
_declare("abs", abs)
_declare("sin", math.sin)
_declare("cos", math.cos)
_declare("tan", math.tan)
_declare("asin", math.asin)
_declare("acos", math.acos)
_declare("atan", math.atan)
_declare("atan2", math.atan2, "number number")
_declare("pi", lambda: math.pi, "")


@function(LIBRARY, "random", "", "number", with_context=True, is_volatile=True)
def _random(context: Context) -> float:
    return context.host.random()


@function(LIBRARY, "int", "number", "number")
def _int(value: float) -> float:
    return math.copysign(math.trunc(value), value) if math.isfinite(value) else value


@function(LIBRARY, "round", "number number?", "number")
def _round(value: float, decimals: float = 0.0) -> float:
    """To so many decimals, halves towards +∞; taken as written, so that 2.15 becomes 2.2. Below 0: tens."""
    if not math.isfinite(value) or value == 0:
        return value
    if decimals != decimals or decimals > 30:
        return value
    places = int(max(decimals, -400))
    scaled = Decimal(repr(value)).scaleb(places) + Decimal("0.5")
    whole = float(scaled.to_integral_value(ROUND_FLOOR).scaleb(-places))
    return math.copysign(whole, value) if whole == 0 else whole


def _numbers(context: Context, values: tuple[Value, ...]) -> list[float]:
    """Numbers of values, each node of a node-set on its own."""
    numbers: list[float] = []
    for value in values:
        if isinstance(value, list):
            numbers.extend(number_in_xforms(text_at(node), context) for node in value)
        else:
            numbers.append(number_of(value, context, number_in_xforms))
    return numbers


@function(LIBRARY, "max", "value value*", "number", with_context=True)
def _max(context: Context, *values: Value) -> float:
    numbers = _numbers(context, values)
    return NAN if not numbers or any(math.isnan(number) for number in numbers) else max(numbers)


@function(LIBRARY, "min", "value value*", "number", with_context=True)
def _min(context: Context, *values: Value) -> float:
    numbers = _numbers(context, values)
    return NAN if not numbers or any(math.isnan(number) for number in numbers) else min(numbers)


@function(LIBRARY, "sum", "nodes", "number", with_context=True)
def _sum(context: Context, nodes: list[Node]) -> float:
    return total(number_in_xforms(text_at(node), context) for node in nodes)


@function(LIBRARY, "count-non-empty", "nodes", "number")
def _count_non_empty(nodes: list[Node]) -> float:
    return float(sum(text_at(node) != "" for node in nodes))
