"""The passphrase of a protected file, given and tried."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database.protected_files import drop_key, is_given, salt_of, take_key
from iscm_desktop.store.database.sqlite_driver import connect_file

_OF_ANOTHER_KEY = ("SQLITE_NOTADB", "SQLITE_CORRUPT")


def unlock(file: Path, passphrase: str) -> None:
    """Gives the passphrase of a protected file for as long as this process lives; nothing for any other file.

    Raises:
        IscmError: it is not the right one.
    """
    salt = salt_of(file)
    if salt is None or is_given(salt):
        return
    take_key(salt, passphrase)
    if not _opens(file):
        drop_key(salt)
        raise IscmError(StoreProblem.PASSPHRASE_WRONG, store=file)


def _opens(file: Path) -> bool:
    try:
        with closing(connect_file(file, "ro")) as opened:
            opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:  # damage to the rest of the file is found by whoever opens it
        return getattr(error, "sqlite_errorname", "") not in _OF_ANOTHER_KEY
    return True
