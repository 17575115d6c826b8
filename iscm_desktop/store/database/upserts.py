"""`INSERT … ON CONFLICT`, which SQLite and PostgreSQL spell alike and SQLAlchemy keeps in a class for each."""

from __future__ import annotations

from functools import cache
from typing import cast

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.sqlite import Insert

from iscm_desktop.store.database import tables
from iscm_desktop.store.database.transaction import Transaction

__all__ = ["Insert", "add_if_new", "insert_for", "insert_or", "upsert"]


def insert_or(db: Transaction, table: type[tables.Record]) -> Insert:
    """An insert that can say what is to happen where the row is there already."""
    return insert_for(db.dialect, table)


@cache
def upsert(
    dialect: str, table: type[tables.ItemRecord | tables.DraftRecord], columns: tuple[str, ...]
) -> Insert:
    """Adds an item's row or overwrites these columns of it; built once, for building takes longest."""
    put = insert_for(dialect, table)
    newest = {name: put.excluded[name] for name in columns}
    key = [column.name for column in table.__table__.primary_key]
    return put.on_conflict_do_update(index_elements=key, set_=newest)


@cache
def add_if_new(dialect: str, table: type[tables.Record]) -> Insert:
    """Adds a row unless one with its key is there."""
    return insert_for(dialect, table).on_conflict_do_nothing()


def insert_for(dialect: str, table: type[tables.Record]) -> Insert:
    """Likewise, for those who keep the statement."""
    if dialect == "postgresql":
        return cast(Insert, postgresql.insert(table))  # the methods that we use are the same
    return sqlite.insert(table)
