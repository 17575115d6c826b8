"""Numbers with something around them, as spreadsheets and letters have them: "(1,250)", "12 %", "USD 120,000".

What stands around a number is left off where the question itself says it, as "%" does under "Share in %"; else it
might change what the number says, and is asked back.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from iscm_desktop.questionnaire.typed_numbers import NO_NUMBER, NumberReading, read_number

_LONGEST = 60
"""Characters; what is longer says more than a number."""
_DASH = re.compile(r"[–—‒]\s?(?=[\d.,])")
_BRACKETS = re.compile(r"\(\s*([^()-]+?)\s*\)")
_FIGURES = r"[+-]?\s?\d(?:[\d\s.,'’\u060c\u066b\u066c]*\d)?"
_UNIT = r"[^\d\s.,'’()+-](?:[^\d()+]{0,20}[^\d\s(),+-])?"
_UNIT_LAST = re.compile(rf"({_FIGURES})\s?({_UNIT})")
_UNIT_FIRST = re.compile(rf"([+-]?)({_UNIT})\s?({_FIGURES})")
_IN_POWERS = re.compile(r"([+-]?\d{1,3}(?:[.,]\d{1,16})?)[Ee]([+-]?\d{1,2})")
_ZEROS_BEHIND = re.compile(r"(.*\d)([.,\u066b])0{1,2}")
_PERCENT = ("%", "٪", "％")
_TIMES = {
    word: power
    for power, words in (
        (3, "thousand,mille,mil,тыс.,тысяч,тысяча,тысячи,ألف,آلاف,千,k"),
        (4, "万,萬"),
        (6, "million,millions,mio,mn,millón,millones,млн,миллион,миллиона,миллионов,مليون,ملايين,百万"),
        (8, "亿,億"),
        (9, "billion,billions,bn,milliard,milliards,mrd,млрд,миллиард,миллиарда,миллиардов,مليار,مليارات"),
    )
    for word in words.split(",")
}


@dataclass(frozen=True, slots=True)
class CopiedNumber:
    """A number with something around it, in stored form.

    Attributes:
        text: What it means; "" where that has to be asked.
        meant: What it may mean, the likeliest first; () where it is no number at all, or means one.
    """

    text: str = ""
    meant: tuple[str, ...] = ()


NONE_COPIED = CopiedNumber()


def read_copied(text: str, language: str, *, is_whole: bool, words: str) -> CopiedNumber:
    """What a text (with Latin digits) that is no plain number means.

    Args:
        words: What the question says of itself: a unit that stands there is left off.
    """
    if len(text) > _LONGEST:
        return NONE_COPIED
    text = _DASH.sub("-", text.strip(), count=1)
    match = _BRACKETS.fullmatch(text)
    if match:
        inner = _any_reading(match[1], language, is_whole=is_whole, words=words)
        return CopiedNumber(meant=(f"-{inner}", inner)) if inner and set(inner) - set("0.") else NONE_COPIED
    match = _IN_POWERS.fullmatch(text)
    if match:
        return _asked(_shifted(match[1].replace(",", "."), int(match[2])), is_whole=is_whole)
    bare, unit = _parted(text)
    power = 0 if _is_said(unit, words) else _power(unit)
    found = _number(bare, language, is_whole=is_whole and not power)
    if not unit or not found.text:
        return _without_unit(bare, found, is_whole=is_whole)
    if power:
        return _asked(
            *(_shifted(each, power) for each in (found.text, found.other) if each), is_whole=is_whole
        )
    if _is_said(unit, words):
        return CopiedNumber(found.text) if not found.other else CopiedNumber(meant=(found.text, found.other))
    return _with_unit(found, unit, is_whole=is_whole)


def _any_reading(text: str, language: str, *, is_whole: bool, words: str) -> str:
    plain = read_number(text, language, is_whole=is_whole).text
    if plain:
        return plain
    found = read_copied(text, language, is_whole=is_whole, words=words)
    return found.text or (found.meant[0] if found.meant else "")


def _parted(text: str) -> tuple[str, str]:
    match = _UNIT_LAST.fullmatch(text)
    if match:
        return match[1], match[2]
    match = _UNIT_FIRST.fullmatch(text)
    return (match[1] + match[3], match[2].strip()) if match else (text, "")


def _number(text: str, language: str, *, is_whole: bool) -> NumberReading:
    found = read_number(text, language, is_whole=is_whole)
    if found.text or not is_whole:
        return found
    match = _ZEROS_BEHIND.fullmatch(text)  # whose mark says what the other marks are
    return read_number(match[1], "en" if match[2] == "." else "es", is_whole=True) if match else NO_NUMBER


def _without_unit(text: str, found: NumberReading, *, is_whole: bool) -> CopiedNumber:
    if found.text:
        return CopiedNumber(found.text)
    if not is_whole or not re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", text):
        return NONE_COPIED
    grouped, (whole, fraction) = re.sub("[.,]", "", text), re.split("[.,]", text)
    return CopiedNumber(meant=(grouped,) if fraction.strip("0") else (whole, grouped))


def _with_unit(found: NumberReading, unit: str, *, is_whole: bool) -> CopiedNumber:
    numbers = tuple(filter(None, (found.text, found.other)))
    if unit in _PERCENT:
        is_clear = is_whole or len(numbers) > 1
        return CopiedNumber(meant=numbers if is_clear else (found.text, _shifted(found.text, -2)))
    return CopiedNumber(meant=numbers) if _is_currency(unit) else NONE_COPIED


def _asked(*numbers: str, is_whole: bool) -> CopiedNumber:
    return CopiedNumber(
        meant=tuple(each for each in numbers if not is_whole or each.lstrip("+-").isdecimal())
    )


def _shifted(number: str, power: int) -> str:
    """A number times ten to a power, without zeros that say nothing."""
    shifted = format(Decimal(number).scaleb(power), "f")
    return shifted.rstrip("0").rstrip(".") if "." in shifted else shifted


def _power(unit: str) -> int:
    """Of ten, by which "million" multiplies; 0 for what does not."""
    folded = unit.casefold()
    return _TIMES.get(folded) or _TIMES.get(folded.rstrip(".")) or 0


def _is_said(unit: str, words: str) -> bool:
    """Whether a question speaks of a unit, as a word of its own, or as a sign."""
    if not unit:
        return False
    said, folded = words.casefold(), unit.casefold().rstrip(".")
    if not folded[-1:].isalpha():
        return (folded in said) or (folded in _PERCENT and any(each in said for each in _PERCENT))
    return re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", said) is not None


def _is_currency(unit: str) -> bool:
    """A currency's sign ("US$", "€"), its code, or what it is called for short beside a number."""
    has_sign = any(unicodedata.category(each) == "Sc" for each in unit) and len(unit) <= 4
    is_code = len(unit) == 3 and unit.isascii() and unit.isupper() and unit.isalpha()
    return (
        has_sign
        or is_code
        or unit.casefold().rstrip(".") in ("fr", "руб", "р", "元", "圆", "圓", "円", "sfr", "kr")
    )
