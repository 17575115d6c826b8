"""How Alembic reaches a store. Imports nothing of the program: its code changes, and migrations must not."""

import sqlite3
from collections.abc import Callable

from alembic import context
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

_MIGRATING = 0x4953434E


def _leave_transactions_to_us(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None


def _begin(db: Connection) -> None:
    db.exec_driver_sql("BEGIN IMMEDIATE")


def _of_file(connect: Callable[[], sqlite3.Connection]) -> Engine:
    """SQLite can change tables within a transaction, if the driver does not interfere."""
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    return engine


def _take_turns(db: Connection) -> None:
    """Two programs that start at the same time must not both make the tables."""
    db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")


def _of_server(address: str) -> Engine:
    engine = create_engine(address, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", _take_turns)
    return engine


def run(store: str | Callable[[], sqlite3.Connection]) -> None:
    """All migrations in one transaction, tables included: of a server by its address, of a file by who opens it."""
    engine = _of_server(store) if isinstance(store, str) else _of_file(store)
    with engine.connect() as db:
        context.configure(connection=db, transactional_ddl=True)
        with context.begin_transaction():
            context.run_migrations()


run(context.config.attributes["store"])
