"""In the panel beside a question: what was asked about its answer, the replies, and asking oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.query_origin import asker_words
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from ui.colleagues.ask_dialog import AskDialog
from ui.editing.response_editing import ResponseEditing
from ui.editing.response_queries import ResponseQueries
from ui.look.colours import Tone
from ui.phrases.shown_moments import shown_moment
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column, empty_layout
from ui.widgets.plain_text import set_tip
from ui.widgets.text_boxes import ProseBox

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath
    from iscm_desktop.workspace.colleagues.query_service import QueryRow


class QueryCard(Card):
    """One query. While it is open, it has a box for the reply."""

    def __init__(
        self, row: QueryRow, editing: ResponseEditing, flags: ResponseQueries, parent: QWidget
    ) -> None:
        super().__init__(editing.context.theme, parent, is_soft=row.is_open)
        self.query_id = row.id
        self._editing, self._flags = editing, flags
        if row.is_open:
            self.show_tone(Tone.WARN)
        who = _("{name} asks, {when}").format(name=asker_words(row), when=shown_moment(row.asked_at))
        self.column.addWidget(text_label(who, "small", self))
        self.column.addWidget(text_label(row.text, "strong", self))
        for reply in row.replies:
            said = _("{name}, {when}: {text}")
            words = said.format(
                name=reply.by or _("Somebody"), when=shown_moment(reply.made_at), text=reply.text
            )
            self.column.addWidget(text_label(words, "", self))
        self.reply: ProseBox | None = None
        if row.is_open:
            self._add_reply(row)

    @property
    def reply_text(self) -> str:
        """What was typed as a reply; "" where there is no box for one."""
        return self.reply.toPlainText() if self.reply is not None else ""

    def _add_reply(self, row: QueryRow) -> None:
        box = self.reply = ProseBox(self, least=2, most=6)
        box.setPlaceholderText(_("Say what you changed, or explain"))
        box.setAccessibleName(_("Reply to: {text}").format(text=row.text))
        send = button(_("Re&ply"), self, "primary", name="reply")
        send.setEnabled(False)
        self._send = send
        box.textChanged.connect(self._on_reply_changed)
        send.clicked.connect(self._on_reply_clicked)
        self.column.addWidget(box)
        self.column.addWidget(send, 0, Qt.AlignmentFlag.AlignLeading)

    def _on_reply_changed(self) -> None:
        self._send.setEnabled(bool(self.reply_text.strip()))

    def _on_reply_clicked(self) -> None:
        text = self.reply_text
        self._editing.save_if_needed()  # what was answered goes with the reply
        self._flags.reply(self.query_id, text)
        self._editing.context.say(_("Replied. The reply goes out with your next export."))


class QueryPanel(QWidget):
    """Follows the question in focus."""

    def __init__(self, editing: ResponseEditing, flags: ResponseQueries, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing, self._flags = editing, flags
        self._path = self._asked_about = WHOLE_RESPONSE
        self.cards: list[QueryCard] = []
        self._rows: tuple[QueryRow, ...] = ()
        self._title = text_label(_("Questions about this answer"), "subheading", self)
        self._list = QVBoxLayout()
        self.ask = button(_("As&k the respondent…"), self, "link", name="ask")
        set_tip(self.ask, _("Asks about this answer: whoever filled it in sees your question beside it."))
        column = bare_column(self, editing.context.theme.px(6))
        column.addWidget(self._title)
        column.addLayout(self._list)
        column.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeading)
        self.ask.clicked.connect(self._on_ask_clicked)
        flags.changed.connect(self._draw)
        self.hide()

    def show_path(self, path: AnswerPath) -> None:
        """Shows the queries about another question."""
        if path != self._path:
            self._path = path
            self._draw()

    def focus_reply(self) -> QWidget | None:
        """Puts the keyboard into the first box for a reply, and gives it; None where nothing is open."""
        for card in self.cards:
            if card.reply is not None:
                card.reply.setFocus()
                return card
        return None

    def _draw(self) -> None:
        rows = self._flags.at(self._path)
        may_ask = bool(self._path) and self._flags.may_ask(self._path)
        self.ask.setVisible(may_ask)
        self.setVisible(may_ask or bool(rows))
        if rows == self._rows and len(self.cards) == len(rows):
            return
        typed = {card.query_id: card.reply.toPlainText() for card in self.cards if card.reply is not None}
        self._rows = rows
        empty_layout(self._list)
        self.cards = [QueryCard(row, self._editing, self._flags, self) for row in rows]
        for card in self.cards:
            self._list.addWidget(card)
            if card.reply is not None:  # another query came while somebody was typing
                card.reply.setPlainText(typed.get(card.query_id, ""))

    def _on_ask_clicked(self) -> None:
        view = self._editing.session.view(self._path)
        dialog = AskDialog(view.label, self._editing.context, self)
        self._asked_about = self._path
        dialog.asked.connect(self._ask)
        dialog.open()

    def _ask(self, text: str) -> None:
        self._editing.save_if_needed()
        self._flags.ask(self._asked_about, text)
        self._editing.context.say(
            _("Asked. Review and export writes the file with your questions for the respondent.")
        )
