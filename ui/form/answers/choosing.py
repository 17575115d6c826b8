"""Which widget answers which kind of question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from iscm_desktop.questionnaire.model import Kind
from ui.form.answers.choose_many import AcknowledgeAnswer, ManyAnswer
from ui.form.answers.choose_one import FEW, ComboAnswer, RadioAnswer
from ui.form.answers.date import DateAnswer
from ui.form.answers.editor import AnswerEditor
from ui.form.answers.line import LineAnswer
from ui.form.answers.prose import ProseAnswer
from ui.form.answers.ranking import RankingAnswer
from ui.form.answers.scale import ScaleAnswer
from ui.form.answers.suggest import SuggestAnswer
from ui.form.filling import Filling

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


def editor_for(filling: Filling, view: QuestionView, parent: QWidget) -> AnswerEditor:
    """A widget for `view`, drawn; any kind without one of its own is a line of text."""
    editor = _class_for(view)(filling, view, parent)
    editor.show_view(view)
    return editor


def _class_for(view: QuestionView) -> type[AnswerEditor]:
    if view.kind is Kind.SELECT_ONE:
        is_short = len(view.choices) <= FEW and "autocomplete" not in view.question.appearance
        return RadioAnswer if is_short else ComboAnswer
    if view.kind is Kind.TEXT and view.question.own.suggest:
        return SuggestAnswer
    return _BY_KIND.get(view.kind, LineAnswer)
