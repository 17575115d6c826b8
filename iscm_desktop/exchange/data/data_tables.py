"""The tables of several questionnaires together, as one export holds them, and where their rows go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

from iscm_desktop.exchange.data.columns import Column
from iscm_desktop.exchange.data.response_data import MarkKind, ResponseData
from iscm_desktop.exchange.data.table_model import MARKS, MARKS_NAME, FormTables
from iscm_desktop.exchange.data.table_rows import TableRows
from iscm_desktop.exchange.data.workbook_writer import Cell


class RowTaker(Protocol):
    """Takes the rows of one table: a sheet, a file."""

    def add(self, cells: Sequence[Cell]) -> None:
        """Adds a row."""


class DataTables:
    """Puts responses into tables.

    Args:
        forms: By id.
        takers: Where the rows of each table go, by the table's name; `MARKS_NAME` included.
    """

    def __init__(self, forms: Mapping[str, FormTables], takers: Mapping[str, RowTaker]) -> None:
        self._rows = {form_id: TableRows(tables) for form_id, tables in forms.items()}
        self._takers = takers
        self.row_counts: Counter[str] = Counter()
        """By table."""

    @property
    def marks(self) -> Counter[MarkKind]:
        """How many of each were told."""
        return sum((one.counted for one in self._rows.values()), Counter[MarkKind]())

    def add(self, response: ResponseData) -> None:
        """Adds a response's rows."""
        maker = self._rows[response.head.form_id]
        for table, row in maker.rows(response):
            self._takers[table.name].add(row)
            self.row_counts[table.name] += 1
        for row in maker.marks(response):
            self._takers[MARKS_NAME].add(row)


def columns_of(forms: Mapping[str, FormTables]) -> dict[str, tuple[Column, ...]]:
    """The columns of each table, by its name; that of the marks last."""
    found = {table.name: table.columns for form in forms.values() for table in form.tables}
    return found | {MARKS_NAME: MARKS}
