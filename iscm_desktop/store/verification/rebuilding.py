"""What follows from the truth, made again for one response or summary."""

from __future__ import annotations

from sqlalchemy import delete

from iscm_desktop.store.database import tables
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.items import refresh
from iscm_desktop.store.objects.responses import those_here
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.operations.operations_in_effect import show_what_stands


def rebuild(db: Transaction, subject: SubjectId) -> None:
    """Items, figures and what is in view, whatever was kept of them; revisions are taken as they are."""
    db.sql.execute(delete(tables.ItemRecord).where(tables.ItemRecord.subject == subject))
    if those_here(db, [subject]):
        show_what_stands(db, subject)
    else:
        refresh(db, subject)
