"""Answers on one line: text, addresses, periods, times, and what a desktop cannot take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.answer_readings import example_of_date, shown_answer
from iscm_desktop.questionnaire.model import Kind
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor
from ui.phrases.form_languages import language_code
from ui.widgets.labels import text_label
from ui.widgets.layouts import bare_row
from ui.widgets.text_boxes import LineBox

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView

_PLACEHOLDERS = {
    Kind.EMAIL: N_("name@example.org"),
    Kind.URL: N_("https://…"),
    Kind.TIME: N_("hours:minutes, for example 14:30"),
    Kind.PERIOD: N_("for example 2004–2005"),
    Kind.GEOTRACE: N_("46.2 6.1; 46.3 6.2"),
    Kind.GEOSHAPE: N_("46 6; 46 7; 47 7; 46 6"),
}


class LineAnswer(AnswerEditor):
    """A box, with the unit beside it where the form names one."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._view = view
        self.box = LineBox(self)
        self.box.setPlaceholderText(self._example())
        if "numbers" in view.question.appearance:
            self.box.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.lay_out(view)
        self.box.textEdited.connect(self.on_text_edited)

    def lay_out(self, view: QuestionView) -> None:
        """Puts the box where it belongs."""
        row = bare_row(self)
        row.addWidget(self.box, 1)
        if view.question.own.unit:
            row.addWidget(text_label(view.question.own.unit, "muted", self, wraps=False))

    def on_text_edited(self, text: str) -> None:
        """A key was pressed in the box."""
        self.forward(text)

    def _example(self) -> str:
        if self._view.kind is Kind.DATE_TIME:
            date = example_of_date(self._view.question, self.language)
            return _("for example {date}").format(date=date)
        return _(_PLACEHOLDERS[self._view.kind]) if self._view.kind in _PLACEHOLDERS else ""

    @property
    def language(self) -> str:
        """In whose manner answers are read and written here."""
        return language_code(self.editing.session.language) or "en"

    def controls(self) -> list[QWidget]:
        return [self.box]

    def show_view(self, view: QuestionView) -> None:
        self._view = view
        self.box.setReadOnly(view.is_read_only)
        if not self.is_forwarding:
            self.show_text()

    def left(self) -> None:
        """A period or time typed another way is shown as it is kept."""
        self.show_text()

    def show_text(self) -> None:
        """The answer as it is kept; a date and a time as the response's language writes them."""
        text = shown_answer(self._view.question, self._view.text, self.language)
        if self.box.text() != text:
            self.box.setText(text)
