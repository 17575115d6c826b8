"""What the window has said since it was opened, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget

from iscm_desktop.i18n import _
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.page.notices import Notice
from ui.widgets.card import Card
from ui.widgets.keyed_dialog import KeyedDialog
from ui.widgets.labels import text_label
from ui.widgets.layouts import STRETCH, bare_column, fill, padded_column
from ui.widgets.scroll_pane import ScrollPane


class NoticeList(KeyedDialog):
    """Each with its time, and with what can still be done about it."""

    def __init__(self, kept: Sequence[tuple[datetime, Notice]], theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Messages"))
        self._theme = theme
        ground = QWidget(self)
        ground.setProperty("role", "canvas")
        column = padded_column(ground, theme.px, (18, 16, 18, 10), gap=8)
        column.addWidget(text_label(_("Messages since the program was started"), "heading", ground))
        for at, notice in reversed(kept):
            column.addWidget(self._row(at, notice, ground))
        fill(column, STRETCH)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        whole = bare_column(self)
        pane = ScrollPane(self, ground, goes_sideways=False, takes_focus=True)
        pane.setAccessibleName(_("Messages"))
        whole.addWidget(pane, 1)
        foot = QWidget(self)
        padded_column(foot, theme.px, (18, 4, 18, 12)).addWidget(buttons)
        whole.addWidget(foot)
        free = self.screen().availableGeometry()
        self.resize(min(theme.px(560), free.width() - 32), min(theme.px(480), free.height() - 64))

    def _row(self, at: datetime, notice: Notice, parent: QWidget) -> Card:
        card = Card(self._theme, parent)
        if notice.tone in (Tone.BAD, Tone.WARN):
            card.show_tone(notice.tone)
        card.column.addWidget(text_label(f"{at:%H:%M:%S}", "small", card))
        words = text_label(notice.text, "", card)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.column.addWidget(words)
        if notice.can_act and not notice.is_brief:
            card.column.addWidget(_Action(notice, self, card), 0, Qt.AlignmentFlag.AlignLeading)
        return card


class _Action(QPushButton):
    """Closes the list and does what its notice offers, where that can still be done."""

    def __init__(self, notice: Notice, of: QDialog, parent: QWidget) -> None:
        super().__init__(notice.action, parent)
        self._notice, self._of = notice, of
        self.setProperty("role", "link")
        self.setAutoDefault(False)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        act = self._notice.act
        self._of.close()
        if act is not None and self._notice.can_act:
            act()
