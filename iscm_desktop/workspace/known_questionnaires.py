"""Which questionnaire a response is filled in with: shipped, kept in the store, or the nearest version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.merging.odd_items import fits, versions_of
from iscm_desktop.questionnaire import catalogue
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.heads import natural
from iscm_desktop.store.objects.questionnaires import (
    KnownQuestionnaire,
    add_questionnaire,
    questionnaire,
    questionnaires_of_form,
)
from iscm_desktop.store.objects.responses import FilledAnswers
from iscm_desktop.store.objects.revision import ItemKey, SubjectId
from iscm_desktop.text_limits import TypedText, checked


def shipped_version(form_id: str) -> Questionnaire | None:
    """The questionnaire of this form that came with the program; None where it has none."""
    return catalogue.shipped(form_id) if form_id in catalogue.shipped_keys() else None


def is_shipped(used: Questionnaire) -> bool:
    """Whether every computer with this version of the program has this very questionnaire."""
    own = shipped_version(used.form_id)
    return own is not None and own.hash == used.hash


def newest_version(db: Transaction, form_id: str) -> Questionnaire | None:
    """The newest version of a form, shipped or kept; None where neither knows the form."""
    own = shipped_version(form_id)
    kept = [known for known in questionnaires_of_form(db, form_id) if known.source]
    latest = max(kept, key=lambda known: (natural(known.version), known.hash), default=None)
    if latest is None or (own and natural(own.version) >= natural(latest.version)):
        return own
    return catalogue.from_source(latest.source or "")


def filled_answers(db: Transaction, response: SubjectId, form_id: str, device: str) -> FilledAnswers:
    """What is filled in, as its questionnaire has it: no section and no question is taken for a removed entry."""
    return responses.filled(db, response, device, _fitting(db, form_id))


def standing_entries(
    db: Transaction, response: SubjectId, form_id: str, device: str
) -> Mapping[AnswerPath, tuple[str, ...]]:
    """The ids of the entries that stand, in order, by the path of their repeat."""
    return responses.standing_entries(db, response, device, _fitting(db, form_id))


def filled_of(db: Transaction, content: Mapping[ItemKey, str | None], form_id: str) -> FilledAnswers:
    """The same of values that stood once."""
    return responses.standing_answers(content, _fitting(db, form_id))


def _fitting(db: Transaction, form_id: str) -> Callable[[ItemKey], bool]:
    @cache
    def versions() -> tuple[Questionnaire, ...]:
        return versions_of(db, form_id)  # asked only where something was removed

    return lambda key: fits(key, versions())


def questionnaire_by_hash(db: Transaction, hash_: str) -> Questionnaire:
    """The questionnaire with this hash or, where only its name is known, the newest of the same form.

    Raises:
        IscmError: no version of the form is known.
    """
    known = questionnaire(db, hash_)
    if known is not None:
        own = shipped_version(known.form_id)
        if own is not None and own.hash == hash_:
            return own
        found = catalogue.from_source(known.source) if known.source else newest_version(db, known.form_id)
        if found is not None:
            return found
    raise IscmError(AnswerProblem.QUESTIONNAIRE_UNKNOWN, form=known.title if known else hash_[:12])


def check_texts(used: Questionnaire) -> None:
    """Makes sure that what packages say of a questionnaire can be read again.

    Raises:
        IscmError: its id, version, title or a path in it is longer than files can hold.
    """
    checked(TypedText.FORM_ID, used.form_id)
    checked(TypedText.FORM_VERSION, used.version)
    checked(TypedText.FORM_TITLE, used.title)
    for item in walk(used.items):
        checked(TypedText.FORM_PATH, item.path)


def add_known(db: Transaction, used: Questionnaire) -> None:
    """Keeps a questionnaire with the responses: the program may ship another version by next year."""
    add_questionnaire(db, KnownQuestionnaire(used.hash, used.form_id, used.version, used.title, used.source))
