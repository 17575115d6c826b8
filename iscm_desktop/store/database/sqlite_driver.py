"""Connections to a SQLite file: Python's own driver, or SQLCipher's for a file behind a passphrase.

Both are the same interface. SQLCipher's errors are classes of its own; here they become those of Python's driver, so
that whoever uses a connection need not know which of the two it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from iscm_desktop.store.database.protected_files import READABLE_HEADER, FileKey, key_of


def uri_of(path: Path, mode: str) -> str:
    """A file as SQLite's own kind of address, also where Windows names a server first; mode "ro", "rw" or "rwc"."""
    name = path.absolute().as_posix()
    return f"file://{'' if name.startswith('/') else '/'}{quote(name)}?mode={mode}"


def connect_file(path: Path, mode: str, key: FileKey | None = None, **options: Any) -> sqlite3.Connection:
    """A connection to a file, protected or not.

    Args:
        mode: "ro", "rw", or "rwc" for a file that may be made.
        key: Of a protected file that is to be made; one that is there says by itself which key it needs.
        options: As `sqlite3.connect` takes them.

    Raises:
        IscmError: the file is protected, and nobody has given the passphrase.
    """
    wanted = key_of(path) or key
    if wanted is None:
        return cast(sqlite3.Connection, sqlite3.connect(uri_of(path, mode), uri=True, **options))
    return _with_key(path, mode, wanted, options)


def connect_exporting(path: Path) -> sqlite3.Connection:
    """A connection to a file, protected or not, that can write it anew with another key or none.

    Raises:
        IscmError: the file is protected, and nobody has given the passphrase.
    """
    return _with_key(path, "rw", key_of(path), {"isolation_level": None})


def _with_key(path: Path, mode: str, key: FileKey | None, options: dict[str, Any]) -> sqlite3.Connection:
    made = _protected_class()(uri_of(path, mode), uri=True, **options)
    made.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        made.execute(f"PRAGMA key = {key.pragma}")
        made.execute(f"PRAGMA cipher_plaintext_header_size = {READABLE_HEADER}")
    return cast(sqlite3.Connection, made)


@cache
def _protected_class() -> Callable[..., Any]:
    """Made when the first protected file is opened: its library is large."""
    from sqlcipher3 import dbapi2 as sqlcipher

    names = ("DatabaseError", "OperationalError", "IntegrityError", "ProgrammingError", "DataError", "InternalError",
             "NotSupportedError", "InterfaceError", "Error")  # fmt: skip
    ours = {getattr(sqlcipher, name): getattr(sqlite3, name) for name in names}

    def said(act: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            try:
                return act(*arguments, **named)
            except sqlcipher.Error as error:
                translated = ours.get(type(error), sqlite3.DatabaseError)(*error.args)
                for name in ("sqlite_errorname", "sqlite_errorcode"):
                    if hasattr(error, name):
                        setattr(translated, name, getattr(error, name))
                raise translated from error

        return call

    class Cursor(sqlcipher.Cursor):  # type: ignore[misc] # it publishes no types
        """Speaks of errors as Python's own driver does."""

    class Connection(sqlcipher.Connection):  # type: ignore[misc] # likewise
        """The same."""

        def cursor(self, factory: type[Any] = Cursor) -> Any:
            return super().cursor(factory)

    for name in ("execute", "executemany", "executescript", "fetchone", "fetchmany", "fetchall", "__next__"):
        setattr(Cursor, name, said(getattr(sqlcipher.Cursor, name)))
    for name in ("execute", "executemany", "executescript", "commit", "rollback", "backup", "close"):
        setattr(Connection, name, said(getattr(sqlcipher.Connection, name)))
    return Connection
