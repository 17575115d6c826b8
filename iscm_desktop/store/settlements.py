"""Conflicts settled by a rule: a batch of its own, so that it is taken back and put in again like a merge.

Each response concerned has one package in it, which brought the settling revisions and never was a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, insert, select

from iscm_desktop.store.database.tables import BatchFileRecord, PackageRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.items import Revisions, add_revisions
from iscm_desktop.store.objects.revision import SubjectId

_SETTLED = "settled"


def add_settlement(
    db: Transaction,
    batch: int,
    position: int,
    subject: SubjectId,
    revisions: Revisions,
    rule: str,
    conflicts: int,
    person: str,
    at: datetime,
) -> None:
    """Writes what settles the conflicts of one response; the batch has been added before."""
    digest = hashlib.sha256("\n".join(sorted(revisions)).encode()).hexdigest()
    number = (db.sql.execute(select(func.max(PackageRecord.number))).scalar_one() or 0) + 1
    db.sql.execute(
        insert(PackageRecord).values(
            number=number, digest=digest, subject=subject, file_name="", sender=person, read_at=at
        )
    )
    add_revisions(db, revisions, number)
    db.sql.execute(
        insert(BatchFileRecord).values(
            batch=batch, position=position, package=number, file_name=rule, result=_SETTLED,
            new=0, same=0, newer=0, conflicts=conflicts,
        )
    )  # fmt: skip


def settled_by_rule(db: Transaction) -> Mapping[str, tuple[str, int]]:
    """By batch, the rule and how many conflicts it settled; merges are not among them."""
    query = (
        select(BatchFileRecord.batch, BatchFileRecord.file_name, func.sum(BatchFileRecord.conflicts))
        .where(BatchFileRecord.result == _SETTLED)
        .group_by(BatchFileRecord.batch, BatchFileRecord.file_name)
    )
    return {str(batch): (rule, int(conflicts)) for batch, rule, conflicts in db.sql.execute(query)}
