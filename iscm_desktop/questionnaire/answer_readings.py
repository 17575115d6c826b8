"""What a question makes of a text: how it is kept, how it is shown, and what is said of one that is no answer.

`answer_values` knows kinds; here the question's appearance and the language of the response come in, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from iscm_desktop.i18n import N_, _, current_language, is_right_to_left, shown_date, shown_month
from iscm_desktop.questionnaire import answer_values
from iscm_desktop.questionnaire.copied_numbers import NONE_COPIED, CopiedNumber, read_copied
from iscm_desktop.questionnaire.model import Kind, Question
from iscm_desktop.questionnaire.typed_dates import (
    DateFault,
    DateReading,
    Precision,
    asked_precision,
    read_date,
    shortened,
)
from iscm_desktop.questionnaire.typed_numbers import read_number, written_number
from iscm_desktop.questionnaire.typed_periods import period_readings
from iscm_desktop.questionnaire.typed_places import place_of
from iscm_desktop.questionnaire.typed_times import MomentReading, is_said_in_words, read_moment, written_time

_KEPT = N_("What you wrote is kept.")
_TWO_READINGS = N_("This can be {first} or {second}. Which one do you mean?")
_MONTH_13 = N_("There is no 13th month.")
_NO_MONTH = N_("There is no month {number}.")
_NO_DAY = N_("{month} has no day {number}.")
_UNKNOWN_MONTH = N_("There is no month called “{name}”.")
_OTHER_WEEKDAY = N_("This date falls on another day of the week.")
_SERIAL = N_("This is the number by which spreadsheets keep a date.")
_MEANT = N_("Did you mean {date}?")
_ONLY_NUMBER = N_("Only the number is asked for.")
_ONLY_YEAR = N_("Only the year is asked for.")
_ONLY_MONTH = N_("Only the month and the year are asked for.")
_MONTH_TOO = N_("The month is asked for, too: write it as in November 2026.")
_DAY_TOO = N_("The day is asked for, too: write a whole date, such as 21 November 2026.")
_TIME_TOO = N_("The time is asked for, too: write it as in 21 November 2026, 14:30.")
YEAR = N_("Write a year, such as 2026. What you wrote is kept until you change it.")
MONTH = N_("Write a month and a year, such as November 2026. What you wrote is kept until you change it.")


_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a text: its stored form, and its words in the language of the interface."""

    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said of a text that is no answer, in the language of the interface, and what may be meant."""

    sentence: str
    readings: tuple[Reading, ...] = ()


def stored_answer(question: Question, typed: str, language: str, today: date) -> str:
    """The stored text of what somebody typed at a question; see `answer_values.stored`."""
    asks = asked_precision(question.appearance)
    found = answer_values.stored(question.kind, typed, language, asks=asks, today=today)
    return _copied(question, found, language).text or found


def _copied(question: Question, text: str, language: str) -> CopiedNumber:
    """A number that came with something around it; nothing for what is read without more ado, or is no number."""
    if question.kind not in _NUMBERS or not text.strip():
        return NONE_COPIED
    if not isinstance(answer_values.read(question.kind, text), answer_values.Unreadable):
        return NONE_COPIED
    plain, is_whole = answer_values.latin_digits(text), question.kind is Kind.INTEGER
    return read_copied(plain, language, is_whole=is_whole, words=_words(question, language))


def _words(question: Question, language: str) -> str:
    """What a question says of itself in a language, or in all its languages where it does not speak this one."""
    texts = (question.label, question.hint)
    said = [
        each[name] for each in texts for name in each if name == language or name.endswith(f"({language})")
    ]
    every = said or [text for each in texts for text in each.values()]
    pieces = [piece for text in every for piece in text if isinstance(piece, str)]
    return " ".join((question.own.unit, *pieces))


def shown_answer(question: Question, text: str, language: str) -> str:
    """A stored text as people write it in a language: numbers with their marks, dates in words, as precisely
    as they are asked for.

    Whatever is shown is read again as the same. A day that a year or month cannot say stays as it is stored.
    """
    if question.kind in _NUMBERS:
        groups_from = 4 if "thousands-sep" in question.appearance else 5
        return written_number(text, language, groups_from=groups_from)
    if question.kind in (Kind.TIME, Kind.DATE_TIME):
        return _shown_time(question.kind, text, language)
    if question.kind is not Kind.DATE:
        return text
    day = answer_values.read(Kind.DATE, text)
    if not isinstance(day, date):
        return text
    asks = asked_precision(question.appearance)
    return shown_part(day, asks, language) if day == shortened(day, asks) else text


def _shown_time(kind: Kind, text: str, language: str | None = None) -> str:
    """A time, or a date and a time, in words; what says more than people write, such as milliseconds, as it is."""
    found = answer_values.read(kind, text)
    if not isinstance(found, time | datetime) or not is_said_in_words(found):
        return text
    language = language or current_language()
    if isinstance(found, time):
        return written_time(found, language)
    day = shown_part(found.date(), Precision.DAY, language)
    return f"{day}, {written_time(found.timetz(), language)}"


def shown_part(day: date, precision: Precision, language: str | None = None) -> str:
    """A day, a month or a year in words; None is the language of the interface."""
    if day.year < 1000:  # "7 May 800" would be read as no year
        return day.isoformat()
    if precision is Precision.YEAR:
        return str(day.year)
    return shown_month(day, language) if precision is Precision.MONTH else shown_date(day, language)


def reply_to(question: Question, text: str, language: str, today: date) -> Reply:
    """What is said of a text that `answer_values.read` cannot read, with what may be meant instead."""
    plain = answer_values.latin_digits(text.strip())
    if question.kind is Kind.DATE:
        return _reply_to_date(read_date(plain, language, today), asked_precision(question.appearance))
    if question.kind is Kind.DATE_TIME:
        return _reply_to_moment(read_moment(plain, language, today))
    if question.kind is Kind.PERIOD:
        readings = tuple(Reading(each, each) for each in period_readings(plain, _month_in(language)))
        if len(readings) == 2:
            return _asked_back(_(_TWO_READINGS), readings)
    if question.kind in _NUMBERS:
        meant = tuple(
            Reading(each, _number_in_words(each, language))
            for each in _copied(question, text, language).meant
        )
        if len(meant) == 2:
            return _asked_back(_(_TWO_READINGS), meant)
        if meant:
            return _nearest(_(_ONLY_NUMBER), meant)
    found = answer_values.read(question.kind, text)
    return Reply(_(found.sentence) if isinstance(found, answer_values.Unreadable) else "")


def other_readings(question: Question, typed: str, language: str) -> tuple[Reading, ...]:
    """What a number is as it was understood, and what it is for others; () where nobody can mistake it."""
    if question.kind not in _NUMBERS:
        return ()
    plain = answer_values.latin_digits(typed.strip())
    found = read_number(plain, language, is_whole=question.kind is Kind.INTEGER)
    return (Reading(found.text, found.text), Reading(found.other, found.other)) if found.other else ()


def _number_in_words(text: str, language: str) -> str:
    """A number as it stands among words: in those from right to left, its sign and groups stay in their order."""
    written = written_number(text, language)
    return f"\N{LEFT-TO-RIGHT ISOLATE}{written}\N{POP DIRECTIONAL ISOLATE}" if is_right_to_left() else written


def _month_in(language: str) -> Callable[[date], str]:
    return lambda day: shown_month(day, language)


def _reply_to_date(found: DateReading, asks: Precision) -> Reply:
    if found.fault is not None and not found.instead:
        return Reply(_({Precision.YEAR: YEAR, Precision.MONTH: MONTH}.get(asks, answer_values.DATE)))
    meant = (found.day,) if found.day is not None else found.instead
    if found.precision.value < asks.value and found.fault in (None, DateFault.TWO_DAYS):
        return Reply(" ".join((_(_DAY_TOO if asks is Precision.DAY else _MONTH_TOO), _(_KEPT))))
    readings = tuple(
        Reading(shortened(day, asks).isoformat(), shown_part(shortened(day, asks), asks))
        for day in meant
        if found.precision.value >= asks.value
    )
    readings = tuple(dict.fromkeys(readings))
    if len(readings) == 2:
        return _asked_back(_(_TWO_READINGS), readings)
    return _nearest(_complaint(found, asks), readings)


def _reply_to_moment(found: MomentReading) -> Reply:
    if found.is_day_alone:
        return Reply(" ".join((_(_TIME_TOO), _(_KEPT))))
    meant = tuple(
        Reading(each, _shown_time(Kind.DATE_TIME, each))
        for each in (*filter(None, (found.text,)), *found.instead)
    )
    if len(meant) == 2:
        return _asked_back(_(_TWO_READINGS), meant)
    return _nearest("", meant) if meant else Reply(_(answer_values.DATE_TIME))


def _nearest(complaint: str, readings: tuple[Reading, ...]) -> Reply:
    meant = [_(_MEANT).format(date=each.words) for each in readings]
    return Reply(" ".join(each for each in (complaint, *meant, _(_KEPT)) if each), readings)


def _asked_back(sentence: str, readings: tuple[Reading, ...]) -> Reply:
    words = sentence.format(first=readings[0].words, second=readings[1].words)
    return Reply(f"{words} {_(_KEPT)}", readings)


def _complaint(found: DateReading, asks: Precision) -> str:
    match found.fault:
        case DateFault.NO_MONTH:
            return _(_MONTH_13) if found.found == "13" else _(_NO_MONTH).format(number=found.found)
        case DateFault.NO_DAY if found.instead:
            return _(_NO_DAY).format(month=shown_month(found.instead[0]), number=found.found)
        case DateFault.UNKNOWN_MONTH:
            return _(_UNKNOWN_MONTH).format(name=found.found)
        case DateFault.OTHER_WEEKDAY:
            return _(_OTHER_WEEKDAY)
        case DateFault.SERIAL:
            return _(_SERIAL)
        case _ if found.precision is asks:
            return ""  # written in another language, in which it could be read in two ways or none
        case _:
            return _(_ONLY_YEAR if asks is Precision.YEAR else _ONLY_MONTH)


def asks_for_a_day(question: Question) -> bool:
    """Whether a whole date is asked for, which a calendar can give."""
    return asked_precision(question.appearance) is Precision.DAY


def example_of_date(question: Question, language: str) -> str:
    """A date as it may be written at a question: "21 November 2026, 14:30", "November 2026", "2026"."""
    if question.kind is Kind.DATE_TIME:
        return shown_answer(question, "2026-11-21T14:30", language)
    return shown_part(date(2026, 11, 21), asked_precision(question.appearance), language)


def counted(question: Question, text: str, step: int) -> str | None:
    """A stored number `step` further, a blank one from 0; None where there is none to count from."""
    value = answer_values.read(question.kind, text)
    return answer_values.write((value or 0) + step) if isinstance(value, int | Decimal | None) else None


def whole_place(text: str) -> str:
    """A place in stored form where somebody wrote or copied one; else ""."""
    return place_of(answer_values.latin_digits(text))


def plain_number(text: str, language: str) -> str:
    """A number in stored form; what is none as it was written."""
    found = read_number(answer_values.latin_digits(text.strip()), language, is_whole=False)
    return found.text.removeprefix("+") or text.strip()
