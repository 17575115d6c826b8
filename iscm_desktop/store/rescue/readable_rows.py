"""Rows that SQLite can still read of a broken file, from a copy: the file itself is never opened for writing."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from iscm_desktop.store.database.protected_files import FileKey
from iscm_desktop.store.database.sqlite_driver import connect_file
from iscm_desktop.store.database.tables import Record
from iscm_desktop.store.rescue.broken_head import mend_head

Rows = Mapping[str, list[dict[str, Any]]]
_UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""The second is what the driver says when the name of what is damaged is damaged, too."""
_LEFT_OUT = frozenset({"item"})
"""What follows from revisions."""


def readable_rows(
    path: Path, unread: set[str], key: FileKey | None = None
) -> dict[str, list[dict[str, Any]]]:
    """By table, every row that can be read; none where even the list of tables cannot.

    Args:
        unread: Is given the names of tables that could not be read, or not to their end.
        key: Of a protected file.
    """
    with _copied(path, key) as copy, closing(connect_file(copy, "rw")) as db:
        return {
            name: list(_rows(db, name, [column.name for column in table.columns], unread))
            for name, table in Record.metadata.tables.items()
            if name not in _LEFT_OUT
        }


def _rows(
    db: sqlite3.Connection, table: str, columns: list[str], unread: set[str]
) -> Iterator[dict[str, Any]]:
    """From the beginning as far as it goes, then from the end."""
    with suppress(*_UNREADABLE):
        here = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
        columns = [name for name in columns if name in here]
    names = ", ".join(f'"{name}"' for name in columns)
    seen: set[tuple[Any, ...]] = set()
    for order in ("", f" ORDER BY {', '.join(str(at + 1) + ' DESC' for at in range(len(columns)))}", None):
        if order is None:
            order = " ORDER BY rowid DESC"
        try:
            for row in db.execute(f"SELECT {names} FROM {table}{order}"):  # noqa: S608 - our own names
                if row not in seen:
                    seen.add(row)
                    yield dict(zip(columns, row, strict=True))
        except _UNREADABLE:
            unread.add(table)
            continue
        return


@contextmanager
def _copied(path: Path, key: FileKey | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="iscm-rescue-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "broken"
        shutil.copyfile(path, copy)
        log = path.with_name(f"{path.name}-wal")
        if log.is_file():
            shutil.copyfile(log, copy.with_name("broken-wal"))
        if key is not None:
            mend_head(copy, key)
        yield copy
