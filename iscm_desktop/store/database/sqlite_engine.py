"""SQLAlchemy on a store: how connections are made, how transactions begin, what a full disk means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from iscm_desktop.store.database.database import connect, raise_if_not_written


def engine_for(path: Path) -> Engine:
    """An engine whose connections are durable and whose transactions begin when we say so."""
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, creator=lambda: connect(path), poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(db: Connection) -> None:
    # The driver is told to leave transactions alone (isolation_level None in `connect`), for by itself it
    # begins them late: a reader would see the store change between two queries.
    # https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
    db.exec_driver_sql("BEGIN IMMEDIATE" if db.get_execution_options().get("is_writing") else "BEGIN")


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """A transaction that may write, from its beginning.

    Raises:
        IscmError: the disk is full or became read only; nothing of the block was kept.
    """
    try:
        with engine.execution_options(is_writing=True).begin() as db:
            yield db
    except OperationalError as error:
        raise_if_not_written(path, error.orig, error)
        raise
