"""Boxes for typing whose undo is the response's own: Ctrl+Z there goes to the window, not to the box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPlainTextEdit, QSizePolicy, QToolButton, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.written_text import prose_of
from iscm_desktop.text_limits import TypedText, limit_of

if TYPE_CHECKING:

    class _Box(QWidget):
        left: SignalInstance

else:
    _Box = object  # the box itself comes behind the mixin


_NOTHING_IS_CUT = 2**31 - 1
"""Qt cuts what is longer than 32,767 characters, without a word."""

_OURS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def is_undo_key(event: QEvent) -> bool:
    """Whether a box is asked if it wants Ctrl+Z or Ctrl+Shift+Z for itself."""
    return (
        event.type() is QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and any(event.matches(key) for key in _OURS)
    )


def _pop_up(menu: QMenu, box: QWidget, at: QPoint) -> None:
    """Shows a box's own menu; its one Undo and one Redo are the window's, which say what they would do.

    Where the window has none, in a dialog, the box's own stay.
    """
    for own, key in (("edit-undo", _OURS[0]), ("edit-redo", _OURS[1])):
        action = window_action(key, box)
        if action is not None:
            _put_first(menu, own, _entry(action, menu), is_after=key is _OURS[1])
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)


def _entry(action: QAction, menu: QMenu) -> QAction:
    """The window's action as a line of the menu, without its key working twice while the menu is there."""
    made = QAction(action.text(), menu)
    made.setEnabled(action.data() is not False)
    made.triggered.connect(action.trigger)
    return made


def _put_first(menu: QMenu, own: str, made: QAction, *, is_after: bool) -> None:
    """In place of Qt's own entry, which has the name `own`; boxes that cannot be typed in have none."""
    replaced = next((each for each in menu.actions() if each.objectName() == own), None)
    if replaced is not None:
        menu.insertAction(replaced, made)
        menu.removeAction(replaced)
        return
    first = menu.actions()[1 if is_after else 0 :]
    if first:
        menu.insertAction(first[0], made)
    else:
        menu.addAction(made)


def window_action(key: QKeySequence.StandardKey, box: QWidget) -> QAction | None:
    """The action of the window around `box` that `key` triggers; None in windows that have none."""
    wanted = QKeySequence(key)
    return next((each for each in box.window().actions() if wanted in each.shortcuts()), None)


class _ResponseUndo(_Box):
    """Leaves undo and redo to the window, and says when the keyboard has gone elsewhere."""

    def event(self, event: QEvent) -> bool:
        if is_undo_key(event):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class LineBox(_ResponseUndo, QLineEdit):
    """One line. What a screen reader or a program that dictates puts in counts as typed.

    Signals:
        left: the keyboard focus has gone elsewhere.
        put_in(text): not typed letter by letter, but put in as a whole by a screen reader or a program that dictates.
    """

    left = Signal()
    put_in = Signal(str)

    def __init__(self, *arguments: Any) -> None:
        self._is_told = False  # whether it is the page that shows another text
        self._typed: str | None = None
        super().__init__(*arguments)
        self.setMaxLength(_NOTHING_IS_CUT)
        self.textEdited.connect(self._on_edited)
        self.textChanged.connect(self._on_changed)

    def setText(self, text: str | None) -> None:
        self._is_told = True
        super().setText(text or "")
        self._is_told = False

    def clear(self) -> None:
        self.setText("")

    def _on_edited(self, text: str) -> None:
        self._typed = text

    def _on_changed(self, text: str) -> None:
        """Qt says `textEdited` first where somebody typed; of the accessibility bus it says only this."""
        is_typed, self._typed = self._typed == text, None
        if not (is_typed or self._is_told or self._is_chosen(text)):
            self.textEdited.emit(text)
            self.put_in.emit(text)

    def _is_chosen(self, text: str) -> bool:
        """Whether the list around the line wrote it, which has chosen by then."""
        around = self.parentWidget()
        return isinstance(around, QComboBox) and text == around.itemText(around.currentIndex())

    def setClearButtonEnabled(self, enable: bool) -> None:
        """Qt leaves the cross in the box without a name."""
        super().setClearButtonEnabled(enable)
        for cross in self.findChildren(QToolButton):
            cross.setAccessibleName(_("Clear"))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        _pop_up(self.createStandardContextMenu(), self, event.globalPos())

    def limit(self, what: TypedText) -> None:
        """Takes no more than files can hold of this."""
        self.setMaxLength(limit_of(what).most)


class ProseBox(_ResponseUndo, QPlainTextEdit):
    """Several lines; grows with its text between `least` and `most` lines. Tab leaves the box.

    Signals:
        left: the keyboard focus has gone elsewhere.
    """

    left = Signal()

    def __init__(self, parent: QWidget, *, least: int = 3, most: int = 16) -> None:
        super().__init__(parent)
        self._least, self._most, self._lines = least, most, least
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(3)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def sizeHint(self) -> QSize:
        frame = 2 * (self.frameWidth() + int(self.document().documentMargin()))
        margins = self.contentsMargins()
        height = self._lines * self.fontMetrics().lineSpacing() + frame + margins.top() + margins.bottom()
        return QSize(super().sizeHint().width(), height + 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel over a box that shows all its text scrolls the page around it."""
        if self.hasFocus() and self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.pop_up(self.createStandardContextMenu(), event.globalPos())

    def pop_up(self, menu: QMenu, at: QPoint) -> None:
        """Shows a menu of this box, with the window's Undo and Redo in it."""
        _pop_up(menu, self, at)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What comes from another program becomes plain text: bullets and tables as text, nothing of its look."""
        self.insertPlainText(prose_of(source.html() if source.hasHtml() else "", source.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()  # other lines break now; the document does not say so by itself

    def _fit(self) -> None:
        lines = self.document().documentLayout().documentSize().toSize().height()
        lines = max(self._least, min(self._most, lines))
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
