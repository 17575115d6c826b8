"""Arrow keys choose among buttons that exclude each other, also while none of them is chosen yet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class ChoosingArrows(QObject):
    """Qt chooses what an arrow leads to only where something was chosen before; else it merely walks there."""

    def __init__(self, group: QButtonGroup) -> None:
        super().__init__(group)
        self._group = group

    def add(self, button: QAbstractButton, number: int = -1) -> None:
        """Puts a button into the group, under its number there; -1 where nobody asks for it."""
        self._group.addButton(button, number)
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not (isinstance(event, QKeyEvent) and self._walks_without_choice(event)):
            return super().eventFilter(watched, event)
        watched.event(event)  # Qt knows which button lies there
        there = QApplication.focusWidget()
        if there is not watched and isinstance(there, QAbstractButton) and there in self._group.buttons():
            there.click()
        return True

    def _walks_without_choice(self, event: QKeyEvent) -> bool:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_arrow = event.type() is QEvent.Type.KeyPress and event.key() in _ARROWS
        return is_arrow and is_plain and self._group.checkedButton() is None
