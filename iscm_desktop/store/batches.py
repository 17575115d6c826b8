"""Which packages came in which batch, and what is in view when batches are taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, false, func, insert, or_, select, update

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.store.heads import closed
from iscm_desktop.store.items import revisions_of
from iscm_desktop.store.responses import sum_up
from iscm_desktop.store.revision import RevisionId, SubjectId
from iscm_desktop.store.rows import BatchRow
from iscm_desktop.store.tables import Batch, BatchFile, Package, PackageRevision, Response, Revision


@dataclass(frozen=True, slots=True)
class KnownPackage:
    """Answers that a file brought before."""

    number: int
    file_name: str  # of the file in which they first came
    is_in_view: bool  # a batch that has not been taken back brought it


def add_batch(db: Connection, made_at: datetime, person: str) -> int:
    """Gives its number. Whoever writes is alone, so the next number is nobody else's."""
    number = (db.execute(select(func.max(Batch.number))).scalar_one() or 0) + 1
    db.execute(insert(Batch).values(number=number, made_at=made_at, person=person))
    return number


def known_packages(db: Connection, digests: Collection[str] | None = None) -> dict[str, KnownPackage]:
    """Packages that were merged before, in whichever batch, by digest: those asked for, or all."""
    query = select(
        Package.digest, Package.number, Package.file_name, Package.number.in_(_standing_packages())
    )
    if digests is not None:
        query = query.where(Package.digest.in_(digests))
    return {
        digest: KnownPackage(number, file_name, is_in_view)
        for digest, number, file_name, is_in_view in db.execute(query)
    }


def batch_rows(db: Connection) -> tuple[BatchRow, ...]:
    """The newest first."""
    query = (
        select(
            Batch.number, Batch.made_at, Batch.person, Batch.is_taken_back, func.count(BatchFile.position),
            func.coalesce(func.sum(BatchFile.new), 0), func.coalesce(func.sum(BatchFile.newer), 0),
            func.coalesce(func.sum(BatchFile.conflicts), 0),
        )
        .join_from(Batch, BatchFile, isouter=True)
        .group_by(Batch.number)
        .order_by(Batch.number.desc())
    )  # fmt: skip
    return tuple(
        BatchRow(str(number), made_at, person, files, new, newer, conflicts, is_undone=is_taken_back)
        for number, made_at, person, is_taken_back, files, new, newer, conflicts in db.execute(query)
    )


def subjects_of(db: Connection, batch: str) -> tuple[SubjectId, ...]:
    """The responses that a batch is about.

    Raises:
        IscmError: there is no such batch.
    """
    if not db.execute(select(Batch.number).where(Batch.number == _number(batch))).first():
        raise IscmError(Problem.BATCH_UNKNOWN, batch=batch)
    query = select(Package.subject).join(BatchFile, BatchFile.package == Package.number).distinct()
    return tuple(db.execute(query.where(BatchFile.batch == _number(batch))).scalars())


def take_back(db: Connection, batch: str, subjects: Iterable[SubjectId], *, is_taken_back: bool) -> None:
    """Takes a batch back, or puts it again."""
    db.execute(update(Batch).where(Batch.number == _number(batch)).values(is_taken_back=is_taken_back))
    for subject in subjects:
        show_what_stands(db, subject)


def _number(batch: str) -> int:
    return int(batch) if batch.isascii() and batch.isdigit() else -1


def show_what_stands(db: Connection, subject: SubjectId) -> None:
    """Hides what only batches brought that were taken back, shows the rest, and sums the response up anew."""
    everything = revisions_of(db, subject, with_hidden=True)
    in_view = closed(_carried(db, subject), everything)
    db.execute(update(Revision).where(Revision.subject == subject).values(is_hidden=True))
    if in_view:
        shown = update(Revision).where(Revision.subject == subject, Revision.id == bindparam("shown"))
        db.execute(shown.values(is_hidden=False), [{"shown": id_} for id_ in in_view])
    sum_up(db, subject, {id_: everything[id_] for id_ in in_view})
    is_hidden = false() if in_view else ~Response.is_made_here
    db.execute(
        update(Response)
        .where(Response.id == subject)
        .values(is_hidden=is_hidden, answered=None, asked=None, missing=None)
    )


def _carried(db: Connection, subject: SubjectId) -> set[RevisionId]:
    """Revisions made here, or brought by a package of a batch that stands."""
    standing = _standing_packages()
    first = select(Revision.id).where(
        Revision.subject == subject, or_(Revision.package.is_(None), Revision.package.in_(standing))
    )
    again = select(PackageRevision.revision).where(
        PackageRevision.subject == subject, PackageRevision.package.in_(standing)
    )
    return {*db.execute(first).scalars(), *db.execute(again).scalars()}


def _standing_packages() -> Select[int]:
    return (
        select(BatchFile.package)
        .join(Batch, Batch.number == BatchFile.batch)
        .where(Batch.is_taken_back.is_(False))
    )
