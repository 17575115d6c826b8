"""A walk through a whole response, as a person in a hurry might take it: any form, generated answers."""

from __future__ import annotations

from random import Random

from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath
from tests.support.editing import all_questions, all_repeats, some_text, stored
from tests.support.entering import entering

_MOST_ENTRIES = 60
"""Beyond this a nested form is not filled any further, or a walk would take minutes."""


def walk(questionnaire: Questionnaire, chance: Random) -> FormSession:
    """Fills in all that is asked, goes through languages, saves and opens again, and takes everything back.

    Raises:
        AssertionError: what was opened again, or what is left after taking all back, is not as before.
    """
    response = entering(questionnaire)
    at_first = kept(response)
    for _round in range(2):
        _add_entries(response, chance)
        _answer_all(response, chance)
        _remove_some(response, chance)
    _go_through_languages(response)
    _open_again(response)
    while response.can_undo:
        response.undo()
    assert kept(response) == at_first
    return response


def _add_entries(response: FormSession, chance: Random) -> None:
    for repeat in all_repeats(response):
        if repeat.can_add and len(all_repeats(response)) < _MOST_ENTRIES:
            ids = [entry.entry_id for entry in repeat.entries]
            response.add_entry(repeat.path, after=chance.choice([None, "last", *ids]))


def _answer_all(response: FormSession, chance: Random) -> None:
    for view in all_questions(response):
        if view.kind is not Kind.NOTE and _is_there(response, view.path):
            response.answer(view.path, some_text(response.view(view.path), chance))
            response.commit_step()


def _is_there(response: FormSession, path: str) -> bool:
    """Whether an answer before has not made its entry disappear, as a count can."""
    try:
        response.view(path)
    except KeyError:
        return False
    return True


def _remove_some(response: FormSession, chance: Random) -> None:
    for repeat in all_repeats(response):
        if repeat.can_remove and chance.random() < 0.5:
            try:
                entries = response.repeat(repeat.path).entries
            except KeyError:  # removed with the entry around it
                continue
            response.remove_entry(chance.choice(entries).path)


def _go_through_languages(response: FormSession) -> None:
    before = kept(response)
    for language in response.questionnaire.languages:
        response.language = language
        assert all(view.label is not None for view in response.sections())
        response.findings()
        response.answers()
    assert kept(response) == before


def _open_again(response: FormSession) -> None:
    answers, entries = stored(response)
    again = entering(response.questionnaire, answers, entries, is_new=False)
    assert kept(again) == kept(response)


def kept(response: FormSession) -> tuple[dict[AnswerPath, str], dict[AnswerPath, tuple[str, ...]]]:
    """What a store keeps, apart from what the form itself says anew whenever a response is opened."""
    set_at_load = {
        action.target for action in response.questionnaire.actions if "odk-instance-load" in action.events
    }
    fixed = {
        view.path
        for view in all_questions(response)
        if view.question.bind.calculate or view.question.path in set_at_load
    }
    answers, entries = stored(response)
    return {path: text for path, text in answers.items() if path not in fixed}, entries
