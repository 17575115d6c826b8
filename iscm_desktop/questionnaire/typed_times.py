"""Times of day, and days with a time, as people write them: "14h30", "2.30 pm", "下午2:30", "31 May 2025 at 9 am"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from iscm_desktop.questionnaire.copied_dates import moment_of_serial
from iscm_desktop.questionnaire.typed_dates import Precision, read_date

_LONGEST = 100
"""Characters; what is longer says more than a time, and means none."""
_MORNING = "am|a[.] ?m[.]?|ص|صباحا|صباحًا|上午|早上|凌晨|du matin|de la mañana|утра"
_AFTERNOON = (
    "pm|p[.] ?m[.]?|م|مساء|مساءً|下午|晚上|de l['’]après-midi|du soir|de la tarde|de la noche|дня|вечера"
)
_HALF = rf"(?:(?P<am>{_MORNING})|(?P<pm>{_AFTERNOON}))"
_FIGURES = (
    r"(?P<hour>\d{1,2})(?P<mark>\s?(?:[:.时時点點]|h(?:ours|rs?)?(?!\w)|h(?=\d)|ч(?:ас\w*)?[.]?|Uhr)\s?"
    r"(?:(?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]0+)?)?)?\s?(?:分|мин[.]?|min[.]?|Uhr|hrs?[.]?)?)?"
)
_CLOCK = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (rf"{_FIGURES}", rf"{_FIGURES}\s*{_HALF}", rf"{_HALF}\s*{_FIGURES}")
)
_OFFSET = re.compile(r"\s*(?:\(\s*(?:UTC|GMT)\s?([+-]\d\d:\d\d)\s*\)|(?:UTC|GMT)\s?([+-]\d\d:\d\d))$")
_BETWEEN = re.compile(
    r"[,،\s]+(?:(?:at|à|a las?|um|às|в|الساعة|في الساعة|على الساعة)\s+)?|T|(?<=[日号天])", re.IGNORECASE
)
_DOUBTED = 2
"""Days that one text may mean."""


@dataclass(frozen=True, slots=True)
class MomentReading:
    """What a text means as a day with a time, in stored form.

    Attributes:
        text: The moment; "" where the text means none, or may mean several.
        instead: What may have been meant.
        is_day_alone: Whether the text is a date, and only the time is missing.
    """

    text: str = ""
    instead: tuple[str, ...] = ()
    is_day_alone: bool = False


def clock_time(text: str) -> str:
    """ "14:30" of "14h30", "2.30 pm", "14时30分"; "" where it is no time. Seconds only where there are any."""
    text, offset = _without_offset(text.strip())
    match = next(filter(None, (shape.fullmatch(text) for shape in _CLOCK)), None)
    if match is None:
        return ""
    said = match.groupdict()
    half = said.get("am") or said.get("pm")
    hour, minute, second = (int(said[part] or 0) for part in ("hour", "minute", "second"))
    if not (half or said["mark"]) or (half and not 1 <= hour <= (12 if said.get("am") else 23)):
        return ""
    if half and hour <= 12:
        hour = hour % 12 + (12 if said.get("pm") else 0)
    if hour > 23 or minute > 59 or second > 59:
        return ""
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "") + offset


def read_moment(text: str, language: str, today: date) -> MomentReading:
    """What a text (with Latin digits) means as a day with a time; see `read_date` for `today`."""
    if len(text) > _LONGEST:
        return MomentReading()
    text = " ".join(text.split())
    for match in _BETWEEN.finditer(text):
        at = clock_time(text[match.end() :])
        found = read_date(text[: match.start()], language, today) if at else None
        if found is None or found.precision is not Precision.DAY:
            continue
        if found.day is not None:
            return MomentReading(f"{found.day.isoformat()}T{at}")
        if found.instead:
            return MomentReading(instead=tuple(f"{day.isoformat()}T{at}" for day in found.instead[:_DOUBTED]))
    serial = moment_of_serial(text)
    if serial is not None:
        return MomentReading(instead=(serial.isoformat(timespec="minutes"),))
    alone = read_date(text, language, today)
    return MomentReading(is_day_alone=alone.day is not None and alone.precision is Precision.DAY)


def written_time(moment: time, language: str) -> str:
    """A time as a language writes it, its offset from UTC behind it where it has one."""
    from babel.dates import format_time

    from iscm_desktop.i18n import cldr_locale

    form = "medium" if moment.second else "short"
    words = str(format_time(moment.replace(tzinfo=None), form, locale=cldr_locale(language)))
    offset = moment.utcoffset()
    return words if offset is None else f"{words} (UTC{_signed(offset)})"


def is_said_in_words(moment: time | datetime) -> bool:
    """Whether a time has no more to it than people write: no part of a second, an offset of whole minutes."""
    offset = moment.utcoffset()
    return not moment.microsecond and not (offset is not None and offset % timedelta(minutes=1))


def _signed(offset: timedelta) -> str:
    minutes = round(offset / timedelta(minutes=1))
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _without_offset(text: str) -> tuple[str, str]:
    match = _OFFSET.search(text)
    return (text[: match.start()], match[1] or match[2]) if match else (text, "")
