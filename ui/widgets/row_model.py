"""Plain rows as the model of a table or a list: the model formats, so that the view and screen readers say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from iscm_desktop.i18n import _
from ui.widgets.plain_text import plain_tip, readable

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel as _Model
else:

    class _Model:
        """Stands for the model that tables and lists derive from as well."""


R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
"""Role of the row itself, for the delegate that paints it."""


class _Rows(_Model, Generic[R]):
    """What tables and lists share."""

    rows: Sequence[R] = ()

    def show_rows(self, rows: Sequence[R]) -> None:
        """Replaces all rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def row(self, at: int) -> R:
        """The row at a position, counted from 0."""
        return self.rows[at]

    def text(self, row: R, column: int) -> str:
        """What a cell shows: one line, or two with a newline between them."""
        raise NotImplementedError

    def spoken(self, row: R, column: int) -> str:
        """The same for screen readers."""
        return self.text(row, column).replace("\n", ", ")

    def tip(self, row: R, column: int) -> str:
        """What appears over a cell when the mouse rests; "" for nothing."""
        return ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return readable(self.text(row, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.tip(row, column)) or None
        return None


class RowTableModel(_Rows[R], QAbstractTableModel):
    """Rows with columns; `heads` are their titles, marked for translation."""

    heads: tuple[str, ...] = ()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(self.heads[section]) if self.heads[section] else ""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return None


class RowListModel(_Rows[R], QAbstractListModel):
    """Rows that are known by a key: as long as the keys stay, only rows that differ are drawn anew."""

    def key(self, row: R) -> str:
        """What tells a row from all others."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[R]) -> None:
        before = self.rows
        if [self.key(row) for row in rows] != [self.key(row) for row in before]:
            super().show_rows(rows)
            return
        self.rows = rows
        for at, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(at), self.index(at))

    def row_of(self, key: str) -> int:
        """Where the row with a key is, counted from 0; -1 where there is none."""
        return next((at for at, row in enumerate(self.rows) if self.key(row) == key), -1)
