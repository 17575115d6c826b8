"""What offered entries will cost, so that an estimate does not rise or fall by taking them over."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from iscm_desktop.questionnaire.answering_time import seconds_for_entry, seconds_to_answer
from iscm_desktop.questionnaire.form_paths import path_below
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Question, Repeat
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.offers import ResponseOffers
from iscm_desktop.session.views import AnswerPath, Declaration, Verdict


def seconds_offered(offers: ResponseOffers, session: FormSession) -> int:
    """How long what waits to be taken over or declined takes, once it is there, beside what sections count already.

    An entry that a repeat misses is counted with its section: where entries are offered, one of them is meant.
    """
    sources = (offers.last_round, offers.register)
    repeats = dict.fromkeys(path for source in sources for path in source.entries)
    return sum(
        _in_repeat(offers, session, path)
        for path in repeats
        if _may_wait(session, path, {id_ for source in sources for id_ in source.entries.get(path, ())})
    )


def _may_wait(session: FormSession, repeat: AnswerPath, ids: Collection[str]) -> bool:
    """False where each was taken over or declined, which is known without looking at the answers of the entries."""
    declined = session.declared(Declaration.NOT_OURS)
    offered = (path_below(repeat, id_) for id_ in ids)
    return any(path not in declined and session.entry_of(path) is None for path in offered)


def _in_repeat(offers: ResponseOffers, session: FormSession, path: AnswerPath) -> int:
    form = session.questionnaire
    repeat = form.item(template) if (template := template_path(form, path)) in form else None
    if not isinstance(repeat, Repeat):
        return 0
    try:
        view = session.repeat(path)
    except KeyError:  # in an entry that is not there yet, or in a section that is somebody else's
        return 0
    waiting = offers.entries(view) if view.is_asked else ()
    if not waiting:
        return 0
    whole = seconds_for_entry(repeat)
    known = sum(_seconds(form, one.answers) for one in waiting)
    is_counted = view.verdict is Verdict.MISSING
    return max(0, whole * (len(waiting) - is_counted) - known)


def _seconds(form: Questionnaire, answers: Mapping[AnswerPath, str]) -> int:
    """What is offered with an entry needs no answering."""
    asked = (form.item(template) for path in answers if (template := template_path(form, path)) in form)
    return sum(
        seconds_to_answer(item) for item in asked if isinstance(item, Question) and not item.bind.relevant
    )
