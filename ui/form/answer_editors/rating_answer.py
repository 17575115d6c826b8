"""A range with the appearance `rating`: its few numbers side by side, as a scale has its points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QWidget

from iscm_desktop.questionnaire.range_steps import range_steps
from iscm_desktop.session.views import ChoiceView
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.one_choice import ExclusiveAnswer
from ui.form.answer_editors.scale_answer import ScalePoint
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.layouts import follow_width

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView

MOST_POINTS = 10


class RatingAnswer(ExclusiveAnswer):
    """One point of a few."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent, FlowLayout(None, editing.context.theme.px(7)), None)
        steps = range_steps(view.question.parameters)
        numbers = [] if steps is None else [steps.text(place) for place in range(steps.count + 1)]
        self._points = tuple(ChoiceView(number, number) for number in numbers)
        follow_width(self)

    def offered(self, view: QuestionView) -> tuple[ChoiceView, ...]:
        return self._points

    def make_button(self, choice: ChoiceView) -> QAbstractButton:
        return ScalePoint(choice.value, "", self.editing.context.theme, self)
