"""Which packages came in which batch, and what is in view when batches are taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, false, func, insert, or_, select, update

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.store.database.tables import (
    BatchFileRecord,
    BatchRecord,
    PackageRecord,
    PackageRevisionRecord,
    ResponseRecord,
    RevisionRecord,
)
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.heads import closed
from iscm_desktop.store.objects.items import revisions_of
from iscm_desktop.store.objects.responses import sum_up
from iscm_desktop.store.objects.revision import RevisionId, SubjectId
from iscm_desktop.store.rows import BatchRow


@dataclass(frozen=True, slots=True)
class KnownPackage:
    """Answers that a file brought before."""

    number: int
    file_name: str  # of the file in which they first came
    is_in_view: bool  # a batch that has not been taken back brought it


def add_batch(db: Transaction, made_at: datetime, person: str) -> int:
    """Gives its number. Whoever writes is alone, so the next number is nobody else's."""
    number = (db.sql.execute(select(func.max(BatchRecord.number))).scalar_one() or 0) + 1
    db.sql.execute(insert(BatchRecord).values(number=number, made_at=made_at, person=person))
    return number


def known_packages(db: Transaction, digests: Collection[str] | None = None) -> dict[str, KnownPackage]:
    """Packages that were merged before, in whichever batch, by digest: those asked for, or all."""
    query = select(
        PackageRecord.digest,
        PackageRecord.number,
        PackageRecord.file_name,
        PackageRecord.number.in_(_standing_packages()),
    )
    if digests is not None:
        query = query.where(PackageRecord.digest.in_(digests))
    return {
        digest: KnownPackage(number, file_name, is_in_view)
        for digest, number, file_name, is_in_view in db.sql.execute(query)
    }


def batch_rows(db: Transaction) -> tuple[BatchRow, ...]:
    """The newest first."""
    query = (
        select(
            BatchRecord.number, BatchRecord.made_at, BatchRecord.person, BatchRecord.is_taken_back,
            func.count(BatchFileRecord.position),
            func.coalesce(func.sum(BatchFileRecord.new), 0),
            func.coalesce(func.sum(BatchFileRecord.newer), 0),
            func.coalesce(func.sum(BatchFileRecord.conflicts), 0),
        )
        .join_from(BatchRecord, BatchFileRecord, isouter=True)
        .group_by(BatchRecord.number)
        .order_by(BatchRecord.number.desc())
    )  # fmt: skip
    return tuple(
        BatchRow(str(number), made_at, person, files, new, newer, conflicts, is_undone=is_taken_back)
        for number, made_at, person, is_taken_back, files, new, newer, conflicts in db.sql.execute(query)
    )


def subjects_of(db: Transaction, batch: str) -> tuple[SubjectId, ...]:
    """The responses that a batch is about.

    Raises:
        IscmError: there is no such batch.
    """
    if not db.sql.execute(select(BatchRecord.number).where(BatchRecord.number == _number(batch))).first():
        raise IscmError(Problem.BATCH_UNKNOWN, batch=batch)
    query = (
        select(PackageRecord.subject)
        .join(BatchFileRecord, BatchFileRecord.package == PackageRecord.number)
        .distinct()
    )
    return tuple(db.sql.execute(query.where(BatchFileRecord.batch == _number(batch))).scalars())


def take_back(db: Transaction, batch: str, subjects: Iterable[SubjectId], *, is_taken_back: bool) -> None:
    """Takes a batch back, or puts it again."""
    db.sql.execute(
        update(BatchRecord).where(BatchRecord.number == _number(batch)).values(is_taken_back=is_taken_back)
    )
    for subject in subjects:
        show_what_stands(db, subject)


def _number(batch: str) -> int:
    return int(batch) if batch.isascii() and batch.isdigit() else -1


def show_what_stands(db: Transaction, subject: SubjectId) -> None:
    """Hides what only batches brought that were taken back, shows the rest, and sums the response up anew."""
    everything = revisions_of(db, subject, with_hidden=True)
    in_view = closed(_carried(db, subject), everything)
    db.sql.execute(update(RevisionRecord).where(RevisionRecord.subject == subject).values(is_hidden=True))
    if in_view:
        shown = update(RevisionRecord).where(
            RevisionRecord.subject == subject, RevisionRecord.id == bindparam("shown")
        )
        db.sql.execute(shown.values(is_hidden=False), [{"shown": id_} for id_ in in_view])
    sum_up(db, subject, {id_: everything[id_] for id_ in in_view})
    is_hidden = false() if in_view else ~ResponseRecord.is_made_here
    db.sql.execute(
        update(ResponseRecord)
        .where(ResponseRecord.id == subject)
        .values(is_hidden=is_hidden, answered=None, asked=None, missing=None)
    )


def _carried(db: Transaction, subject: SubjectId) -> set[RevisionId]:
    """Revisions made here, or brought by a package of a batch that stands."""
    standing = _standing_packages()
    first = select(RevisionRecord.id).where(
        RevisionRecord.subject == subject,
        or_(RevisionRecord.package.is_(None), RevisionRecord.package.in_(standing)),
    )
    again = select(PackageRevisionRecord.revision).where(
        PackageRevisionRecord.subject == subject, PackageRevisionRecord.package.in_(standing)
    )
    return {*db.sql.execute(first).scalars(), *db.sql.execute(again).scalars()}


def _standing_packages() -> Select[int]:
    return (
        select(BatchFileRecord.package)
        .join(BatchRecord, BatchRecord.number == BatchFileRecord.batch)
        .where(BatchRecord.is_taken_back.is_(False))
    )
