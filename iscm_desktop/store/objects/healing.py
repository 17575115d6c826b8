"""Damaged rows put right from a received file that is whole: its revisions, and what the store remembers of it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.sql.dml import Insert

from iscm_desktop.store.database import tables
from iscm_desktop.store.database.bulk_insert import add_rows
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.database.upserts import insert_for
from iscm_desktop.store.objects.items import REVISION_COLUMNS, Revisions, revision_row
from iscm_desktop.store.objects.revision import RevisionId, SubjectId
from iscm_desktop.store.objects.revision_set import root_of

_CONTENT = ("kind", "path", "value", "parents", "author", "device", "made_at")


def put_back_revisions(db: Transaction, revisions: Revisions, package: int) -> None:
    """Writes revisions over whatever their rows say; those that are gone come back as brought by this package."""
    rows = [revision_row(id_, one, package) for id_, one in revisions.items()]
    add_rows(db, _put_back(db.dialect), REVISION_COLUMNS, rows)


def put_back_package(
    db: Transaction, number: int, subject: SubjectId, revisions: Collection[RevisionId]
) -> None:
    """What the store remembers of a package, as the file itself has it; nothing else is said to have come with it."""
    package, tie, one = tables.PackageRecord, tables.PackageRevisionRecord, tables.RevisionRecord
    right = {"subject": subject, "revisions": len(revisions), "root": root_of(revisions)}
    db.sql.execute(update(package).where(package.number == number).values(right))
    tied = set(db.sql.execute(select(tie.revision).where(tie.package == number)).scalars())
    for wrong in tied.difference(revisions):
        db.sql.execute(delete(tie).where(tie.package == number, tie.revision == wrong))
    first = set(db.sql.execute(select(one.id).where(one.subject == subject, one.package == number)).scalars())
    other = select(func.min(tie.package)).where(tie.revision == bindparam("wrong")).scalar_subquery()
    stray = update(one).where(one.subject == subject, one.id == bindparam("wrong")).values(package=other)
    for wrong in first.difference(revisions):
        db.sql.execute(stray, {"wrong": wrong})


def _put_back(dialect: str) -> Insert:
    put = insert_for(dialect, tables.RevisionRecord)
    content = {name: put.excluded[name] for name in _CONTENT}
    return put.on_conflict_do_update(index_elements=["subject", "id"], set_=content)
