"""On the card of a question: somebody asks about its answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.query_origin import asker_words
from ui.look.colours import Tone
from ui.widgets.badge import Badge
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import padded_column

if TYPE_CHECKING:
    from iscm_desktop.workspace.colleagues.query_service import QueryRow
    from ui.editing.response_editing import ResponseEditing


class QueryFlag(QWidget):
    """The text of the newest open query, and the way to the reply."""

    def __init__(self, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(parent)
        theme = editing.context.theme
        self._editing = editing
        self._path = ""
        self._words = text_label("", "", self)
        self.reply = button(_("Reply"), self, "link", name="go-to-reply")
        head = QHBoxLayout()
        head.addWidget(Badge(_("Question"), Tone.WARN, theme, self), 0, Qt.AlignmentFlag.AlignTop)
        head.addStretch(1)
        head.addWidget(self.reply, 0, Qt.AlignmentFlag.AlignTop)
        column = padded_column(self, theme.px, (0, 0, 0, 4), gap=4)
        column.addLayout(head)
        column.addWidget(self._words)
        self.reply.clicked.connect(self._on_reply_clicked)

    def _on_reply_clicked(self) -> None:
        self._editing.queries.reply_wanted.emit(self._path)

    @property
    def text(self) -> str:
        """What it says: a line for each open query."""
        return self._words.text()

    def show_rows(self, rows: Sequence[QueryRow]) -> None:
        """Shows open queries, the newest first; hidden where there are none."""
        self.setVisible(bool(rows))
        if rows:
            self._path = rows[0].path
            said = [_("{name}: {text}").format(name=asker_words(row), text=row.text) for row in rows]
            self._words.setText("\n".join(said))
            self.reply.setAccessibleName(_("Reply: {text}").format(text=rows[0].text))
