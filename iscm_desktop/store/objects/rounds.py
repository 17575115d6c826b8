"""Rounds that come with files. Those that people start here are put by `startup_queries`."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from iscm_desktop.store.database.tables import RoundRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.database.upserts import insert_or
from iscm_desktop.store.rows import RoundRow


def add_round_if_new(
    db: Transaction, code: str, title: str, due_on: date | None, created_at: datetime
) -> None:
    """Our own title and date stay where the round is known."""
    put = insert_or(db, RoundRecord).values(code=code, title=title, due_on=due_on, created_at=created_at)
    db.sql.execute(put.on_conflict_do_nothing())


def round_row(db: Transaction, code: str) -> RoundRow:
    """The round with this code, which must be there."""
    query = select(RoundRecord.code, RoundRecord.title, RoundRecord.due_on, RoundRecord.created_at).where(
        RoundRecord.code == code
    )
    return RoundRow(*db.sql.execute(query).one())
