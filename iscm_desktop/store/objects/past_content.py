"""What a response said at a moment, and which moments there are to compare.

A revision was known here from when it was written, or from when a file brought it: so "at the export" is what was
exported, whatever a colleague had written elsewhere by then. What is being typed has no past until it is sealed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Text, select, type_coerce

from iscm_desktop.store import times
from iscm_desktop.store.database.tables import PackageRecord, RevisionRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.drafts import drafts_of
from iscm_desktop.store.objects.heads import states
from iscm_desktop.store.objects.items import revisions_of
from iscm_desktop.store.objects.packages import proof_of
from iscm_desktop.store.objects.revision import CONTENT_KINDS, SIGN_OFF, ItemKey, RevisionId, SubjectId
from iscm_desktop.store.objects.sign_offs import signature


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """What one person wrote on one day, up to its last change; in the time of this computer."""

    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignedAt:
    """A sign-off, whether it is in force or not."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MergedFile:
    """A file that came in."""

    name: str
    sender: str
    at: datetime


def content_at(
    db: Transaction, subject: SubjectId, device: str, until: datetime
) -> dict[ItemKey, str | None]:
    """The values of answers and entries that were known at a moment, what was being typed by then included."""
    known = _known_since(db, subject)
    then = {
        id_: one
        for id_, one in revisions_of(db, subject).items()
        if one.kind in CONTENT_KINDS and known[id_] <= until
    }
    present = states(then, proof_of(db, subject).levels(then)) if then else {}
    typed = {
        key: draft.value
        for key, draft in drafts_of(db, subject, device).items()
        if key[0] in CONTENT_KINDS and draft.made_at <= until
    }
    return {key: state.value for key, state in present.items()} | typed


def _known_since(db: Transaction, subject: SubjectId) -> dict[RevisionId, datetime]:
    return {id_: at for id_, _kind, _author, _value, _is_own, at in _arrivals(db, subject)}


def _arrivals(db: Transaction, subject: SubjectId) -> Iterator[tuple[Any, ...]]:
    """Of each revision in view: id, kind, author, value, whether it was written here, and since when it is known."""
    one, package = RevisionRecord, PackageRecord
    query = (
        select(one.id, one.kind, one.author, one.value, type_coerce(one.made_at, Text), package.read_at)
        .join(package, package.number == one.package, isouter=True)
        .where(one.subject == subject, one.is_hidden.is_(False))
    )
    for id_, kind, author, value, made_at, read_at in db.sql.execute(query):
        yield id_, kind, author, value, read_at is None, times.read(made_at) if read_at is None else read_at


def written_days(db: Transaction, subject: SubjectId, device: str) -> list[WrittenDay]:
    """On which days who wrote answers here."""
    last: dict[tuple[str, date], datetime] = {}
    written = [
        (author, at)
        for _id, kind, author, _value, is_own, at in _arrivals(db, subject)
        if kind in CONTENT_KINDS and is_own
    ]
    written += [
        (draft.author, draft.made_at)
        for key, draft in drafts_of(db, subject, device).items()
        if key[0] in CONTENT_KINDS
    ]
    for author, at in written:
        day = (author, at.astimezone().date())
        last[day] = max(at, last.get(day, at))
    return [WrittenDay(author, at) for (author, _day), at in last.items()]


def sign_offs(db: Transaction, subject: SubjectId) -> list[SignedAt]:
    """When the response was signed off, and by whom."""
    found = []
    for _id, kind, _author, value, _is_own, at in _arrivals(db, subject):
        signed = signature(value) if kind == SIGN_OFF else None
        if signed is not None:
            found.append(SignedAt(signed.name, at))
    return found


def merged_files(db: Transaction, subject: SubjectId) -> list[MergedFile]:
    """The files that brought something of it."""
    package = PackageRecord
    query = select(package.file_name, package.sender, package.read_at).where(package.subject == subject)
    return [MergedFile(name, sender, at) for name, sender, at in db.sql.execute(query)]
