"""Connections to one SQLite file, and the transactions on them.

A transaction begins on the driver's own connection, for which the `sqlite3` module is enough. Whoever needs
more than prepared queries reaches SQLAlchemy on the same connection, within the same transaction.
"""

from __future__ import annotations

import ctypes
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.damage import DamagedRowError
from iscm_desktop.store.database import save_number
from iscm_desktop.store.database.content_watch import ContentWatch
from iscm_desktop.store.database.opened_file import OpenedFile
from iscm_desktop.store.database.protected_files import KeptSalt, keep_salt
from iscm_desktop.store.database.sqlite_driver import connect_file
from iscm_desktop.store.database.transaction import PreparedQuery, Transaction, Values
from iscm_desktop.store.database.writer_turns import WriterTurns

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from iscm_desktop.store.database.sqlite_engine import SqliteEngine

_BUSY_TIMEOUT_S = 10.0
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_DAMAGED_VALUES = (DamagedRowError, UnicodeDecodeError, json.JSONDecodeError)
"""Errors of reading what a row says; the driver raises the second where what is damaged has a damaged name."""
_NOT_WRITABLE = {"SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN"}


class SqliteConnections:
    """As many as there are transactions at the same time; those that are done with are used again.

    Whoever reads waits for nobody, for each transaction has a connection of its own and the log (WAL) keeps
    what was. Writers take turns.
    """

    def __init__(
        self, path: Path, noted: Callable[[int], None] = lambda _number: None, *, is_held_alone: bool = True
    ) -> None:
        self._path = path
        self._noted = noted
        self._turns = WriterTurns()
        self._is_marked = False  # that the file says: there may be more in the log
        self._salt: KeptSalt | None = keep_salt(path)  # or each connection would open the file once more
        try:
            self._idle = [_SqliteLink(self, connect(path))]
        except BaseException:
            self._salt = None
            raise
        self._file = OpenedFile(path)
        self._content = ContentWatch(path) if is_held_alone else None
        self._is_overwritten = False

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """One view of the file, unmoved by what is written meanwhile.

        Where whoever reads has met damage and dealt with it, leaving the view is no error once more.
        """
        with self._transaction("BEGIN", only_reads=True) as db:
            yield db

    @contextmanager
    def write(self, *, counts: bool = True) -> Iterator[Transaction]:
        """All of it is on disk when the block ends, or none of it.

        Args:
            counts: The save number grows, where anything was changed: not for what belongs to the computer alone.

        Raises:
            IscmError: the disk is full or became read only, or the file is no longer where it was opened, or no
                longer what it was.
        """
        with self._turns.taken():
            self._file.check()
            with self._content_watched():
                self._mark_open()
                with self._transaction("BEGIN IMMEDIATE", counts=counts) as db:
                    yield db
            self._file.check()  # or what is in the log now would be called saved, and never be found

    def complete_file(self) -> bool:
        """Brings the log back into the file, which then holds everything by itself; what a copy of it is told.

        Waits for writers, and for nobody who reads.

        Returns:
            False where somebody who reads still needs the log; the next time does it.
        """
        with self._turns.taken(), self._content_watched(), self.driver() as driver, self._said():
            if not _checkpoint(driver):
                return False
            number = save_number.seen_by(driver)
            if number >= 0:
                return True
            self._is_marked = False
            _put_number(driver, -number)
            return _checkpoint(driver)

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
        """Lets go of the file; the write-ahead log goes back into it first, unless either is somebody else's by now."""
        with suppress(sqlite3.Error, IscmError):
            with self._turns.taken(), self._content_watched(), self.driver() as driver:
                driver.execute("PRAGMA optimize")
            self.complete_file()
        if self._is_overwritten and self._idle:
            _leave_open(self._idle.pop())
        while self._idle:
            self._idle.pop().close()
        if self._content is not None:
            self._content.close()
        self._salt = None

    @contextmanager
    def _content_watched(self) -> Iterator[None]:
        """Around whatever writes: the file and its log are what was left, and are noted as they are left now.

        Where other processes write the file as well, nobody can tell their writing from overwriting.
        """
        if self._content is None:
            yield
            return
        self._is_overwritten = self._is_overwritten or not self._content.is_as_left()
        self._refuse_overwritten()
        try:
            yield
        finally:
            self._is_overwritten = not self._content.note()
        self._refuse_overwritten()

    def _refuse_overwritten(self) -> None:
        """For good: what SQLite keeps in memory of the log is not so any more, whatever is put there next."""
        if self._is_overwritten:
            raise IscmError(StoreProblem.STORE_OVERWRITTEN, store=self._path)

    @contextmanager
    def _transaction(
        self, beginning: str, *, counts: bool = False, only_reads: bool = False
    ) -> Iterator[Transaction]:
        link = self._next()
        number = None
        try:
            with self._said():
                link.driver.execute(beginning)
                changes = link.driver.total_changes
                yield Transaction(link)
                if counts and link.driver.total_changes != changes:
                    number = abs(save_number.seen_by(link.driver)) + 1
                    save_number.put(link.driver, -number)
                if only_reads and link.driver.total_changes == changes:
                    link.leave_view()
                else:
                    link.commit()
        except BaseException:
            link.roll_back()
            raise
        finally:
            self._idle.append(link)
        if number is not None:
            self._noted(number)

    def _mark_open(self) -> None:
        """Before the first save into the log, the file itself says that there may be more than it holds.

        Where somebody reads an older view the mark waits in the log, and the next save tries again.
        """
        if self._is_marked:
            return
        with self.driver() as driver, self._said():
            number = save_number.seen_by(driver)
            if number >= 0:
                _put_number(driver, -max(1, number))
            self._is_marked = _checkpoint(driver)

    def _next(self) -> _SqliteLink:
        try:
            return self._idle.pop()
        except IndexError:
            self._file.check()  # another file of that name is another store
            return _SqliteLink(self, connect(self._path))

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turns what the driver says of a full disk or a damaged file into a problem that people can solve."""
        try:
            yield
        except Exception as error:
            reason = getattr(error, "orig", error)  # SQLAlchemy wraps it
            name = getattr(reason, "sqlite_errorname", "")
            if name in _NOT_WRITABLE or name.startswith("SQLITE_IOERR"):
                raise IscmError(StoreProblem.STORE_NOT_WRITTEN, store=self._path, reason=reason) from error
            if name.startswith(_DAMAGED) or isinstance(reason, _DAMAGED_VALUES) or _is_damaged(reason):
                raise IscmError(StoreProblem.STORE_DAMAGED, store=self._path) from error
            raise


def _is_damaged(reason: object) -> bool:
    """Whether the driver found a text that is none, or misses a part of a table that every store has."""
    said = str(reason) if isinstance(reason, sqlite3.OperationalError) else ""
    return "decode" in said or said.startswith(("no such table", "no such column", "no such index"))


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

    def leave_view(self) -> None:
        """SQLite refuses to commit after it has met damage, though there is nothing to be committed."""
        try:
            self.commit()
        except Exception as error:
            if not getattr(getattr(error, "orig", error), "sqlite_errorname", "").startswith(_DAMAGED):
                raise
            self.roll_back()

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
    reader would see the store change between two queries. It makes no file: one that is gone is not begun anew.
    """
    connection = connect_file(
        path,
        "rw",
        timeout=_BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages; each one makes somebody's typing wait
    connection.execute("PRAGMA cache_size = -32000")  # KiB: an index over many ids is met in random order
    return connection


def _checkpoint(driver: sqlite3.Connection) -> bool:
    """Moves what the log holds into the file, and onto the disk; whether all of it went, for readers keep theirs."""
    is_busy, held, moved = driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return not is_busy and held == moved


def _leave_open(link: _SqliteLink) -> None:
    """Keeps it until the program ends: with the last connection SQLite moves the log into a file that is not its own.

    With Python 3.12 SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE can say that.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(link))


def _put_number(driver: sqlite3.Connection, number: int) -> None:
    driver.execute("BEGIN IMMEDIATE")
    try:
        save_number.put(driver, number)
        driver.execute("COMMIT")
    except BaseException:
        driver.rollback()
        raise
