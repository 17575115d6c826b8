"""A whole store into another, empty one: from a file to a server, from a server to a file."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Table as SqlTable
from sqlalchemy import exists, func, insert, select, tuple_, update
from sqlalchemy.orm import aliased

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.database.tables import NOBODY, DraftRecord, Record, SettingRecord
from iscm_desktop.store.database.transaction import Transaction

_AT_ONCE = 2000
_DEVICE = "device"
"""The setting that names the computer."""


def copy_rows(source: Database, target: Database) -> int:
    """Copies every row of every table, in one transaction; gives how many.

    Settings are those of a computer. They go along between files; a server has no use for them, but keeps them
    for the way back.

    Raises:
        IscmError: something has been answered in the target already.
    """
    copied = 0
    with source.read() as out, target.write() as into:
        if any(_count(into, table) for table in _tables() if table.name != SettingRecord.__tablename__):
            raise IscmError(StoreProblem.COPY_TARGET_TAKEN, store=target.name)
        for table in _tables():
            if table.name == SettingRecord.__tablename__:
                into.sql.execute(table.delete())
            for rows in _parts(out, table):
                into.sql.execute(insert(table), rows)
                copied += len(rows)
        _hand_over_drafts(into, is_shared=target.is_shared)
    return copied


def _hand_over_drafts(into: Transaction, *, is_shared: bool) -> None:
    """What was being typed is of whoever goes on where the copy is; a file has the device that its settings name.

    Where several devices typed into one item, only one can be handed over; the others' stay theirs, in the history.
    """
    device = into.sql.execute(
        select(SettingRecord.value).where(SettingRecord.key == _DEVICE)
    ).scalar_one_or_none()
    goes_to = NOBODY if is_shared or device is None else device
    draft, other = DraftRecord, aliased(DraftRecord)
    newer = exists().where(
        other.subject == draft.subject, other.kind == draft.kind, other.path == draft.path,
        tuple_(other.made_at, other.device) > tuple_(draft.made_at, draft.device),
    )  # fmt: skip
    taken = exists().where(
        other.subject == draft.subject,
        other.kind == draft.kind,
        other.path == draft.path,
        other.device == goes_to,
    )
    into.sql.execute(
        update(draft)
        .where(~newer, ~taken)
        .values(device=goes_to)
        .execution_options(synchronize_session=False)
    )


def _tables() -> list[SqlTable]:
    """Each after those that it refers to."""
    return Record.metadata.sorted_tables


def _count(db: Transaction, table: SqlTable) -> int:
    return db.sql.execute(select(func.count()).select_from(table)).scalar_one()


def _parts(db: Transaction, table: SqlTable) -> Iterator[list[dict[str, object]]]:
    found = db.sql.execute(select(table).execution_options(yield_per=_AT_ONCE))
    for part in found.mappings().partitions():
        yield [dict(row) for row in part]
