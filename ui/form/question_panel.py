"""Beside the questions: guidance on the one in focus, a note to colleagues, and how its answer came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from ui.colleagues.query_panel import QueryPanel
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_history import history_lines
from ui.form.publication_panel import PublicationPanel
from ui.last_round.last_round_panel import LastRoundPanel
from ui.page.timers import single_shot
from ui.widgets.labels import frame, text_label
from ui.widgets.layouts import STRETCH, empty_layout, fill
from ui.widgets.scroll_pane import ScrollPane
from ui.widgets.text_boxes import ProseBox

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, QuestionView

_NOTE_AFTER_MS = 400
_HISTORY_AFTER_MS = 120
_FEWEST_LINES, _MOST_LINES = 2, 8


class QuestionPanel(ScrollPane):
    """Follows the focus."""

    def __init__(self, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(parent, takes_focus=True)
        self._editing = editing
        self._path = WHOLE_RESPONSE
        self._kept_note = ""
        ground = self._ground = frame("pane", self)
        self._column = QVBoxLayout(ground)
        self._title = text_label(_("About this question"), "subheading", ground)
        self._code = text_label("", "small", ground)
        self._guidance = text_label("", "muted", ground)
        self.note = ProseBox(ground, least=_FEWEST_LINES, most=_MOST_LINES)
        self.note.setPlaceholderText(_("Add a note…"))
        self.note.setAccessibleName(_("Note on this question"))
        self.queries = QueryPanel(editing, editing.queries, ground)
        self.last_round = LastRoundPanel(editing, ground)
        self.publication = PublicationPanel(editing, ground)
        self._history = QVBoxLayout()
        self._lay_out(ground)
        self.setWidget(ground)
        self._note_timer = single_shot(self, _NOTE_AFTER_MS, self.save_note)
        self._history_timer = single_shot(self, _HISTORY_AFTER_MS, self._show_history)
        self.note.textChanged.connect(self._on_note_changed)
        self.note.left.connect(self.save_note)
        editing.focused.connect(self.show_path)
        editing.context.saved.connect(self._on_saved)
        self._show_blank()

    def _on_saved(self) -> None:  # a method of its own: the connection ends with the panel
        self._history_timer.start()

    def show_path(self, path: AnswerPath) -> None:
        """Shows another question; the note on the one before is kept."""
        self.save_note()
        self._path = path
        view = self._editing.session.view(path)
        self._code.setText(_("Question {code}").format(code=view.number) if view.number else "")
        self._guidance.setText(self._guidance_text(view))
        self._editing.context.runner.when_idle(self._show_note)
        self.queries.show_path(path)
        self.last_round.show_path(path)
        self.publication.show_path(path)
        self._history_timer.start()

    def show_reply(self) -> None:
        """Puts the keyboard into the box for the reply, once the panel is laid out, and scrolls to it."""
        QTimer.singleShot(0, self, self._focus_reply)

    def _focus_reply(self) -> None:
        box = self.queries.focus_reply()
        if box is not None:
            self.ensureWidgetVisible(box)

    def save_note(self) -> None:
        """Keeps what was typed as a note, as soon as no long work uses the store."""
        self._note_timer.stop()
        text = self.note.toPlainText()
        if self._path and text != self._kept_note:
            self._kept_note = text
            path, context = self._path, self._editing.context
            context.runner.when_idle(context.workspace.notes.put, self._editing.response_id, path, text)

    def _guidance_text(self, view: QuestionView) -> str:
        parts = [part for part in (view.guidance, view.hint) if part]
        if view.max_length is not None:
            parts.append(_("Up to {limit} characters.").format(limit=view.max_length))
        return "\n\n".join(parts) or _("There is no further guidance on this question.")

    def _show_blank(self) -> None:
        self._guidance.setText(_("Go to a question to see guidance, notes and the history of its answer."))
        self.note.setEnabled(False)

    def _show_note(self) -> None:
        self._kept_note = (
            self._editing.context.workspace.notes.at(self._editing.response_id, self._path) or ""
        )
        self.note.setEnabled(True)
        if self.note.toPlainText() != self._kept_note:
            self.note.setPlainText(self._kept_note)
            self._note_timer.stop()

    def _show_history(self) -> None:
        if self._path and self.isVisible():
            self._editing.context.runner.when_idle(self._draw_history)

    def _draw_history(self) -> None:
        empty_layout(self._history)
        editing = self._editing
        for line in history_lines(
            editing.context.workspace.conflicts.history(editing.response_id, self._path)
        ):
            self._history.addWidget(text_label(line, "small", self._ground))

    def _on_note_changed(self) -> None:
        self._note_timer.start()

    def _lay_out(self, ground: QWidget) -> None:
        px = self._editing.context.theme.px
        self._column.setContentsMargins(px(16), px(16), px(16), px(16))
        self._column.setSpacing(px(6))
        colleagues = _("Colleagues with whom you share this questionnaire see notes; they are not printed.")
        for each in (self._title, self._code, self._guidance):
            self._column.addWidget(each)
        self._column.addSpacing(px(10))
        self._column.addWidget(self.last_round)
        self._column.addSpacing(px(10))
        self._column.addWidget(self.queries)
        self._column.addSpacing(px(10))
        self._column.addWidget(text_label(_("Notes"), "subheading", ground))
        self._column.addWidget(text_label(colleagues, "small", ground))
        self._column.addWidget(self.note)
        self._column.addSpacing(px(10))
        self._column.addWidget(self.publication)
        self._column.addSpacing(px(10))
        fill(self._column, text_label(_("History"), "subheading", ground), self._history, STRETCH)
