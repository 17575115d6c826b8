"""A store in a file: its lock, its version, and the transactions on it.

Opening a store that is up to date needs the `sqlite3` module alone, so that the first window need not wait
for SQLAlchemy (0.25 s) or Alembic (0.3 s more).
"""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database import backup, store_version
from iscm_desktop.store.database.database import Database
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
        self._connections = SqliteConnections(path)
        self.settings = Settings(self._connections)

    @classmethod
    def open_file(cls, path: Path) -> FileDatabase:
        """Opens the store, after making or upgrading it where needed.

        Raises:
            IscmError: another process has it, it was made by a newer program, it is damaged or no store at
                all, or the file system does not let us write.
        """
        lock = StoreLock.take(path)
        try:
            try:
                _bring_up_to_date(path, store_version.version_of_file(path))
                return cls(path, lock)
            except (sqlite3.OperationalError, OSError) as error:
                raise IscmError(StoreProblem.STORE_NOT_OPENED, store=path, reason=error) from error
            except sqlite3.DatabaseError as error:
                raise IscmError(StoreProblem.STORE_DAMAGED, store=path) from error
        except BaseException:
            lock.release()
            raise

    def read(self) -> AbstractContextManager[Transaction]:
        return self._connections.read()

    def write(self) -> AbstractContextManager[Transaction]:
        return self._connections.write()

    def copy_to(self, target: Path) -> None:
        with self._connections.driver() as driver:
            backup.copy_store(driver, target, without=backup.RUNNING_BACKUP)

    def close(self) -> None:
        self._connections.close()
        self._lock.release()


def _bring_up_to_date(path: Path, version: str | None) -> None:
    if version is None:
        store_version.create(path)
    elif version != store_version.VERSIONS[-1]:
        from iscm_desktop.store.database.upgrade import upgrade

        upgrade(path, version)
