"""Numbers as text: XPath writes them without exponent and reads nothing but digits, a point and a minus."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.questionnaire.expression import evaluate
from iscm_desktop.questionnaire.expression.numbers import number_of_text, rounded, text_of_number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_and_read_is_the_same(value: float) -> None:
    text = text_of_number(value)
    assert "e" not in text.lower()
    assert number_of_text(text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (120.0, "120"), (-0.0, "0"), (0.5, "0.5"), (1e21, "1" + "0" * 21), (-1.5e-7, "-0.00000015"),
        (math.nan, "NaN"), (math.inf, "Infinity"), (-math.inf, "-Infinity"),
    ],
)  # fmt: skip
def test_how_numbers_are_written(value: float, text: str) -> None:
    assert text_of_number(value) == text


@pytest.mark.parametrize(
    "text", ["", " ", "1e3", "+1", "1 2", "- 1", "1,5", "nan", "inf", "0x1", "1_000", "٣"]
)
def test_what_is_no_number(text: str) -> None:
    assert math.isnan(number_of_text(text))


@pytest.mark.parametrize(("text", "value"), [(" 12\n", 12.0), ("-.5", -0.5), ("5.", 5.0), ("-0", -0.0)])
def test_what_is_a_number(text: str, value: float) -> None:
    assert number_of_text(text) == value


@given(st.floats(-1e12, 1e12))
def test_rounding_goes_to_the_nearest_and_up_from_the_middle(value: float) -> None:
    result = rounded(value)
    assert result == int(result)
    assert -0.5 < result - value <= 0.5


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("round(-1.5)", -1.0), ("round(2.5)", 3.0), ("round(2.15, 1)", 2.2), ("round(1.005, 2)", 1.01),
        ("round(12345, -2)", 12300.0), ("int(-1.9)", -1.0), ("1 div 0", math.inf), ("-1 div 0", -math.inf),
        ("5 mod -3", 2.0), ("-5 mod 3", -2.0), ("max(1, 7, 3)", 7.0), ("min('')", math.nan),
        ("pow(2, 10)", 1024.0), ("sqrt(-1)", math.nan), ("log(0)", -math.inf), ("exp(1000)", math.inf),
    ],
)  # fmt: skip
def test_mathematics(expression: str, value: float) -> None:
    assert evaluate(expression) == pytest.approx(value, nan_ok=True)
