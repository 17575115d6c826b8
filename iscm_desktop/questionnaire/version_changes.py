"""What changed between two versions of a questionnaire, question by question."""

from __future__ import annotations

from dataclasses import dataclass

from iscm_desktop.questionnaire.form_paths import TemplatePath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Question


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """Questions by the paths of the version that asks them, in its form order."""

    added: tuple[TemplatePath, ...]
    gone: tuple[TemplatePath, ...]
    reworded: tuple[TemplatePath, ...]  # asked in both, with another label, kind or choices


def version_changes(before: Questionnaire, after: Questionnaire) -> VersionChanges:
    """Compares what people answer: notes and calculations do not count. Questions are known by their names."""
    old, new = _asked(before), _asked(after)
    reworded = (
        one.path
        for name, one in new.items()
        if name in old and _wording(before, old[name]) != _wording(after, one)
    )
    return VersionChanges(
        tuple(one.path for name, one in new.items() if name not in old),
        tuple(one.path for name, one in old.items() if name not in new),
        tuple(reworded),
    )


def _asked(form: Questionnaire) -> dict[str, Question]:
    return {
        one.path.rpartition("/")[2]: one
        for one in form.questions()
        if one.kind.is_answered and one.kind.is_shown
    }


def _wording(form: Questionnaire, question: Question) -> object:
    return question.kind, question.label, form.choice_lists.get(question.choice_list)
