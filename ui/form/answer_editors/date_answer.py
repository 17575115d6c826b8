"""A day, a month or a year: typed as people write it, or picked. What is no date stays as it was typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.answer_readings import asks_for_a_day, example_of_date, shown_answer
from iscm_desktop.questionnaire.numbering import with_number
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor
from ui.form.answer_editors.calendar_popup import CalendarPopup
from ui.phrases.form_languages import language_code
from ui.widgets.day_box import read_day
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import follow_width
from ui.widgets.text_boxes import LineBox

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView


class DateAnswer(AnswerEditor):
    """A box, a button for the calendar, and beside them how what is being typed was understood."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._view = view
        self.box = LineBox(self)
        self.pick: QPushButton | None = None
        self._words = text_label("", "muted", self, wraps=False)
        row = FlowLayout(self, editing.context.theme.px(7), is_centred=True)
        follow_width(self)
        row.addWidget(self.box)
        if asks_for_a_day(view.question) and "no-calendar" not in view.question.appearance:
            self.pick = button(_("Calendar"), self)
            self.pick.clicked.connect(self._on_pick_clicked)
            row.addWidget(self.pick)
        row.addWidget(self._words)
        self.box.textEdited.connect(self._on_text_edited)
        editing.context.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def controls(self) -> list[QWidget]:
        return [self.box]

    def show_view(self, view: QuestionView) -> None:
        self._view = view
        self.box.setReadOnly(view.is_read_only)
        self.box.setPlaceholderText(
            _("for example {date}").format(date=example_of_date(view.question, self._language))
        )
        self._on_theme_changed()
        if self.pick is not None:
            self.pick.setEnabled(not view.is_read_only)
            name = _("Calendar: {label}").format(label=with_number(view.number, view.label))
            self.pick.setAccessibleName(name)
        if not self.is_forwarding:
            self._show()

    def left(self) -> None:
        """A date typed another way is shown as the response's language writes it."""
        self._show()

    @property
    def _language(self) -> str:
        return language_code(self.editing.session.language) or "en"

    def _show(self) -> None:
        self._words.hide()
        text = shown_answer(self._view.question, self._view.text, self._language)
        if self.box.text() != text:
            self.box.setText(text)

    def _on_text_edited(self, text: str) -> None:
        self.forward(text)
        shown = shown_answer(self._view.question, self._view.text, self._language)
        is_understood = read_day(self._view.text) is not None and shown != text.strip()
        self._words.setText(shown if is_understood else "")
        self._words.setVisible(is_understood)

    def _on_pick_clicked(self) -> None:
        shown = read_day(self._view.text) or date.today()  # noqa: DTZ011 - the day on the wall
        popup = CalendarPopup(shown, self.editing.context.theme, self)
        popup.calendar.activated.connect(self._on_calendar_activated)
        popup.calendar.clicked.connect(self._on_calendar_activated)
        popup.calendar.activated.connect(popup.close)
        popup.calendar.clicked.connect(popup.close)
        popup.open_below(self.box)

    def _on_calendar_activated(self, day: QDate) -> None:
        self.editing.answer(self.path, day.toString(Qt.DateFormat.ISODate), is_stored=True)
        self.box.setFocus()

    def _on_theme_changed(self) -> None:
        px = self.editing.context.theme.px
        example = self.box.fontMetrics().horizontalAdvance(self.box.placeholderText())
        self.box.setFixedWidth(max(px(200), example + px(30)))  # which says how to write it
