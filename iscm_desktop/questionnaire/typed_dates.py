"""Dates as people write them: "21 November 2026", "21.11.2026", "21 novembre 2026", "2026-11-21"."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel.dates import get_month_names

from iscm_desktop.i18n import cldr_locale

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+)?([^\W\d]+)\.?,?\s+(?:de\s+|del\s+)?(\d{4})(?:\s*г\.?)?"
)
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


def date_of(text: str, language: str = "en") -> date | None:
    """The date that a text means in a language; None where it means none, or could mean two."""
    for pattern, order in ((_ISO, (1, 2, 3)), (_CHINESE, (1, 2, 3))):
        match = pattern.fullmatch(text)
        if match:
            return _date(*(match[place] for place in order))
    match = _NUMERIC.fullmatch(text)
    if match:
        return _numeric(match[1], match[3], match[4], match[2], language)
    match = _DAY_FIRST.fullmatch(text)
    if match:
        return _date(match[3], _month(match[2], language), match[1])
    match = _MONTH_FIRST.fullmatch(text)
    return _date(match[3], _month(match[1], language), match[2]) if match else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _numeric(first: str, second: str, year: str, mark: str, language: str) -> date | None:
    """Day first; but in English 3/4/2026 is the third of April for some, the fourth of March for others."""
    if mark == "/" and language == "en" and int(first) <= 12 and int(second) <= 12 and first != second:
        return None
    found = _date(year, second, first)
    return _date(year, first, second) if found is None and mark == "/" else found


def _month(name: str, language: str) -> str:
    """The number of a month's name or abbreviation; "" where it is neither."""
    key = name.lower().rstrip(".")
    return _names(language).get(key) or _names("en").get(key, "")


@lru_cache(maxsize=16)
def _names(language: str) -> dict[str, str]:
    locale = cldr_locale(language)
    tables = [
        get_month_names(width, context, locale)
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
    ]
    return {name.lower().rstrip("."): str(number) for table in tables for number, name in table.items()}
