"""Periods as people write them: "2004–2005", "March 2019 to May 2021", "since 2010"; kept as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, date

from iscm_desktop.questionnaire.typed_dates import DateFault, read_date

_TO = re.compile(
    r"\s*(?:–|—|‒|−|\bto\b|\buntil\b|\bau\b|\bà\b|\bal\b|\ba\b|\bhasta\b|إلى|الى|\bпо\b|\bдо\b|至|到)\s*|\s+-\s+",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(\d{4})\s*[-–—‒/]\s*(\d{4}|\d{2})")
_YEAR_OR_MONTH = re.compile(r"(?!0000)(\d{4})-(0[1-9]|1[0-2])")
_FROM = re.compile(r"^(?:from|since|depuis|du|de|desde|с|из|منذ|من|自|从)\s*(?=[\W\d]|\s)", re.IGNORECASE)
_OPEN_END = re.compile(r"(\d)\s?-$")
_NOW = frozenset(
    (
        "present", "the present", "now", "date", "today", "ongoing", "présent", "ce jour", "aujourd'hui",
        "aujourd’hui", "maintenant", "presente", "el presente", "la fecha", "la actualidad", "actualidad", "hoy",
        "настоящее время", "настоящего времени", "н.в.", "сегодня", "今", "现在", "今天", "الآن", "الان", "اليوم",
    )
)  # fmt: skip
"""What stands for an end that has not come."""
_LONGEST = 120
"""Characters; what is longer says more than a period, and means none."""


@dataclass(frozen=True, slots=True)
class Period:
    """Two days, of months and years the first; None where one end is open or only one time was said."""

    begins: date | None
    ends: date | None


def read_period(text: str, language: str = "en") -> Period | None:
    """The period that a text (with Latin digits) means; None where it means none."""
    if len(text) > _LONGEST:
        return None
    text = " ".join(text.split())
    if _YEAR_OR_MONTH.fullmatch(text):
        return None  # two things: see `period_readings`
    match = _YEARS.fullmatch(text)
    if match:
        begins, ends = _years(match)
        return Period(date(begins, 1, 1), date(ends, 1, 1)) if 0 < begins <= ends <= MAXYEAR else None
    has_beginning = _FROM.match(text) is not None
    parts = [part.strip() for part in _TO.split(_FROM.sub("", _OPEN_END.sub(r"\1–", text), count=1))]
    if len(parts) > 2:
        return None
    parts = ["" if at and part.casefold() in _NOW else part for at, part in enumerate(parts)]
    days = [_day(part, language) for part in parts]
    if len(parts) == 2 and days[0] is None and days[1] is not None:
        days[0] = _first_day(parts[0], parts[1], language)
    if not any(days) or any(part and day is None for part, day in zip(parts, days, strict=True)):
        return None
    begins_on, ends_on = days[0], days[1] if len(days) == 2 else None
    if begins_on and ends_on and begins_on > ends_on:
        return None
    return Period(begins_on, ends_on if len(days) == 2 or has_beginning else None)


def period_readings(text: str, month: Callable[[date], str]) -> tuple[str, ...]:
    """ "2004-05" as the years 2004 to 2005 and as May 2004, where each can be read; () for any other text.

    Args:
        month: Writes the month of a day in words.
    """
    match = _YEAR_OR_MONTH.fullmatch(text)
    if match is None:
        return ()
    found = period_text(text), month(date(int(match[1]), int(match[2]), 1))
    return tuple(each for each in found if read_period(each))


def period_text(text: str) -> str:
    """The period with years as printers set them: "2004–2005" for "2004/05"."""
    match = _YEARS.fullmatch(text.strip())
    if match is None:
        return text
    begins, ends = _years(match)
    return f"{begins:04}–{ends:04}"


def _years(match: re.Match[str]) -> tuple[int, int]:
    """Both years in full; "1999-00" ends in the year 2000."""
    begins = int(match[1])
    if len(match[2]) == 4:
        return begins, int(match[2])
    ends = begins - begins % 100 + int(match[2])
    return begins, ends if ends >= begins else ends + 100


def _first_day(first: str, last: str, language: str) -> date | None:
    """Where the year, or month and year, is said once: "January–March 2024", "1–15 March 2024"."""
    rest = last.split()
    found = (_day(" ".join((first, *rest[at:])), language) for at in range(len(rest) - 1, 0, -1))
    return next((day for day in found if day is not None), None) if first else None


def _day(text: str, language: str) -> date | None:
    found = read_date(text, language, date.min)
    if found.fault is DateFault.TWO_DAYS:
        return found.instead[0]
    return found.day
