"""The table itself: keyboard, clipboard and menu, as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from iscm_desktop.questionnaire.model import Kind
from ui.editing.response_editing import ResponseEditing
from ui.form.entry_table.cell_clipboard import CellClipboard
from ui.form.entry_table.cell_delegate import CellDelegate
from ui.form.entry_table.column_heads import ColumnHeads
from ui.form.entry_table.entry_model import STORED_ROLE, EntryModel, Index
from ui.form.entry_table.row_menu import RowMenu
from ui.widgets.connections import soon
from ui.widgets.painted_text import paint_words

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, RepeatView

_MOST_ROWS = 14
"""Rows in view before the table scrolls by itself."""

_TALL = (Kind.LONG_TEXT, Kind.SELECT_MANY)
_LEAST_FOR_LISTS = 5
"""Rows that there is room for where lists and long texts open over the cells."""

_KEYS = QKeySequence.StandardKey
_OURS = (_KEYS.Copy, _KEYS.Cut, _KEYS.Paste, _KEYS.SelectAll)
_WIDE = {Kind.LONG_TEXT: 220, Kind.SELECT_MANY: 180, Kind.TEXT: 150, Kind.SELECT_ONE: 140, Kind.DATE: 132}
_USUAL = 104
_GIVE_WAY = 0.7
"""To this part of their usual width columns give way before the table scrolls sideways."""


class EntryTableView(QTableView):
    """Signals:
    card_wanted(entry id): the entry as a card, please.
    cell_changed: another cell is the current one, or the answers are others.
    """

    card_wanted = Signal(str)
    cell_changed = Signal()

    def __init__(self, editing: ResponseEditing, path: AnswerPath, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing, self._theme = editing, editing.context.theme
        self.entries = EntryModel(editing, path, self)
        self.delegate = CellDelegate(self._theme, self)
        self.setModel(self.entries)
        self.setItemDelegate(self.delegate)
        self.menu = RowMenu(editing, self.entries, self)
        self.cells = CellClipboard(editing, self.entries, self)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.AnyKeyPressed | triggers.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)
        self._set_headers()
        self.delegate.finished.connect(self._on_finished)
        self.delegate.dropped.connect(self._on_dropped)
        self.menu.card_wanted.connect(self.card_wanted)
        self.menu.copy_wanted.connect(self.cells.copy)
        self.menu.copy_all_wanted.connect(self.cells.copy_all)
        self.menu.paste_wanted.connect(self.cells.paste)
        editing.saving.connect(self.commit)
        self._theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _set_headers(self) -> None:
        head, side = ColumnHeads(self._theme, self), self.verticalHeader()
        self.setHorizontalHeader(head)
        head.sectionClicked.connect(self._on_head_clicked)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setSectionsClickable(True)

    # drawing

    def show_view(self, view: RepeatView) -> None:
        """The entries as they are now; the keyboard stays in its entry and column."""
        at = self.currentIndex()
        is_entry = at.isValid() and not self.entries.is_blank_row(at.row())
        entry_id = self.entries.rows[at.row()].entry.entry_id if is_entry else ""
        column, had_rows = at.column(), self.entries.rowCount()
        self.entries.show_view(view)
        row = self.entries.row_of(entry_id) if entry_id else -1
        if row >= 0 and (self.currentIndex().row(), self.currentIndex().column()) != (row, column):
            self.setCurrentIndex(self.entries.index(row, column))
        if self.entries.rowCount() != had_rows:
            self._fit_height()
        soon(
            self._enter_soon, None
        )  # the row in which the keyboard is may be an entry by now, or another one
        self.cell_changed.emit()

    def show_answers(self, paths: frozenset[AnswerPath]) -> None:
        """Answers changed, and no entry came, went or moved."""
        self.entries.show_answers(paths)
        self.cell_changed.emit()

    def go_to(self, path: AnswerPath) -> bool:
        """Makes the cell of a question the current one; False where it has none."""
        index = self.entries.place(path)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.setFocus()
        return index.isValid()

    def go_to_entry(self, entry_id: str) -> bool:
        """Makes the first cell of an entry the current one; False where it is not here."""
        row = self.entries.row_of(entry_id)
        if row >= 0:
            self.setCurrentIndex(self.entries.index(row, 0))
            self.setFocus()
        return row >= 0

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self.verticalHeader().setDefaultSectionSize(px(34))
        self.verticalHeader().setFixedWidth(px(40))
        self._fit_width()
        self._fit_height()

    def _fit_width(self) -> None:
        """The columns share the width; where that is too little, the table scrolls sideways."""
        px, model = self._theme.px, self.entries
        least = [px(_WIDE.get(column.question.kind, _USUAL)) for column in model.columns]
        room = self.viewport().width() - px(92) - px(44)
        if (
            sum(least) > room >= sum(least) * _GIVE_WAY
        ):  # rather than to have the state and the menu out of view
            least = [width * room // sum(least) for width in least]
        spare = max(0, room - sum(least))
        for at, width in enumerate(least):
            self.setColumnWidth(at, width + spare * width // max(1, sum(least)))
        self.setColumnWidth(model.state_column, px(92))
        self.setColumnWidth(model.menu_column, px(44))

    def _fit_height(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        is_tall = any(column.question.kind in _TALL for column in self.entries.columns)
        least = _LEAST_FOR_LISTS if is_tall else 2
        rows = max(least, min(_MOST_ROWS, self.entries.rowCount()))
        head = self.horizontalHeader().sizeHint().height()
        height = head + rows * self.verticalHeader().defaultSectionSize() + 2 * self.frameWidth()
        bar = self.horizontalScrollBar()
        return QSize(200, height + (bar.sizeHint().height() if bar.maximum() > 0 else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """What the blank row is for stands over all of its cells."""
        super().paintEvent(event)
        model = self.entries
        if not model.can_add or (
            self.delegate.editor is not None and model.is_blank_row(self.currentIndex().row())
        ):
            return
        first = self.visualRect(model.index(len(model.rows), 0))
        box = first.united(self.visualRect(model.index(len(model.rows), model.state_column - 1)))
        box = box.intersected(self.viewport().rect())
        painter = QPainter(self.viewport())
        painter.setPen(QColor(self._theme.tokens.muted))
        inner = box.adjusted(self._theme.px(9), 0, -self._theme.px(9), 0)
        words = _("Type here, or paste rows from Excel")
        paint_words(painter, inner, words, self.layoutDirection(), wraps=False)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_width()

    # where the keyboard is

    def current_path(self) -> AnswerPath | None:
        """The question of the current cell; None beside the questions."""
        view = self.entries.view(self.currentIndex())
        return view.path if view is not None else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if previous.isValid() and previous.row() != current.row():
            self.entries.leave_row(previous.row())
        self._enter_if_here()
        self.cell_changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.entries.rowCount():
            self.setCurrentIndex(self.entries.index(0, 0))
        self._enter_if_here()

    def enter_current(self) -> None:
        """The question of the current cell is the current one of the form; none beside the questions."""
        self._editing.enter(self.current_path() or WHOLE_RESPONSE)

    def _enter_if_here(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and (focused is self or self.isAncestorOf(focused)):
            self.enter_current()

    def _enter_soon(self, _nothing: None) -> None:
        self._enter_if_here()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab walks through the cells, and leaves the table behind the last."""
        target = self._beside(1 if is_next else -1)
        if target.isValid():
            return super().focusNextPrevChild(is_next)
        return QWidget.focusNextPrevChild(self, is_next)

    def _beside(self, step: int) -> QModelIndex:
        """The cell after or before the current one, row after row; invalid at either end."""
        at, columns = self.currentIndex(), len(self.entries.columns)
        if not at.isValid():
            return QModelIndex()
        place = at.row() * columns + min(at.column(), columns - 1) + step
        if at.column() >= columns and step < 0:
            place += 1
        row, column = divmod(place, columns)
        return self.entries.index(row, column) if 0 <= row < self.entries.rowCount() else QModelIndex()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        actions = QAbstractItemView.CursorAction
        if action in (actions.MoveNext, actions.MovePrevious):
            return self._beside(1 if action is actions.MoveNext else -1)
        return super().moveCursor(action, modifiers)

    # typing

    def commit(self) -> None:
        """What is being typed in a cell is answered."""
        if self.delegate.editor is not None:
            self.commitData(self.delegate.editor)

    def _on_finished(self, step: int) -> None:
        self.setFocus()
        if abs(step) == 2:
            target = self._beside(step // 2)
        else:
            target = self.entries.index(self.currentIndex().row() + step, self.currentIndex().column())
        if target.isValid():
            self.setCurrentIndex(target)
        self._editing.session.commit_step()

    def _on_dropped(self) -> None:
        index, text = self.currentIndex(), self.delegate.begins_with
        if (self.entries.data(index, STORED_ROLE) or "") != text:
            self.entries.setData(index, text, STORED_ROLE)
        self.setFocus()

    # keys

    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_ours(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        is_fill = event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return is_fill or any(event.matches(key) for key in _OURS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._action(event)
        if act is not None:
            act()
        else:
            super().keyPressEvent(event)

    def _action(self, event: QKeyEvent) -> Callable[[], object] | None:
        key, modifiers = event.key(), event.modifiers()
        for standard, act in (
            (_KEYS.Copy, self.cells.copy),
            (_KEYS.Cut, self.cells.cut),
            (_KEYS.Paste, self.cells.paste),
        ):
            if event.matches(standard):
                return act
        if key == Qt.Key.Key_D and modifiers == Qt.KeyboardModifier.ControlModifier:
            return self.cells.fill_down
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and modifiers & Qt.KeyboardModifier.AltModifier:
            return self.menu.move_up if key == Qt.Key.Key_Up else self.menu.move_down
        if modifiers & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return None
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return self.cells.clear
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().column() == self.entries.menu_column:
                return self.open_menu
            return self._go_up if modifiers & Qt.KeyboardModifier.ShiftModifier else self._go_down
        if key == Qt.Key.Key_Space and self.currentIndex().column() == self.entries.menu_column:
            return self.open_menu
        return None

    def _go_down(self) -> None:
        self._on_finished(1)

    def _go_up(self) -> None:
        self._on_finished(-1)

    # order and menu

    def _on_head_clicked(self, column: int) -> None:
        if column < len(self.entries.columns):
            self.menu.sort(column)

    def open_menu(self) -> None:
        """What can be done with the entry of the current row."""
        index = self.entries.index(self.currentIndex().row(), self.entries.menu_column)
        self.menu.open_at(
            self.currentIndex(), self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        )

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.open_menu()
            return
        index = self.indexAt(self.viewport().mapFromGlobal(event.globalPos()))
        if index.isValid():
            if not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
            self.menu.open_at(index, event.globalPos())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(QPoint(int(event.position().x()), int(event.position().y())))
        is_menu = index.isValid() and index.column() == self.entries.menu_column
        if is_menu and event.button() is Qt.MouseButton.LeftButton:
            self.setCurrentIndex(index)
            self.open_menu()
