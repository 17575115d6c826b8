"""What goes from the cells of a table to the clipboard and comes from there; clearing and filling several at once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QApplication, QTableView

from iscm_desktop.presenters.entries.clipboard_rows import MOST_CELLS, read_rows, write_rows
from iscm_desktop.presenters.entries.entry_table import CopiedCell
from iscm_desktop.presenters.entries.row_paste import Cell, PasteReport, RowPaste
from ui.editing.response_editing import ResponseEditing
from ui.form.entry_table.entry_model import EntryModel

OUR_FORMAT = "application/x-iscm-desktop-cells"
"""Beside the words that every program takes: cells with their answers as they are stored."""


class CellClipboard(QObject):
    """Acts on the cells that are selected; each action is one step.

    Signals:
        pasted(report): what became of pasted rows.
    """

    pasted = Signal(object)

    def __init__(self, editing: ResponseEditing, model: EntryModel, table: QTableView) -> None:
        super().__init__(table)
        self._editing, self._model, self._table = editing, model, table

    def chosen_cells(self) -> list[tuple[int, int]]:
        """(row, column) of the cells that are selected, questions only, in order."""
        columns = len(self._model.columns)
        return sorted(
            (at.row(), at.column()) for at in self._table.selectedIndexes() if at.column() < columns
        )

    def copy(self) -> None:
        """The selected cells, as spreadsheets take them."""
        cells = self.chosen_cells()
        rows = sorted({row for row, _column in cells if not self._model.is_blank_row(row)})
        if rows:
            columns = sorted({column for _row, column in cells})
            _lay_on_clipboard([[self._copied(row, column) for column in columns] for row in rows])

    def copy_all(self) -> None:
        """All entries with the titles of the columns."""
        titles = [CopiedCell(column.label) for column in self._model.columns]
        rows = [[self._copied(row, at) for at in range(len(titles))] for row in range(len(self._model.rows))]
        _lay_on_clipboard([titles, *rows])

    def _copied(self, row: int, column: int) -> CopiedCell:
        return self._model.table.copied(self._model.view(self._model.index(row, column)))

    def cut(self) -> None:
        """Copies the selected cells and clears them."""
        self.copy()
        self.clear()

    def clear(self) -> None:
        """Clears the answers of the selected cells, as one step."""
        self._fill("", self.chosen_cells())

    def fill_down(self) -> None:
        """The first row of the selection, or the row above a single cell, into the rows below; as one step."""
        cells = [cell for cell in self.chosen_cells() if not self._model.is_blank_row(cell[0])]
        if not cells:
            return
        first, last = cells[0][0], cells[-1][0]
        source = first - 1 if first == last else first
        if source < 0:
            return
        with self._editing.session.one_step():
            for column in sorted({column for _row, column in cells}):
                below = [(row, at) for row, at in cells if at == column and row > source]
                view = self._model.view(self._model.index(source, column))
                text = view.text if view is not None and view.is_asked else ""
                RowPaste(self._model.table).repeat_stored(text, below)
        self._done()

    def _fill(self, text: str, cells: list[tuple[int, int]]) -> None:
        cells = [cell for cell in cells if not self._model.is_blank_row(cell[0])]
        if cells:
            RowPaste(self._model.table).fill(text, cells)
            self._done()

    def paste(self) -> None:
        """Rows from the clipboard, from the current cell on; a single text goes into every selected cell."""
        rows = _rows_on_clipboard()
        cells = self.chosen_cells()
        if not rows or not cells:
            return
        report: PasteReport
        if len(rows) == 1 and len(rows[0]) == 1 and len(cells) > 1:
            report = RowPaste(self._model.table).fill(rows[0][0], cells)
        else:
            report = RowPaste(self._model.table).paste(rows, *cells[0])
        self._done()
        self.pasted.emit(report)

    def _done(self) -> None:
        self._editing.session.commit_step()
        self._editing.save_if_needed()


def _lay_on_clipboard(rows: Sequence[Sequence[CopiedCell]]) -> None:
    data = QMimeData()
    data.setText(write_rows([[cell.words for cell in row] for row in rows]).removesuffix("\n"))
    data.setData(OUR_FORMAT, msgspec.json.encode(rows))
    QApplication.clipboard().setMimeData(data)


def _rows_on_clipboard() -> Sequence[Sequence[Cell]]:
    data = QApplication.clipboard().mimeData()
    try:
        rows = msgspec.json.decode(data.data(OUR_FORMAT).data(), type=list[list[CopiedCell]])
    except msgspec.DecodeError:  # of another program, or of another version of this one
        return read_rows(data.text())
    return rows if sum(map(len, rows)) <= MOST_CELLS else read_rows(data.text())
