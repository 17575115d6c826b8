"""A store on a PostgreSQL server, for coordinators who work on one round together.

The tables are the same and so are the statements. What differs is here: how connections are made, how writers
take turns, and that what belongs to this computer (its device's id, the person, the windows) stays in a small
file on this computer.

This is the one part of the program that opens a socket, and only when it was told a server's address.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iscm_desktop import paths
from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.private_files import make_private_folder, open_private
from iscm_desktop.store.database import prepared_queries
from iscm_desktop.store.database.backup import CopyTerms, remove_beside
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.database.file_database import FileDatabase
from iscm_desktop.store.database.settings import Settings
from iscm_desktop.store.database.sqlite_connections import SqliteConnections
from iscm_desktop.store.database.store_version import VERSIONS
from iscm_desktop.store.database.transaction import PreparedQuery, Transaction, Values
from iscm_desktop.store.database.writer_turns import WriterTurns

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

_ONE_WRITER = 0x4953434D
"""Key of the lock that writers take in turn, each for the length of one transaction."""


class SharedDatabase(Database):
    """An open store on a server. Several processes may have it open; each write waits for its turn."""

    is_shared = True

    def __init__(self, url: URL, engine: Engine) -> None:
        self.name = url.render_as_string(hide_password=True)
        folder = paths.data_folder() / "shared"
        make_private_folder(folder)
        digest = hashlib.sha256(url.set(password=None).render_as_string().encode()).hexdigest()
        self.path = folder / f"{digest[:16]}.settings"
        self._turns = WriterTurns()
        self._engine = engine
        os.close(open_private(self.path, os.O_RDWR))
        self._local = SqliteConnections(self.path, is_held_alone=False)
        with self._local.write() as local:
            local.run(prepared_queries.SETTING_TABLE)
        self.settings = Settings(self._local)

    @classmethod
    def open_address(cls, address: str) -> SharedDatabase:
        """Opens the store at an address such as postgresql+psycopg://name@host/database, made if it is new.

        Raises:
            IscmError: the address or the server cannot be used, or a newer program made the store.
        """
        from sqlalchemy.exc import ArgumentError

        try:
            url = _url(address)
        except (ArgumentError, ValueError) as error:
            raise IscmError(StoreProblem.SHARED_ADDRESS, store=address.partition("://")[0]) from error
        try:
            import psycopg
        except ImportError as error:
            raise IscmError(StoreProblem.SHARED_DRIVER_MISSING) from error
        from sqlalchemy import create_engine
        from sqlalchemy.exc import OperationalError

        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        on_failure = ExitStack()
        on_failure.callback(engine.dispose)
        try:
            with on_failure:
                _bring_up_to_date(engine, url)
                database = cls(url, engine)
                on_failure.pop_all()
        except (OperationalError, psycopg.OperationalError) as error:
            shown = url.render_as_string(hide_password=True)
            reason = str(getattr(error, "orig", error)).strip().partition("\n")[0]
            raise IscmError(StoreProblem.SHARED_UNREACHABLE, store=shown, reason=reason) from error
        return database

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        snapshot = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with self._said(), snapshot.begin() as connection:
            yield Transaction(_ServerLink(connection))

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        with self._said(), self._turns.taken(), self._engine.begin() as connection:
            # What follows from all revisions of a response must see all of them, so writers take turns, as they
            # do with SQLite. A merge gives way every fifth of a second.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_WRITER})")
            yield Transaction(_ServerLink(connection))

    def copy_to(self, target: Path, terms: CopyTerms) -> None:
        from iscm_desktop.store.database.store_copy import copy_rows

        beside = target.with_name(f"{target.name}.rows.part")
        try:
            remove_beside(beside)
            with closing(FileDatabase.open_file(beside)) as copy:
                copy_rows(self, copy)
                copy.copy_to(target, terms)
        except OSError as error:
            raise IscmError(StoreProblem.BACKUP_NOT_MADE, target=target, reason=error) from error
        finally:
            remove_beside(beside)

    def close(self) -> None:
        self._engine.dispose()
        self._local.close()

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Says in words that the server has gone; what had been saved is safe there."""
        import psycopg
        from sqlalchemy.exc import OperationalError

        try:
            yield
        except (OperationalError, psycopg.OperationalError) as error:
            reason = str(getattr(error, "orig", error)).strip().partition("\n")[0]
            raise IscmError(StoreProblem.SHARED_LOST, store=self.name, reason=reason) from error


class _ServerLink:
    """A connection on which SQLAlchemy has begun a transaction."""

    dialect = "postgresql"

    def __init__(self, connection: Connection) -> None:
        self.sql = connection

    def run(self, query: PreparedQuery, values: Values) -> list[Any]:
        found = self.sql.exec_driver_sql(query.postgresql, dict(values))
        return list(found) if found.returns_rows else []


def _url(address: str) -> URL:
    from sqlalchemy import make_url

    url = make_url(address)
    if url.drivername not in ("postgresql", "postgresql+psycopg") or not url.database:
        raise ValueError("not an address of a PostgreSQL database")
    return url.set(drivername="postgresql+psycopg")


def _bring_up_to_date(engine: Engine, url: URL) -> None:
    from iscm_desktop.store.database.upgrade import migrate

    version = _version(engine)
    if version not in ("", *VERSIONS):
        raise IscmError(StoreProblem.STORE_TOO_NEW, store=url.render_as_string(hide_password=True))
    if version == VERSIONS[-1] and not _has_operations(engine):
        raise IscmError(StoreProblem.STORE_NOT_OURS, store=url.render_as_string(hide_password=True))
    if version != VERSIONS[-1]:
        migrate(url.render_as_string(hide_password=False))


def _has_operations(engine: Engine) -> bool:
    """Tells a store from a database that Alembic knows as well, and from unreleased attempts."""
    with engine.connect() as db:
        return db.exec_driver_sql("SELECT to_regclass('operation')").scalar_one() is not None


def _version(engine: Engine) -> str:
    """The migration that the store is at; "" for one to be made."""
    with engine.connect() as db:
        if db.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar_one() is None:
            return ""
        return str(db.exec_driver_sql("SELECT max(version_num) FROM alembic_version").scalar_one() or "")
