"""Boxes for typing whose undo is the response's own: Ctrl+Z there goes to the window, not to the box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal, SignalInstance
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
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QSizePolicy, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.text_limits import TypedText, limit_of

if TYPE_CHECKING:

    class _Box(QWidget):
        left: SignalInstance

else:
    _Box = object  # the box itself comes behind the mixin


_OURS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def is_undo_key(event: QEvent) -> bool:
    """Whether a box is asked if it wants Ctrl+Z or Ctrl+Shift+Z for itself."""
    return (
        event.type() is QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and any(event.matches(key) for key in _OURS)
    )


class _Pressed(QObject):
    """An entry of a box's menu that does what a key of the window does."""

    def __init__(self, action: QAction, key: QKeySequence.StandardKey, box: QWidget) -> None:
        super().__init__(action)
        self._key, self._box = key, box
        action.triggered.connect(self._press)

    def _press(self) -> None:
        press_shortcut(self._key, self._box)


def _pop_up(menu: QMenu, box: QWidget, at: QPoint, *, has_own_undo: bool) -> None:
    """Shows a box's own menu with the response's undo and redo in it."""
    for action in menu.actions()[:2] if has_own_undo else ():  # Qt puts its own undo and redo first
        menu.removeAction(action)
    first = menu.actions()[0] if menu.actions() else None
    for text, key in ((_("Undo"), _OURS[0]), (_("Redo"), _OURS[1])):
        action = QAction(text, menu)
        _Pressed(action, key, box)
        menu.insertAction(first, action) if first else menu.addAction(action)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)


def press_shortcut(key: QKeySequence.StandardKey, target: QWidget) -> None:
    """Triggers the window's action for `key`, wherever it is defined above `target`."""
    for action in target.window().actions():
        if action.shortcut() == QKeySequence(key) or QKeySequence(key) in action.shortcuts():
            action.trigger()
            return


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
    """One line.

    Signals:
        left: the keyboard focus has gone elsewhere.
    """

    left = Signal()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        _pop_up(self.createStandardContextMenu(), self, event.globalPos(), has_own_undo=not self.isReadOnly())

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
        _pop_up(self.createStandardContextMenu(), self, event.globalPos(), has_own_undo=False)

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
