"""What a question makes of a text: dates as precise as they are asked for, and what is said of the rest.

R-01  A year, or a month and a year, is enough where the question asks for no more; it is kept as its first day.
R-02  What is shown of a stored date is read again as the same, in every language and precision.
R-03  A date that there is not, or that can be two, is kept and asked back, with the days that may be meant.
R-04  A period is kept as it is written; one that can be two things is asked back.
R-05  A number with one mark and three digits is read by the language, and the other reading is told.
R-06  Numbers in any manner are read in every language; digits of any script are.
R-07  A place is read as maps and people write it.
R-08  What spreadsheets and letters put around a date (a midnight, the day of the week, marks around the month) is no
      hindrance; a spreadsheet's number, a quarter and a day of the week that does not fit are asked back.
R-09  What stands around a number is left off where the question says it, and asked back elsewhere.
R-10  A time, and a day with a time, is shown in words, and what is shown is read again as the same moment.
"""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.i18n import use_language
from iscm_desktop.questionnaire.answer_readings import (
    other_readings,
    reply_to,
    shown_answer,
    shown_part,
    stored_answer,
)
from iscm_desktop.questionnaire.answer_values import LARGE_NUMBER, Unreadable, read, stored
from iscm_desktop.questionnaire.form_paths import TemplatePath
from iscm_desktop.questionnaire.model import Bind, Kind, Question
from iscm_desktop.questionnaire.typed_dates import Precision, read_date
from iscm_desktop.questionnaire.typed_places import place_of
from iscm_desktop.reports.typesetting.bidi import levels, visual_order

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
TODAY = date(2026, 11, 28)
APPEARANCES = {Precision.DAY: (), Precision.MONTH: ("month-year",), Precision.YEAR: ("year",)}


def question(kind: Kind, *appearance: str) -> Question:
    return Question(TemplatePath("q"), kind, Bind(), appearance=appearance)


@pytest.mark.parametrize(
    ("appearance", "typed", "language", "expected"),
    [
        ("year", "2025", "en", "2025-01-01"),
        ("year", "٢٠٢٥", "fr", "2025-01-01"),
        ("year", "2025年", "zh", "2025-01-01"),
        ("month-year", "March 2025", "en", "2025-03-01"),
        ("month-year", "mars 2025", "en", "2025-03-01"),
        ("month-year", "3/2025", "fr", "2025-03-01"),
        ("month-year", "2025-03", "ru", "2025-03-01"),
        ("month-year", "март 2025 г.", "ru", "2025-03-01"),
        ("month-year", "1 March 2025", "en", "2025-03-01"),
        ("", "1 janvier 2025", "en", "2025-01-01"),
        ("", "3/4/25", "fr", "2025-04-03"),
        ("", "3.4.25", "en", "2025-04-03"),
        ("", "3.4.55", "en", "1955-04-03"),
        ("", "25/4/25", "en", "2025-04-25"),
        ("", "today", "en", "2026-11-28"),
        ("", "aujourd’hui", "fr", "2026-11-28"),
        ("", "вчера", "ru", "2026-11-27"),
        ("", "۳ مارس ۲۰۲۵", "ar", "2025-03-03"),
        ("", "3 كانون الثاني 2025", "ar", "2025-01-03"),
    ],
)
def test_dates_are_as_precise_as_asked(appearance: str, typed: str, language: str, expected: str) -> None:
    """R-01"""
    assert stored_answer(question(Kind.DATE, appearance), typed, language, TODAY) == expected


@given(
    day=st.dates(min_value=date(1, 1, 1)),
    precision=st.sampled_from(Precision),
    language=st.sampled_from(LANGUAGES),
)
def test_what_is_shown_is_read_again(day: date, precision: Precision, language: str) -> None:
    """R-02"""
    asked = question(Kind.DATE, *APPEARANCES[precision])
    shown = shown_answer(asked, day.isoformat(), language)
    assert stored_answer(asked, shown, language, TODAY) == day.isoformat()


@pytest.mark.parametrize(
    ("appearance", "typed", "sentence", "meant"),
    [
        ("", "31.13.2024",
         "There is no 13th month. Did you mean 31 December 2024? What you wrote is kept.", ["2024-12-31"]),
        ("", "1.14.2024",
         "There is no month 14. Did you mean 1 December 2024? What you wrote is kept.", ["2024-12-01"]),
        ("", "31 June 2026",
         "June 2026 has no day 31. Did you mean 30 June 2026? What you wrote is kept.", ["2026-06-30"]),
        ("", "3 Febuary 2025",
         "There is no month called “Febuary”. Did you mean 3 February 2025? What you wrote is kept.", ["2025-02-03"]),
        ("", "3/4/25",
         "This can be 3 April 2025 or 4 March 2025. Which one do you mean? What you wrote is kept.",
         ["2025-04-03", "2025-03-04"]),
        ("", "March 2025",
         "The day is asked for, too: write a whole date, such as 21 November 2026. What you wrote is kept.", []),
        ("month-year", "2025",
         "The month is asked for, too: write it as in November 2026. What you wrote is kept.", []),
        ("month-year", "17 March 2025",
         "Only the month and the year are asked for. Did you mean March 2025? What you wrote is kept.", ["2025-03-01"]),
        ("year", "17 March 2025",
         "Only the year is asked for. Did you mean 2025? What you wrote is kept.", ["2025-01-01"]),
        ("year", "3/4/25",
         "Only the year is asked for. Did you mean 2025? What you wrote is kept.", ["2025-01-01"]),
        ("year", "soon", "Write a year, such as 2026. What you wrote is kept until you change it.", []),
        ("", "99.99.2024",
         "Write a date, such as 21 November 2026 or 2026-11-21. What you wrote is kept until you change it.", []),
    ],
)  # fmt: skip
def test_what_may_be_meant_is_asked_back(
    appearance: str, typed: str, sentence: str, meant: list[str]
) -> None:
    """R-03"""
    asked = question(Kind.DATE, appearance)
    assert stored_answer(asked, typed, "en", TODAY) == typed
    reply = reply_to(asked, typed, "en", TODAY)
    assert reply.sentence == sentence
    assert [reading.text for reading in reply.readings] == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("25/03/04", ["2025-03-04", "2004-03-25"]),
        ("25.03.04", ["2025-03-04", "2004-03-25"]),
        ("03/04/2025", ["2025-04-03", "2025-03-04"]),
    ],
)
def test_three_numbers_in_chinese_are_asked_back(typed: str, meant: list[str]) -> None:
    """R-03"""
    asked = question(Kind.DATE)
    assert stored_answer(asked, typed, "zh", TODAY) == typed
    assert [reading.text for reading in reply_to(asked, typed, "zh", TODAY).readings] == meant
    assert stored_answer(asked, "25-13-24", "zh", TODAY) == "25-13-24"
    assert stored_answer(asked, "99/12/31", "zh", TODAY) == "1999-12-31"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("25-03-04", ["2004-03-25", "2025-03-04"]),
        ("25-03-26", ["2026-03-25", "2025-03-26"]),
    ],
)
def test_a_year_that_may_stand_in_front_is_asked_back(typed: str, meant: list[str]) -> None:
    """R-03"""
    asked = question(Kind.DATE)
    assert stored_answer(asked, typed, "en", TODAY) == typed
    assert [reading.text for reading in reply_to(asked, typed, "en", TODAY).readings] == meant
    assert stored_answer(asked, typed, "fr", TODAY) == meant[0]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("25.03.04", "2004-03-25"),
        ("25/03/04", "2004-03-25"),
        ("31/12/99", "1999-12-31"),
        ("25/3/2004", "2004-03-25"),
        ("25/04/25", "2025-04-25"),
    ],
)
def test_what_can_only_be_one_day_is_not_asked_back(typed: str, day: str) -> None:
    """R-03"""
    assert stored_answer(question(Kind.DATE), typed, "en", TODAY) == day


def test_what_another_language_reads_in_two_ways_is_not_called_too_precise() -> None:
    """R-03: the form was in English, and is in French now."""
    asked = question(Kind.DATE)
    assert stored_answer(asked, "3/4/25", "en", TODAY) == "3/4/25"
    reply = reply_to(asked, "3/4/25", "fr", TODAY)
    assert reply.sentence == "Did you mean 3 April 2025? What you wrote is kept."
    assert [reading.text for reading in reply.readings] == ["2025-04-03"]


@given(text=st.text(max_size=30), language=st.sampled_from((*LANGUAGES, "de", "xx", "und")))
def test_no_text_is_an_accident(text: str, language: str) -> None:
    """R-03: each reading that is offered is an answer."""
    for appearance in APPEARANCES.values():
        asked = question(Kind.DATE, *appearance)
        stored_answer(asked, text, language, TODAY)
        for reading in reply_to(asked, text, language, TODAY).readings:
            assert not isinstance(read(Kind.DATE, reading.text), Unreadable)


@given(
    day=st.integers(0, 40), month=st.integers(0, 40), year=st.integers(0, 9999), mark=st.sampled_from("./- "),
    language=st.sampled_from(LANGUAGES),
)  # fmt: skip
def test_figures_mean_a_day_or_are_asked_back(
    day: int, month: int, year: int, mark: str, language: str
) -> None:
    """R-03"""
    found = read_date(f"{day}{mark}{month}{mark}{year:04}", language, TODAY)
    assert (found.day is None) is (found.fault is not None)
    for each in found.instead:
        assert each.year == year


@given(
    begins=st.integers(0, 9999),
    ends=st.integers(0, 9999),
    mark=st.sampled_from("-/–"),
    is_short=st.booleans(),
)
def test_no_two_years_are_an_accident(begins: int, ends: int, mark: str, is_short: bool) -> None:
    """R-04: behind the last year of the calendar there is none."""
    typed = f"{begins:04}{mark}{ends % 100:02}" if is_short else f"{begins:04}{mark}{ends:04}"
    kept = stored(Kind.PERIOD, typed)
    found = read(Kind.PERIOD, kept)
    assert isinstance(found, Unreadable) or found == kept


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2004–2005", "2004–2005"),
        ("2004-2005", "2004–2005"),
        ("2004/05", "2004–2005"),
        ("1999/00", "1999–2000"),
        ("March 2019 to May 2021", "March 2019 to May 2021"),
        ("depuis 2010", "depuis 2010"),
        ("2010", "2010"),
        ("January–March 2024", "January–March 2024"),
        ("1–15 March 2024", "1–15 March 2024"),
        ("Q1 2024", "Q1 2024"),
        ("2004 – present", "2004 – present"),
        ("с 2010 г. по настоящее время", "с 2010 г. по настоящее время"),
        ("2010-", "2010-"),
    ],
)
def test_periods(typed: str, expected: str) -> None:
    """R-04"""
    kept = stored(Kind.PERIOD, typed)
    assert kept == expected
    assert read(Kind.PERIOD, kept) == expected
    assert stored(Kind.PERIOD, kept) == kept


def test_a_period_that_can_be_two_things_is_asked_back() -> None:
    """R-04"""
    asked = question(Kind.PERIOD)
    assert stored_answer(asked, "2004-05", "en", TODAY) == "2004-05"
    reply = reply_to(asked, "2004-05", "en", TODAY)
    assert [reading.text for reading in reply.readings] == ["2004–2005", "May 2004"]
    for reading in reply.readings:
        assert not isinstance(read(Kind.PERIOD, reading.text), Unreadable)
    for wrong in ("soon", "2005–2004", "2004–2005–2006", "–", "9999/31"):
        assert isinstance(read(Kind.PERIOD, wrong), Unreadable)


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("1,250", "en", ["1250", "1.250"]),
        ("1,250", "fr", ["1.250", "1250"]),
        ("1.250", "es", ["1250", "1.250"]),
        ("1,25", "en", []),
        ("1,250.5", "en", []),
        ("1 250", "en", []),
        ("0,125", "en", []),
    ],
)
def test_the_other_reading_of_a_number_is_told(typed: str, language: str, expected: list[str]) -> None:
    """R-05"""
    asked = question(Kind.DECIMAL)
    readings = [each.text for each in other_readings(asked, typed, language)]
    assert readings == expected
    if expected:
        assert stored(Kind.DECIMAL, typed, language) == expected[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2,5", "2.5"),
        ("1 250,50", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1’250.50", "1250.50"),
        ("12,34,567", "1234567"),
        ("١٬٢٥٠٫٥", "1250.5"),
        ("۱۲۳", "123"),
        ("١٢٠٬٠٠٠", "120000"),
        ("٢،٥", "2.5"),
        ("−2,5", "-2.5"),
    ],
)
def test_numbers_in_any_manner_in_every_language(typed: str, expected: str, language: str) -> None:
    """R-06"""
    assert stored(Kind.DECIMAL, typed, language) == expected


@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=2),
    marks=st.sampled_from((",.", ".,", " ,", "\u202f,", "’.", "\u066c\u066b")),
    language=st.sampled_from(LANGUAGES),
)
def test_grouped_numbers_are_read(number: object, marks: str, language: str) -> None:
    """R-06: with two decimals nobody can mistake which mark is which."""
    typed = f"{number:,}".replace(",", "\0").replace(".", marks[1]).replace("\0", marks[0])
    assert stored(Kind.DECIMAL, typed, language) == str(number)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("46.2, 6.14", "46.2 6.14"),
        ("46,2 6,14", "46.2 6.14"),
        ("46.2 6.14 372 5", "46.2 6.14 372 5"),
        ("46°12'16\"N 6°8'35\"E", "46.204444 6.143056"),
        ("1°17′S, 36°49′E", "-1.283333 36.816667"),
        ("N 46.2 E 6.14", "46.2 6.14"),
        ("6.14 E 46.2 N", "46.2 6.14"),
        ("https://www.google.com/maps/@46.2,6.14,12z", "46.2 6.14"),
        ("https://www.openstreetmap.org/?mlat=46.2&mlon=6.14#map=12/1/2", "46.2 6.14"),
        ("https://www.openstreetmap.org/#map=12/46.2/6.14", "46.2 6.14"),
        ("geo:46.2,6.14?z=12", "46.2 6.14"),
        ("https://www.bing.com/maps?cp=46.2~6.14&lvl=11", "46.2 6.14"),
        ("Lat: 46.2, Lon: 6.14", "46.2 6.14"),
        ("longitude 6.14; latitude 46,2", "46.2 6.14"),
        ("lat 46.2 lon 6.14 alt 5", ""),
        ("https://example.org/", ""),
        ("91, 6.14", ""),
        ("46.2", ""),
        ("Geneva", ""),
    ],
)
def test_places(typed: str, expected: str) -> None:
    """R-07"""
    assert place_of(typed) == expected


@given(text=st.text(alphabet="0123456789 .,;°'\"NSEW-/@=&?:hmapst", max_size=40))
def test_a_place_that_was_read_is_a_place(text: str) -> None:
    """R-07"""
    found = stored(Kind.GEOPOINT, text)
    if found != text:
        assert read(Kind.GEOPOINT, found) is None or not isinstance(read(Kind.GEOPOINT, found), Unreadable)


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (Kind.TIME, "14h30", "14:30"),
        (Kind.TIME, "2.30 pm", "14:30"),
        (Kind.TIME, "2 p.m.", "14:00"),
        (Kind.TIME, "12 am", "00:00"),
        (Kind.TIME, "14", "14"),
        (Kind.DATE_TIME, "21 November 2026 14:30", "2026-11-21T14:30"),
        (Kind.DATE_TIME, "21.11.2026, 14h30", "2026-11-21T14:30"),
        (Kind.DATE_TIME, "2026-11-21 14:30", "2026-11-21T14:30"),
        (Kind.TIME, "2:30:00 PM", "14:30"),
        (Kind.TIME, "下午2:30", "14:30"),
        (Kind.TIME, "2:30 م", "14:30"),
        (Kind.TIME, "9:15 ص", "09:15"),
        (Kind.TIME, "14 ч 30 мин", "14:30"),
        (Kind.TIME, "0:30 pm", "0:30 pm"),
        (Kind.TIME, "25:10", "25:10"),
        (Kind.DATE_TIME, "1/31/2025 2:30:00 PM", "2025-01-31T14:30"),
        (Kind.DATE_TIME, "31 janvier 2025 à 14h30", "2025-01-31T14:30"),
        (Kind.DATE_TIME, "31 de enero de 2025 a las 14:30", "2025-01-31T14:30"),
        (Kind.DATE_TIME, "31 января 2025 г., 14:30", "2025-01-31T14:30"),
        (Kind.DATE_TIME, "31 يناير 2025 2:30 م", "2025-01-31T14:30"),
        (Kind.DATE_TIME, "2025年1月3日下午2:30", "2025-01-03T14:30"),
        (Kind.DATE_TIME, "31 January 2025, 14:30 (UTC+01:00)", "2025-01-31T14:30+01:00"),
    ],
)
def test_times(kind: Kind, typed: str, expected: str) -> None:
    assert stored(kind, typed) == expected


def test_a_part_of_a_date_in_words() -> None:
    assert shown_part(date(2025, 3, 1), Precision.MONTH, "es") == "marzo de 2025"
    assert shown_answer(question(Kind.DATE, "year"), "2025-03-17", "en") == "2025-03-17"


@given(
    begins=st.integers(0, 9999), ends=st.integers(1, 12), language=st.sampled_from((*LANGUAGES, "de", "sw"))
)
def test_every_period_that_is_offered_is_one(begins: int, ends: int, language: str) -> None:
    """R-04"""
    text = f"{begins:04}-{ends:02}"
    asked = question(Kind.PERIOD)
    offered = [each.text for each in reply_to(asked, text, language, TODAY).readings]
    assert isinstance(read(Kind.PERIOD, text), Unreadable)
    assert len(set(offered)) == len(offered)
    for each in offered:
        assert stored_answer(asked, each, language, TODAY) == each
        assert not isinstance(read(Kind.PERIOD, each), Unreadable)


def test_a_period_over_the_end_of_a_century_is_offered() -> None:
    """R-04"""
    readings = reply_to(question(Kind.PERIOD), "1999-05", "en", TODAY).readings
    assert [each.text for each in readings] == ["1999–2005", "May 1999"]


@given(
    text=st.from_regex(r"[+-]?[0-9]{1,25}(\.[0-9]{1,6})?", fullmatch=True),
    language=st.sampled_from(LANGUAGES),
)
def test_a_number_that_is_shown_is_read_again_to_the_letter(text: str, language: str) -> None:
    """R-02"""
    for kind in (Kind.DECIMAL, Kind.INTEGER):
        asked = question(kind)
        if not isinstance(read(kind, text), Unreadable):
            assert stored_answer(asked, shown_answer(asked, text, language), language, TODAY) == text


def test_very_long_numbers_and_codes_are_shown_as_they_are() -> None:
    """R-02"""
    asked = question(Kind.DECIMAL)
    assert [shown_answer(asked, text, "fr") for text in ("9" * 5000, "00123", "12345")] == [
        "9" * 5000, "00123", "12 345",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    [
        "31-Jan-25", "31-Jan-2025", "31/janv./2025", "31-ene-25", "2025-Jan-31", "31Jan2025", "31 Jan 25",
        "Jan 31, '25", "the 31st of January 2025", "31 January, 2025", "1/31/2025 0:00:00", "31/01/2025 00:00",
        "2025-01-31 00:00:00", "2025-01-31T00:00:00.000Z", "1/31/2025 12:00:00 AM", "Friday, 31 January 2025",
        "Fri, Jan 31, 2025", "vendredi 31 janvier 2025", "viernes, 31 de enero de 2025", "пятница, 31 января 2025 г.",
        "الجمعة 31 يناير 2025", "31 يناير، 2025", "2025年1月31日星期五", "二〇二五年一月三十一日", "20250131",
        "31 01 2025", "2025 01 31", "2025. 1. 31.", "31/01/2025.",
    ],
)  # fmt: skip
def test_what_is_copied_from_sheets_and_letters_is_the_day(typed: str, language: str) -> None:
    """R-08"""
    assert stored_answer(question(Kind.DATE), typed, language, TODAY) == "2025-01-31"


def test_a_month_that_a_sheet_shortens_is_a_month() -> None:
    """R-08"""
    asked = question(Kind.DATE, "month-year")
    for typed in ("Jan-25", "janv-25", "янв-25", "Jan 2025", "Jan-2025"):
        assert stored_answer(asked, typed, "en", TODAY) == "2025-01-01"


@pytest.mark.parametrize(
    ("appearance", "typed", "sentence", "meant"),
    [
        ("", "45688", "This is the number by which spreadsheets keep a date.", ["2025-01-31"]),
        ("", "45,688", "This is the number by which spreadsheets keep a date.", ["2025-01-31"]),
        ("year", "45688.5", "This is the number by which spreadsheets keep a date.", ["2025-01-01"]),
        ("", "Monday, 31 January 2025", "This date falls on another day of the week.", ["2025-01-31"]),
        ("", "Q1 2024", "This can be 1 January 2024 or 31 March 2024.", ["2024-01-01", "2024-03-31"]),
        ("", "4e trimestre 2024", "This can be 1 October 2024 or 31 December 2024.", ["2024-10-01", "2024-12-31"]),
        ("month-year", "2024年第二季度", "This can be April 2024 or June 2024.", ["2024-04-01", "2024-06-01"]),
        ("year", "Q1 2024", "Only the year is asked for.", ["2024-01-01"]),
        ("year", "2004–05", "This can be 2004 or 2005.", ["2004-01-01", "2005-01-01"]),
        ("", "2004–2005", "The day is asked for, too", []),
        ("", "Jan-25", "The day is asked for, too", []),
        ("", "99999", "Write a date, such as", []),
    ],
)  # fmt: skip
def test_what_a_sheet_may_mean_is_asked_back(
    appearance: str, typed: str, sentence: str, meant: list[str]
) -> None:
    """R-08"""
    asked = question(Kind.DATE, appearance)
    assert stored_answer(asked, typed, "en", TODAY) == typed
    reply = reply_to(asked, typed, "en", TODAY)
    assert reply.sentence.startswith(sentence)
    assert [reading.text for reading in reply.readings] == meant


def test_a_sign_stays_before_its_number_among_words_from_right_to_left() -> None:
    """R-09. Left to themselves, letters around it would move the sign behind it, and thousands before the rest."""
    use_language("ar")
    try:
        reply = reply_to(question(Kind.INTEGER), "(12,500)", "ar", date(2026, 11, 21))
    finally:
        use_language("en")
    assert [reading.text for reading in reply.readings] == ["-12500", "12500"]
    for reading in reply.readings:
        order = visual_order(levels(reading.words, "rtl"))
        shown = "".join(reading.words[at] for at in order)
        assert shown.strip("\u2066\u2069") == reading.words.strip("\u2066\u2069")
        assert reading.words in reply.sentence


@pytest.mark.parametrize(
    ("kind", "typed", "language", "meant"),
    [
        (Kind.INTEGER, "(1,250)", "en", ["-1250", "1250"]),
        (Kind.DECIMAL, "(1 250,50)", "fr", ["-1250.50", "1250.50"]),
        (Kind.INTEGER, "12 %", "en", ["12"]),
        (Kind.DECIMAL, "12%", "en", ["12", "0.12"]),
        (Kind.DECIMAL, "٪١٢", "ar", ["12", "0.12"]),
        (Kind.INTEGER, "USD 120,000", "en", ["120000"]),
        (Kind.DECIMAL, "€1.250,50", "en", ["1250.50"]),
        (Kind.DECIMAL, "1 250,50 €", "fr", ["1250.50"]),
        (Kind.DECIMAL, "US$ 1,250", "en", ["1250", "1.250"]),
        (Kind.INTEGER, "12 руб.", "ru", ["12"]),
        (Kind.INTEGER, "1200元", "zh", ["1200"]),
        (Kind.INTEGER, "1.2E+05", "en", ["120000"]),
        (Kind.INTEGER, "1.25 million", "en", ["1250000"]),
        (Kind.DECIMAL, "3,5 млн", "ru", ["3500000"]),
        (Kind.INTEGER, "1.000", "en", ["1", "1000"]),
        (Kind.INTEGER, "1,250", "fr", ["1250"]),
        (Kind.INTEGER, "12 persons", "en", []),
        (Kind.INTEGER, "250+", "en", []),
        (Kind.INTEGER, "#N/A", "en", []),
        (Kind.INTEGER, "(0)", "en", []),
    ],
)
def test_what_stands_around_a_number_is_asked_back(
    kind: Kind, typed: str, language: str, meant: list[str]
) -> None:
    """R-09"""
    asked = question(kind)
    assert stored_answer(asked, typed, language, TODAY) == typed
    reply = reply_to(asked, typed, language, TODAY)
    assert [reading.text for reading in reply.readings] == meant
    assert reply.sentence


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("12 %", "en", "12"),
        ("1 250 persons", "en", "1250"),
        ("USD 1,250", "en", "1250"),
        ("1,250 USD", "en", "1250"),
        ("EUR 1,250", "en", "EUR 1,250"),
        ("1 250 personnes", "fr", "1250"),
        ("1 250 persons", "fr", "1 250 persons"),
    ],
)
def test_what_the_question_says_is_left_off(typed: str, language: str, expected: str) -> None:
    """R-09: in the language in which it is asked."""
    label = {"English (en)": ("Persons, in % and USD",), "Français (fr)": ("Personnes",)}
    asked = Question(TemplatePath("q"), Kind.INTEGER, Bind(), label=label)
    assert stored_answer(asked, typed, language, TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "expected"), [("5.0", "5"), ("1 250,00", "1250"), ("1,250.00", "1250"), ("–5", "-5")]
)
def test_a_whole_number_may_be_written_with_its_fraction(typed: str, expected: str) -> None:
    """R-06: whose mark says what the other marks are, in every language."""
    for language in LANGUAGES:
        assert stored_answer(question(Kind.INTEGER), typed, language, TODAY) == expected


@given(
    text=st.one_of(
        st.text(max_size=20),
        st.text("0123456789.,-–() %$€kE+٪ million", max_size=16),
    ),
    language=st.sampled_from(LANGUAGES),
    kind=st.sampled_from((Kind.INTEGER, Kind.DECIMAL, Kind.RANGE, Kind.TIME, Kind.DATE_TIME)),
)
def test_whatever_is_offered_is_an_answer(text: str, language: str, kind: Kind) -> None:
    """R-09, R-10"""
    asked = question(kind)
    kept = stored_answer(asked, text, language, TODAY)
    assert stored_answer(asked, kept, language, TODAY) == kept
    for reading in reply_to(asked, text, language, TODAY).readings:
        found = read(kind, reading.text)
        assert found is not None
        assert not isinstance(found, Unreadable) or found.sentence == LARGE_NUMBER


@given(
    moment=st.datetimes(min_value=datetime(1000, 1, 1)).map(lambda each: each.replace(microsecond=0)),  # noqa: DTZ001
    offset=st.one_of(st.none(), st.integers(-14 * 60, 14 * 60)),
    language=st.sampled_from(LANGUAGES),
)
def test_a_moment_that_is_shown_is_read_again(moment: datetime, offset: int | None, language: str) -> None:
    """R-10"""
    if offset is not None:
        moment = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    asked = question(Kind.DATE_TIME)
    shown = shown_answer(asked, moment.isoformat(), language)
    assert "T" not in shown.replace("UTC", "")
    assert read(Kind.DATE_TIME, stored_answer(asked, shown, language, TODAY)) == moment
    at = moment.timetz().isoformat()
    shown = shown_answer(question(Kind.TIME), at, language)
    assert read(Kind.TIME, stored_answer(question(Kind.TIME), shown, language, TODAY)) == read(Kind.TIME, at)


@pytest.mark.parametrize(
    ("typed", "sentence", "meant"),
    [
        ("1/2/2025 14:30", "This can be 1 February 2025, 14:30 or 2 January 2025, 14:30.",
         ["2025-02-01T14:30", "2025-01-02T14:30"]),
        ("45658.604", "Did you mean 1 January 2025, 14:30?", ["2025-01-01T14:30"]),
        ("31 January 2025", "The time is asked for, too", []),
        ("soon", "Write a date and a time", []),
    ],
)  # fmt: skip
def test_a_moment_that_may_be_several_is_asked_back(typed: str, sentence: str, meant: list[str]) -> None:
    """R-10"""
    asked = question(Kind.DATE_TIME)
    assert stored_answer(asked, typed, "en", TODAY) == typed
    reply = reply_to(asked, typed, "en", TODAY)
    assert reply.sentence.startswith(sentence)
    assert [reading.text for reading in reply.readings] == meant
