"""Dates, years and periods in the three questionnaires.

S-01 Dates and years are never in the future; a year about the mechanism is never before its establishment.
S-08 Chairs do not overlap, unless there are co-chairs; turning points ascend.
"""

from datetime import UTC, datetime

import pytest

from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import Verdict
from tests.support.shipped_answers import MISSING, OK, WRONG, answering, in_entry, verdict

EVERYTHING_ASKED = {
    "ISC_B04": "widened",
    "ISC_B07": ["strategy"],
    "ISC_C01": "3",
    "ISC_C04": "3",
    "ISC_C06": "3",
    "ISC_C09": "3",
}
"""Answers that open the repeats of a mechanism's questionnaire."""


@pytest.mark.parametrize(
    ("answers", "name", "expected"),
    [
        ({"ISC_B01": 1949}, "ISC-B01", WRONG),
        ({"ISC_B01": 1950}, "ISC-B01", OK),
        ({"ISC_B01": 2026}, "ISC-B01", OK),
        ({"ISC_B01": 2027}, "ISC-B01", WRONG),
        ({"ISC_A07": "2026-11-21"}, "ISC-A07", OK),
        ({"ISC_A07": "2026-11-22"}, "ISC-A07", WRONG),
        ({"ISC_A07": "2025-01-01", "ISC_A08": "2024-12-31"}, "ISC-A08", WRONG),
        ({"ISC_A07": "2025-01-01", "ISC_A08": "2025-12-31"}, "ISC-A08", OK),
        ({"ISC_A08": "2025-12-31"}, "ISC-A08", OK),
        ({"ISC_A08": "2026-11-30"}, "ISC-A08", WRONG),
        ({"ISC_A08": "2025-12-31", "ISC_H06": "2025-12-30"}, "ISC-H06", WRONG),
        ({"ISC_A08": "2025-12-31", "ISC_H06": "2026-01-15"}, "ISC-H06", OK),
        ({"ISC_H06": "2026-12-01"}, "ISC-H06", WRONG),
    ],
)
def test_dates_and_years_of_a_mechanism(answers, name, expected):
    """S-01."""
    assert verdict(answering("iscm", **answers), name) is expected


def test_the_year_is_that_of_the_clock():
    """S-01: a questionnaire filled in next year takes next year."""
    later = FormSession(shipped("iscm"), clock=lambda: datetime(2031, 3, 1, tzinfo=UTC))
    later.answer("ISC-B/ISC-B01", "2031")
    assert later.view("ISC-B01").verdict is OK


@pytest.mark.parametrize(
    ("repeat", "name"),
    [
        ("ISC-B05", "ISC-B05.1"),
        ("ISC-B08", "ISC-B08.3"),
        ("ISC-C03", "ISC-C03.4"),
        ("ISC-C08", "ISC-C08.3"),
        ("ISC-C11", "ISC-C11.2"),
        ("ISC-E17", "ISC-E17.3"),
    ],
)
@pytest.mark.parametrize(("year", "expected"), [(1984, WRONG), (1985, OK), (2026, OK), (2027, WRONG)])
def test_years_about_the_mechanism(repeat, name, year, expected):
    """S-01."""
    entries = {repeat.replace("-", "_"): [{name: year}]}
    session = answering("iscm", ISC_B01=1985, **EVERYTHING_ASKED, **entries)
    assert in_entry(session, repeat, 0, name).verdict is expected


def test_a_year_has_nothing_to_compare_with_while_the_founding_year_is_blank_or_unreadable():
    """S-01."""
    example = [{"ISC-C03.4": 1999}]
    session = answering("iscm", ISC_C01="3", ISC_C03=example)
    assert in_entry(session, "ISC-C03", 0, "ISC-C03.4").verdict is OK
    session = answering("iscm", ISC_B01="about 1985", ISC_C01="3", ISC_C03=example)
    assert verdict(session, "ISC-B01") is Verdict.UNREADABLE
    assert in_entry(session, "ISC-C03", 0, "ISC-C03.4").verdict is OK


@pytest.mark.parametrize(
    ("key", "repeat", "name"),
    [
        ("iscm", "ISC-C05", "ISC-C05.3"),
        ("iscm", "ISC-F01", "ISC-F01.4"),
        ("organization", "IGO-B01", "IGO-B01.4"),
    ],
)
@pytest.mark.parametrize(("year", "expected"), [(1949, WRONG), (1950, OK), (2026, OK), (2027, WRONG)])
def test_other_years(key, repeat, name, year, expected):
    """S-01."""
    opened = EVERYTHING_ASKED if key == "iscm" else {}
    session = answering(key, **opened, **{repeat.replace("-", "_"): [{name: year}]})
    assert in_entry(session, repeat, 0, name).verdict is expected


def test_years_of_a_strategic_document():
    """S-01: valid and reviewed not before it was adopted; validity may reach into the future."""
    document = {"ISC-B08.3": 2010, "ISC-B08.4": 2009, "ISC-B08.5": 2009}
    documents = [document, {**document, "ISC-B08.4": 2030, "ISC-B08.5": 2026}]
    session = answering("iscm", ISC_B07=["strategy"], ISC_B08=documents)
    assert in_entry(session, "ISC-B08", 0, "ISC-B08.4").verdict is WRONG
    assert in_entry(session, "ISC-B08", 0, "ISC-B08.5").verdict is WRONG
    assert in_entry(session, "ISC-B08", 1, "ISC-B08.4").verdict is OK
    assert in_entry(session, "ISC-B08", 1, "ISC-B08.5").verdict is OK


@pytest.mark.parametrize(("repeat", "name"), [("ISC-E01", "ISC-E01.3"), ("ISC-E02", "ISC-E02.5")])
def test_dates_inside_entries(repeat, name):
    """S-01."""
    key = repeat.replace("-", "_")
    entries = [{name: "2026-11-21"}, {name: "2026-11-22"}]
    session = answering("iscm", **{key: entries})
    assert [in_entry(session, repeat, number, name).verdict for number in (0, 1)] == [OK, WRONG]


@pytest.mark.parametrize(("key", "name"), [("state", "STA_F05"), ("organization", "IGO_G04")])
def test_signatures_are_not_in_the_future(key, name):
    """S-01."""
    code = name.replace("_", "-")
    assert verdict(answering(key, **{name: "2026-11-21"}), code) is OK
    assert verdict(answering(key, **{name: "2026-11-22"}), code) is WRONG


def test_a_state_takes_part_no_earlier_than_the_mechanism_began():
    """S-01."""
    blocks = [{"STA-C01": "igc", "STA-C03": 1984}, {"STA-C01": "euromed-migration", "STA-C03": 1984}]
    session = answering("state", STA_A01="CAN", STA_C00=blocks)
    assert in_entry(session, "STA-C00", 0, "STA-C03").verdict is WRONG
    assert in_entry(session, "STA-C00", 1, "STA-C03").verdict is OK  # the register has no year for it
    session.answer(in_entry(session, "STA-C00", 0, "STA-C03").path, "1985")
    assert in_entry(session, "STA-C00", 0, "STA-C03").verdict is OK


def turning_points(*years):
    entries = [{"ISC-B05.1": year} for year in years]
    session = answering("iscm", ISC_B01=1985, ISC_B04="widened", ISC_B05=entries)
    return session, lambda: [
        in_entry(session, "ISC-B05", number, "ISC-B05.1").verdict for number in range(len(years))
    ]


def test_turning_points_ascend():
    """S-08."""
    assert turning_points(1990, 2004, 2004, 2014)[1]() == [OK, OK, OK, OK]
    assert turning_points(1990, 2014, 2004)[1]() == [OK, OK, WRONG]
    assert turning_points(1990, None, 1980)[1]() == [OK, MISSING, WRONG]  # before the establishment


def test_moving_turning_points_puts_them_in_order():
    """S-08."""
    session, verdicts = turning_points(2014, 2004)
    assert verdicts() == [OK, WRONG]
    session.move_entry(session.repeat("ISC-B/ISC-B05").entries[1].path, None)
    assert verdicts() == [OK, OK]


def chairs(model, *periods):
    entries = [{"ISC-E06.1": "A State", "ISC-E06.2": begin, "ISC-E06.3": end} for begin, end in periods]
    session = answering("iscm", ISC_E04=model, ISC_E06=entries)
    return [in_entry(session, "ISC-E06", number, "ISC-E06.2").verdict for number in range(len(periods))]


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([(2024, None), (2022, 2024)], [OK, OK]),
        ([(2024, 2024), (2023, 2023)], [OK, OK]),
        ([(2024, None), (2020, 2025)], [WRONG, WRONG]),
        ([(2024, None), (2025, None)], [WRONG, WRONG]),
        ([(2027, None)], [OK]),
        ([(2028, None)], [WRONG]),
        ([(1949, 1951)], [WRONG]),
    ],
)
def test_periods_of_chairs(periods, expected):
    """S-08."""
    assert chairs("one_rotating_chair", *periods) == expected


def test_co_chairs_hold_the_chair_together():
    """S-08."""
    together = [(2024, None), (2024, None)]
    assert chairs("rotating_co_chairs", *together) == [OK, OK]
    assert chairs("permanent_co_chairs", *together) == [OK, OK]
    assert chairs("permanent_chair", *together) == [WRONG, WRONG]


def test_a_chair_does_not_end_before_it_began():
    """S-08."""
    session = answering("iscm", ISC_E04="permanent_chair", ISC_E06=[{"ISC-E06.2": 2020, "ISC-E06.3": 2019}])
    assert in_entry(session, "ISC-E06", 0, "ISC-E06.3").verdict is WRONG
