"""Which widget answers which kind of question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from iscm_desktop.presenters.appearances import asked_columns, is_in_table, is_searched
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.questionnaire.range_steps import range_steps
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor
from ui.form.answer_editors.attachment_answer import AttachmentAnswer
from ui.form.answer_editors.chips_answer import ChipsAnswer
from ui.form.answer_editors.choice_row import ManyOfRow, OneOfRow
from ui.form.answer_editors.date_answer import DateAnswer
from ui.form.answer_editors.line_answer import LineAnswer
from ui.form.answer_editors.many_choices import AcknowledgeAnswer, ManyAnswer
from ui.form.answer_editors.number_answer import NumberAnswer
from ui.form.answer_editors.one_choice import FEW, RadioAnswer
from ui.form.answer_editors.place_answer import PlaceAnswer
from ui.form.answer_editors.prose_answer import ProseAnswer
from ui.form.answer_editors.range_answer import RangeAnswer
from ui.form.answer_editors.ranking_answer import RankingAnswer
from ui.form.answer_editors.rating_answer import MOST_POINTS, RatingAnswer
from ui.form.answer_editors.scale_answer import ScaleAnswer
from ui.form.answer_editors.searched_choice import ComboAnswer
from ui.form.answer_editors.suggested_answer import SuggestAnswer

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView

_BY_KIND: dict[Kind, type[AnswerEditor]] = {
    Kind.LONG_TEXT: ProseAnswer,
    Kind.INTEGER: NumberAnswer,
    Kind.DECIMAL: NumberAnswer,
    Kind.GEOPOINT: PlaceAnswer,
    Kind.DATE: DateAnswer,
    Kind.SCALE: ScaleAnswer,
    Kind.RANKING: RankingAnswer,
    Kind.TERRITORY: ComboAnswer,
    Kind.ACKNOWLEDGE: AcknowledgeAnswer,
    Kind.ATTACHMENT: AttachmentAnswer,
}

CHIPS_ABOVE = 20
"""Up to here all choices of several are in view as boxes to tick."""


def editor_for(editing: ResponseEditing, view: QuestionView, parent: QWidget) -> AnswerEditor:
    """A widget for `view`, drawn; any kind without one of its own is a line of text."""
    editor = _class_for(view)(editing, view, parent)
    editor.show_view(view)
    return editor


def _class_for(view: QuestionView) -> type[AnswerEditor]:
    match view.kind:
        case Kind.SELECT_ONE:
            return _for_one(view)
        case Kind.SELECT_MANY:
            return _for_many(view)
        case Kind.RANGE:
            return RatingAnswer if _is_rated(view) else RangeAnswer
        case Kind.TEXT if view.question.own.suggest:
            return SuggestAnswer
        case _:
            return _BY_KIND.get(view.kind, LineAnswer)


def _for_one(view: QuestionView) -> type[AnswerEditor]:
    appearance = view.question.appearance
    if is_in_table(view):
        return OneOfRow
    if is_searched(appearance):
        return ComboAnswer
    is_short = len(view.choices) <= FEW or (asked_columns(appearance) and len(view.choices) <= CHIPS_ABOVE)
    return RadioAnswer if is_short else ComboAnswer


def _for_many(view: QuestionView) -> type[AnswerEditor]:
    appearance = view.question.appearance
    if is_in_table(view):
        return ManyOfRow
    if is_searched(appearance):
        return ChipsAnswer
    is_long = len(view.choices) > CHIPS_ABOVE and not asked_columns(appearance)
    return ChipsAnswer if is_long else ManyAnswer


def _is_rated(view: QuestionView) -> bool:
    steps = range_steps(view.question.parameters)
    return "rating" in view.question.appearance and steps is not None and steps.count < MOST_POINTS
