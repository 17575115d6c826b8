"""What a new response begins with: who answers it, and what the form itself works out when it is new.

What the registers know of the respondent is no part of it: that is offered (`register_offers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerChanged, AnswerPath, Change
from iscm_desktop.store.times import Clock
from iscm_desktop.text_limits import TypedText, checked
from iscm_desktop.workspace.responses.given_answers import given_answers, identity


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
    """What of a new response has to be stored, and the session that shows all that it begins with.

    Args:
        properties: What the form may know of the computer and its person, should it ask.
        last_saved: The response of this form that was saved before, for a form whose defaults look at it.
    """
    given = given_answers(questionnaire, respondent.code, respondent.name)
    ids = count(1)
    session = FormSession(
        questionnaire, language=language, answers=identity(questionnaire, respondent.code, respondent.name),
        clock=_stopped(now), new_entry_id=lambda: f"start{next(ids)}", is_new=True, properties=properties,
        last_saved=last_saved, given=given,
    )  # fmt: skip
    return tuple(change for change in session.take_changes() if not _is_given(change, given)), session


def _is_given(change: Change, given: Mapping[AnswerPath, str]) -> bool:
    """Whether it follows from form and respondent: what everybody has anyway is nobody's answer."""
    return isinstance(change, AnswerChanged) and given.get(change.path) == change.text


def _stopped(now: datetime) -> Clock:
    return lambda: now
