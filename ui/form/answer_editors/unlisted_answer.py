"""An answer that is not listed: "other" is chosen, and what was typed goes into the text that says which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.form_paths import AnswerPath, last_name, path_around, path_below
from iscm_desktop.questionnaire.other_answers import OtherAnswer, other_answer
from ui.editing.response_editing import ResponseEditing

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView


def wording_of_new(editing: ResponseEditing, view: QuestionView) -> str:
    """How something that is not listed is offered; "" where the form takes nothing else."""
    return _("Add “{name}”, which is not listed") if _other(editing, view) is not None else ""


def add_unlisted(editing: ResponseEditing, view: QuestionView, text: str) -> None:
    """Chooses "other" beside what is chosen, or instead of it, and writes `text` where the form asks for it."""
    other, session = _other(editing, view), editing.session
    if other is None or not text:
        return
    place = AnswerPath(path_below(path_around(view.path), last_name(other.text)))
    chosen = view.text.split() if view.kind.has_many_choices else []
    with session.one_step():
        session.answer(view.path, " ".join(dict.fromkeys((*chosen, other.value))))
        known = session.view(place).text.strip() if view.kind.has_many_choices else ""
        session.answer(place, f"{known}; {text}" if known and text not in known else known or text)


def _other(editing: ResponseEditing, view: QuestionView) -> OtherAnswer | None:
    """None, too, where the choice for it is filtered out now."""
    found = other_answer(editing.session.questionnaire, view.question)
    is_offered = found is not None and any(choice.value == found.value for choice in view.choices)
    return found if is_offered else None
