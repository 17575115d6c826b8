"""Numbers as people write them, in whatever manner: "2,5", "1 250,50", "1.250,50", "1,25,000", "١٢٠٬٠٠٠".

A comma or point with three digits behind it says two things; the language decides, and the other reading is
handed out with it, so that whoever typed it can be shown what was understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

INTEGER = re.compile(r"[+-]?\d{1,18}")
DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")

_BLANKS = "\u0020\u00a0\u2009\u202f'’"
_SIGNED = re.compile(r"([+-]?)\s?(.*)", re.DOTALL)
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")
_EASTERN = str.maketrans({"\u060c": ",", "\u066c": "", "\u066b": "d"})
"""The Arabic comma stands for a comma; the other two marks can only be one thing: `d` is the decimal mark."""

_MOST_GROUPED = 18
"""Digits that are parted into thousands, as many as a whole number may have."""

_POINT_FOR_THOUSANDS = frozenset(
    {"es", "de", "it", "pt", "nl", "id", "tr", "da", "el", "ro", "vi", "sl", "hr", "sr"}
)
_COMMA_FOR_THOUSANDS = frozenset({"en", "zh", "ar", "ja", "ko", "hi", "th", "he", "sw", "ur", "fa", "am"})


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number in stored form, "" where the text is none; and what it is for others who write it so."""

    text: str = ""
    other: str = ""


NO_NUMBER = NumberReading()


def read_number(text: str, language: str, *, is_whole: bool) -> NumberReading:
    """What a text (with Latin digits, without blanks around it) means as a number.

    Args:
        is_whole: Whether only a number without fraction can be meant.
    """
    sign, body = _parts(text)
    match = _AMBIGUOUS.fullmatch(body)
    if match:
        return _two_readings(sign, body, match[1], language, is_whole=is_whole)
    plain = INTEGER if is_whole else DECIMAL
    if plain.fullmatch(text):
        return NumberReading(text)
    found = _marked(body)
    return NumberReading(sign + found) if found and plain.fullmatch(found) else NO_NUMBER


def _parts(text: str) -> tuple[str, str]:
    match = _SIGNED.fullmatch(text)
    return (match[1], match[2]) if match else ("", text)


def _two_readings(sign: str, body: str, mark: str, language: str, *, is_whole: bool) -> NumberReading:
    grouped, fraction = sign + body.replace(mark, ""), sign + body.replace(mark, ".")
    if is_whole:
        return NO_NUMBER if mark == _decimal_mark(language) else NumberReading(grouped)
    separates = mark == "," and language in _COMMA_FOR_THOUSANDS
    separates = separates or (mark == "." and language in _POINT_FOR_THOUSANDS)
    return NumberReading(grouped, fraction) if separates else NumberReading(fraction, grouped)


def _decimal_mark(language: str) -> str:
    return "." if language in _COMMA_FOR_THOUSANDS else ","


def _marked(body: str) -> str:
    """The plain form of a number with marks in it; "" where they do not stand as marks of a number do."""
    whole, fraction = _split(body.translate(_EASTERN))
    if fraction is None:
        return _without_groups(whole)
    if fraction and not fraction.isdecimal():
        return ""
    digits = _without_groups(whole) if whole else "0"
    return f"{digits}.{fraction}" if digits else ""


def _split(body: str) -> tuple[str, str | None]:
    """What stands before and behind the decimal mark; None behind where there is no such mark."""
    if "d" in body:
        whole, _mark, fraction = body.rpartition("d")
        return whole, fraction
    last = max(body.rfind("."), body.rfind(","))
    if last < 0 or body.count(body[last]) > 1:
        return body, None
    whole, fraction = body[:last], body[last + 1 :]
    has_other_marks = any(mark in whole for mark in ".,")
    if has_other_marks or len(fraction) != 3 or not _AMBIGUOUS.fullmatch(body):
        return whole, fraction
    return body, None


def _without_groups(whole: str) -> str:
    """Digits in groups of three, by one kind of mark throughout, or as in India by two and last three."""
    if whole.isdecimal() and whole.isascii():
        return whole
    for mark in (f"[{_BLANKS}]", ",", r"\."):
        for group in (r"\d{3}", r"\d{2}"):
            shape = rf"[1-9]\d{{0,2}}(?:{mark}{group})*{mark}\d{{3}}"
            if re.fullmatch(shape, whole):
                return re.sub(mark, "", whole)
    return ""


def written_number(text: str, language: str, *, groups_from: int = 5) -> str:
    """A stored number as people of a language write it, "12 500,75"; what is no plain number stays as it is.

    Thousands stand apart by a blank, which every language reads, and not in what may be a year, nor behind a leading
    zero, which would be no number then, nor in what is too long to be one.

    Args:
        groups_from: With how many digits before the decimal mark thousands are parted.
    """
    if not DECIMAL.fullmatch(text):
        return text
    sign, body = _parts(text)
    digits, point, fraction = body.partition(".")
    if groups_from <= len(digits) <= _MOST_GROUPED and not digits.startswith("0"):
        digits = f"{int(digits):,}".replace(",", " ")
    mark = _decimal_mark(language)
    return f"{sign}{digits}{mark if point else ''}{fraction}"
