"""Dates as people write them: "21 November 2026", "3/4/25", "March 2025", "1er mai 2020", "today".

A text either means one day, or is asked back: as two days, as the nearest day that there is, or as no date at
all. Nothing is guessed where two people of the same language would read two days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from enum import Enum

from iscm_desktop.questionnaire.copied_dates import barer, day_of_serial, quarter_of, without_weekday
from iscm_desktop.questionnaire.month_names import is_undecided, is_year_first, month_names, month_number


class Precision(Enum):
    """How much of a date is asked for, or was said."""

    YEAR = 1
    MONTH = 2
    DAY = 3


class DateFault(Enum):
    """Why a text is not simply a date."""

    NO_DATE = "no date"
    TWO_DAYS = "two days"  # `instead` has both readings
    NO_MONTH = "no month"  # "31.13.2024"
    NO_DAY = "no day"  # "31 June 2026"
    UNKNOWN_MONTH = "unknown month"  # "3 Febuary 2025"
    OTHER_WEEKDAY = "other day of the week"  # "Monday, 31 January 2025", which was a Friday
    SERIAL = "serial"  # "45658", a spreadsheet's number


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a text means as a date.

    Attributes:
        day: The day; of a month or year its first. None where the text does not mean one.
        precision: How much was said.
        fault: Why there is no day; None where there is one.
        instead: What may have been meant.
        found: The part that is wrong: "13", "31", "Febuary".
    """

    day: date | None = None
    precision: Precision = Precision.DAY
    fault: DateFault | None = None
    instead: tuple[date, ...] = ()
    found: str = ""


NO_DATE = DateReading(fault=DateFault.NO_DATE)

_YEAR = re.compile(r"(\d{4})\s*(?:г\.?|年)?")
_YEARS = re.compile(r"(\d{4})\s*[-–—‒/]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})([./ ])\s?(\d{1,2})\2\s?(\d{1,2})\.?")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?")
_NUMERIC = re.compile(r"(\d{1,2})\s?([./ -])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?:\s*г\.?)?")
_NUMERIC_MONTH = re.compile(r"(\d{1,2})[./-](\d{4})|(\d{4})[./-](\d{1,2})")
_NAME = r"([^\W\d]+(?:\s[^\W\d]+)??)"
_OF = r"(?:de\s+|del\s+|d['’])?"
_YEAR_BEHIND = r"(\d{4}|['’]?\d\d)"
_DAY_FIRST = re.compile(
    rf"(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:of\s+)?{_OF}{_NAME}\.?,?\s+{_OF}{_YEAR_BEHIND}(?:\s*г\.?)?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"{_NAME}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR_BEHIND}", re.IGNORECASE)
_MONTH_AND_YEAR = re.compile(rf"{_NAME}\.?,?\s+{_OF}{_YEAR_BEHIND}(?:\s*г\.?)?", re.IGNORECASE)

_NEAR_TODAY = {
    word: days
    for days, words in (
        (0, "today,aujourd'hui,aujourd’hui,hoy,اليوم,сегодня,今天,今日"),
        (-1, "yesterday,hier,ayer,أمس,امس,вчера,昨天,昨日"),
        (1, "tomorrow,demain,mañana,غدا,غدًا,завтра,明天"),
    )
    for word in words.split(",")
}
_MARKS = str.maketrans("", "", "\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
_LONGEST = 80
"""Characters; what is longer says more than a day, and means none."""
_CENTURY_BEGINS = 80
"""Of a year with two digits: how many years back from today its hundred years begin."""


def date_of(text: str, language: str = "en") -> date | None:
    """The day that a text means in a language; None where it means none, or could mean two."""
    found = read_date(text, language, date.min)
    return found.day if found.precision is Precision.DAY else None


def read_date(text: str, language: str, today: date) -> DateReading:
    """What a text (with Latin digits) means in a language, a whole date or a part of one.

    Args:
        today: The day on which it is written: for "today", and for the century of "25". `date.min` where it is
            not known: then these are no dates.
    """
    if len(text) > _LONGEST:
        return NO_DATE
    text = " ".join(text.translate(_MARKS).split())
    days = _NEAR_TODAY.get(text.casefold())
    if days is not None and today != date.min:
        return DateReading(today + timedelta(days=days))
    found = _bare(barer(text), language, today)
    if found is not None:
        return found
    rest, weekday = without_weekday(barer(text), language)
    found = _bare(rest, language, today) if weekday is not None else None
    return NO_DATE if found is None else _on_weekday(found, weekday)


def _bare(text: str, language: str, today: date) -> DateReading | None:
    quarter = quarter_of(text)
    if quarter:
        return DateReading(None, Precision.DAY, DateFault.TWO_DAYS, quarter)
    found = _in_figures(text, language, today) or _in_words(text, language, today) or _of_two_years(text)
    serial = day_of_serial(text) if found is None else None
    return found if serial is None else DateReading(None, Precision.DAY, DateFault.SERIAL, (serial,), text)


def _of_two_years(text: str) -> DateReading | None:
    """ "2004–05", where one year is asked for, is the one or the other."""
    match = _YEARS.fullmatch(text)
    years = (match[1], match[2] if len(match[2]) == 4 else match[1][:2] + match[2]) if match else ()
    if not years or not 0 < int(years[0]) < int(years[1]):
        return None
    return DateReading(
        None, Precision.YEAR, DateFault.TWO_DAYS, tuple(date(int(each), 1, 1) for each in years)
    )


def _on_weekday(found: DateReading, weekday: int | None) -> DateReading:
    """A day that the day of the week beside it denies is asked back: one of both is wrong."""
    if found.day is None or found.day.weekday() == weekday:
        return found
    return DateReading(None, found.precision, DateFault.OTHER_WEEKDAY, (found.day,))


def _in_figures(text: str, language: str, today: date) -> DateReading | None:
    match = _ISO.fullmatch(text)
    if match:
        return _day(match[1], match[2], match[3])
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        return _day(match[1], match[3], match[4])
    match = _CHINESE.fullmatch(text)
    if match:
        return _day(match[1], match[2], match[3]) if match[3] else _month(match[1], match[2])
    match = _NUMERIC.fullmatch(text)
    if match:
        if len(match[4]) == 2 and today == date.min:
            return NO_DATE
        if len(match[1]) == len(match[4]) == 2 and is_year_first(language):
            return _of_short_year(match, today)
        year = match[4] if len(match[4]) == 4 else str(_year_of_two_digits(int(match[4]), today))
        found = _numeric(match[1], match[3], year, match[2], language)
        return _or_year_first(found, match, today) if is_undecided(language) else found
    match = _NUMERIC_MONTH.fullmatch(text)
    if match:
        return _month(match[2] or match[3], match[1] or match[4])
    match = _YEAR.fullmatch(text)
    return _first_day(match[1], "1", Precision.YEAR) if match else None


def _in_words(text: str, language: str, today: date) -> DateReading | None:
    match = _DAY_FIRST.fullmatch(text)
    if match:
        return _named(_whole_year(match[3], today), match[2], match[1], language)
    match = _MONTH_FIRST.fullmatch(text)
    if match:
        return _named(_whole_year(match[3], today), match[1], match[2], language)
    match = _MONTH_AND_YEAR.fullmatch(text)
    return _named(_whole_year(match[2], today), match[1], "", language) if match else None


def _whole_year(text: str, today: date) -> str:
    """A year with two digits in full; "0000", which is no year, where today is not known."""
    if len(text) == 4:
        return text
    return "0000" if today == date.min else str(_year_of_two_digits(int(text[-2:]), today))


def _named(year: str, name: str, day: str, language: str) -> DateReading:
    number = month_number(name, language)
    if number:
        return _day(year, str(number), day) if day else _month(year, str(number))
    near = _nearest_month(name, month_names(language))
    if not near or int(year) == 0:
        return NO_DATE
    last = monthrange(int(year), near)[1]
    meant = date(int(year), near, min(max(int(day or 1), 1), last))
    precision = Precision.DAY if day else Precision.MONTH
    return DateReading(None, precision, DateFault.UNKNOWN_MONTH, (meant,), name)


def _nearest_month(name: str, names: dict[str, int]) -> int:
    """The month whose name is nearly `name`; 0 where none is."""
    near = get_close_matches(name.casefold(), [each for each in names if len(each) > 2], 1, 0.75)
    return names[near[0]] if near else 0


def _day(year: str, month: str, day: str) -> DateReading:
    y, m, d = int(year), int(month), int(day)
    if y == 0:
        return NO_DATE
    if not 1 <= m <= 12:
        return DateReading(fault=DateFault.NO_MONTH, instead=_within(y, m, d), found=str(m))
    if not 1 <= d <= monthrange(y, m)[1]:
        return DateReading(fault=DateFault.NO_DAY, instead=_within(y, m, d), found=str(d))
    return DateReading(date(y, m, d))


def _within(year: int, month: int, day: int) -> tuple[date, ...]:
    """The nearest day that there is, where only one of month and day is impossible."""
    if not (1 <= month <= 12 or 1 <= day <= 31):
        return ()
    month = min(max(month, 1), 12)
    return (date(year, month, min(max(day, 1), monthrange(year, month)[1])),)


def _month(year: str, month: str) -> DateReading:
    if 1 <= int(month) <= 12:
        return _first_day(year, month, Precision.MONTH)
    instead = () if int(year) == 0 else (date(int(year), min(max(int(month), 1), 12), 1),)
    return DateReading(None, Precision.MONTH, DateFault.NO_MONTH, instead, str(int(month)))


def _first_day(year: str, month: str, precision: Precision) -> DateReading:
    return NO_DATE if int(year) == 0 else DateReading(date(int(year), int(month), 1), precision)


def _numeric(first: str, second: str, year: str, mark: str, language: str) -> DateReading:
    """Day first; but in English 3/4/2026 is the third of April for some, the fourth of March for others."""
    found, other = _day(year, second, first), _day(year, first, second)
    if mark == "." or other.day is None:
        return found
    if found.day is None:
        return other
    if is_undecided(language) and found.day != other.day:
        return DateReading(None, Precision.DAY, DateFault.TWO_DAYS, (found.day, other.day))
    return found


def _of_short_year(match: re.Match[str], today: date) -> DateReading:
    """Three numbers of which the year is the first for most, and the last for who is used to other languages."""
    first, last = (str(_year_of_two_digits(int(match[at]), today)) for at in (1, 4))
    found, other = _day(first, match[3], match[4]), _day(last, match[3], match[1])
    if found.day is None or other.day is None or found.day == other.day:
        return found if other.day is None else other
    return DateReading(None, Precision.DAY, DateFault.TWO_DAYS, (found.day, other.day))


def _or_year_first(found: DateReading, match: re.Match[str], today: date) -> DateReading:
    """ "25-03-04" is the 25th of March for some, and for who puts the year in front the fourth, as in 2025-03-04."""
    if found.day is None or match[2] != "-" or int(match[1]) <= 12 or len(match[4]) == 4:
        return found
    other = _day(str(_year_of_two_digits(int(match[1]), today)), match[3], match[4])
    if other.day is None or other.day == found.day:
        return found
    return DateReading(None, Precision.DAY, DateFault.TWO_DAYS, (found.day, other.day))


def _year_of_two_digits(year: int, today: date) -> int:
    begins = max(today.year, 1900) - _CENTURY_BEGINS
    return begins + (year - begins) % 100


def shortened(day: date, precision: Precision) -> date:
    """The day by which a date of this precision is kept, as ODK's programs keep it: the first of its time."""
    if precision is Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision is Precision.MONTH else day


def asked_precision(appearance: Collection[str]) -> Precision:
    """How much of a date a question asks for, by ODK's appearances."""
    if "year" in appearance:
        return Precision.YEAR
    return Precision.MONTH if "month-year" in appearance else Precision.DAY
