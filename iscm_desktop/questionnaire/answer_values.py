"""One answer in its three forms: typed text, stored text, Python value. Nothing else converts between them.

Typed text is what a person writes, in the manner of a language: "120 000", "21 November 2026". Stored text is
the same for everybody: "120000", "2026-11-21", choice values separated by spaces. Whether a choice is offered
and whether a value is in range, the form session decides; what to say of a text that is no value,
`answer_readings`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from iscm_desktop.i18n import N_
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.questionnaire.typed_dates import Precision, read_date, shortened
from iscm_desktop.questionnaire.typed_numbers import DECIMAL, INTEGER, read_number
from iscm_desktop.questionnaire.typed_periods import period_text, read_period
from iscm_desktop.questionnaire.typed_places import place_of
from iscm_desktop.questionnaire.typed_times import clock_time, read_moment

Value = str | int | Decimal | date | datetime | time | tuple[str, ...] | None
"""The Python value of an answer; None is blank. Selects and rankings give choice values in order."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The text is no value of its kind; `sentence` (to be translated) says what is expected."""

    sentence: str


WHOLE_NUMBER = N_("Write a whole number, such as 25. What you wrote is kept until you change it.")
NUMBER = N_("Write a number, such as 1250.50. What you wrote is kept until you change it.")
DATE = N_("Write a date, such as 21 November 2026 or 2026-11-21. What you wrote is kept until you change it.")
TIME = N_("Write a time, such as 14:30. What you wrote is kept until you change it.")
DATE_TIME = N_(
    "Write a date and a time, such as 21 November 2026, 14:30. What you wrote is kept until you change it."
)
EMAIL = N_("Write one e-mail address, such as name@example.org. What you wrote is kept until you change it.")
URL = N_(
    "Write the whole web address, such as https://www.iom.int. What you wrote is kept until you change it."
)
PLACE = N_(
    "Write latitude and longitude in degrees, such as 46.2044 6.1432. "
    "What you wrote is kept until you change it."
)
LINE = N_(
    "Write two or more points as latitude and longitude, with a semicolon between points, such as "
    "46.2 6.1; 46.3 6.2. What you wrote is kept until you change it."
)
AREA = N_(
    "Write two or more points as latitude and longitude, with a semicolon between points, and the first again "
    "at the end. What you wrote is kept until you change it."
)
PERIOD = N_(
    "Write a period, such as 2004–2005 or March 2019 to May 2021. What you wrote is kept until you change it."
)
LARGE_NUMBER = N_(
    "Whole numbers go from -2,147,483,648 to 2,147,483,647 here. What you wrote is kept until you change it."
)
ONE_CHOICE = N_("Choose one of the answers offered.")

_EMAIL = re.compile(r"[^\s@,;<>()\[\]\"]+@([^\s@.,;<>()\[\]\"/\\]+\.)+[^\s@.,;<>()\[\]\"/\\]{2,}")
_URL = re.compile(r"https?://([^\s/?#@]+@)?([\w-]+\.)+[\w-]{2,}(:\d+)?([/?#]\S*)?", re.IGNORECASE)
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)([:.]([0-5]\d)([.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?")


MEASURED = frozenset(
    {
        Kind.INTEGER, Kind.DECIMAL, Kind.RANGE, Kind.DATE, Kind.TIME, Kind.DATE_TIME, Kind.GEOPOINT,
        Kind.GEOTRACE, Kind.GEOSHAPE,
    }
)  # fmt: skip
"""Kinds whose unreadable texts count as blank in expressions: "many" is no number to compare with."""


def read(kind: Kind, text: str) -> Value | Unreadable:
    """The value of a stored text; None where it is blank."""
    stripped = text.strip()
    if not stripped:
        return None
    reader = _READERS.get(kind)
    return text if reader is None else reader(stripped)


def seen(kind: Kind, text: str) -> str:
    """What expressions see of an answer: nothing where it is not a value of its kind.

    Of a number with a fraction, an integer's node holds the whole part, as an XForms engine casts it.
    """
    if kind not in MEASURED:
        return text
    if kind is Kind.INTEGER:
        text = whole(text.strip())
    return "" if isinstance(read(kind, text), Unreadable) else text


def whole(text: str) -> str:
    """A number without its fraction; any other text as it is."""
    match = _FRACTION.fullmatch(text)
    return match[1] if match else text


_FRACTION = re.compile(r"([+-]?\d+)\.\d+")


def write(value: Value) -> str:
    """The stored text of a value; "" for None."""
    match value:
        case None:
            return ""
        case tuple():
            return " ".join(value)
        case Decimal():
            return format(value, "f")
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)


def stored(
    kind: Kind,
    typed: str,
    language: str = "en",
    *,
    asks: Precision = Precision.DAY,
    today: date = date.min,
) -> str:
    """The stored text of what somebody typed; the typed text itself where it cannot be read.

    A plain number stays as it is to the letter ("1.0" does not become "1"), so that it can be typed key by key; but
    where the point groups thousands, "2.125" is 2125. What is in stored form already does not go through here.

    Args:
        asks: How much of a date the question asks for. A year or a month is kept as its first day.
        today: The day on which it is typed; without one, "today" is no date, nor is one with a year of two digits.
    """
    if kind in _AS_TYPED:
        return typed
    if kind.has_one_choice or kind.has_many_choices:
        return typed.strip()  # the name of a choice is no number, even one of digits
    text = latin_digits(typed.strip())
    match kind:
        case Kind.INTEGER | Kind.DECIMAL | Kind.RANGE:
            return read_number(text, language, is_whole=kind is Kind.INTEGER).text or typed
        case Kind.DATE:
            return _stored_date(text, language, asks, today) or typed
        case Kind.TIME | Kind.DATE_TIME:
            return _stored_time(kind, text, language, today) or typed
        case Kind.GEOPOINT:
            return place_of(text) or typed
        case Kind.GEOTRACE | Kind.GEOSHAPE:
            return _stored_points(kind, text)
        case Kind.PERIOD:
            return period_text(text) if read_period(text, language) else typed
        case _:
            return text


_AS_TYPED = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.OTHER, Kind.ATTACHMENT, Kind.CALCULATED, Kind.NOTE})


def _stored_points(kind: Kind, text: str) -> str:
    """Points as maps write them, one behind a semicolon or on a line each, as stored; else the text."""
    points = ";".join(place_of(each) or each for each in re.split(r"[;\n]", text))
    is_mended = isinstance(read(kind, text), Unreadable) and not isinstance(read(kind, points), Unreadable)
    return points if is_mended else text


def _stored_date(text: str, language: str, asks: Precision, today: date) -> str:
    """ISO form of what is as much of a date as is asked for; "" for anything else."""
    found = read_date(text, language, today)
    if found.day is None:
        return ""
    is_enough = found.precision is asks or (
        found.precision.value > asks.value and (found.day == shortened(found.day, asks) or _is_iso(text))
    )
    return found.day.isoformat() if is_enough else ""


def _is_iso(text: str) -> bool:
    return not isinstance(_date(text[:10]), Unreadable)


def _stored_time(kind: Kind, text: str, language: str, today: date) -> str:
    if not isinstance(read(kind, text), Unreadable):
        return f"{text[:10]}T{text[11:]}" if kind is Kind.DATE_TIME and text[10:11] == " " else text
    return clock_time(text) if kind is Kind.TIME else read_moment(text, language, today).text


def latin_digits(text: str) -> str:
    """Digits of any script as 0 to 9, and the typographic minus as a hyphen."""
    if text.isascii():
        return text
    digits = (str(int(each)) if each.isdecimal() else each for each in text)
    return "".join(digits).replace("\u2212", "-")


def _integer(text: str) -> Value | Unreadable:
    if not INTEGER.fullmatch(text):
        return Unreadable(WHOLE_NUMBER)
    return int(text) if -(2**31) <= int(text) < 2**31 else Unreadable(LARGE_NUMBER)


def _decimal(text: str) -> Value | Unreadable:
    if not DECIMAL.fullmatch(text):
        return Unreadable(NUMBER)
    try:
        return Decimal(text)
    except InvalidOperation:  # more digits than the context holds
        return Unreadable(NUMBER)


def _date(text: str) -> Value | Unreadable:
    try:
        return date.fromisoformat(text) if len(text) == 10 else Unreadable(DATE)
    except ValueError:
        return Unreadable(DATE)


def _time(text: str) -> Value | Unreadable:
    match = _TIME.fullmatch(text)
    if match is None:
        return Unreadable(TIME)
    zone = "+00:00" if match[6] == "Z" else match[6] or ""
    try:
        return time.fromisoformat(f"{int(match[1]):02}:{match[2]}:{match[4] or '00'}{zone}")
    except ValueError:  # a zone more than a day away
        return Unreadable(TIME)


def _date_time(text: str) -> Value | Unreadable:
    try:
        return datetime.fromisoformat(text) if len(text) > 10 else Unreadable(DATE_TIME)
    except ValueError:
        return Unreadable(DATE_TIME)


def _email(text: str) -> Value | Unreadable:
    return text if _EMAIL.fullmatch(text) and len(text) <= 254 else Unreadable(EMAIL)


def _url(text: str) -> Value | Unreadable:
    return text if _URL.fullmatch(text) else Unreadable(URL)


def _place(text: str) -> Value | Unreadable:
    return text if _is_place(text) else Unreadable(PLACE)


def _is_place(text: str) -> bool:
    """Latitude and longitude, then altitude and accuracy in metres where they are known."""
    parts = text.split()
    if not 2 <= len(parts) <= 4 or not all(DECIMAL.fullmatch(part) for part in parts):
        return False
    return abs(Decimal(parts[0])) <= 90 and abs(Decimal(parts[1])) <= 180


def _line(text: str) -> Value | Unreadable:
    points = _points(text)
    return text if len(points) >= 2 and all(map(_is_place, points)) else Unreadable(LINE)


def _area(text: str) -> Value | Unreadable:
    points = _points(text)
    is_closed = len(points) >= 3 and points[0].split()[:2] == points[-1].split()[:2]
    return text if is_closed and all(map(_is_place, points)) else Unreadable(AREA)


def _points(text: str) -> list[str]:
    return text.removesuffix(";").split(";")


def _period(text: str) -> Value | Unreadable:
    return text if read_period(text) else Unreadable(PERIOD)


def _one(text: str) -> Value | Unreadable:
    return text


def _many(text: str) -> Value | Unreadable:
    return tuple(dict.fromkeys(text.split()))


_READERS: dict[Kind, Callable[[str], Value | Unreadable]] = {
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.RANGE: _decimal,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.DATE_TIME: _date_time,
    Kind.EMAIL: _email,
    Kind.URL: _url,
    Kind.PERIOD: _period,
    Kind.GEOPOINT: _place,
    Kind.GEOTRACE: _line,
    Kind.GEOSHAPE: _area,
    Kind.SELECT_ONE: _one,
    Kind.SCALE: _one,
    Kind.TERRITORY: _one,
    Kind.SELECT_MANY: _many,
    Kind.RANKING: _many,
}
