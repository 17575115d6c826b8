"""Beside the questions: which one is current, guidance on it, and all that can be said and done about its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.question_head import question_head
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from ui.colleagues.query_panel import QueryPanel
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_history import AnswerHistory
from ui.form.note_pane import NotePane
from ui.form.publication_panel import PublicationPanel
from ui.last_round.last_round_panel import LastRoundPanel
from ui.page.timers import single_shot
from ui.widgets.labels import button, frame, text_label
from ui.widgets.layouts import STRETCH, add_gap, bare_column, fill
from ui.widgets.plain_text import set_tip
from ui.widgets.scroll_pane import ScrollPane

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath

_HEAD_AFTER_MS = 120


class QuestionPanel(ScrollPane):
    """Acts on the current question only, and names it. While there is none, there is nothing to act with.

    Signals:
        question_wanted(path): somebody wants to go to another question.
    """

    question_wanted = Signal(str)

    def __init__(self, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(parent, takes_focus=True)
        self.setAccessibleName(_("About this question"))
        self._editing = editing
        self._path = WHOLE_RESPONSE
        ground = frame("pane", self)
        self._place = text_label("", "small", ground)
        self.words = text_label("", "subheading", ground)
        self._guidance = text_label("", "muted", ground)
        self._body = QWidget(ground)
        self.last_round = LastRoundPanel(editing, self._body)
        self.publication = PublicationPanel(editing, self._body)
        self.queries = QueryPanel(editing, editing.queries, self._body)
        self.notes = NotePane(editing, self._body)
        self.history = AnswerHistory(editing, self._body)
        self.compare = button(_("What changed…"), ground, "link", name="what-changed")
        set_tip(self.compare, _("Compares two moments of the whole questionnaire"))
        self._panes = (self.last_round, self.publication, self.queries, self.notes, self.history)
        """In their order; each shows a path, and nothing for none. One more is one more here."""
        self._lay_out(ground)
        self.setWidget(ground)
        self._head_timer = single_shot(self, _HEAD_AFTER_MS, self._show_head)
        self.compare.clicked.connect(self._on_compare_clicked)
        editing.focused.connect(self.show_path)
        editing.changed.connect(self._on_changed)
        self._show_head()

    @property
    def path(self) -> AnswerPath:
        """The question that it acts on; WHOLE_RESPONSE for none."""
        return self._path

    def show_path(self, path: AnswerPath) -> None:
        """Shows another question, or none; the note on the one before is kept."""
        self._path = path
        for pane in self._panes:
            pane.show_path(path)
        self._show_head()

    def show_reply(self) -> None:
        """Puts the keyboard into the box for the reply, once the panel is laid out, and scrolls to it."""
        QTimer.singleShot(0, self, self._focus_reply)

    def save_note(self) -> None:
        """Keeps what was typed as a note."""
        self.notes.save()

    def _focus_reply(self) -> None:
        box = self.queries.focus_reply()
        if box is not None:
            self.ensureWidgetVisible(box)

    def _on_compare_clicked(self) -> None:
        from ui.comparison.changes_dialog import ChangesDialog

        self._editing.save_if_needed()
        dialog = ChangesDialog(self._editing.response_id, self._editing.context, self)
        dialog.wanted.connect(self.question_wanted)
        dialog.open()

    def _on_changed(self, paths: frozenset[AnswerPath]) -> None:
        if self._path in paths:
            self._head_timer.start()

    def _show_head(self) -> None:
        self._body.setVisible(bool(self._path))
        if not self._path:
            self._place.setText("")
            self.words.setText(_("No question chosen"))
            self._guidance.setText(
                _("Go to a question to see guidance, notes and the history of its answer.")
            )
        else:
            head = question_head(self._editing.session, self._path)
            self._place.setText(head.place)
            self.words.setText(head.words)
            self._guidance.setText(head.guidance)
        named = " ".join(filter(None, (self._place.text(), self.words.text())))
        self.setAccessibleName(_("About the question: {question}").format(question=named))
        self.notes.name_question(named)
        self.publication.name_question(named)
        for label in (self._place, self._guidance):
            label.setVisible(bool(label.text()))

    def _lay_out(self, ground: QWidget) -> None:
        px = self._editing.context.theme.px
        column = QVBoxLayout(ground)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(6))
        fill(column, self._place, self.words, self._guidance)
        add_gap(column, px(10))
        fill(column, self._body, STRETCH)
        column.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeading)
        fill(bare_column(self._body, px(16)), *self._panes)
