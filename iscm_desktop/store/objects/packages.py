"""The packages that brought a response, and which revisions came with each."""

from __future__ import annotations

from sqlalchemy import select

from iscm_desktop.store.database.tables import PackageRevisionRecord, RevisionRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.revision import RevisionId, SubjectId


def brought_by(db: Transaction, subject: SubjectId) -> dict[int, set[RevisionId]]:
    """All revisions that each package held, by the package's number, whoever brought them first."""
    first = select(RevisionRecord.package, RevisionRecord.id).where(
        RevisionRecord.subject == subject, RevisionRecord.package.is_not(None)
    )
    again = select(PackageRevisionRecord.package, PackageRevisionRecord.revision).where(
        PackageRevisionRecord.subject == subject
    )
    found: dict[int, set[RevisionId]] = {}
    for query in (first, again):
        for number, id_ in db.sql.execute(query):
            if number is not None:
                found.setdefault(number, set()).add(id_)
    return found
