"""Which widget answers which kind of question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from iscm_desktop.questionnaire.model import Kind
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor
from ui.form.answer_editors.date_answer import DateAnswer
from ui.form.answer_editors.line_answer import LineAnswer
from ui.form.answer_editors.many_choices import AcknowledgeAnswer, ManyAnswer
from ui.form.answer_editors.one_choice import FEW, ComboAnswer, RadioAnswer
from ui.form.answer_editors.prose_answer import ProseAnswer
from ui.form.answer_editors.ranking_answer import RankingAnswer
from ui.form.answer_editors.scale_answer import ScaleAnswer
from ui.form.answer_editors.suggested_answer import SuggestAnswer

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView

_BY_KIND: dict[Kind, type[AnswerEditor]] = {
    Kind.LONG_TEXT: ProseAnswer,
    Kind.DATE: DateAnswer,
    Kind.SELECT_MANY: ManyAnswer,
    Kind.SCALE: ScaleAnswer,
    Kind.RANKING: RankingAnswer,
    Kind.TERRITORY: ComboAnswer,
    Kind.ACKNOWLEDGE: AcknowledgeAnswer,
}


def editor_for(editing: ResponseEditing, view: QuestionView, parent: QWidget) -> AnswerEditor:
    """A widget for `view`, drawn; any kind without one of its own is a line of text."""
    editor = _class_for(view)(editing, view, parent)
    editor.show_view(view)
    return editor


def _class_for(view: QuestionView) -> type[AnswerEditor]:
    if view.kind is Kind.SELECT_ONE:
        is_short = len(view.choices) <= FEW and "autocomplete" not in view.question.appearance
        return RadioAnswer if is_short else ComboAnswer
    if view.kind is Kind.TEXT and view.question.own.suggest:
        return SuggestAnswer
    return _BY_KIND.get(view.kind, LineAnswer)
