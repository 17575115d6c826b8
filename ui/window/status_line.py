"""The line at the foot of the window: saved or not, what the page has to say, and what one can do."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QStatusBar, QWidget

from iscm_desktop.i18n import _
from ui.widgets.labels import ElidedLabel, button, text_label


class StatusLine(QStatusBar):
    """Saved state and page at the left; a hint, and the way to what the window has said, at the right.

    Where there is no room for all of it, the longer texts are cut first and say the rest in their tips.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._saved = ElidedLabel("", "good", self)
        self._page = ElidedLabel("", "small", self)
        self._hint = ElidedLabel("", "small", self)
        self._saved.setObjectName("saved-state")
        self._page.setObjectName("page-state")
        self.setContentsMargins(10, 0, 10, 0)
        self._between = text_label("·", "small", self, wraps=False)
        self.addWidget(self._saved)
        self.addWidget(self._between)
        self.addWidget(self._page, 1)
        self._part()
        self._backup = ElidedLabel("", "small", self)
        self._backup.setObjectName("backup-state")
        self.addPermanentWidget(self._hint)
        self.addPermanentWidget(self._backup)
        self.messages = button("", self, "quiet", name="messages")
        self.messages.hide()
        self.addPermanentWidget(self.messages)

    @property
    def saved_text(self) -> str:
        """What is said about saving."""
        return self._saved.text()

    def show_saved(self, at: datetime) -> None:
        """Says when the last change reached the disk."""
        local = at.astimezone()
        self._saved.setText(_("✓ All changes saved {time}").format(time=f"{local:%H:%M:%S}"))
        self._part()

    def show_unsaved(self) -> None:
        """Says that something typed has not reached it yet."""
        self._saved.setText(_("Saving…"))
        self._part()

    def show_backup(self, words: str) -> None:
        """When the newest backup was made; "" where there is none."""
        self._backup.setText(words)

    def show_page(self, text: str) -> None:
        """What the page has to say; "" for nothing."""
        self._page.setText(text)
        self._part()

    def _part(self) -> None:
        """A dot between the two texts at the left, where there are two."""
        self._between.setVisible(bool(self._saved.text() and self._page.text()))

    def show_hint(self, text: str) -> None:
        """What one can do now; "" for nothing."""
        self._hint.setText(text)

    def show_message_count(self, count: int) -> None:
        """How many sentences the window has said and kept."""
        self.messages.setText(_("Messages ({count})").format(count=count))
        self.messages.show()
