"""Which version a store is at, and how a new one is made, with the `sqlite3` module alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database.protected_files import is_open_here
from iscm_desktop.store.database.sqlite_connections import connect
from iscm_desktop.store.database.sqlite_driver import connect_file

VERSIONS = ("0001", "0002", "0003")
"""The migrations in order; the last is what this program reads and writes."""

_APPLICATION_ID = 0x4953434D  # "ISCM", for file(1) and for whoever meets the file without us
_TABLES = frozenset({"operation", "revision"})
"""Tables by which a store is told from a stranger's that Alembic knows as well, and from unreleased attempts."""
_MAGIC = b"SQLite format 3\0"


def version_of_file(path: Path) -> str | None:
    """The migration that the store is at; None for one to be made. Looks only: it may be a stranger's.

    Raises:
        IscmError: it is no store of ours, or one of a newer program.
    """
    if not path.exists() or not path.stat().st_size:
        return None
    if not is_open_here(path):
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise IscmError(StoreProblem.STORE_NOT_OURS, store=path)
    try:
        tables, version = _look(path, "ro")
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith("SQLITE_READONLY"):
            raise
        tables, version = _look(
            path, "rw"
        )  # a program was killed while it changed the file: SQLite takes that back
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise IscmError(StoreProblem.STORE_NOT_OURS, store=path)
    if version not in VERSIONS:
        raise IscmError(StoreProblem.STORE_TOO_NEW, store=path)
    if version == VERSIONS[-1] and not tables >= _TABLES:
        raise IscmError(StoreProblem.STORE_NOT_OURS, store=path)
    return version


def _look(path: Path, mode: str) -> tuple[set[str], str]:
    """The tables of a file, and the version that is written in it; "" where none is."""
    with closing(connect_file(path, mode)) as store:
        tables = {name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        found = None
        if "alembic_version" in tables:
            found = store.execute("SELECT version_num FROM alembic_version").fetchone()
    return tables, str(found[0]) if found else ""


def create(path: Path) -> None:
    """Makes all tables of a new store in one transaction."""
    with closing(connect(path)) as store:
        store.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        store.executescript(f"BEGIN IMMEDIATE; {schema()} PRAGMA user_version = 1; COMMIT;")


def schema() -> str:
    """What the migrations come to, as one script."""
    return Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
