"""Instants: one form, always UTC, to the microsecond."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.store import times

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1900, 1, 2), datetime(9999, 12, 30), timezones=ZONES)  # noqa: DTZ001 - zones above


@given(INSTANTS, INSTANTS)
def test_written_instants_are_read_back_and_sort(one: datetime, other: datetime) -> None:
    assert times.read(times.written(one)) == one
    assert (times.written(one) < times.written(other)) == (one < other)


def test_the_form_is_fixed() -> None:
    assert times.written(datetime(2027, 3, 1, 9, tzinfo=UTC)) == "2027-03-01T09:00:00.000000Z"


@pytest.mark.parametrize(
    "text",
    [
        "2027-03-01T09:00:00Z",
        "2027-03-01 09:00:00.000000Z",
        "2027-02-30T09:00:00.000000Z",
        "٢027-03-01T09:00:00.000000Z",
        "",
    ],
)
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each says it in its own words
        times.read(text)


def test_an_instant_without_a_zone_is_a_defect() -> None:
    with pytest.raises(ValueError, match="time zone"):
        times.written(datetime(2027, 3, 1))  # noqa: DTZ001 - that is the point
