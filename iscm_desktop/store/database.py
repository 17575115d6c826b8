"""One store: its file, its lock, its version, and the transactions on it.

Opening a store that is up to date needs the `sqlite3` module alone, so that the first window need not wait
for SQLAlchemy (0.25 s) or Alembic (0.3 s more). SQLAlchemy comes in with the first transaction of `read` or
`write`.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.store.lock import StoreLock

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

VERSIONS = ("0001",)
"""The migrations in order; the last is what this program reads and writes."""

_APPLICATION_ID = 0x4953434D  # "ISCM", for file(1) and for whoever meets the file without us
_MAGIC = b"SQLite format 3\0"
_BUSY_TIMEOUT_S = 10.0


class Database:
    """An open store. Make one with `open`, and close it: it holds the lock until then."""

    def __init__(self, path: Path, lock: StoreLock) -> None:
        self.path = path
        self._lock = lock
        self._writing = threading.RLock()
        self._plain = connect(path)

    @classmethod
    def open(cls, path: Path) -> Database:
        """Opens the store, after making or upgrading it where needed.

        Raises:
            IscmError: another process has it, it was made by a newer program, it is damaged or no store at
                all, or the file system does not let us write.
        """
        lock = StoreLock.take(path)
        try:
            try:
                _check_is_store(path)
                database = cls(path, lock)
                database._bring_up_to_date()
            except sqlite3.OperationalError as error:
                raise IscmError(Problem.STORE_NOT_OPENED, store=path, reason=error) from error
            except sqlite3.DatabaseError as error:
                raise IscmError(Problem.STORE_DAMAGED, store=path) from error
        except BaseException:
            lock.release()
            raise
        return database

    def close(self) -> None:
        """Lets go of the file; the write-ahead log goes back into it first."""
        if "engine" in self.__dict__:
            self.engine.dispose()
        with suppress(sqlite3.Error):
            self._plain.execute("PRAGMA optimize")
        self._plain.close()
        self._lock.release()

    @contextmanager
    def plain(self) -> Iterator[sqlite3.Connection]:
        """The bare connection, for the few queries before the first window; each commits by itself."""
        with self._writing:
            yield self._plain

    @cached_property
    def engine(self) -> Engine:
        from iscm_desktop.store.engine import engine_for

        return engine_for(self.path)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One view of the store, unmoved by what is written meanwhile."""
        with self.engine.begin() as db:
            yield db

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One action of the person: all of it is on disk when the block ends, or none of it."""
        from iscm_desktop.store.engine import writing

        with self._writing, writing(self.engine, self.path) as db:
            yield db

    def _bring_up_to_date(self) -> None:
        version = _version(self._plain)
        if version is None:
            _create(self._plain)
        elif version not in VERSIONS:
            raise IscmError(Problem.STORE_TOO_NEW, store=self.path)
        elif version != VERSIONS[-1]:
            self._upgrade(version)

    def _upgrade(self, version: str) -> None:
        from iscm_desktop.store.upgrade import upgrade

        self._plain.close()
        upgrade(self.path, version)
        self._plain = connect(self.path)


def connect(path: Path) -> sqlite3.Connection:
    """A connection as this program wants each: durable, with foreign keys, without hidden transactions."""
    connection = sqlite3.connect(
        path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages; each one makes somebody's typing wait
    connection.execute("PRAGMA cache_size = -32000")  # KiB: an index over many ids is met in random order
    return connection


def schema() -> str:
    """What the migrations come to, as one script."""
    return Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")


def _check_is_store(path: Path) -> None:
    if not path.exists():
        return
    with path.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start and start != _MAGIC:
        raise IscmError(Problem.STORE_NOT_OURS, store=path)


def _version(connection: sqlite3.Connection) -> str | None:
    """The migration that the store is at; None for a new, empty file."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise sqlite3.DatabaseError("no version")
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else ""


def _create(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.executescript(f"BEGIN IMMEDIATE; {schema()} COMMIT;")
