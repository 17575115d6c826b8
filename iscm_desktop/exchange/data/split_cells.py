"""Texts too long for a cell of a workbook: cut into parts, each with a marker, none of them lost."""

from __future__ import annotations

from dataclasses import dataclass

MOST_IN_CELL = 32_767
"""Characters that Excel keeps in a cell, as it counts them: in UTF-16, where a rare character takes two."""
_ROOM_FOR_MARKER = 40


@dataclass(frozen=True, slots=True)
class SplitCell:
    """A text that stands in several cells."""

    number: int  # from 1, as its marker says
    sheet: str
    row: int  # as Excel counts, from 1 with the heading
    column: str  # its heading
    length: int  # characters of the whole
    parts: int


def is_too_long(text: str) -> bool:
    """Whether a cell would lose a part of it."""
    return 2 * len(text) > MOST_IN_CELL and _units(text) > MOST_IN_CELL


def marker(number: int) -> str:
    """What stands at the end of the cell whose text goes on in the sheet of long texts."""
    return f" […{number}]"


def parts(text: str) -> list[str]:
    """The text in pieces that a cell holds with a marker behind them; put together they are the text."""
    most, found, start = MOST_IN_CELL - _ROOM_FOR_MARKER, [], 0
    while start < len(text):
        piece = text[start : start + most]
        while _units(piece) > most:
            piece = piece[: len(piece) - max(1, (_units(piece) - most + 1) // 2)]
        found.append(piece)
        start += len(piece)
    return found


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
