"""One store: its file, its lock, its version, and the transactions on it.

Opening a store that is up to date needs the `sqlite3` module alone, so that the first window need not wait
for SQLAlchemy (0.25 s) or Alembic (0.3 s more). SQLAlchemy comes in with the first transaction of `read` or
`write`.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.store.database.store_lock import StoreLock

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

VERSIONS = ("0001",)
"""The migrations in order; the last is what this program reads and writes."""

_APPLICATION_ID = 0x4953434D  # "ISCM", for file(1) and for whoever meets the file without us
_MAGIC = b"SQLite format 3\0"
_BUSY_TIMEOUT_S = 10.0
_NOT_WRITABLE = {"SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN"}


class Database:
    """An open store. Make one with `open`, and close it: it holds the lock until then."""

    is_shared = False
    """Several people on several computers may have it open."""

    def __init__(self, path: Path, lock: StoreLock) -> None:
        self.path = path
        self.name = str(path)
        self._lock = lock
        self._writing = threading.RLock()
        self._glancing = threading.RLock()  # its own, for a window that looks need not wait for a merge
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
                version = _version(path)
                database = cls(path, lock)
                database._bring_up_to_date(version)
            except (sqlite3.OperationalError, OSError) as error:
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
        """The bare connection, for the few queries before the first window; each commits by itself.

        Raises:
            IscmError: the disk is full or became read only.
        """
        with self._glancing:
            try:
                yield self._plain
            except sqlite3.OperationalError as error:
                raise_if_not_written(self.path, error, error)
                raise

    @contextmanager
    def local(self) -> Iterator[sqlite3.Connection]:
        """Likewise for what belongs to this computer: its settings, which a shared store keeps elsewhere."""
        with self.plain() as plain:
            yield plain

    @cached_property
    def engine(self) -> Engine:
        from iscm_desktop.store.database.sqlite_engine import engine_for

        return engine_for(self.path)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One view of the store, unmoved by what is written meanwhile."""
        with self.engine.begin() as db:
            yield db

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One action of the person: all of it is on disk when the block ends, or none of it."""
        from iscm_desktop.store.database.sqlite_engine import writing

        with self._writing, writing(self.engine, self.path) as db:
            yield db

    def _bring_up_to_date(self, version: str | None) -> None:
        if version is None:
            _create(self._plain)
        elif version != VERSIONS[-1]:
            self._upgrade(version)

    def _upgrade(self, version: str) -> None:
        from iscm_desktop.store.database.upgrade import upgrade

        self._plain.close()
        upgrade(self.path, version)
        self._plain = connect(self.path)


def raise_if_not_written(path: Path, driver: BaseException | None, error: Exception) -> None:
    """Turns what the driver says of a full or read-only disk into a problem that people can solve."""
    name = getattr(driver, "sqlite_errorname", "")
    if name in _NOT_WRITABLE or name.startswith("SQLITE_IOERR"):
        raise IscmError(Problem.STORE_NOT_WRITTEN, store=path, reason=driver) from error


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


def _version(path: Path) -> str | None:
    """The migration that the store is at; None for one to be made. Looks only: it may be a stranger's."""
    if not path.exists() or not path.stat().st_size:
        return None
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise IscmError(Problem.STORE_NOT_OURS, store=path)
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as store:
        tables = {name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise IscmError(Problem.STORE_NOT_OURS, store=path)
        found = store.execute("SELECT version_num FROM alembic_version").fetchone()
    version = found[0] if found else ""
    if version not in VERSIONS:
        raise IscmError(Problem.STORE_TOO_NEW, store=path)
    return str(version)


def _create(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.executescript(f"BEGIN IMMEDIATE; {schema()} COMMIT;")
