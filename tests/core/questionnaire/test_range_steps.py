"""Ranges as sliders: places and numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.questionnaire.range_steps import range_steps
from iscm_desktop.questionnaire.typed_numbers import read_number, written_number


def test_a_range_has_numbers_at_places() -> None:
    steps = range_steps(
        {"start": "0", "end": "1", "step": "0.25", "tick-interval": "0.5", "placeholder": "0.5"}
    )
    assert steps is not None
    assert [steps.text(place) for place in range(steps.count + 1)] == ["0", "0.25", "0.5", "0.75", "1"]
    assert (steps.ticks_every, steps.placeholder) == (2, 2)
    assert steps.place("0.8") == 3
    assert steps.place("2") is None
    assert steps.place("much") is None


def test_a_range_may_go_down() -> None:
    steps = range_steps({"start": "10", "end": "0", "step": "5"})
    assert steps is not None
    assert [steps.text(place) for place in range(3)] == ["10", "5", "0"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"start": "x"}, {"start": "3", "end": "3"}, {"step": "0"}, {"end": "1e30"}, {"end": "Infinity"},
        {"end": "99999999", "step": "1"}, {"end": "NaN"},
    ],
)  # fmt: skip
def test_what_makes_no_steps_is_no_slider(parameters: dict[str, str]) -> None:
    assert range_steps(parameters) is None


@given(
    start=st.integers(-1000, 1000), count=st.integers(1, 500), step=st.sampled_from(("0.1", "0.5", "1", "3")),
)  # fmt: skip
def test_every_place_is_found_again(start: int, count: int, step: str) -> None:
    from decimal import Decimal

    end = Decimal(start) + Decimal(step) * count
    steps = range_steps({"start": str(start), "end": str(end), "step": step})
    assert steps is not None
    assert steps.count == count
    for place in range(0, count + 1, max(1, count // 7)):
        assert steps.place(steps.text(place)) == place


@given(
    number=st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3
    ),
    language=st.sampled_from(("en", "fr", "es", "ar", "ru", "zh", "de", "xx")),
    groups_from=st.sampled_from((4, 5)),
)
def test_written_numbers_are_read_again(number: object, language: str, groups_from: int) -> None:
    stored = str(number)
    written = written_number(stored, language, groups_from=groups_from)
    assert read_number(written, language, is_whole=False).text == stored


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("120000", "en", "120 000"), ("2014", "en", "2014"), ("-12500.75", "en", "-12 500.75"),
        ("-12500.75", "fr", "-12 500,75"), ("1.250", "es", "1,250"), ("12x", "en", "12x"), ("", "en", ""),
    ],
)  # fmt: skip
def test_thousands_are_parted_and_years_are_not(text: str, language: str, shown: str) -> None:
    assert written_number(text, language) == shown
