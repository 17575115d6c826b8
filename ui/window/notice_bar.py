"""A sentence at the top of the window: what was done, or what went wrong. It asks for nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.page.notices import Notice
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import padded_row


class NoticeBar(QWidget):
    """Hidden until there is something to say; Escape or Close puts it away."""

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._card = Card(theme, self, is_soft=True)
        self._label = text_label("", "", self._card)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act = button("", self._card, name="notice-action")
        self._close = button(_("Close"), self._card, "link", name="notice-close")
        row = QHBoxLayout()
        row.addWidget(self._label, 1)
        row.addWidget(self._act)
        row.addWidget(self._close)
        self._card.column.addLayout(row)
        around = padded_row(self, theme.px, (24, 10, 24, 0))
        around.addWidget(self._card)
        self._notice: Notice | None = None
        self._act.clicked.connect(self._on_act_clicked)
        self._close.clicked.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What is being said; "" while hidden."""
        return self._label.text() if self.isVisible() else ""

    def show_notice(self, notice: Notice) -> None:
        """Replaces what is being said; screen readers speak it at once."""
        self._notice = notice
        self._label.setText(notice.text)
        self._card.show_tone(Tone.PLAIN)
        self._card.show_tone(notice.tone)
        self._act.setText(notice.action)
        self._act.setVisible(bool(notice.action))
        self.setAccessibleName(notice.text)
        self.show()
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # some milliseconds, when there is news

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def hide_brief(self) -> None:
        """Somebody goes on working: what could be done about the last action would now hit another."""
        if self._notice is not None and self._notice.is_brief:
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _on_act_clicked(self) -> None:
        if self._notice is not None and self._notice.act is not None:
            act = self._notice.act
            if self._notice.is_brief:
                self.hide()
            act()
