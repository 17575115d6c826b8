"""The only window there is when the store cannot be opened: why, and a button to close it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.look.theme import WindowTheme
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import padded_column
from ui.widgets.pressing import press_focused


class StartFailureWindow(QWidget):
    """A sentence from the catalogue of problems."""

    def __init__(self, text: str, theme: WindowTheme) -> None:
        super().__init__()
        self.setWindowTitle("ISCM Desktop")
        px = theme.px
        column = padded_column(self, px, (28, 24, 28, 20), gap=12)
        column.addWidget(text_label(_("The program cannot open your questionnaires"), "heading", self))
        words = text_label(text, "", self)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(words)
        column.addStretch(1)
        close = button(_("&Close"), self, "primary", name="close")
        close.clicked.connect(self.close)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignTrailing)
        close.setFocus()
        self.resize(px(560), px(240))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button; Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif not press_focused(event):
            super().keyPressEvent(event)
