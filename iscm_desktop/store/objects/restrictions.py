"""What is not for publication, and responses of which only the public edition is here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.database.tables import DraftRecord, ItemRecord, SubjectRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.drafts import Draft, all_drafts_of
from iscm_desktop.store.objects.items import items_of
from iscm_desktop.store.objects.promise_evidence import (
    PromiseEvidence,
    claims_of,
    promises_of,
    promises_of_many,
)
from iscm_desktop.store.objects.promises import head_in_force
from iscm_desktop.store.objects.responses import is_made_here
from iscm_desktop.store.objects.revision import (
    EDITION,
    EDITION_SUBJECT,
    QUESTIONNAIRE,
    RESTRICTION,
    ItemKey,
    SubjectId,
)


def subjects_with_marks(db: Transaction) -> frozenset[SubjectId]:
    """The responses in which something is, or was, marked, be it sealed or not: few of all."""
    item, draft = ItemRecord, DraftRecord
    sealed = select(item.subject).where(item.kind == RESTRICTION)
    return frozenset(db.sql.scalars(sealed.union(select(draft.subject).where(draft.kind == RESTRICTION))))


def restricted(db: Transaction, subject: SubjectId, device: str) -> frozenset[AnswerPath]:
    """Paths of answers, entries, repeats and sections that are marked, what was marked just now included.

    A mark that was made on any device counts at once; one that was lifted, when that device has sealed it or is this
    one: nothing is published that somebody is about to withhold.
    """
    marked = items_of(db, subject, [RESTRICTION])
    evidence = promises_of(db, subject) if marked else None
    return _marked(evidence, all_drafts_of(db, subject), device)


def restricted_of_many(
    db: Transaction, subjects: Collection[SubjectId], device: str
) -> dict[SubjectId, frozenset[AnswerPath]]:
    """The same of each of these responses."""
    evidence = promises_of_many(db, subjects)
    return {subject: _marked(evidence[subject], all_drafts_of(db, subject), device) for subject in subjects}


def _marked(
    evidence: PromiseEvidence | None, drafts: Iterable[tuple[ItemKey, Draft]], device: str
) -> frozenset[AnswerPath]:
    """By the promises of a response, where it has any marks, and by what is being typed into it."""
    values: dict[ItemKey, str | None] = {}
    if evidence is not None:  # what is only claimed neither silences anything nor lifts a silence
        counts = evidence.counting()
        for key, item in evidence.items(RESTRICTION).items():
            head = head_in_force(item, counts)
            values[key] = None if head is None else item[head].value
    marks = [(key, draft) for key, draft in drafts if key[0] == RESTRICTION]
    values |= {key: draft.value for key, draft in marks if draft.is_of(device)}
    values |= {
        key: draft.value for key, draft in marks if draft.value is not None and not draft.is_of(device)
    }
    return frozenset(AnswerPath(path) for (_kind, path), value in values.items() if value is not None)


@dataclass(frozen=True, slots=True)
class ClaimedMark:
    """What somebody who may not would have of a path; nothing acts on it."""

    asks_for_silence: bool
    authors: tuple[str, ...]  # as they call themselves, without repetition; "" where they do not


def claimed_restrictions(db: Transaction, subject: SubjectId, device: str) -> dict[AnswerPath, ClaimedMark]:
    """By path where somebody who may not has marked something, or lifted a mark, and it is not so anyway."""
    if not items_of(db, subject, [RESTRICTION]):
        return {}
    claimed = claims_of(promises_of(db, subject), RESTRICTION)
    silent = restricted(db, subject, device) if claimed else frozenset()
    found: dict[AnswerPath, ClaimedMark] = {}
    for (_kind, path), claims in claimed.items():
        asks = any(one.value is not None for one in claims.values())
        if asks != ((at := AnswerPath(path)) in silent):
            authors = {one.author for one in claims.values() if (one.value is not None) is asks}
            found[at] = ClaimedMark(asks, tuple(sorted(authors)))
    return found


def is_edition(db: Transaction, subject: SubjectId) -> bool:
    """Whether a public edition is all that is here of a response: whoever holds it whole knows its questionnaire."""
    own = select(SubjectRecord.kind).where(SubjectRecord.id == subject)
    if db.sql.execute(own).scalar_one_or_none() == EDITION_SUBJECT:
        return True
    kinds = {kind for kind, _path in items_of(db, subject, [EDITION, QUESTIONNAIRE])}
    if kinds != {EDITION}:
        return False
    return not is_made_here(db, subject)
