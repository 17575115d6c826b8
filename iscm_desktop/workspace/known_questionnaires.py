"""Which questionnaire a response is filled in with: shipped, kept in the store, or the nearest version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from iscm_desktop.errors import AnswerProblem, IscmError, QuestionnaireProblem
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
    take_over,
    taken_versions,
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


def newest_number(db: Transaction, form_id: str) -> str | None:
    """The number of the version that new responses use in every round; None where there is none."""
    own = shipped_version(form_id)
    numbers = [known.version for known in taken_versions(db, form_id)] + ([own.version] if own else [])
    return max(numbers, key=natural, default=None)


def is_in_use(db: Transaction, used: Questionnaire) -> bool:
    """Whether new responses may use this very questionnaire in every round."""
    return is_shipped(used) or any(one.hash == used.hash for one in taken_versions(db, used.form_id))


def newest_version(db: Transaction, form_id: str, round_: str = "") -> Questionnaire | None:
    """The newest version of a form that new responses use; None where there is none.

    It came with the program, or a person took it over. What came with somebody's file serves the response with which it
    came, and an invitation's its own round.

    Args:
        round_: Its code; "" leaves aside what is used in single rounds only.
    """
    own = shipped_version(form_id)
    latest = max(taken_versions(db, form_id, round_), key=_age, default=None)
    if latest is None or (own and natural(own.version) >= natural(latest.version)):
        return own
    return catalogue.from_source(latest.source or "")


def _age(known: KnownQuestionnaire) -> tuple[object, ...]:
    return (natural(known.version), known.hash)


def version_for_new(db: Transaction, form_id: str, round_: str) -> Questionnaire:
    """The same for who needs one.

    Raises:
        IscmError: no version is known, or only such as came with files.
    """
    found = newest_version(db, form_id, round_)
    if found is not None:
        return found
    if any(known.source for known in questionnaires_of_form(db, form_id)):
        raise IscmError(QuestionnaireProblem.FORM_ONLY_RECEIVED, form=form_id)
    raise IscmError(AnswerProblem.QUESTIONNAIRE_UNKNOWN, form=form_id)


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
        found = catalogue.from_source(known.source) if known.source else nearest_version(db, known.form_id)
        if found is not None:
            return found
    raise IscmError(AnswerProblem.QUESTIONNAIRE_UNKNOWN, form=known.title if known else hash_[:12])


def nearest_version(db: Transaction, form_id: str, round_: str = "") -> Questionnaire | None:
    """What answers are read with where their own version is not asked for: the one of new responses.

    Of a form that only came with files, the newest of these; None where there is none.
    """
    found = newest_version(db, form_id, round_)
    if found is not None:
        return found
    kept = [known for known in questionnaires_of_form(db, form_id) if known.source]
    latest = max(kept, key=_age, default=None)
    return None if latest is None else catalogue.from_source(latest.source or "")


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


def add_known(db: Transaction, used: Questionnaire, round_: str = "") -> None:
    """Adds what a person wants here: new responses use it from now on.

    Args:
        round_: The only round that does; "" for every one.
    """
    _add(db, used)
    take_over(db, used.hash, round_)


def keep_used(db: Transaction, used: Questionnaire) -> None:
    """Keeps what a response is filled in with: the program may ship another version by next year.

    What this program ships counts as taken over: colleagues at the same store may have another version of the program.
    """
    _add(db, used)
    if is_shipped(used):
        take_over(db, used.hash)


def _add(db: Transaction, used: Questionnaire) -> None:
    add_questionnaire(db, KnownQuestionnaire(used.hash, used.form_id, used.version, used.title, used.source))
