"""What is being typed: kept at once, overwritten in place, sealed into revisions when it leaves the house.

A draft belongs to the device where it is typed. Others neither write over it nor seal it: it becomes a revision of
that device, and where two devices typed into the same item, both become revisions, and the item is in conflict.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Delete, delete, select

from iscm_desktop.store import times
from iscm_desktop.store.database import tables
from iscm_desktop.store.database.tables import NOBODY
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.database.upserts import upsert
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.items import add_revisions, items_of
from iscm_desktop.store.objects.path_order import PathOrder
from iscm_desktop.store.objects.revision import (
    CONTENT_KINDS,
    ENTRY,
    NOTHING,
    RESTRICTION,
    SIGN_OFF,
    ItemKey,
    ItemPath,
    Revision,
    RevisionId,
    SubjectId,
    revision_id,
)

_OVERWRITTEN = ("value", "author", "made_at")
"""The parents stay as they are: what the person saw when they began."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One unsealed state."""

    value: str | None
    parents: tuple[RevisionId, ...]
    author: str
    made_at: datetime
    device: str

    def is_of(self, device: str) -> bool:
        """Whether this device sees it as the present, and seals it."""
        return self.device in (device, NOBODY)


def drafts_of(db: Transaction, subject: SubjectId, device: str) -> dict[ItemKey, Draft]:
    """What is being typed into a subject on this device and is not sealed, by item."""
    found = sorted(all_drafts_of(db, subject, (device, NOBODY)), key=lambda pair: pair[1].device == device)
    return dict(found)


def all_drafts_of(
    db: Transaction, subject: SubjectId, devices: Collection[str] | None = None
) -> list[tuple[ItemKey, Draft]]:
    """What is being typed into a subject on these devices, or on any; an item is there once for each device."""
    draft = tables.DraftRecord
    query = select(
        draft.kind, draft.path, draft.value, draft.parents, draft.author, draft.made_at, draft.device
    ).where(draft.subject == subject)
    if devices is not None:
        query = query.where(draft.device.in_(devices))
    return [
        ((kind, ItemPath(path)), Draft(value, tuple(parents.split()), author, made_at, at))
        for kind, path, value, parents, author, made_at, at in db.sql.execute(query)
    ]


def put_drafts(
    db: Transaction,
    subject: SubjectId,
    values: Mapping[ItemKey, str | None],
    present: Mapping[ItemKey, ItemState],
    author: str,
    made_at: datetime,
    device: str,
    *,
    kept_blank: Collection[ItemKey] = (),
) -> None:
    """Keeps new values of this device; one that is back at what is sealed needs no draft any longer.

    Args:
        present: The sealed state of at least these items; those absent were never sealed.
        kept_blank: Items of which being blank says something although they were never sealed.
    """
    same = {
        key
        for key, value in values.items()
        if _is_sealed(key, value, present.get(key)) and (key in present or key not in kept_blank)
    }
    kept = [
        {"subject": subject, "kind": key[0], "path": key[1], "value": value,
         "parents": " ".join(_seen(present.get(key))), "author": author, "made_at": made_at,
         "device": device}
        for key, value in values.items()
        if key not in same
    ]  # fmt: skip
    if kept:
        db.sql.execute(upsert(db.dialect, tables.DraftRecord, _OVERWRITTEN), kept)
    for key in same:
        db.sql.execute(_own(subject, device).where(*_at(key)))
    for key in _of_nobody(db, subject) & values.keys():  # they were seen, and are typed over
        db.sql.execute(_own(subject, NOBODY).where(*_at(key)))


def drop_draft(db: Transaction, subject: SubjectId, key: ItemKey, device: str) -> None:
    """Forgets what this device is about to say of an item: what is sealed is its present again."""
    db.sql.execute(_own(subject, device).where(*_at(key)))


def _of_nobody(db: Transaction, subject: SubjectId) -> set[ItemKey]:
    return {key for key, _draft in all_drafts_of(db, subject, (NOBODY,))}


def _at(key: ItemKey) -> tuple[ColumnElement[bool], ...]:
    return tables.DraftRecord.kind == key[0], tables.DraftRecord.path == key[1]


def would_seal(db: Transaction, subject: SubjectId, device: str) -> dict[RevisionId, Revision]:
    """The revisions that the drafts of this device would become now."""
    drafts = drafts_of(db, subject, device)
    if not drafts:
        return {}
    heads = {key: state.heads for key, state in items_of(db, subject, CONTENT_KINDS).items()}
    order = PathOrder(heads.keys() | {key for key in drafts if key[0] in CONTENT_KINDS})
    sealed: dict[RevisionId, Revision] = {}
    for key in sorted(drafts, key=_sealing_order):
        draft = drafts[key]
        parents = set(draft.parents)
        if _is_removal(key, draft) or _says_nothing(key, draft):
            parents.update(id_ for inner in order.below(key[1]) for id_ in heads.get(inner, ()))
            if not parents and _is_removal(key, draft):
                continue  # an entry that was added and removed again before anything was typed into it
        revision = Revision(
            author=draft.author, device=device, kind=key[0], made_at=times.written(draft.made_at),
            parents=tuple(sorted(parents)), path=key[1], subject=subject, value=draft.value,
        )  # fmt: skip
        id_ = revision_id(revision)
        sealed[id_] = revision
        heads[key] = (id_, *(head for head in heads.get(key, ()) if head not in parents))
    return sealed


def seal(db: Transaction, subject: SubjectId, device: str) -> bool:
    """Turns the drafts of this device into revisions; False where there was none. The caller sums up."""
    sealed = would_seal(db, subject, device)
    add_revisions(db, sealed)
    gone = db.sql.execute(_own(subject, device))
    return bool(gone.rowcount)


def _own(subject: SubjectId, device: str) -> Delete:
    draft = tables.DraftRecord
    return delete(draft).where(draft.subject == subject, draft.device.in_((device, NOBODY)))


def _seen(state: ItemState | None) -> tuple[RevisionId, ...]:
    """The heads that somebody who edits now has before them; of a conflict, the side that they see."""
    if state is None:
        return ()
    return state.heads[:1] if state.is_conflict else tuple(sorted(state.heads))


def _is_sealed(key: ItemKey, value: str | None, state: ItemState | None) -> bool:
    if state is None:
        return value is None and key[0] != ENTRY  # a removed entry may hold answers that are drafts as well
    if key[0] in (SIGN_OFF, RESTRICTION):
        return False  # a promise is one's own word, also where somebody who may not claimed the same
    return value == state.value


def _is_removal(key: ItemKey, draft: Draft) -> bool:
    return key[0] == ENTRY and draft.value is None


def _says_nothing(key: ItemKey, draft: Draft) -> bool:
    return key[0] == NOTHING and draft.value is not None


def _sealing_order(key: ItemKey) -> tuple[bool, int, ItemKey]:
    """Answers first, then what is around them from the innermost out: a removal names all that went with it."""
    return (key[0] in (ENTRY, NOTHING), -key[1].count("/"), key)
