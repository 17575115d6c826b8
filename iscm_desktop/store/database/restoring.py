"""A backup in the place of a store in a file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.store.database.backup import copy_store
from iscm_desktop.store.database.sqlite_connections import connect
from iscm_desktop.store.database.store_lock import StoreLock
from iscm_desktop.store.database.store_version import version_of_file


def restore_file(backup: Path, store: Path, now: datetime) -> Path | None:
    """Copies a backup to where the store is, proven; what was there is set aside first, proven as well.

    Gives where it was set aside; None where there was no store.

    Raises:
        IscmError: the backup is none, or of a newer program; the store is in use; or there is no room. Then the
            store is as it was.
    """
    if version_of_file(backup) is None:
        raise IscmError(Problem.STORE_NOT_OURS, store=backup)
    lock = StoreLock.take(store)
    try:
        aside = _set_aside(store, now) if store.is_file() else None
        with closing(sqlite3.connect(f"{backup.as_uri()}?mode=ro", uri=True)) as source:
            copy_store(source, store)
    finally:
        lock.release()
    return aside


def _set_aside(store: Path, now: datetime) -> Path:
    aside = store.with_name(f"{store.stem}.before-{now:%Y%m%d-%H%M%S}{store.suffix}")
    with closing(connect(store)) as old:
        copy_store(old, aside)
    for log in (
        "-wal",
        "-shm",
    ):  # of a program that was killed: it belongs to what is set aside, copied with it
        store.with_name(store.name + log).unlink(missing_ok=True)
    return aside
