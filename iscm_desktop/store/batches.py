"""Which packages came in which batch, and what is in view when batches are taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, exists, false, func, insert, or_, select, update

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.store.heads import closed
from iscm_desktop.store.items import Revisions, add_revisions, revisions_of
from iscm_desktop.store.responses import sum_up
from iscm_desktop.store.revision import RevisionId, SubjectId
from iscm_desktop.store.rows import BatchRow
from iscm_desktop.store.tables import Batch, BatchFile, Package, PackageRevision, Response, Revision
from iscm_desktop.store.upserts import insert_or


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file of a batch, as it was reported."""

    batch: int
    position: int
    package: int
    file_name: str
    result: str
    new: int
    same: int
    newer: int
    conflicts: int


def add_batch(db: Connection, made_at: datetime, person: str) -> int:
    added = db.execute(insert(Batch).values(made_at=made_at, person=person).returning(Batch.number))
    return added.scalar_one()


def add_file(db: Connection, row: FileRow) -> None:
    db.execute(
        insert(BatchFile).values(
            batch=row.batch, position=row.position, package=row.package, file_name=row.file_name,
            result=row.result, new=row.new, same=row.same, newer=row.newer, conflicts=row.conflicts,
        )
    )  # fmt: skip


def package_of(db: Connection, digest: str) -> int | None:
    """The number of a package with this content that was merged before, in whichever batch."""
    return db.execute(select(Package.number).where(Package.digest == digest)).scalar_one_or_none()


def is_in_view(db: Connection, package: int) -> bool:
    """Whether a batch that has not been taken back brought this package."""
    return bool(
        db.execute(select(exists(_standing_packages().where(BatchFile.package == package)))).scalar_one()
    )


def add_package(
    db: Connection, digest: str, subject: SubjectId, file_name: str, sender: str, read_at: datetime
) -> int:
    return db.execute(
        insert(Package)
        .values(digest=digest, subject=subject, file_name=file_name, sender=sender, read_at=read_at)
        .returning(Package.number)
    ).scalar_one()


def add_from_package(db: Connection, package: int, subject: SubjectId, revisions: Revisions) -> None:
    """Adds what a package brings; of what is here already, it keeps that this package brought it too."""
    here = set(db.execute(select(Revision.id).where(Revision.subject == subject)).scalars())
    add_revisions(db, {id_: one for id_, one in revisions.items() if id_ not in here}, package)
    again = sorted(here.intersection(revisions))
    if again:
        db.execute(
            insert_or(db, PackageRevision).on_conflict_do_nothing(),
            [{"package": package, "subject": subject, "revision": id_} for id_ in again],
        )


def has_hidden(db: Connection, subject: SubjectId) -> bool:
    hidden = select(Revision.id).where(Revision.subject == subject, Revision.is_hidden.is_(True))
    return bool(db.execute(select(exists(hidden))).scalar_one())


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
