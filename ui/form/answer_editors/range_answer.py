"""A number of a range: a slider with a box beside it, upright where the form asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.answer_readings import shown_answer
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.questionnaire.range_steps import RangeSteps, range_steps
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import named_choice
from ui.form.answer_editors.number_answer import NumberAnswer
from ui.widgets.labels import button
from ui.widgets.step_slider import StepSlider

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView

_MOST_NUMBERS = 12
"""So many numbers find room under a slider; beyond, those at its ends."""


class RangeAnswer(NumberAnswer):
    """What is typed into the box and is no step of the range is kept, and the card says so."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        appearance = view.question.appearance
        self.slider: StepSlider | None = None
        self._words_at: dict[int, str] = {}
        self.clear = button(_("Clear this answer"), self, "link")
        self.row.insertWidget(1, self.clear)
        self.clear.clicked.connect(self._on_clear_clicked)
        self._steps = None if "picker" in appearance else range_steps(view.question.parameters)
        if self._steps is not None:
            self.slider = self._made_slider(self._steps, view)
            self.slider.chosen.connect(self._on_chosen)
            self.column.insertWidget(0, self.slider, 0, _side(is_upright="vertical" in appearance))

    def controls(self) -> list[QWidget]:
        return [self.box] if self.slider is None else [self.slider, self.box]

    def names_itself(self, control: QWidget) -> bool:
        """The slider's name says what it is set to: its places are no numbers of the question."""
        return control is self.slider

    def show_view(self, view: QuestionView) -> None:
        super().show_view(view)
        self.clear.setVisible(bool(view.text) and not view.is_required and not view.is_read_only)
        name = _("Clear this answer: {label}").format(label=with_number(view.number, view.label))
        self.clear.setAccessibleName(name)
        if self.slider is not None and self._steps is not None:
            self.slider.setEnabled(not view.is_read_only)
            place = self._steps.place(view.text) if view.text else None
            self.slider.show_place(place)
            spoken = _("not set") if place is None else self._words_at.get(place) or self.written(view.text)
            self.slider.setAccessibleName(named_choice(spoken, with_number(view.number, view.label)))

    def _made_slider(self, steps: RangeSteps, view: QuestionView) -> StepSlider:
        appearance = view.question.appearance
        self._words_at = self._words(steps, view)
        made = StepSlider(
            steps.count,
            self._words_at,
            self.editing.context.theme,
            self,
            is_upright="vertical" in appearance,
            ticks_every=0 if "no-ticks" in appearance else steps.ticks_every,
        )
        made.placeholder = steps.placeholder
        return made

    def _words(self, steps: RangeSteps, view: QuestionView) -> dict[int, str]:
        """The labels that the form gives to numbers; where it gives none, the numbers at the ticks."""
        labelled = {steps.place(choice.value): choice.label for choice in view.choices}
        words = {place: label for place, label in labelled.items() if place is not None}
        if words:
            return words
        places = range(0, steps.count + 1, steps.ticks_every)
        shown = places if len(places) <= _MOST_NUMBERS else (0, steps.count)
        return {place: shown_answer(view.question, steps.text(place), self.language) for place in shown}

    def _on_clear_clicked(self) -> None:
        self.editing.session.commit_step()  # it can be taken back by itself
        self.editing.answer(self.path, "")
        self.show_text()

    def _on_chosen(self, place: int) -> None:
        if self._steps is not None:
            self.editing.answer(self.path, self._steps.text(place), is_stored=True)
            self.show_text()


def _side(*, is_upright: bool) -> Qt.AlignmentFlag:
    """An upright slider stands where reading starts; a lying one takes the whole width."""
    return Qt.AlignmentFlag.AlignLeading if is_upright else Qt.AlignmentFlag(0)
