"""Enter presses the button that has the keyboard, in the window and in dialogs alike.

Qt presses only buttons that are the default of their dialog; and where the keyboard is on another button, Enter
would press the default all the same.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_plain(event: QKeyEvent) -> bool:
    """Whether no other key is held with it; keys of the number pad are as good as others."""
    return event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def press_focused(event: QKeyEvent) -> bool:
    """Presses the button with the keyboard where the event is Enter; whether it did."""
    if event.key() not in _ENTER or not is_plain(event):
        return False
    focused = QApplication.focusWidget()
    if not isinstance(focused, QPushButton | QToolButton) or not focused.isEnabled():
        return False
    if focused.menu() is not None:
        focused.showMenu()
    else:
        focused.click()
    return True


class SinglePresses(QObject):
    """Takes no second press of a double click: by then something else is under the pointer than what was meant."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() is QEvent.Type.MouseButtonDblClick or super().eventFilter(watched, event)
