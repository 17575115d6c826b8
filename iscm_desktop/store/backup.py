"""Copies of a store that are proven by opening them, and how many of them are kept."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from iscm_desktop.errors import IscmError, Problem

KEPT = 10
_PAGES_AT_ONCE = 2000


def copy_store(store: sqlite3.Connection, target: Path) -> Path:
    """Copies an open store through SQLite's backup API, proves the copy, and only then gives it its name.

    Raises:
        IscmError: there is no room or no permission, or the copy turned out unsound; the target is as it was.
    """
    beside = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with closing(sqlite3.connect(beside)) as copy:
            store.backup(copy, pages=_PAGES_AT_ONCE)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file that can be carried away
        _prove(beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(target)
    except (OSError, sqlite3.Error) as error:
        beside.unlink(missing_ok=True)
        raise IscmError(Problem.BACKUP_NOT_MADE, target=target, reason=error) from error
    return target


def rotated(folder: Path, stem: str, now: datetime) -> Path:
    """The name for a backup made now; older ones beyond KEPT, oldest first, make room."""
    target = folder / f"{stem}-{now:%Y%m%d-%H%M%S-%f}.iscmdb"
    for old in sorted(folder.glob(f"{stem}-*.iscmdb"))[: -(KEPT - 1)]:
        old.unlink()
    return target


def _prove(path: Path) -> None:
    with closing(sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)) as copy:
        (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        copy.execute("SELECT count(*) FROM revision").fetchone()
