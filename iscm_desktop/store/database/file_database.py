"""A store in a file: its lock, its version, and the transactions on it.

Opening a store that is up to date needs the `sqlite3` module alone, so that the first window need not wait
for SQLAlchemy (0.25 s) or Alembic (0.3 s more).
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.private_files import make_private, open_private
from iscm_desktop.store.database import backup, save_number, store_version
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.database.protected_files import key_of
from iscm_desktop.store.database.protecting import remove_part
from iscm_desktop.store.database.restoring import remove_parts_of_restoring
from iscm_desktop.store.database.settings import Settings
from iscm_desktop.store.database.sqlite_connections import SqliteConnections
from iscm_desktop.store.database.store_lock import StoreLock
from iscm_desktop.store.database.transaction import Transaction


class FileDatabase(Database):
    """Holds the lock until it is closed."""

    is_shared = False

    def __init__(self, path: Path, lock: StoreLock) -> None:
        self.path = path
        self.name = str(path)
        self._lock = lock
        in_file = save_number.in_file(path)  # before SQLite brings its log in
        self._connections = SqliteConnections(path, lock.note)
        self.settings = Settings(self._connections)
        with self._connections.driver() as driver:
            seen = save_number.seen_by(driver)
        self.doubt = _doubt(path, in_file, seen, lock.noted)
        lock.note(abs(seen))

    @classmethod
    def open_file(cls, store: Path) -> FileDatabase:
        """Opens the store, after making or upgrading it where needed.

        Raises:
            IscmError: another process has it, under whatever name, it was made by a newer program, it is damaged or
                no store at all, or the file system does not let us write.
        """
        path = _without_links(store)
        lock = StoreLock.take(path)
        try:
            try:
                os.close(open_private(path, os.O_RDWR))
                for log in ("-wal", "-shm"):
                    make_private(Path(f"{path}{log}"))
                lock.take_file()
                remove_parts_of_restoring(path)
                remove_part(path)
                _bring_up_to_date(path, store_version.version_of_file(path))
                return cls(path, lock)
            except (sqlite3.OperationalError, OSError) as error:
                raise IscmError(StoreProblem.STORE_NOT_OPENED, store=path, reason=error) from error
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                raise IscmError(StoreProblem.STORE_DAMAGED, store=path) from error
        except BaseException:
            lock.release()
            raise

    def read(self) -> AbstractContextManager[Transaction]:
        return self._connections.read()

    def write(self) -> AbstractContextManager[Transaction]:
        return self._connections.write()

    @property
    def saves(self) -> int:
        with self._connections.driver() as driver:
            return abs(save_number.seen_by(driver))

    def copy_to(self, target: Path, terms: backup.CopyTerms) -> None:
        self._connections.complete_file()
        with self._connections.driver() as driver:
            backup.copy_store(driver, target, terms, key_of(self.path))

    def complete_file(self) -> bool:
        return self._connections.complete_file()

    def close(self) -> None:
        self._connections.close()
        self._lock.release()


def _without_links(store: Path) -> Path:
    """The file itself, by whatever links it is called: SQLite keeps its log beside that."""
    try:
        return store.resolve()
    except (OSError, RuntimeError) as error:  # links in a circle
        raise IscmError(StoreProblem.STORE_NOT_OPENED, store=store, reason=error) from error


def _doubt(path: Path, in_file: int, seen: int, noted: int | None) -> IscmError | None:
    """What of a store's saves may be missing.

    Args:
        in_file: The save number of the file alone.
        seen: The one with the log.
        noted: The one last acknowledged under this name.
    """
    if noted is not None:
        return IscmError(StoreProblem.STORE_SET_BACK, store=path) if abs(seen) < noted else None
    if seen < 0 and seen == in_file:  # the file says that there was a log, and none brought anything
        return IscmError(StoreProblem.STORE_WITHOUT_LOG, store=path.name, log=f"{path.name}-wal")
    return None


def _bring_up_to_date(path: Path, version: str | None) -> None:
    if version is None:
        store_version.create(path)
    elif version != store_version.VERSIONS[-1]:
        from iscm_desktop.store.database.upgrade import upgrade

        upgrade(path, version)
