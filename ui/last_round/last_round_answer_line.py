"""An earlier answer on the card of its question, until somebody confirms it or answers otherwise."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.widgets.badge import Badge
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column
from ui.widgets.painted_text import beginning

_LONGEST = 400
"""Longer texts are shown by their beginning; what is taken over is all of them."""


class LastRoundAnswerLine(QWidget):
    """Says from which round, what, and that nobody has confirmed it; whoever shows it connects `use`."""

    def __init__(self, words: str, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self.badge = Badge("", Tone.ACCENT, theme, self)
        self.text = text_label("", "muted", self)
        self.use = button(words, self, "link", name="use-earlier")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignLeading)
        head.addStretch(1)
        head.addWidget(self.use)
        column = bare_column(self, theme.px(2))
        column.addLayout(head)
        column.addWidget(self.text)

    def show_offer(self, round_: str, text: str) -> None:
        """Shows the answer of a round, long ones by their beginning."""
        self.badge.show_text(_("{round}, not confirmed").format(round=round_), Tone.ACCENT)
        self.text.setText(beginning(text, _LONGEST))
        said = _("{action}: {answer} ({round})")
        self.use.setAccessibleName(
            said.format(action=self.use.text().replace("&", ""), answer=self.text.text(), round=round_)
        )
