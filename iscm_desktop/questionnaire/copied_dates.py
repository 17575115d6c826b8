"""What spreadsheets and letters put around a date: "01-Jan-25", "31/1/2025 0:00:00", "Friday, 31 January", 45658.

Here a text is made barer, or said to be a spreadsheet's number or a quarter; what the bare text means, `typed_dates`
says.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from iscm_desktop.questionnaire.month_names import weekday_number

_MIDNIGHT = re.compile(
    r"(?<=[\d年月日号.])(?:[ ,]+|T)(?:0?0:00(?::00(?:[.,]0+)?)?|12:00(?::00)?\s?a\.?\s?m\.?)\s?(?:Z|\+00:?00)?$",
    re.IGNORECASE,
)
_WEEKDAY_FIRST = re.compile(r"((?:[^\W\d]|[-.])+)(?:\s*,\s*|\s+)(?=\S)")
_WEEKDAY_LAST = re.compile(r"\s*[(（]?(?:星期|周|週|礼拜)([一二三四五六日天])[)）]?$")
_CHINESE_WEEK = "一二三四五六日"
_MONTH_BETWEEN_MARKS = re.compile(
    r"(\d{1,2}|\d{4})\s?[-/.]\s?([^\W\d]+)\.?\s?[-/.]\s?(\d{4}|\d{1,2})|(\d{1,2})([^\W\d]{3,})(\d{4})"
)
_MONTH_AND_MARK = re.compile(r"([^\W\d]+)\.?\s?[-/]\s?(\d{4}|\d{2})")
_FIGURES_ALONE = re.compile(r"(\d{4})(\d\d)(\d\d)")
_CHINESE_FIGURES = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号])?"
)
_DIGITS = {mark: number for number, mark in enumerate("〇一二三四五六七八九十")} | {"零": 0}
_QUARTER = re.compile(
    r"(?:[QTК]\s?|(?=\d\s?[QTК]))([1-4])\s?[QTК]?[\s,/-]+(\d{4})|(\d{4})[\s,/-]*[QTК]\s?([1-4])",
    re.IGNORECASE,
)
_QUARTER_IN_WORDS = re.compile(
    r"([1-4])(?:st|nd|rd|th|er|e|ème|º|\.º|-?й|-ый|-ий)?\s(?:quarter|trimestre|квартал|кв\.?)(?:\sof|\sde|\sdel|,)?\s(\d{4})(?:\s?г\.?)?"
    r"|(\d{4})\s?年\s?第?\s?([1-4一二三四])\s?季度",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"(\d{5}|\d\d[,.]\d{3})(?:[.,](\d{1,15}))?")
_SERIALS_BEGIN = datetime(1899, 12, 30)  # noqa: DTZ001 - the day on a sheet has no zone
_SERIALS = range(10_000, 73_051)
"""1927 to 2099: what is smaller or larger is more likely another number."""


def barer(text: str) -> str:
    """A text without the midnight behind it, a full stop at its end, and with the month's name between blanks."""
    text = _MIDNIGHT.sub("", text.replace("،", ",")).rstrip(" ,")
    if text.count(".") != 2 or not text[:1].isdecimal() or text.endswith("."):
        text = re.sub(r"(?<=\d)\.$", "", text)
    text = _CHINESE_FIGURES.sub(_in_figures, text)
    match = _MONTH_BETWEEN_MARKS.fullmatch(text)
    if match:
        first, name, last = (match[at] or match[at + 3] for at in (1, 2, 3))
        return f"{last} {name} {first}" if len(first) == 4 else f"{first} {name} {last}"
    match = _MONTH_AND_MARK.fullmatch(text)
    if match:
        return f"{match[1]} {match[2]}"
    match = _FIGURES_ALONE.fullmatch(text)
    return f"{match[1]}-{match[2]}-{match[3]}" if match and 1800 <= int(match[1]) < 2200 else text


def without_weekday(text: str, language: str) -> tuple[str, int | None]:
    """A text without the day of the week at its beginning or end, and that day, 0 for Monday; None: none was said."""
    match = _WEEKDAY_LAST.search(text)
    if match:
        return text[: match.start()], _CHINESE_WEEK.index(match[1].replace("天", "日"))
    match = _WEEKDAY_FIRST.match(text)
    found = weekday_number(match[1], language) if match else None
    return (text, None) if match is None or found is None else (text[match.end() :], found)


def quarter_of(text: str) -> tuple[date, date] | None:
    """First and last day of "Q1 2024", "T1 2024", "2024年第一季度"; None for any other text."""
    match = _QUARTER.fullmatch(text) or _QUARTER_IN_WORDS.fullmatch(text)
    if match is None:
        return None
    number, year = (match[1], match[2]) if match[1] else (match[4], match[3])
    if int(year) in (0, 9999):
        return None
    quarter = _DIGITS[number] if number in _DIGITS else int(number)
    begins = date(int(year), quarter * 3 - 2, 1)
    after = date(int(year) + (quarter == 4), quarter * 3 % 12 + 1, 1)
    return begins, after - timedelta(days=1)


def day_of_serial(text: str) -> date | None:
    """The day that a spreadsheet means by a bare number, "45658"; None for a text that can be none."""
    moment = moment_of_serial(text)
    return None if moment is None else moment.date()


def moment_of_serial(text: str) -> datetime | None:
    """The same with the time that the fraction says, to the minute: 0.5 is noon."""
    match = _SERIAL.fullmatch(text)
    number = int(re.sub(r"[,.]", "", match[1])) if match else 0
    if match is None or number not in _SERIALS:
        return None
    minutes = round(float(f"0.{match[2] or 0}") * 24 * 60)
    return _SERIALS_BEGIN + timedelta(days=number, minutes=minutes)


def _in_figures(match: re.Match[str]) -> str:
    year = "".join(str(_DIGITS[each]) for each in match[1])
    day = f"{_small(match[3])}日" if match[3] else ""
    return f"{year}年{_small(match[2])}月{day}"


def _small(text: str) -> int:
    """二十一 as 21, 十 as 10, 三 as 3."""
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + (_DIGITS.get(ones, 0) if ones else 0)
