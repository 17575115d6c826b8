"""Dates and times as expressions know them: text in ISO form, and numbers of days since 1970 began in UTC.

XForms has no type for dates: a date is text, and becomes a number where a number is asked for. Text that
names no zone is meant in the respondent's (the host's).
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from babel.dates import LOCALTZ

from iscm_desktop.questionnaire.expression.context import Host
from iscm_desktop.questionnaire.expression.numbers import NAN

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_S = 86_400.0

_ZONE = r"(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_TIME = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?P<fraction>\.[0-9]+)?)?"
_MOMENT = re.compile(
    rf"\s*(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}})(?:T{_TIME}{_ZONE})?\s*"
).fullmatch
_CLOCK = re.compile(rf"\s*{_TIME}{_ZONE}\s*").fullmatch


def moment_of_text(text: str, host: Host) -> datetime | None:
    """The moment that an ISO date or date-time means, with its zone; None for other text."""
    if "-" not in text or len(text) > _LONGEST:  # most text is told apart here
        return None
    return _moment(text, zone_of(host))


_LONGEST = 64
"""Characters of a text that may be a moment; longer ones are none, and not worth remembering."""


@lru_cache(maxsize=4096)
def _moment(text: str, zone: tzinfo) -> datetime | None:
    found = _MOMENT(text)
    if found is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        clock = _clock(found) if found["hour"] else time()
    except ValueError:
        return None
    moment = datetime.combine(day, clock)
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment


def _clock(found: re.Match[str]) -> time:
    """Raises ValueError when hours, minutes, seconds or the zone are out of range."""
    microsecond = int(float(found["fraction"] or 0) * 1_000_000 + 0.5)
    second = int(found["second"] or 0)
    return time(
        int(found["hour"]), int(found["minute"]), second, min(microsecond, 999_999), _zone(found["zone"])
    )


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    if hours > 14 or minutes > 59:
        raise ValueError(text)
    return timezone((1 if text[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def zone_of(host: Host) -> tzinfo:
    """The zone of dates that name none."""
    return host.timezone() or LOCALTZ


def moment_of_days(days: float, host: Host) -> datetime | None:
    """The moment so many days after 1970 began in UTC, on the host's clock; None outside the calendar."""
    if not math.isfinite(days):
        return None
    try:
        return local(EPOCH + timedelta(milliseconds=math.floor(days * _DAY_S * 1000 + 0.5)), host)
    except (OverflowError, ValueError):
        return None


def midnight_of_days(days: float, host: Host) -> datetime | None:
    """Likewise, and the midnight that was meant where summer time has moved it.

    Adding days to a date counts 24 hours each, so it lands an hour beside midnight when the clocks are
    changed on the way; the day is still the one that was counted to.
    """
    moment = moment_of_days(days, host)
    if moment is None or moment.time() == time():
        return moment
    for month in (1, 7):
        offset = datetime(moment.year, month, 1, tzinfo=zone_of(host)).utcoffset() or timedelta()
        shifted = (moment.astimezone(UTC) + offset).replace(tzinfo=None)
        if shifted.time() == time():
            return shifted.replace(tzinfo=zone_of(host))
    return moment


def local(moment: datetime, host: Host) -> datetime:
    """The same moment on the host's clock; as it is at the very ends of the calendar."""
    try:
        return moment.astimezone(zone_of(host))
    except (OverflowError, ValueError):
        return moment


def days_of_moment(moment: datetime) -> float:
    """Days since 1970 began in UTC, with their fraction."""
    since = moment - EPOCH
    return (since.days * _DAY_S * 1000 + since.seconds * 1000 + since.microseconds / 1000) / (_DAY_S * 1000)


def days_of_text(text: str, host: Host) -> float:
    """The days that an ISO date or date-time means; NaN for other text."""
    moment = moment_of_text(text, host)
    return NAN if moment is None else days_of_moment(moment)


def day_fraction_of_clock(text: str, host: Host) -> float:
    """How much of the day has passed at a time of day, on the host's clock; NaN for other text."""
    found = _CLOCK(text) if len(text) <= _LONGEST else None
    if found is None:
        return NAN
    try:
        clock = _clock(found)
    except ValueError:
        return NAN
    if clock.tzinfo is not None:
        today = datetime.combine(host.now().date(), clock)
        clock = local(today, host).time()
    return day_fraction(clock)


def day_fraction(clock: time) -> float:
    """The time of day as a part of 24 hours, from 0 up to, not including, 1; its zone is passed over."""
    milliseconds = (clock.hour * 60 + clock.minute) * 60_000 + clock.second * 1000 + clock.microsecond / 1000
    return milliseconds / (_DAY_S * 1000)


def text_of_moment(moment: datetime, host: Host) -> str:
    """A date-time with its zone in hours and minutes, on the host's clock: 2026-11-21T09:48:20.000-07:00."""
    return local(moment, host).isoformat(timespec="milliseconds")


def text_of_day(moment: datetime, host: Host) -> str:
    """A date where the moment is the host's midnight, a date-time otherwise, so that no time gets lost."""
    here = local(moment, host)
    if here.time() == time():
        return here.date().isoformat()
    return here.isoformat(timespec="milliseconds")
