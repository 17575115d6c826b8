"""What follows from the truth, made again for one response or summary."""

from __future__ import annotations

from sqlalchemy import delete, select

from iscm_desktop.store.database import tables
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.items import refresh
from iscm_desktop.store.objects.responses import those_here
from iscm_desktop.store.objects.revision import RevisionId, SubjectId
from iscm_desktop.store.operations.operations_in_effect import show_what_stands
from iscm_desktop.store.verification.revision_ids import content_id, is_sound, rows_of
from iscm_desktop.store.verification.store_reader import reading


def rebuild(db: Transaction, subject: SubjectId) -> None:
    """Items, figures and what is in view, whatever was kept of them; revisions are taken as they are."""
    db.sql.execute(delete(tables.ItemRecord).where(tables.ItemRecord.subject == subject))
    if those_here(db, [subject]):
        show_what_stands(db, subject)
    else:
        refresh(db, subject)


def drop_strays(db: Transaction, damaged: set[tuple[SubjectId, RevisionId]]) -> None:
    """Removes rows whose subject or id was changed, where the very revision is here again under its own.

    What such a row says is lost to nobody: the sound row says the same, or is what its id names.
    """
    one = tables.RevisionRecord
    for subject, id_ in damaged:
        for row in rows_of(reading(db), subject):
            if row[1] == id_ and not is_sound(row) and _is_elsewhere(db, subject, id_, content_id(row)):
                db.sql.execute(delete(one).where(one.subject == subject, one.id == id_))


def _is_elsewhere(db: Transaction, subject: SubjectId, id_: RevisionId, own: RevisionId | None) -> bool:
    one = tables.RevisionRecord
    if own is not None and any(row[1] == own and is_sound(row) for row in rows_of(reading(db), subject)):
        return True
    others = db.sql.execute(select(one.subject).where(one.id == id_, one.subject != subject)).scalars().all()
    return any(row[1] == id_ and is_sound(row) for other in others for row in rows_of(reading(db), other))
