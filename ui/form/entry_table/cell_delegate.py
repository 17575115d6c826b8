"""Paints the cells of entries, and hands what is typed in one to the model at once."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QApplication,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from iscm_desktop.questionnaire.model import Kind
from ui.form.entry_table.cell_editors import (
    CellEditor,
    ChoiceCell,
    LineCell,
    ManyCell,
    ProseCell,
    cell_editor,
)
from ui.form.entry_table.entry_model import STORED_ROLE, EntryModel, Index
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.widgets.badge import paint_badge
from ui.widgets.painted_text import paint_words

_MODIFIED_ENTER = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class CellDelegate(QStyledItemDelegate):
    """Signals:
    finished(step): Enter (1), Shift+Enter (-1), Tab (2) or Shift+Tab (-2) ended the typing; the next cell is below,
        above, after or before.
    dropped: Esc was pressed; what was typed is taken back.
    """

    finished = Signal(int)
    dropped = Signal()

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.editor: CellEditor | None = None
        self.begins_with = ""
        """The answer as it was stored when typing began."""
        self._given = ""  # what the editor says while nobody has typed in it
        self._is_forwarding = self._is_closing = False

    # typing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = cast("EntryModel", index.model())
        editor = cell_editor(*model.asked_at(index), parent)
        editor.setAccessibleName(model.columns[index.column()].label)
        editor.typed.connect(self._on_typed)
        registers = model.columns[index.column()].question.own.suggest
        if registers and isinstance(editor, LineCell):
            editor.suggest(registers, model.table.language)
        if isinstance(editor, ChoiceCell):
            editor.taken.connect(self._on_taken)
        self.editor, self.begins_with = editor, str(index.data(STORED_ROLE) or "")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if not self._is_forwarding:
            shown = cast("CellEditor", editor)
            shown.show_value(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            self._given = shown.value()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        self._is_forwarding = (
            True  # what is read from it is written another way, perhaps, while somebody types
        )
        try:
            shown = cast("CellEditor", editor)
            if shown.value() != self._given:
                self._given = shown.value()
                role = STORED_ROLE if shown.is_stored() else Qt.ItemDataRole.EditRole
                cast("EntryModel", model).setData(index, self._given, role)
        finally:
            self._is_forwarding = False

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRect(option.rect)
        around = editor.parentWidget()
        room = around.rect() if around is not None else box
        if isinstance(editor, ProseCell | ManyCell):
            tall = editor.height_wanted() if isinstance(editor, ManyCell) else editor.sizeHint().height()
            box.setHeight(max(box.height(), min(tall, room.height())))
            wide = self._theme.px(280)
            if box.width() < wide:
                box.setWidth(min(wide, room.width()))
            if box.right() > room.right():
                box.moveRight(room.right())
            if box.left() < room.left():
                box.moveLeft(room.left())
            if box.bottom() > room.bottom():
                box.moveBottom(room.bottom())
        editor.setGeometry(box)

    def _on_typed(self) -> None:
        """At once, so that a crash takes no more than half a second; lists are answered when they are left."""
        if isinstance(self.editor, LineCell | ProseCell | ManyCell):
            self.commitData.emit(self.editor)

    def _on_taken(self) -> None:
        self.finish(1)

    def finish(self, step: int) -> None:
        """Ends the typing with what is written."""
        editor = self.editor
        if editor is None or self._is_closing:  # a combo box says "chosen" as it loses the keyboard
            return
        self.commitData.emit(editor)
        self._close(editor)
        self.finished.emit(step)

    def _close(self, editor: CellEditor) -> None:
        self._is_closing = True  # it loses the keyboard on the way, which would answer once more
        self.editor = None
        try:
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        finally:
            self._is_closing = False

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.editor is not None:
            return self._on_key(event) or super().eventFilter(self.editor, event)
        if watched is not self.editor or self._is_closing:
            return False
        if event.type() is QEvent.Type.FocusOut and QApplication.activePopupWidget() is not None:
            return False  # its own list, or menu
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(self.editor, ProseCell) and modifiers & _MODIFIED_ENTER:
                self.editor.insertPlainText("\n")
                return True
            if isinstance(self.editor, ChoiceCell) and self.editor.is_list_open:
                return False
            self.finish(-1 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.finish(2 if key == Qt.Key.Key_Tab else -2)
            return True
        if key == Qt.Key.Key_Escape:
            if isinstance(self.editor, ChoiceCell) and self.editor.is_list_open:
                return False
            self._drop()
            return True
        return False

    def _drop(self) -> None:
        editor = self.editor
        if editor is not None:
            editor.blockSignals(True)
            self.dropped.emit()
            self._close(editor)

    # painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = cast("EntryModel", index.model())
        tokens, px = self._theme.tokens, self._theme.px
        box = QRect(option.rect)
        table = cast("QTableView", self.parent())
        has_focus = table.hasFocus() or self.editor is not None
        is_chosen = has_focus and table.selectionModel().isSelected(model.index(index.row(), index.column()))
        is_current = has_focus and table.currentIndex() == index
        view = model.view(index)
        is_blank = model.is_blank_row(index.row())
        is_closed = (
            not is_blank and index.column() < len(model.columns) and not (view is not None and view.is_asked)
        )
        painter.save()
        painter.fillRect(
            box, QColor(tokens.accent_soft if is_chosen else tokens.hover if is_closed else tokens.surface)
        )
        painter.setPen(QColor(tokens.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if not is_blank:
            painter.drawLine(box.topRight(), box.bottomRight())
        text, inner = str(index.data() or ""), box.adjusted(px(9), 0, -px(9), 0)
        if index.column() == model.state_column and text:
            self._paint_state(painter, inner, text, model, index)
        elif text:
            painter.setPen(QColor(tokens.muted if is_blank else tokens.text))
            side = Qt.AlignmentFlag.AlignLeading
            if index.column() == model.menu_column:
                side = Qt.AlignmentFlag.AlignHCenter
            elif view is not None and view.kind in (Kind.INTEGER, Kind.DECIMAL):
                side = Qt.AlignmentFlag.AlignTrailing
            paint_words(painter, inner, text, table.layoutDirection(), side, wraps=False)
        self._paint_frame(
            painter, box, is_wrong=view is not None and model.is_due(view), is_current=is_current
        )
        painter.restore()

    def _paint_frame(self, painter: QPainter, box: QRect, *, is_wrong: bool, is_current: bool) -> None:
        tokens = self._theme.tokens
        if is_wrong:
            painter.setPen(QPen(QColor(tokens.bad), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        if is_current:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(box.adjusted(3, 3, -4, -4) if is_wrong else box.adjusted(1, 1, -2, -2))

    def _paint_state(self, painter: QPainter, box: QRect, text: str, model: EntryModel, index: Index) -> None:
        px = self._theme.px
        tone = model.tone(index.row())
        font = painter.font()
        font.setPixelSize(px(12))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(text) + px(16), box.width())
        height = metrics.height() + px(4)
        is_mirrored = cast("QWidget", self.parent()).layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = box.right() - width + 1 if is_mirrored else box.left()
        place = QRectF(left, box.center().y() - height / 2, width, height)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width) - px(6))
        paint_badge(painter, place, shown, self._theme, tone if tone is not None else Tone.PLAIN)
