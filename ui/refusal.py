"""The only window there is when the store cannot be opened: why, and a button to close it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.theme import Theme
from ui.widgets.labels import button, text_label


class Refusal(QWidget):
    """A sentence from the catalogue of problems."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("ISCM Desktop")
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(28), px(24), px(28), px(20))
        column.setSpacing(px(12))
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
