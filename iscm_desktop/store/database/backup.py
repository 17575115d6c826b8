"""Copies of a store that are proven by opening them, and how many of them are kept."""

from __future__ import annotations

import glob
import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database import prepared_queries

KEPT = 10
_PAGES_AT_ONCE = 2000
_SUFFIX = ".iscmdb"

RUNNING_BACKUP = "backup.running"
"""Setting of a store while it is copied: where to. The copy has no such setting."""


def copy_store(store: sqlite3.Connection, target: Path, *, without: str | None = None) -> Path:
    """Copies an open store through SQLite's backup API, proves the copy, and only then gives it its name.

    Args:
        without: Key of a setting that the copy is not to have, of a store at the newest version.

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
            if without is not None:
                copy.execute(prepared_queries.FORGET_SETTING.sqlite, {"key": without})
                copy.commit()
        _prove(beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            beside.unlink()
        raise IscmError(StoreProblem.BACKUP_NOT_MADE, target=target, reason=error) from error
    return target


def name_for(folder: Path, stem: str, now: datetime) -> Path:
    """Names sort by time."""
    return folder / f"{stem}-{now:%Y%m%d-%H%M%S-%f}{_SUFFIX}"


def kept(folder: Path, stem: str) -> list[Path]:
    """The rotating backups, the oldest first."""
    return sorted(folder.glob(f"{stem}-*{_SUFFIX}"))


def drop_oldest(folder: Path, stem: str) -> None:
    """Makes room once a newer backup is proven."""
    for old in kept(folder, stem)[:-KEPT]:
        old.unlink()


def remove_parts(target: Path) -> None:
    """What a copy leaves beside its target when the program is killed."""
    for part in target.parent.glob(f"{glob.escape(target.name)}.*part*"):
        with suppress(OSError):
            part.unlink()
    with suppress(OSError):
        target.with_name(f"{target.name}.part").unlink()


def _prove(path: Path) -> None:
    with closing(sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)) as copy:
        (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        copy.execute("SELECT count(*) FROM alembic_version").fetchone()
