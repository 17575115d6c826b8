"""What a language calls months and days of the week, by CLDR, and whether its people agree on how a date is ordered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from iscm_desktop.i18n import LANGUAGES, cldr_locale

if TYPE_CHECKING:
    from babel import Locale


def is_undecided(language: str) -> bool:
    """Whether some who write it put the day first and some the month: English; and Chinese, where neither is usual."""
    return language in ("en", "zh")


def is_year_first(language: str) -> bool:
    """Whether those who write it put the year in front, so that of three short numbers the first may be it: Chinese."""
    return language == "zh"


def month_number(name: str, language: str) -> int:
    """1 to 12 for a month's name or abbreviation; 0 where it is neither.

    The language comes first, then the six of the United Nations: people write as they are used to.
    """
    key = _key(name)
    for each in dict.fromkeys((language, *LANGUAGES)):
        found = month_names(each).get(key)
        if found:
            return found
    return 0


@lru_cache(maxsize=16)
def month_names(language: str) -> dict[str, int]:
    """The months' names and abbreviations in small letters; {} for a language that CLDR does not know."""
    from babel.dates import get_month_names

    locale = _locale(language)
    if locale is None:
        return {}
    tables = (
        get_month_names(width, context, locale)
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
    )
    named = {_key(name): number for table in tables for number, name in table.items()}
    return dict(_levantine()) | named if language == "ar" else named


def weekday_number(name: str, language: str) -> int | None:
    """0 for Monday to 6 for Sunday, by name or abbreviation; None where it is neither."""
    key = _key(name)
    found = (_weekday_names(each).get(key) for each in dict.fromkeys((language, *LANGUAGES)))
    return next((number for number in found if number is not None), None)


@lru_cache(maxsize=16)
def _weekday_names(language: str) -> dict[str, int]:
    from babel.dates import get_day_names

    locale = _locale(language)
    if locale is None:
        return {}
    tables = (
        get_day_names(width, context, locale)
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
    )
    return {_key(name): number for table in tables for number, name in table.items()}


def _locale(language: str) -> Locale | None:
    from babel import UnknownLocaleError

    try:
        return cldr_locale(language)
    except (UnknownLocaleError, ValueError):
        return None


def _levantine() -> Iterator[tuple[str, int]]:
    """Arabic has other names from Iraq to Lebanon, and others again in the Maghreb."""
    from babel.dates import get_month_names

    for territory in ("ar_LB", "ar_DZ", "ar_MA"):
        for number, name in get_month_names("wide", "format", territory).items():
            for each in name.split("/"):
                yield _key(each), number


def _key(name: str) -> str:
    return " ".join(name.casefold().rstrip(".").split())
