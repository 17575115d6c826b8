"""Dialogs in which keys mean what they mean in the window: Enter presses the button with the keyboard, F1 is help."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from ui.widgets.pressing import press_focused

HELP_WANTED = QEvent.Type(QEvent.registerEventType())
"""Sent to the window below: somebody pressed F1 in a dialog, over which help is to be shown."""


class KeyedDialog(QDialog):
    """Base of the program's dialogs."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press_focused(event):
            return
        if event.key() == Qt.Key.Key_F1:
            QCoreApplication.sendEvent(_window_below(self), QEvent(HELP_WANTED))
            return
        super().keyPressEvent(event)


def _window_below(dialog: QDialog) -> QWidget:
    """The window that the dialog lies over, other dialogs between them left out."""
    here: QWidget = dialog
    while isinstance(here, QDialog) and (around := here.parentWidget()) is not None:
        here = around.window()
    return here
