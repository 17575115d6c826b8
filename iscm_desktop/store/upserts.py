"""`INSERT … ON CONFLICT`, which SQLite and PostgreSQL spell alike and SQLAlchemy keeps in a class for each."""

from __future__ import annotations

from functools import cache
from typing import cast

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.sqlite import Insert

from iscm_desktop.store import tables


def insert_or(db: Connection, table: type[tables.Table]) -> Insert:
    """An insert that can say what is to happen where the row is there already."""
    return _insert(db.dialect.name, table)


@cache
def upsert(dialect: str, table: type[tables.Item | tables.Draft], columns: tuple[str, ...]) -> Insert:
    """Adds an item's row or overwrites these columns of it; built once, for building takes longest."""
    put = _insert(dialect, table)
    newest = {name: put.excluded[name] for name in columns}
    return put.on_conflict_do_update(index_elements=["subject", "kind", "path"], set_=newest)


@cache
def add_if_new(dialect: str, table: type[tables.Table]) -> Insert:
    """Adds a row unless one with its key is there."""
    return _insert(dialect, table).on_conflict_do_nothing()


def _insert(dialect: str, table: type[tables.Table]) -> Insert:
    if dialect == "postgresql":
        return cast(Insert, postgresql.insert(table))  # the methods that we use are the same
    return sqlite.insert(table)
