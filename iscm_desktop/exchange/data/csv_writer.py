"""Writes CSV as RFC 4180 has it: commas, CR LF, quotes doubled, UTF-8; with formulas neutralised, headings too."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import IO

from iscm_desktop.exchange.data.formula_texts import neutralised
from iscm_desktop.exchange.data.workbook_writer import Cell, as_text
from iscm_desktop.text_limits import storable

BOM = "\ufeff".encode()


class CsvWriter:
    """One table.

    Args:
        has_bom: Begins with a byte order mark, by which Excel knows UTF-8.
    """

    def __init__(self, file: IO[bytes], headings: Sequence[str], *, has_bom: bool = False) -> None:
        if has_bom:
            file.write(BOM)
        self._text = io.TextIOWrapper(file, "utf-8", newline="", write_through=False)
        self._writer = csv.writer(self._text, lineterminator="\r\n")
        self._writer.writerow([neutralised(storable(one)) for one in headings])

    def add(self, cells: Sequence[Cell]) -> None:
        """Adds a row; blank cells are empty."""
        self._writer.writerow([_written(cell) for cell in cells])

    def close(self) -> None:
        """Writes what is left; the file itself stays open."""
        self._text.flush()
        self._text.detach()


def _written(cell: Cell) -> object:
    if cell.__class__ is str:
        return neutralised(storable(cell))
    if cell is None or isinstance(cell, int):
        return cell
    return as_text(cell)
