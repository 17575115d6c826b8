"""Revisions in and out, and the present of each item that follows from them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Text, bindparam, delete, select, type_coerce

from iscm_desktop.store.database import tables
from iscm_desktop.store.database.bulk_insert import Row, add_rows
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.database.upserts import add_if_new, insert_or, upsert
from iscm_desktop.store.objects.heads import ItemState, states
from iscm_desktop.store.objects.proof_levels import Levels
from iscm_desktop.store.objects.revision import (
    CONTENT_KINDS,
    ItemKey,
    ItemPath,
    Revision,
    RevisionId,
    SubjectId,
)

Revisions = Mapping[RevisionId, Revision]

_encode = msgspec.json.Encoder().encode


REVISION_COLUMNS = (
    "subject", "id", "kind", "path", "value", "parents", "author", "device", "made_at", "package", "seal",
)  # fmt: skip
_ITEM = ("subject", "kind", "path", "value", "heads", "is_conflict")


def add_subject(db: Transaction, subject: SubjectId, kind: str) -> None:
    """Adds what items are about, a response or a summary, unless it is known."""
    db.sql.execute(insert_or(db, tables.SubjectRecord).values(id=subject, kind=kind).on_conflict_do_nothing())


def add_revisions(db: Transaction, revisions: Revisions, package: int | None = None) -> None:
    """Adds what is not here yet; what is here stays as it is."""
    add_revision_rows(db, [revision_row(id_, one, package) for id_, one in revisions.items()])


def revision_row(id_: RevisionId, one: Revision, package: int | None, seal: int | None = None) -> Row:
    """A revision as the table has it."""
    return (
        one.subject, id_, one.kind, one.path, one.value, " ".join(one.parents), one.author, one.device,
        one.made_at, package, seal,
    )  # fmt: skip


def add_revision_rows(db: Transaction, rows: Sequence[Row]) -> None:
    """Adds rows of `revision_row`; those that are here stay as they are."""
    add_rows(db, add_if_new(db.dialect, tables.RevisionRecord), REVISION_COLUMNS, rows)


def item_row(subject: SubjectId, key: ItemKey, state: ItemState) -> Row:
    """The present of an item as the table has it."""
    heads = state.heads
    return (subject, *key, state.value, heads[0] if len(heads) == 1 else " ".join(heads), state.is_conflict)


def put_item_rows(db: Transaction, rows: Sequence[Row]) -> None:
    """Writes rows of `item_row` over what was known of these items."""
    add_rows(db, upsert(db.dialect, tables.ItemRecord, ("value", "heads", "is_conflict")), _ITEM, rows)


_REVISIONS = select(
    tables.RevisionRecord.id,
    tables.RevisionRecord.kind,
    tables.RevisionRecord.path,
    tables.RevisionRecord.value,
    tables.RevisionRecord.parents,
    tables.RevisionRecord.author,
    tables.RevisionRecord.device,
    type_coerce(tables.RevisionRecord.made_at, Text),  # as it is hashed, not as an instant and back again
    tables.RevisionRecord.is_hidden,
).where(tables.RevisionRecord.subject == bindparam("subject"))
_IN_VIEW = _REVISIONS.where(tables.RevisionRecord.is_hidden.is_(False))


def revisions_of(
    db: Transaction, subject: SubjectId, *, with_hidden: bool = False, key: ItemKey | None = None
) -> dict[RevisionId, Revision]:
    """The revisions of a subject, or of one item of it: those in view, or all."""
    query = _REVISIONS if with_hidden else _IN_VIEW
    if key is not None:
        query = query.where(tables.RevisionRecord.kind == key[0], tables.RevisionRecord.path == key[1])
    return _found(db.sql.execute(query, {"subject": subject}), subject)[0]


def revisions_and_hidden(
    db: Transaction, subject: SubjectId
) -> tuple[dict[RevisionId, Revision], set[RevisionId]]:
    """The revisions of a subject that are in view, and the ids of those that are not."""
    everything, hidden = _found(db.sql.execute(_REVISIONS, {"subject": subject}), subject)
    if hidden:
        everything = {id_: one for id_, one in everything.items() if id_ not in hidden}
    return everything, hidden


def _found(rows: Iterable[Any], subject: SubjectId) -> tuple[dict[RevisionId, Revision], set[RevisionId]]:
    revisions: dict[RevisionId, Revision] = {}
    hidden: set[RevisionId] = set()
    for id_, kind, path, value, parents, author, device, made_at, is_hidden in rows:
        revisions[id_] = Revision(
            author, device, kind, made_at, tuple(parents.split()) if parents else (), path, subject, value
        )
        if is_hidden:
            hidden.add(id_)
    return revisions, hidden


def items_of(
    db: Transaction,
    subject: SubjectId,
    kinds: Collection[str] | None = None,
    paths: Collection[str] | None = None,
) -> dict[ItemKey, ItemState]:
    """The present of a subject's items: of these kinds or of all, at these paths or anywhere."""
    query = select(
        tables.ItemRecord.kind,
        tables.ItemRecord.path,
        tables.ItemRecord.value,
        tables.ItemRecord.heads,
        tables.ItemRecord.is_conflict,
    ).where(tables.ItemRecord.subject == subject)
    if kinds is not None:
        query = query.where(tables.ItemRecord.kind.in_(kinds))
    if paths is not None:
        query = query.where(tables.ItemRecord.path.in_(paths))
    return {
        (kind, ItemPath(path)): ItemState(value, tuple(heads.split()), is_conflict)
        for kind, path, value, heads, is_conflict in db.sql.execute(query)
    }


def subjects_with(db: Transaction, kind: str) -> set[SubjectId]:
    """The subjects that have items of this kind."""
    return set(
        db.sql.execute(
            select(tables.ItemRecord.subject).where(tables.ItemRecord.kind == kind).distinct()
        ).scalars()
    )


def refresh(
    db: Transaction, subject: SubjectId, revisions: Revisions | None = None, levels: Levels = None
) -> dict[ItemKey, ItemState]:
    """Works the present of a subject out again; `revisions` are those in view, where at hand already."""
    found = states(revisions_of(db, subject) if revisions is None else revisions, levels)
    before = items_of(db, subject)
    gone = before.keys() - found.keys()
    changed = {key: state for key, state in found.items() if before.get(key) != state}
    for kind, path in gone:
        db.sql.execute(
            delete(tables.ItemRecord).where(
                tables.ItemRecord.subject == subject,
                tables.ItemRecord.kind == kind,
                tables.ItemRecord.path == path,
            )
        )
    put_item_rows(db, [item_row(subject, key, state) for key, state in changed.items()])
    return found


def digests(present: Mapping[ItemKey, ItemState]) -> tuple[str, str]:
    """What a sign-off signs, every answer and entry as it reads, whoever wrote it; and all that an export has."""
    lines = [(kind, path, state.value) for (kind, path), state in present.items() if state.value is not None]
    lines.sort()
    content = [line for line in lines if line[0] in CONTENT_KINDS]
    return hashlib.sha256(_encode(content)).hexdigest(), hashlib.sha256(_encode(lines)).hexdigest()
