"""The present of many responses at once, read in few queries: for whoever takes out a whole round."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Text, select, type_coerce

from iscm_desktop.store.database.tables import NOBODY, DraftRecord, ItemRecord, ResponseRecord, RevisionRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.revision import (
    ANSWER,
    ENTRY,
    NOTHING,
    RESTRICTION,
    ItemKey,
    ItemPath,
    RevisionId,
    SubjectId,
)

_KINDS = (ANSWER, ENTRY, NOTHING, RESTRICTION)
_AT_ONCE = 250


@dataclass(slots=True)
class PresentContent:
    """Of one response."""

    values: dict[ItemKey, str | None] = field(default_factory=dict)
    """Of answers, entries and what has nothing to report, drafts of this device included; None: cleared, removed."""
    heads: dict[ItemKey, tuple[RevisionId, ...]] = field(default_factory=dict)
    """Of the items in conflict."""
    has_restrictions: bool = False
    """Whether anything is, or was, marked as not for publication."""


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """One of the values that stand against each other."""

    value: str | None  # None: cleared, or removed
    author: str
    made_at: str  # as it is stored


def present_of_many(
    db: Transaction, subjects: Collection[SubjectId], device: str
) -> dict[SubjectId, PresentContent]:
    """The present of each of these responses; two queries for every few hundred."""
    found = {subject: PresentContent() for subject in subjects}
    for part in _parts(subjects):
        _read_items(db, part, found)
        _read_drafts(db, part, device, found)
    return found


def _parts(subjects: Collection[SubjectId]) -> list[list[SubjectId]]:
    whole = list(subjects)
    return [whole[at : at + _AT_ONCE] for at in range(0, len(whole), _AT_ONCE)]


def _read_items(
    db: Transaction, subjects: list[SubjectId], found: Mapping[SubjectId, PresentContent]
) -> None:
    one = ItemRecord
    query = select(one.subject, one.kind, one.path, one.value, one.is_conflict, one.heads).where(
        one.subject.in_(subjects), one.kind.in_(_KINDS)
    )
    for subject, kind, path, value, is_conflict, heads in db.sql.execute(query):
        present = found[subject]
        if kind == RESTRICTION:
            present.has_restrictions = True
            continue
        present.values[kind, ItemPath(path)] = value
        if is_conflict:
            present.heads[kind, ItemPath(path)] = tuple(heads.split())


def _read_drafts(
    db: Transaction, subjects: list[SubjectId], device: str, found: Mapping[SubjectId, PresentContent]
) -> None:
    one = DraftRecord
    query = select(one.subject, one.kind, one.path, one.value, one.device).where(
        one.subject.in_(subjects), one.kind.in_(_KINDS)
    )
    drafts = db.sql.execute(query).all()
    for subject, kind, path, value, at in sorted(drafts, key=lambda row: row[4] == device):
        if kind == RESTRICTION:  # whoever marks: it counts at once
            found[subject].has_restrictions = True
        elif at in (device, NOBODY):
            found[subject].values[kind, ItemPath(path)] = value


def sides_of(
    db: Transaction, wanted: Mapping[SubjectId, Collection[RevisionId]]
) -> dict[tuple[SubjectId, RevisionId], ConflictSide]:
    """What these revisions say."""
    one, found = RevisionRecord, dict[tuple[SubjectId, RevisionId], ConflictSide]()
    for part in _parts(wanted):
        ids = {id_ for subject in part for id_ in wanted[subject]}
        query = select(one.subject, one.id, one.value, one.author, type_coerce(one.made_at, Text)).where(
            one.subject.in_(part), one.id.in_(ids)
        )
        for subject, id_, value, author, made_at in db.sql.execute(query):
            found[subject, id_] = ConflictSide(value, author, made_at)
    return found


def questionnaires_used(db: Transaction) -> dict[SubjectId, str]:
    """The hash of the questionnaire with which each response is filled in."""
    one = ResponseRecord
    return dict(db.sql.execute(select(one.id, one.questionnaire)).all())
