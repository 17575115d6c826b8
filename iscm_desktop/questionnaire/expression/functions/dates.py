"""Date and time functions of ODK XForms. Dates are texts in ISO form; see `date_times`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from iscm_desktop.questionnaire.expression import budget
from iscm_desktop.questionnaire.expression.context import Context, Host, Value
from iscm_desktop.questionnaire.expression.conversion import text_of
from iscm_desktop.questionnaire.expression.date_times import (
    day_fraction,
    day_fraction_of_clock,
    days_of_moment,
    local,
    midnight_of_days,
    moment_of_days,
    moment_of_text,
    text_of_day,
    text_of_moment,
)
from iscm_desktop.questionnaire.expression.numbers import NAN, number_of_text
from iscm_desktop.questionnaire.expression.registry import Library, function

LIBRARY: Library = {}

_MARK = re.compile("%(.)")


def _moment(
    context: Context, value: Value, of_days: Callable[[float, Host], datetime | None] = moment_of_days
) -> datetime | None:
    """What a value means as a moment: an ISO text, or days since 1970 began in UTC; None for neither."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return of_days(value, context.host)
    text = text_of(value)
    found = moment_of_text(text, context.host)
    return of_days(number_of_text(text), context.host) if found is None else found


@function(LIBRARY, "today", "", "string", with_context=True, is_volatile=True)
def _today(context: Context) -> str:
    return local(context.host.now(), context.host).date().isoformat()


@function(LIBRARY, "now", "", "string", with_context=True, is_volatile=True)
def _now(context: Context) -> str:
    return text_of_moment(context.host.now(), context.host)


@function(LIBRARY, "date", "value", "string", with_context=True)
def _date(context: Context, value: Value) -> str:
    """The date, with its time where it has one; "" for what is no date."""
    moment = _moment(context, value, midnight_of_days)
    return "" if moment is None else text_of_day(moment, context.host)


@function(LIBRARY, "date-time", "value", "string", with_context=True)
def _date_time(context: Context, value: Value) -> str:
    moment = _moment(context, value)
    return "" if moment is None else text_of_day(moment, context.host)


@function(LIBRARY, "decimal-date-time", "value", "number", with_context=True)
def _decimal_date_time(context: Context, value: Value) -> float:
    if isinstance(value, float) and not isinstance(value, bool):
        return value
    moment = _moment(context, value)
    return NAN if moment is None else days_of_moment(moment)


@function(LIBRARY, "decimal-time", "value", "number", with_context=True)
def _decimal_time(context: Context, value: Value) -> float:
    """How much of the day has passed at a time or date-time, on the respondent's clock."""
    fraction = day_fraction_of_clock(text_of(value), context.host)
    moment = _moment(context, value) if fraction != fraction else None
    return fraction if moment is None else day_fraction(local(moment, context.host).time())


@function(LIBRARY, "format-date", "value string", "string", with_context=True)
def _format_date(context: Context, value: Value, form: str) -> str:
    return _formatted(context, _moment(context, value, midnight_of_days), form)


@function(LIBRARY, "format-date-time", "value string", "string", with_context=True)
def _format_date_time(context: Context, value: Value, form: str) -> str:
    return _formatted(context, _moment(context, value), form)


def _formatted(context: Context, moment: datetime | None, form: str) -> str:
    if moment is None:
        return ""
    budget.made(len(form) * 4)
    here = local(moment, context.host)
    return _MARK.sub(lambda mark: _piece(mark, here, context.host.language), form)


def _piece(mark: re.Match[str], moment: datetime, language: str) -> str:
    match mark[1]:
        case "Y":
            return f"{moment.year:04}"
        case "y":
            return f"{moment.year % 100:02}"
        case "m":
            return f"{moment.month:02}"
        case "n":
            return str(moment.month)
        case "b":
            return str(_locale(language).months["format"]["abbreviated"][moment.month])
        case "d":
            return f"{moment.day:02}"
        case "e":
            return str(moment.day)
        case "a":
            return str(_locale(language).days["format"]["abbreviated"][moment.weekday()])
        case "H":
            return f"{moment.hour:02}"
        case "h":
            return str(moment.hour)
        case "M":
            return f"{moment.minute:02}"
        case "S":
            return f"{moment.second:02}"
        case "3":
            return f"{moment.microsecond // 1000:03}"
        case _:
            return mark[0]


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
