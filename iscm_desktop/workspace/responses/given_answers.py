"""What the program fills in by itself: who answers, and the defaults that the form writes down.

All of it follows from the questionnaire and the respondent, so nothing of it is stored, sent or merged before somebody
says something else there. Rules and documents see it; as an answered question it counts only once a person has
answered it otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.dependencies import rules_of
from iscm_desktop.questionnaire.form_paths import outside_repeats
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.session.rule_engine import stored_as
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.objects.responses import FilledAnswers


def given_answers(questionnaire: Questionnaire, respondent: str, name: str) -> dict[AnswerPath, str]:
    """Texts by path: the form's defaults outside of repeats, and the respondent where the form asks who answers.

    Args:
        respondent: Its code.
        name: As the registers have it; else as somebody typed it.
    """
    return _defaults(questionnaire) | identity(questionnaire, respondent, name)


def identity(questionnaire: Questionnaire, respondent: str, name: str) -> dict[AnswerPath, str]:
    """The questions that ask who answers, with the answer."""
    naming = [question for question in questionnaire.questions() if question.own.names_respondent]
    text = registers.identity_answer(questionnaire.form_id, respondent)
    return {
        outside_repeats(question.path): name
        if text == respondent and not question.choice_list  # no register has them: they are called so
        else text
        for question in naming
    }


def _defaults(questionnaire: Questionnaire) -> dict[AnswerPath, str]:
    """What the form itself writes into a new response; what it works out then is an answer, for it may differ."""
    found = {}
    for template in rules_of(questionnaire).by_path.values():
        text = template.shape.text
        if not text or not template.is_stored or template.children or template.repeat is not None:
            continue
        if template.question is not None and template.question.kind.is_answered:
            found[outside_repeats(template.path)] = stored_as(text, template.bind.data_type)
    return found


def with_given(
    filled: FilledAnswers, given: Mapping[AnswerPath, str], touched: Collection[AnswerPath]
) -> FilledAnswers:
    """What is filled in, and what is given wherever nobody has said anything, be it that it was cleared."""
    untouched = {path: text for path, text in given.items() if path not in touched}
    return replace(filled, answers=untouched | filled.answers) if untouched else filled
