"""On the card of a question: somebody asks about its answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.theme import Tone
from ui.widgets.badge import Badge
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace.colleagues.query_service import QueryRow
    from ui.form.filling import Filling


class QueryFlag(QWidget):
    """The text of the newest open query, and the way to the reply."""

    def __init__(self, filling: Filling, parent: QWidget) -> None:
        super().__init__(parent)
        theme = filling.desk.theme
        self._filling = filling
        self._path = ""
        self._words = text_label("", "", self)
        self.reply = button(_("Reply"), self, "link", name="go-to-reply")
        head = QHBoxLayout()
        head.addWidget(Badge(_("Question"), Tone.WARN, theme, self), 0, Qt.AlignmentFlag.AlignTop)
        head.addStretch(1)
        head.addWidget(self.reply, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(4))
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addWidget(self._words)
        self.reply.clicked.connect(lambda: filling.flags.reply_wanted.emit(self._path))

    @property
    def text(self) -> str:
        return self._words.text()

    def show_rows(self, rows: Sequence[QueryRow]) -> None:
        self.setVisible(bool(rows))
        if rows:
            self._path = rows[0].path
            said = [
                _("{name}: {text}").format(name=row.asker or _("Somebody"), text=row.text) for row in rows
            ]
            self._words.setText("\n".join(said))
            self.reply.setAccessibleName(_("Reply: {text}").format(text=rows[0].text))
