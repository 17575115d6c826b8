"""One value in three forms: typed, stored, Python.

V-01  Numbers are read in the manner of the language, and plain; they are stored plain.
V-02  Dates are read as people write them, and stored as ISO; a date that could mean two days is not guessed.
V-03  What cannot be read stays as it was typed, and says what is expected.
V-04  Stored text stays what it is: reading and writing it changes nothing.
V-05  A number can be typed key by key: no stored form takes away what was just typed.
V-06  The century of two digits goes by today; where that is not known, they are no year.
"""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.i18n import shown_date, shown_number
from iscm_desktop.questionnaire.answer_values import MEASURED, Unreadable, read, stored, write
from iscm_desktop.questionnaire.model import Kind

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")


@pytest.mark.parametrize(
    ("kind", "typed", "language", "expected"),
    [
        (Kind.INTEGER, "120 000", "en", "120000"),
        (Kind.INTEGER, "120,000", "en", "120000"),
        (Kind.INTEGER, "1,234,567", "en", "1234567"),
        (Kind.INTEGER, "120\u202f000", "fr", "120000"),
        (Kind.INTEGER, "120.000", "es", "120000"),
        (Kind.INTEGER, "1.234", "en", "1.234"),
        (Kind.INTEGER, "1,234", "fr", "1,234"),
        (Kind.INTEGER, "1,234", "es", "1,234"),
        (Kind.INTEGER, "1.234", "fr", "1234"),
        (Kind.INTEGER, "1.234.567", "en", "1234567"),
        (Kind.INTEGER, "١٢٠", "ar", "120"),
        (Kind.INTEGER, "−5", "en", "-5"),
        (Kind.DECIMAL, "1 250,50", "fr", "1250.50"),
        (Kind.DECIMAL, "1.250,5", "es", "1250.5"),
        (Kind.DECIMAL, "1250.5", "es", "1250.5"),
        (Kind.DECIMAL, "1,250.50", "en", "1250.50"),
        (Kind.DECIMAL, "0.125", "es", "0.125"),
        (Kind.DECIMAL, "1.0", "en", "1.0"),
        (Kind.DECIMAL, " 3 ", "en", "3"),
    ],
)
def test_numbers_as_people_write_them(kind: Kind, typed: str, language: str, expected: str) -> None:
    """V-01"""
    assert stored(kind, typed, language) == expected


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("21 November 2026", "en", "2026-11-21"),
        ("November 21, 2026", "en", "2026-11-21"),
        ("21st Nov 2026", "en", "2026-11-21"),
        ("21.11.2026", "ru", "2026-11-21"),
        ("21 ноября 2026 г.", "ru", "2026-11-21"),
        ("1er mai 2020", "fr", "2020-05-01"),
        ("21/11/2026", "en", "2026-11-21"),
        ("11/21/2026", "en", "2026-11-21"),
        ("3/4/2026", "fr", "2026-04-03"),
        ("21 de noviembre de 2026", "es", "2026-11-21"),
        ("2026年11月21日", "zh", "2026-11-21"),
        ("٢١ نوفمبر ٢٠٢٦", "ar", "2026-11-21"),
        ("2026-1-5", "en", "2026-01-05"),
    ],
)
def test_dates_as_people_write_them(typed: str, language: str, expected: str) -> None:
    """V-02"""
    assert stored(Kind.DATE, typed, language) == expected


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.DATE, "3/4/2026"), (Kind.DATE, "31 June 2026"), (Kind.DATE, "2026-02-30"), (Kind.DATE, "soon"),
        (Kind.INTEGER, "1,5"), (Kind.INTEGER, "twelve"), (Kind.INTEGER, "12,34"), (Kind.INTEGER, "0,125"),
        (Kind.DECIMAL, "1,2,3"), (Kind.DECIMAL, "-"), (Kind.DECIMAL, "1e5"), (Kind.DECIMAL, "NaN"),
        (Kind.TIME, "25:00"), (Kind.TIME, "12:00+25:00"), (Kind.DATE_TIME, "2026-11-21"),
        (Kind.EMAIL, "a@b"), (Kind.EMAIL, "a@b.org, c@d.org"), (Kind.EMAIL, "Name <a@b.org>"),
        (Kind.URL, "www.iom.int"), (Kind.URL, "javascript:alert(1)"), (Kind.URL, "https://a b.org"),
        (Kind.GEOPOINT, "91 0"), (Kind.GEOPOINT, "46.2"), (Kind.GEOPOINT, "Geneva"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_stays_as_typed(kind: Kind, typed: str) -> None:
    """V-02, V-03"""
    assert stored(kind, typed) == typed
    found = read(kind, typed)
    assert isinstance(found, Unreadable)
    assert found.sentence.endswith("What you wrote is kept until you change it.")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.INTEGER, "25", 25),
        (Kind.DECIMAL, "1250.50", Decimal("1250.50")),
        (Kind.DATE, "2026-11-21", date(2026, 11, 21)),
        (Kind.TIME, "9:05", time(9, 5)),
        (Kind.DATE_TIME, "2026-11-21T14:30:00", datetime(2026, 11, 21, 14, 30)),  # noqa: DTZ001 - as typed
        (Kind.SELECT_MANY, "a b a", ("a", "b")),
        (Kind.RANKING, "b a", ("b", "a")),
        (Kind.SELECT_ONE, "a", "a"),
        (Kind.TEXT, " as it is ", " as it is "),
        (Kind.EMAIL, "a.b@c-d.example.org", "a.b@c-d.example.org"),
        (Kind.URL, "https://www.iom.int/iscm?a=1#b", "https://www.iom.int/iscm?a=1#b"),
        (Kind.GEOPOINT, "46.2 6.1 0 5", "46.2 6.1 0 5"),
        (Kind.TEXT, "   ", None),
        (Kind.INTEGER, "", None),
    ],
)
def test_reading(kind: Kind, text: str, value: object) -> None:
    assert read(kind, text) == value


@given(kind=st.sampled_from(list(Kind)), text=st.text(max_size=40), language=st.sampled_from(LANGUAGES))
def test_storing_twice_is_storing_once(kind: Kind, text: str, language: str) -> None:
    """V-04"""
    once = stored(kind, text, language)
    assert stored(kind, once, "en") == once or isinstance(read(kind, once), Unreadable)
    read(kind, text)


@given(value=st.integers(-(2**31), 2**31 - 1), language=st.sampled_from(LANGUAGES))
def test_shown_integers_are_read_again(value: int, language: str) -> None:
    """V-01, V-04"""
    assert read(Kind.INTEGER, write(value)) == value
    assert read(Kind.INTEGER, stored(Kind.INTEGER, shown_number(value, language), language)) == value


@given(
    value=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3)
)
def test_decimals_go_round(value: Decimal) -> None:
    """V-04"""
    assert read(Kind.DECIMAL, write(value)) == value
    assert stored(Kind.DECIMAL, write(value)) == write(value)


@given(day=st.dates(min_value=date(1000, 1, 1)), language=st.sampled_from(LANGUAGES))
def test_shown_dates_are_read_again(day: date, language: str) -> None:
    """V-02, V-04"""
    assert read(Kind.DATE, write(day)) == day
    assert stored(Kind.DATE, shown_date(day, language), language) == day.isoformat()


@given(text=st.from_regex(r"[1-9][0-9]{0,5}\.[0-9]{1,4}", fullmatch=True))
def test_a_number_can_be_typed_key_by_key(text: str) -> None:
    """V-05"""
    box = ""
    for key in text:
        box = stored(Kind.DECIMAL, box + key)
    assert box == text


@given(kind=st.sampled_from(sorted(MEASURED, key=lambda kind: kind.value)), text=st.text(max_size=30))
def test_no_text_is_an_accident(kind: Kind, text: str) -> None:
    """V-03: whatever is typed is a value, blank, or explained."""
    found = read(kind, text)
    assert found is None or isinstance(found, Unreadable) or write(found) is not None


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("today 2 pm", "en", "2026-07-01T14:00"),
        ("Yesterday, 14:30", "en", "2026-06-30T14:30"),
        ("hier 14h30", "fr", "2026-06-30T14:30"),
        ("aujourd’hui 9h", "fr", "2026-07-01T09:00"),
        ("hoy 14:30", "es", "2026-07-01T14:30"),
        ("أمس 14:30", "ar", "2026-06-30T14:30"),
        ("اليوم، 14:30", "ar", "2026-07-01T14:30"),
        ("вчера 14:30", "ru", "2026-06-30T14:30"),
        ("今天14时30分", "zh", "2026-07-01T14:30"),
        ("昨天 14:30", "zh", "2026-06-30T14:30"),
    ],
)
def test_a_day_near_today_has_a_time_as_well(typed: str, language: str, expected: str) -> None:
    """V-06"""
    assert stored(Kind.DATE_TIME, typed, language, today=date(2026, 7, 1)) == expected
    assert stored(Kind.DATE_TIME, typed, language) == typed


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("3.4.25 14:30", "fr", "2025-04-03T14:30"),
        ("3/4/55, 2:30 pm", "es", "1955-04-03T14:30"),
        ("25-4-3 9h", "zh", "3.4.25 9h"),
    ],
)
def test_two_digits_of_a_year_go_by_today(typed: str, language: str, expected: str) -> None:
    """V-06"""
    today = date(2026, 7, 1)
    wanted = expected if "T" in expected else typed
    assert stored(Kind.DATE_TIME, typed, language, today=today) == wanted
    assert stored(Kind.DATE_TIME, typed, language) == typed
    assert stored(Kind.DATE, typed.split()[0].strip(","), language) == typed.split()[0].strip(",")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.DATE, "2026-11-21"),
        (Kind.DATE_TIME, "21 November 2026 14:30"),
        (Kind.PERIOD, "2004–2005"),
        (Kind.GEOPOINT, "46.2, 6.14"),
    ],
)
def test_what_stands_far_behind_is_not_lost(kind: Kind, said: str) -> None:
    """V-03"""
    typed = f"{said}{' ' * 3000}or later, not sure"
    assert stored(kind, said) == said or not isinstance(read(kind, stored(kind, said)), Unreadable)
    assert stored(kind, typed) == typed
    assert isinstance(read(kind, typed), Unreadable)


def test_no_length_is_an_accident() -> None:
    """V-03"""
    for kind in Kind:
        for text in ("9" * 5000, f"-{'1' * 5000}.5", "٣" * 5000):
            read(kind, stored(kind, text, "es"))
