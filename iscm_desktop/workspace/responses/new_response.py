"""What a new response holds before anybody types: who answers, proposed memberships, defaults.

Everything here follows from the questionnaire, the registers and the respondent, entry ids included. So two
ministries that both start from nothing start from the same, and their answers meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.form_paths import outside_repeats, path_below
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.model import Question, Repeat
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerChanged, AnswerPath, Change, EntryPlaced
from iscm_desktop.store.times import Clock
from iscm_desktop.text_limits import TypedText, checked


@dataclass(frozen=True, slots=True)
class NamedRespondent:
    """Who answers."""

    code: str  # "" where nobody is named
    name: str  # as the registers have it; else as somebody typed it


def named(form_id: str, typed: str, name: str = "") -> NamedRespondent:
    """Whom somebody means by a code or a name: "can" is CAN, "IGC" is igc, "МОМ 2" is whoever is called so.

    Args:
        name: What a respondent is called that no register has, where that is known; "" takes what was typed.

    Raises:
        IscmError: it is longer than any name may be, or holds what is no character.
    """
    checked(TypedText.RESPONDENT, typed)
    code = registers.respondent_code(form_id, typed)
    if registers.is_registered(form_id, code):
        return NamedRespondent(code, registers.respondent_name(form_id, code))
    return NamedRespondent(code, registers.shown_name(checked(TypedText.RESPONDENT, name) or typed))


def first_changes(
    questionnaire: Questionnaire,
    respondent: NamedRespondent,
    language: str,
    now: datetime,
    *,
    properties: Mapping[str, str],
    last_saved: str | None,
) -> tuple[tuple[Change, ...], FormSession]:
    """All that a new response begins with, and the session that shows it.

    Args:
        properties: What the form may know of the computer and its person, should it ask.
        last_saved: The response of this form that was saved before, for a form whose defaults look at it.
    """
    answers = _identity(questionnaire, respondent)
    entries: dict[AnswerPath, Sequence[str]] = {}
    for repeat in _membership_repeats(questionnaire):
        proposed = registers.proposed_memberships(respondent.code)
        entries[outside_repeats(repeat.path)] = [membership.mechanism for membership in proposed]
        for membership in proposed:
            answers |= _block(questionnaire, repeat, membership)
    ids = count(1)
    session = FormSession(
        questionnaire, language=language, answers=answers, entries=entries, clock=_stopped(now),
        new_entry_id=lambda: f"start{next(ids)}", is_new=True, properties=properties, last_saved=last_saved,
    )  # fmt: skip
    given: list[Change] = []
    for path, ids_ in entries.items():
        given += [
            EntryPlaced(path_below(path, id_), after) for after, id_ in zip((None, *ids_), ids_, strict=False)
        ]
    given += [AnswerChanged(path, text) for path, text in answers.items()]
    return (*given, *session.take_changes()), session


def _identity(questionnaire: Questionnaire, respondent: NamedRespondent) -> dict[AnswerPath, str]:
    naming = (question for question in questionnaire.questions() if question.own.names_respondent)
    text = registers.identity_answer(questionnaire.form_id, respondent.code)
    return {
        outside_repeats(question.path): respondent.name
        if text == respondent.code and not question.choice_list  # no register has them: they are called so
        else text
        for question in naming
    }


def _membership_repeats(questionnaire: Questionnaire) -> list[Repeat]:
    return [
        item
        for item in walk(questionnaire.items)
        if isinstance(item, Repeat) and item.own.role == "memberships"
    ]


def _block(
    questionnaire: Questionnaire, repeat: Repeat, membership: registers.Membership
) -> dict[AnswerPath, str]:
    wanted = {"block_mechanism": membership.mechanism, "block_role": membership.role}
    entry = path_below(outside_repeats(repeat.path), membership.mechanism)
    found: dict[AnswerPath, str] = {}
    for item in walk(repeat.items):
        if isinstance(item, Question):
            value = wanted.get(item.own.role)
            if value and questionnaire.choice(item, value):
                inner = item.path.removeprefix(f"{repeat.path}/")
                found[path_below(entry, inner)] = value
    return found


def _stopped(now: datetime) -> Clock:
    return lambda: now
