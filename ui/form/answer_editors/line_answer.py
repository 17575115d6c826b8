"""Answers on one line: text, numbers with their unit, addresses, and what a desktop cannot take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.model import Kind
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor
from ui.widgets.labels import text_label
from ui.widgets.layouts import bare_row
from ui.widgets.text_boxes import LineBox

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView

NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE)

_PLACEHOLDERS = {
    Kind.EMAIL: N_("name@example.org"),
    Kind.URL: N_("https://…"),
    Kind.TIME: N_("hours:minutes, for example 14:30"),
    Kind.DATE_TIME: N_("for example 2027-05-14 14:30"),
    Kind.GEOPOINT: N_("latitude and longitude, for example 46.2 6.1"),
}


def grouped(text: str) -> str:
    """ "120000" as "120 000"; years and what is no plain number stay as they are."""
    sign, digits, rest = "", text, ""
    if digits[:1] in {"-", "+"}:
        sign, digits = digits[0], digits[1:]
    digits, dot, rest = digits.partition(".")
    if not digits.isdecimal() or len(digits) < 5 or (rest and not rest.isdecimal()):
        return text
    return f"{sign}{int(digits):,}{dot}{rest}".replace(",", " ")


class LineAnswer(AnswerEditor):
    """A box, narrow for numbers, with the unit beside it."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._is_number = view.kind in NUMBERS
        self._view = view
        self.box = LineBox(self)
        self.box.setPlaceholderText(_(_PLACEHOLDERS[view.kind]) if view.kind in _PLACEHOLDERS else "")
        if self._is_number:
            self.box.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        row = bare_row(self)
        row.addWidget(self.box, 0 if self._is_number else 1)
        unit = view.question.own.unit
        if unit:
            row.addWidget(text_label(unit, "muted", self, wraps=False))
        if self._is_number:
            row.addStretch(1)
        editing.context.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.box.textEdited.connect(self.forward)

    def controls(self) -> list[QWidget]:
        return [self.box]

    def show_view(self, view: QuestionView) -> None:
        self._view = view
        self.box.setReadOnly(view.is_read_only)
        if not self.is_forwarding and self._plain(self.box.text()) != view.text:
            self._show(view)

    def left(self) -> None:
        """Numbers are grouped once nobody types in them: "120 000"."""
        self._show(self._view)

    def _show(self, view: QuestionView) -> None:
        text = grouped(view.text) if self._is_number else view.text
        if self.box.text() != text:
            self.box.setText(text)

    def _plain(self, text: str) -> str:
        return text.replace(" ", "") if self._is_number else text

    def _on_theme_changed(self) -> None:
        if self._is_number:
            self.box.setFixedWidth(self.editing.context.theme.px(160))
