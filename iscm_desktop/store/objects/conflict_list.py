"""All conflicts of a store as a list: read in a few statements, whatever their number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from iscm_desktop.store.database.tables import ItemRecord, ResponseRecord, RevisionRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.revision import ENTRY, ItemKey, ItemPath, SubjectId, item_key


@dataclass(frozen=True, slots=True)
class RespondentInConflict:
    """A response in which something is in conflict, as lists name it."""

    respondent: str
    respondent_name: str
    form_id: str
    questionnaire: str  # hash
    language: str


def responses_in_conflict(db: Transaction) -> dict[SubjectId, RespondentInConflict]:
    """Those in view, by id."""
    one = ResponseRecord
    columns = one.id, one.respondent, one.respondent_name, one.form_id, one.questionnaire, one.language
    query = select(*columns).where(_has_conflicts(), one.is_hidden.is_(False))
    return {row[0]: RespondentInConflict(*row[1:]) for row in db.sql.execute(query)}


def heads_in_conflict(db: Transaction) -> dict[tuple[SubjectId, ItemKey], list[str | None]]:
    """What the heads of each item in conflict say, each value once, in no order that means anything."""
    item, one, of = ItemRecord, RevisionRecord, ResponseRecord
    query = (
        select(item.subject, item.kind, item.path, one.value)
        .join(of, of.id == item.subject)
        .join(
            one,
            (one.subject == item.subject)
            & (one.kind == item.kind)
            & (one.path == item.path)
            & item.heads.contains(one.id),
        )
        .where(_has_conflicts(), of.is_hidden.is_(False), item.is_conflict.is_(True))
        .order_by(one.made_at, one.id)
    )
    found: dict[tuple[SubjectId, ItemKey], list[str | None]] = {}
    for subject, kind, path, value in db.sql.execute(query):
        values = found.setdefault((subject, item_key(kind, path)), [])
        if value not in values:
            values.append(value)
    return found


def entries_in_conflict(db: Transaction) -> Mapping[SubjectId, list[tuple[ItemPath, str]]]:
    """The entries that stand in responses with conflicts: their paths and order keys."""
    item, of = ItemRecord, ResponseRecord
    query = (
        select(item.subject, item.path, item.value)
        .join(of, of.id == item.subject)
        .where(_has_conflicts(), of.is_hidden.is_(False), item.kind == ENTRY, item.value.is_not(None))
    )
    found: dict[SubjectId, list[tuple[ItemPath, str]]] = {}
    for subject, path, key in db.sql.execute(query):
        found.setdefault(subject, []).append((ItemPath(path), key or ""))
    return found


def _has_conflicts() -> ColumnElement[bool]:
    """By the figure that is kept with each response, so that only the items of a few are looked through."""
    return ResponseRecord.conflicts > 0
