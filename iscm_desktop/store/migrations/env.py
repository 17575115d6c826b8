"""How Alembic reaches a store. Imports nothing of the program: its code changes, and migrations must not."""

import sqlite3

from alembic import context
from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.pool import NullPool


def _leave_transactions_to_us(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None


def _begin(db: Connection) -> None:
    db.exec_driver_sql("BEGIN IMMEDIATE")


def run(store: str) -> None:
    """Each migration in one transaction, tables included: SQLite can, if the driver does not interfere."""
    engine = create_engine(URL.create("sqlite", database=store), poolclass=NullPool)
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    with engine.connect() as db:
        context.configure(connection=db, transactional_ddl=True, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()


run(str(context.config.attributes["store"]))
