"""Plain tables that fit the terminal: cells that are too long go on below, in their own column."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

_GAP = "  "
_WIDEST = 40
_UNSEEN = frozenset({"Mn", "Me", "Cf"})
_WIDE = frozenset({"W", "F"})
_SHOWN_AS_SIGNS = frozenset((*map(chr, range(0x202A, 0x202F)), "\u00ad"))
_BREAKS = str.maketrans(dict.fromkeys("\n\r\t\v\f\u2028\u2029", " "))


def table(head: Sequence[str], rows: Iterable[Sequence[str]], within: int | None = None) -> list[str]:
    """Lines of a plain table, columns as wide as their widest cell, or less where the terminal is narrower.

    Args:
        within: So many columns the lines take at most; None: as many as the terminal has. Where nobody looks at a
            terminal and COLUMNS says nothing, each row is one line, however long.
    """
    cells = [[cell.translate(_BREAKS) for cell in row] for row in (head, *rows)]
    widths = [max(map(columns_of, column)) for column in zip(*cells, strict=True)]
    limit = within if within is not None else _terminal_columns()
    if limit is not None:
        words = [max(_longest_word(cell) for cell in column) for column in zip(*cells, strict=True)]
        widths = _narrowed(widths, words, limit - len(_GAP) * (len(widths) - 1))
    return [line for row in cells for line in _lines(row, widths)]


def shortened(text: str, most: int = _WIDEST) -> str:
    """One line of so many columns at most, for a cell; `--json` and the PDF have all of it."""
    line = " ".join(text.split())
    return line if columns_of(line) <= most else _beginning(line, most - 1).rstrip() + "…"


def fits(line: str) -> bool:
    """Whether it is one line, and no wider than the terminal."""
    limit = _terminal_columns()
    return len(line.splitlines()) < 2 and (limit is None or columns_of(line) <= limit)


def indented(text: str, by: int = 4) -> list[str]:
    """A text of several lines as it stands below a line that it belongs to; no paragraph is lost."""
    limit = _terminal_columns()
    lines = text.splitlines() or [""]
    if limit is not None:
        lines = [piece for line in lines for piece in _wrapped(line, max(limit - by, 1))]
    return [f"{' ' * by}{line}".rstrip() for line in lines]


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide letter, none for a mark upon another."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(sign: str) -> int:
    if sign in _SHOWN_AS_SIGNS:
        return 1
    if unicodedata.category(sign) in _UNSEEN:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in _WIDE else 1


def _terminal_columns() -> int | None:
    """What COLUMNS says, else what the terminal is; None where the lines go into a file or another program."""
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdigit() and int(said) > 0:
        return int(said)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    except (OSError, ValueError, AttributeError):
        return None


def _longest_word(cell: str) -> int:
    return max((columns_of(word) for word in cell.split()), default=1)


def _narrowed(widths: Sequence[int], words: Sequence[int], room: int) -> list[int]:
    """Widths that fit: the widest columns give first, and words are broken only where nothing else helps."""
    whole = _levelled(widths, [min(pair) for pair in zip(widths, words, strict=True)], room)
    return whole if sum(whole) <= room else _levelled(whole, [1] * len(widths), room)


def _levelled(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """No column wider than a level at which all of them fit, and none below its least; what is left is the widest's."""
    for level in range(min(max(widths, default=0), max(room, 0)), 0, -1):
        found = [max(low, min(width, level)) for width, low in zip(widths, least, strict=True)]
        if sum(found) <= room:
            widest = max(range(len(widths)), key=lambda at: widths[at])
            found[widest] = min(widths[widest], found[widest] + room - sum(found))
            return found
    return list(least)


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [list(_wrapped(cell, width)) for cell, width in zip(row, widths, strict=True)]
    for pieces in zip_longest(*wrapped, fillvalue=""):
        padded = (
            piece + " " * (width - columns_of(piece)) for piece, width in zip(pieces, widths, strict=True)
        )
        yield _GAP.join(padded).rstrip()


def _wrapped(cell: str, width: int) -> Iterator[str]:
    """A cell in lines that fit; a word that is longer than a line is broken."""
    if columns_of(cell) <= width:
        yield cell
        return
    line = ""
    for word in cell.split():
        if line and columns_of(f"{line} {word}") <= width:
            line = f"{line} {word}"
            continue
        if line:
            yield line
        while columns_of(word) > width and (piece := _beginning(word, width)) != word:
            yield piece
            word = word[len(piece) :]
        line = word
    if line:
        yield line


def _beginning(text: str, width: int) -> str:
    """So much of a text as fits, marks with their letters; at least one letter."""
    taken = 0
    for at, sign in enumerate(text):
        taken += _columns(sign)
        if taken > width and at:
            return text[:at]
    return text
