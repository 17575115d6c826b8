"""A place: latitude, longitude and altitude in three boxes; what maps copy is taken apart when it is pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.answer_readings import plain_number, whole_place
from iscm_desktop.questionnaire.numbering import with_number
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor, named_choice
from ui.phrases.form_languages import language_code
from ui.widgets.labels import text_label
from ui.widgets.layouts import bare_column
from ui.widgets.text_boxes import LineBox

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView

_PARTS = (
    (N_("Latitude, degrees"), "46.2044"),
    (N_("Longitude, degrees"), "6.1432"),
    (N_("Altitude, metres"), ""),
)
_BETWEEN = "|"
"""Between the boxes of what is no place; no place is written with it."""


class PlaceAnswer(AnswerEditor):
    """Pasted into any of the boxes, "46.2, 6.14", degrees with minutes, or the link of a map fill them all."""

    is_group = True

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._view = view
        self.boxes = [LineBox(self) for _part in _PARTS]
        self._captions: list[QLabel] = []
        self._accuracy = ""
        self._shown = [""] * len(_PARTS)
        self._length = 0
        grid = QGridLayout()
        for at, (box, (caption, example)) in enumerate(zip(self.boxes, _PARTS, strict=True)):
            box.setPlaceholderText(example)
            box.textEdited.connect(self._on_text_edited)
            label = text_label(_(caption), "small", self)
            self._captions.append(label)
            grid.addWidget(label, 0, at)
            grid.addWidget(box, 1, at)
            grid.setColumnStretch(at, 1)
        grid.setColumnStretch(len(_PARTS), 1)
        column = bare_column(self, 3)
        column.addLayout(grid)
        tip = _("A place copied from a map, or the link of a map, can be pasted into any of the boxes.")
        column.addWidget(text_label(tip, "small", self))

    def controls(self) -> list[QWidget]:
        return [*self.boxes]

    def names_itself(self, control: QWidget) -> bool:
        """Each box says which part of the place it is."""
        return control in self.boxes

    def show_view(self, view: QuestionView) -> None:
        self._view = view
        question = with_number(view.number, view.label)
        for box, (caption, _example) in zip(self.boxes, _PARTS, strict=True):
            box.setReadOnly(view.is_read_only)
            box.setAccessibleName(named_choice(_(caption), question))
        if not self.is_forwarding and self._composed() != view.text:
            self._show()

    def left(self) -> None:
        if self._composed() != self._view.text:
            self._show()

    def _show(self) -> None:
        text = self._view.text
        parts = (
            text.split() if whole_place(text) == text else [each.strip() for each in text.split(_BETWEEN, 3)]
        )
        parts += [""] * (4 - len(parts))
        self._accuracy = parts[3]
        self._shown = parts[: len(_PARTS)]
        self._length = 0
        for box, part in zip(self.boxes, parts, strict=False):
            if box.text() != part:
                box.setText(part)

    def _on_text_edited(self, text: str) -> None:
        whole = whole_place(text)
        is_pasted = (
            len(text) - self._length > 1
        )  # what is typed key by key stays in its box until that is left
        self._length = len(text)
        if whole:
            self._accuracy = ""
        self.forward(whole or self._composed())
        if whole and is_pasted:
            self._show()

    def _composed(self) -> str:
        """What stands in the boxes as one text; numbers as they are stored, what is none as it was typed.

        A blank box is never skipped, or the altitude would be the longitude: what is no place yet keeps its boxes.
        A box that nobody typed in is in stored form; degrees have no thousands, whatever the language.
        """
        altitude = language_code(self.editing.session.language) or "en"
        boxes = zip(self.boxes, self._shown, ("", "", altitude), strict=True)
        parts = [
            box.text() if box.text() == shown else plain_number(box.text(), language)
            for box, shown, language in boxes
        ]
        if parts[2] and self._accuracy:
            parts.append(self._accuracy)
        place = " ".join(part for part in parts if part)
        if whole_place(" ".join(parts[:2])) and whole_place(place):
            return place
        return f" {_BETWEEN} ".join(parts).rstrip(f" {_BETWEEN}")
