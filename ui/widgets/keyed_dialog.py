"""Dialogs in which keys mean what they mean in the window: Enter presses what has the keyboard, F1 is help, Tab goes on
in the order of the layouts.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from ui.widgets.pressing import press_focused
from ui.widgets.tab_order import step_focus

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

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step_focus(self, forward=forward)


def _window_below(dialog: QDialog) -> QWidget:
    """The window that the dialog lies over, other dialogs between them left out."""
    here: QWidget = dialog
    while isinstance(here, QDialog) and (around := here.parentWidget()) is not None:
        here = around.window()
    return here
