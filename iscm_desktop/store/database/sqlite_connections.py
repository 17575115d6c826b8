"""Connections to one SQLite file, and the transactions on them.

A transaction begins on the driver's own connection, for which the `sqlite3` module is enough. Whoever needs
more than prepared queries reaches SQLAlchemy on the same connection, within the same transaction.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database.transaction import PreparedQuery, Transaction, Values

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from iscm_desktop.store.database.sqlite_engine import SqliteEngine

_BUSY_TIMEOUT_S = 10.0
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_NOT_WRITABLE = {"SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN"}


class SqliteConnections:
    """As many as there are transactions at the same time; those that are done with are used again.

    Whoever reads waits for nobody, for each transaction has a connection of its own and the log (WAL) keeps
    what was. Writers take turns.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writing = threading.RLock()
        self._idle = [_SqliteLink(self, connect(path))]

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """One view of the file, unmoved by what is written meanwhile."""
        with self._transaction("BEGIN") as db:
            yield db

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """All of it is on disk when the block ends, or none of it.

        Raises:
            IscmError: the disk is full or became read only.
        """
        with self._writing, self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    @contextmanager
    def driver(self) -> Iterator[sqlite3.Connection]:
        """The bare connection, outside of any transaction, for what only the driver can do."""
        link = self._next()
        try:
            yield link.driver
        finally:
            self._idle.append(link)

    @cached_property
    def engine(self) -> SqliteEngine:
        from iscm_desktop.store.database.sqlite_engine import SqliteEngine

        return SqliteEngine(connect(self._path))

    def close(self) -> None:
        """Lets go of the file; the write-ahead log goes back into it first."""
        with suppress(sqlite3.Error), self.driver() as driver:
            driver.execute("PRAGMA optimize")
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _transaction(self, beginning: str) -> Iterator[Transaction]:
        link = self._next()
        try:
            link.driver.execute(beginning)
            yield Transaction(link)
            link.commit()
        except BaseException as error:
            link.roll_back()
            self._raise_in_words(error)
            raise
        finally:
            self._idle.append(link)

    def _next(self) -> _SqliteLink:
        try:
            return self._idle.pop()
        except IndexError:
            return _SqliteLink(self, connect(self._path))

    def _raise_in_words(self, error: BaseException) -> None:
        """Turns what the driver says of a full disk or a damaged file into a problem that people can solve."""
        reason = getattr(error, "orig", error)  # SQLAlchemy wraps it
        name = getattr(reason, "sqlite_errorname", "")
        if name in _NOT_WRITABLE or name.startswith("SQLITE_IOERR"):
            raise IscmError(StoreProblem.STORE_NOT_WRITTEN, store=self._path, reason=reason) from error
        if name.startswith(_DAMAGED) or (
            isinstance(reason, sqlite3.OperationalError) and "decode" in str(reason)
        ):
            raise IscmError(StoreProblem.STORE_DAMAGED, store=self._path) from error


class _SqliteLink:
    """One connection; SQLAlchemy's on top of it is made on first need, and stays."""

    dialect = "sqlite"

    def __init__(self, connections: SqliteConnections, driver: sqlite3.Connection) -> None:
        self._connections = connections
        self.driver = driver

    @cached_property
    def sql(self) -> Connection:
        return self._connections.engine.connection_on(self.driver)

    def run(self, query: PreparedQuery, values: Values) -> list[Any]:
        return self.driver.execute(query.sqlite, values).fetchall()

    def commit(self) -> None:
        if "sql" in vars(self):
            self.sql.commit()
        self.driver.commit()  # nothing any longer, where SQLAlchemy took part

    def roll_back(self) -> None:
        if "sql" in vars(self):
            self.sql.rollback()
        self.driver.rollback()

    def close(self) -> None:
        if "sql" in vars(self):
            self.sql.close()
        self.driver.close()


def connect(path: Path) -> sqlite3.Connection:
    """A connection as this program wants each: durable, with foreign keys, without hidden transactions.

    The driver is told to leave transactions alone (`isolation_level` None), for by itself it begins them late: a
    reader would see the store change between two queries.
    """
    connection = sqlite3.connect(
        path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages; each one makes somebody's typing wait
    connection.execute("PRAGMA cache_size = -32000")  # KiB: an index over many ids is met in random order
    return connection
