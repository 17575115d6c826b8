"""What can be done with entries of a table: as a card, duplicate, move, sort, copy, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTableView

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.entries.entry_actions import (
    move_entries,
    remove_entries,
    sort_entries,
)
from iscm_desktop.questionnaire.form_paths import path_below
from ui.editing.response_editing import ResponseEditing
from ui.form.entry_table.entry_model import EntryModel
from ui.look.colours import Tone
from ui.page.notices import Notice
from ui.widgets.connections import on_press

if TYPE_CHECKING:
    from collections.abc import Callable


class RowMenu(QObject):
    """Acts on the rows that are selected, or on the current one.

    Signals:
        card_wanted(entry id): the entry as a card, please.
        copy_wanted, copy_all_wanted, paste_wanted: what is selected, all with titles, to or from the clipboard.
    """

    card_wanted = Signal(str)
    copy_wanted = Signal()
    copy_all_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self, editing: ResponseEditing, model: EntryModel, table: QTableView) -> None:
        super().__init__(table)
        self._editing, self._model, self._table = editing, model, table
        self._sorted: tuple[int, bool] | None = None  # the column, and whether downwards
        self._column = 0

    def open_at(self, index: QModelIndex, at: QPoint) -> None:
        """Shows the menu for the rows at hand."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._column = min(index.column(), len(self._model.columns) - 1)
        is_entry = not self._model.is_blank_row(index.row())
        label = self._model.columns[self._column].label.replace("&", "&&")
        self._add(menu, _("Open as a card"), self._open_card, is_entry)
        menu.addSeparator()
        self._add(menu, _("Duplicate"), self.duplicate, is_entry and self._model.can_add)
        self._add(menu, _("Move up"), self.move_up, is_entry and self._model.can_remove, "Alt+Up")
        self._add(menu, _("Move down"), self.move_down, is_entry and self._model.can_remove, "Alt+Down")
        self._add(menu, _("Remove"), self.remove, is_entry and self._model.can_remove)
        menu.addSeparator()
        self._add(menu, _("Sort by “{column}”").format(column=label), self._sort_up, self._model.can_remove)
        self._add(
            menu,
            _("Sort by “{column}”, last first").format(column=label),
            self._sort_down,
            self._model.can_remove,
        )
        menu.addSeparator()
        self._add(menu, _("Copy"), self.copy_wanted.emit, is_entry, "Ctrl+C")
        self._add(menu, _("Copy all with titles"), self.copy_all_wanted.emit, bool(self._model.rows))
        self._add(menu, _("Paste"), self.paste_wanted.emit, True, "Ctrl+V")
        menu.popup(at)

    def _add(
        self,
        menu: QMenu,
        text: str,
        act: Callable[[], object],
        is_possible: bool,
        key: str = "",
    ) -> None:
        action = QAction(f"{text}\t{key}" if key else text, menu)
        action.setEnabled(is_possible)
        on_press(action, self._on_chosen, act)
        menu.addAction(action)

    def _on_chosen(self, act: Callable[[], object]) -> None:
        act()

    def rows(self) -> list[int]:
        """The rows acted upon: those selected, without the blank one."""
        chosen = {index.row() for index in self._table.selectedIndexes()} or {
            self._table.currentIndex().row()
        }
        return sorted(row for row in chosen if row >= 0 and not self._model.is_blank_row(row))

    def _ids(self) -> list[str]:
        return [self._model.rows[row].entry.entry_id for row in self.rows()]

    def _open_card(self) -> None:
        for entry_id in self._ids()[:1]:
            self.card_wanted.emit(entry_id)

    def duplicate(self) -> None:
        """The first of the rows once more, right behind it."""
        for entry_id in self._ids()[:1]:
            path = path_below(self._model.table.path, entry_id)
            copy = self._editing.duplicate(path)
            row = self._model.row_of(copy.rpartition("/")[2])
            self._table.setCurrentIndex(self._model.index(row, self._column))

    def move_up(self) -> None:
        """All of the rows one place up, where there is one."""
        self._move(-1)

    def move_down(self) -> None:
        """All of the rows one place down, where there is one."""
        self._move(1)

    def _move(self, step: int) -> None:
        ids = self._ids()
        if (
            ids
            and self._model.can_remove
            and move_entries(self._editing.session, self._model.table.path, ids, step)
        ):
            self._after()
            rows = [self._model.row_of(entry_id) for entry_id in ids]
            if len(rows) > 1:
                self._select(min(rows), max(rows))

    def _select(self, first: int, last: int) -> None:
        model = self._model
        chosen = QItemSelection(model.index(first, 0), model.index(last, model.state_column - 1))
        self._table.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def remove(self) -> None:
        """At once; the notice, like Ctrl+Z, brings the entries back."""
        rows = self.rows()
        if not rows or not self._model.can_remove:
            return
        title = self._model.rows[rows[0]].entry.title
        paths = [self._model.rows[row].path for row in rows]
        remove_entries(self._editing.session, paths)
        self._after()
        last = max(0, min(rows[0], self._model.rowCount() - 1))
        self._table.setCurrentIndex(self._model.index(last, min(self._column, len(self._model.columns) - 1)))
        text = _("Removed: {title}").format(title=title)
        if len(rows) > 1:
            words = ngettext("Removed: {count} entry.", "Removed: {count} entries.", len(rows))
            text = words.format(count=len(rows))
        self._editing.context.noticed.emit(
            Notice(text, Tone.ACCENT, _("Undo"), self._editing.undo, is_brief=True)
        )

    def sort(self, column: int) -> None:
        """By a column; once more by the same one, the other way round."""
        if self._model.can_remove:
            is_down = self._sorted == (column, False)
            self._sort(column, is_down)

    def _sort_up(self) -> None:
        self._sort(self._column, is_down=False)

    def _sort_down(self) -> None:
        self._sort(self._column, is_down=True)

    def _sort(self, column: int, is_down: bool) -> None:
        self._sorted = (column, is_down)
        chosen = self._model.columns[column]
        if sort_entries(self._model.table, chosen, is_descending=is_down):
            self._after()
            text = _("Sorted by “{column}”.").format(column=chosen.label)
            self._editing.context.noticed.emit(
                Notice(text, Tone.ACCENT, _("Undo"), self._editing.undo, is_brief=True)
            )

    def _after(self) -> None:
        self._editing.session.commit_step()
        self._editing.save_if_needed()
