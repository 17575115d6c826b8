"""What the registers offer to a response: the mechanisms in which a State is listed, an entry for each."""

from __future__ import annotations

from collections.abc import Collection

from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.form_paths import outside_repeats, path_below
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.model import Question, Repeat
from iscm_desktop.session.offers import OfferOrigin, Offers
from iscm_desktop.session.views import AnswerPath


def register_offers(questionnaire: Questionnaire, respondent: str, touched: Collection[AnswerPath]) -> Offers:
    """The offers of the registers to a respondent, by its code; each entry's id is the mechanism's code.

    Args:
        touched: Paths of all that was ever recorded in the response.
    """
    proposed = registers.proposed_memberships(respondent)
    entries: dict[AnswerPath, tuple[str, ...]] = {}
    answers: dict[AnswerPath, str] = {}
    for repeat in _membership_repeats(questionnaire) if proposed else ():
        entries[outside_repeats(repeat.path)] = tuple(membership.mechanism for membership in proposed)
        for membership in proposed:
            answers |= _block(questionnaire, repeat, membership)
    return Offers("", answers, entries, frozenset(touched), OfferOrigin.REGISTER)


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
