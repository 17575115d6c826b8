"""Rows of cells as spreadsheets lay them on the clipboard: a tab between cells, a line end behind each row.

A cell that holds a tab, a line end or a quotation mark at its beginning is put in quotation marks, those inside it
doubled. Written here, since `csv` takes the first mark of `"Forum" of 2019` for a quotation that never ends: Excel
writes such a cell without more ado.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MOST_CELLS = 100_000
"""More than anybody fills in; what comes from elsewhere may be any size."""

_FORMULA = ("=", "+", "-", "@")
_NUMBER = re.compile(r"[+-]?[\d\s.,'’]+%?")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")


def read_rows(text: str) -> list[list[str]]:
    """The cells row by row, their line ends "\\n"; rows may differ in length. Blank rows at the end are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[]]
    at = count = 0
    while count < MOST_CELLS:
        cell = _QUOTED.match(text, at) or _PLAIN.match(text, at)
        if cell is None:  # the second takes even nothing
            break
        count += 1
        rows[-1].append(_read_cell(cell[1].replace('""', '"') if cell.re is _QUOTED else cell[0]))
        at = cell.end()
        if at >= len(text):
            break
        if text[at] == "\n":
            rows.append([])
        at += 1
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def write_rows(rows: Iterable[Sequence[str]]) -> str:
    """The text that a spreadsheet takes for these cells, and none of them for a formula."""
    return "".join("\t".join(map(_written_cell, row)) + "\n" for row in rows)


def _read_cell(cell: str) -> str:
    """The apostrophe before what would be a formula is a spreadsheet's sign for text, and none of the text."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def _written_cell(cell: str) -> str:
    if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        cell = f"'{cell}"
    if "\t" in cell or "\n" in cell or cell.startswith('"'):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell
