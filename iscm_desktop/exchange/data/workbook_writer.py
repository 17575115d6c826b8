"""Writes workbooks for Excel, row by row in constant memory, so that every cell says what it was given.

A text is a text, also where it looks like a formula, a link or a number; so are headings. What is longer than a cell
holds goes on in a sheet of its own, with a marker where it was cut. A number with more digits than Excel keeps, and a
day before its calendar begins, are written as text.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeAlias
from zipfile import BadZipFile, ZipFile

from iscm_desktop.errors import DataProblem, IscmError
from iscm_desktop.exchange.data.formula_texts import is_formula
from iscm_desktop.exchange.data.replaced_file import replaced_file
from iscm_desktop.exchange.data.sheet_names import sheet_name
from iscm_desktop.exchange.data.split_cells import SplitCell, is_too_long, marker, parts
from iscm_desktop.file_names import shown_file
from iscm_desktop.text_limits import storable

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell: TypeAlias = "str | int | float | Decimal | date | None"
"""None and "" are blank. A `datetime` is written as text, for Excel knows no time zones."""

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
LONG_TEXTS = "_continued"
"""The sheet on which texts go on that are too long for a cell."""
LONG_TEXT_COLUMNS = ("number", "sheet", "row", "column", "part", "text")
"""Its columns. Row and column count from 1; part 1 is what stands in the cell itself, so the first here is 2."""
_MOST_DIGITS = 15
_FIRST_DAY = date(1900, 3, 1)
"""Before it, Excel counts a day that never was."""
_NO_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})
_WIDEST = 40
"""Of a column as it opens, in characters; a person may widen it."""


class BookWriter:
    """A workbook that is being written."""

    def __init__(self, book: Workbook, file: Path) -> None:
        self._book, self._file = book, file
        self._names: list[str] = []
        self._long: SheetWriter | None = None
        self.split_cells: list[SplitCell] = []
        """What did not fit into a cell, in the order in which it was written."""
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.heading = book.add_format({"bold": True, "quote_prefix": True})
        self.quoted = book.add_format({"quote_prefix": True})
        """Excel keeps such a text a text, also when somebody types into its cell and leaves it again."""

    def sheet(self, name: str, columns: Sequence[str]) -> SheetWriter:
        """Adds a sheet with its headings; its name is made one that Excel accepts and that no other sheet has.

        Raises:
            IscmError: Excel has no room for so many columns.
        """
        return self._sheet(sheet_name(name, (*self._names, LONG_TEXTS)), columns)

    def split(self, sheet: SheetWriter, row: int, column: int, text: str) -> str:
        """The part of a long text for its own cell; the rest goes on in the sheet of long texts.

        Args:
            row, column: Of the cell, from 1.
        """
        first, *rest = parts(text)
        number = len(self.split_cells) + 1
        if self._long is None:
            self._long = self._sheet(LONG_TEXTS, LONG_TEXT_COLUMNS)
        for part, piece in enumerate(rest, 2):
            self._long.add((number, sheet.name, row, column, part, piece))
        heading = sheet.columns[column - 1] if column <= len(sheet.columns) else ""
        self.split_cells.append(SplitCell(number, sheet.name, row, heading, len(text), len(rest) + 1))
        return first + marker(number)

    def too_large(self) -> IscmError:
        """What to say where Excel has no room for so much."""
        return IscmError(DataProblem.TOO_LARGE_FOR_EXCEL, file=shown_file(self._file))

    def _sheet(self, name: str, columns: Sequence[str]) -> SheetWriter:
        if len(columns) > MOST_COLUMNS:
            raise self.too_large()
        self._names.append(name)
        return SheetWriter(self, self._book.add_worksheet(name), name, columns)


class SheetWriter:
    """One sheet: rows are added from the top."""

    def __init__(self, book: BookWriter, sheet: Worksheet, name: str, columns: Sequence[str]) -> None:
        self.name, self.columns = name, tuple(columns)
        self._book, self._sheet = book, sheet
        self._row = 0
        for column, heading in enumerate(self.columns):
            self._put_text(column, heading)
            sheet.set_column(column, column, min(_WIDEST, max(10, len(heading) + 2)))
        sheet.freeze_panes(1, 0)
        self._row = 1

    def add(self, cells: Sequence[Cell]) -> None:
        """Adds a row; its cells are those of the columns, from the left.

        Raises:
            IscmError: Excel has no room for so many rows.
        """
        if self._row >= MOST_ROWS:
            raise self._book.too_large()
        for column, cell in enumerate(cells):
            if cell.__class__ is str:
                if cell:
                    self._put_text(column, cell)  # asking its class costs less than isinstance
            elif cell is not None:
                self._put_value(column, cell)
        self._row += 1

    def _put_text(self, column: int, text: str) -> None:
        text = _writable(text)
        if is_too_long(text):
            text = self._book.split(self, self._row + 1, column + 1, text)
        style = self._book.quoted if is_formula(text) else None
        self._sheet.write_string(self._row, column, text, self._book.heading if self._row == 0 else style)

    def _put_value(self, column: int, cell: Cell) -> None:
        if isinstance(cell, bool):
            self._sheet.write_number(self._row, column, int(cell))
        elif isinstance(cell, int | float | Decimal) and _fits(cell):
            self._sheet.write_number(self._row, column, cell)
        elif isinstance(cell, date) and not isinstance(cell, datetime) and cell >= _FIRST_DAY:
            self._sheet.write_datetime(self._row, column, cell, self._book.day)
        else:
            self._put_text(column, as_text(cell))


def as_text(cell: Cell) -> str:
    """A cell as the text that stands in files; "" where it is blank."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case Decimal():
            return format(cell, "f")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


@contextmanager
def workbook(target: Path) -> Iterator[BookWriter]:
    """A workbook that takes its place when the block ends and it has been read again.

    What was there before stays when the block fails.

    Raises:
        IscmError: the file cannot be written, or Excel has no room for so much.
    """
    from xlsxwriter import Workbook  # costs 50 ms, and few commands write a workbook
    from xlsxwriter.exceptions import XlsxWriterException

    with (
        replaced_file(target) as beside,
        TemporaryDirectory(prefix=".iscm-", dir=beside.parent) as rows,  # whoever sees them sees answers
    ):
        book = Workbook(str(beside), {"constant_memory": True, "tmpdir": rows})
        book.use_zip64()
        try:
            yield BookWriter(book, target)
            book.close()
            _read_again(beside)
        except (XlsxWriterException, BadZipFile) as error:
            raise OSError(str(error)) from error
        finally:
            for sheet in book.worksheets():
                sheet._opt_close()  # where it failed, the library leaves the files of its rows open


def _read_again(file: Path) -> None:
    """Makes sure that the disk holds what was written."""
    with ZipFile(file) as book:
        damaged = book.testzip()
    if damaged is not None:
        raise OSError(damaged)


def _writable(text: str) -> str:
    """The text as XML can hold it: what is no character becomes the sign for one that was lost."""
    if text.isascii() and "\0" not in text:
        return text
    return storable(text).translate(_NO_XML)


def _fits(number: float | Decimal) -> bool:
    """Whether Excel keeps all its digits."""
    if isinstance(number, Decimal):
        digits = number.as_tuple().digits
        return number.is_finite() and len(digits) <= _MOST_DIGITS and -300 < number.adjusted() < 300
    return math.isfinite(number) if isinstance(number, float) else abs(number) < 10**_MOST_DIGITS
