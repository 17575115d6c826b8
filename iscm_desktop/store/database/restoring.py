"""A backup in the place of a store in a file, whatever became of that store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.private_files import sync_folder
from iscm_desktop.store.database import save_number
from iscm_desktop.store.database.backup import DAMAGED, CopyTerms, Proof, copy_store, remove_beside
from iscm_desktop.store.database.protected_files import is_given, key_of, salt_of
from iscm_desktop.store.database.protecting import remove_part, rewrite_file
from iscm_desktop.store.database.sqlite_connections import connect
from iscm_desktop.store.database.sqlite_driver import connect_file
from iscm_desktop.store.database.store_lock import StoreLock
from iscm_desktop.store.database.store_version import version_of_file

_LOGS = ("-wal", "-shm")
"""What a program that was killed leaves beside its store, and what belongs to it."""


def restore_file(
    backup: Path, store: Path, now: datetime, prepare: Callable[[Path], None], prove: Proof
) -> Path | None:
    """Puts a proven copy of a backup where the store is; what was there is set aside as it is, byte by byte.

    A store whose passphrase was given keeps it, whatever the backup had; else it is the backup's.

    Args:
        store: Its path without links.
        prepare: Completes the copy, before it takes the store's place.

    Returns:
        Where the store was set aside; None where there was none.

    Raises:
        IscmError: the backup is none, damaged, or of a newer program; the store is in use; or there is no room. Then
            the store is as it was.
    """
    _check(backup)
    lock = StoreLock.take(store)
    beside = _place_beside(store)
    try:
        later = 1 + max(
            abs(save_number.in_file(store)), lock.noted or 0
        )  # so that later backups count as later
        _copy_good(backup, beside, CopyTerms(prove, least_number=later))
        _protect_like(beside, store, prove)
        prepare(beside)
        number = abs(save_number.in_file(beside))
        lock.release_file()  # Windows moves no file that is open; the lock of the name stays
        aside = _set_aside(store, now) if store.is_file() else None
        try:
            beside.replace(store)
        except OSError:
            if aside is not None:
                _put_back(aside, store)
            raise
        sync_folder(store.parent)
        lock.note(number)
    except OSError as error:
        raise IscmError(StoreProblem.BACKUP_NOT_MADE, target=store, reason=error) from error
    finally:
        remove_parts_of_restoring(store)
        lock.release()
    return aside


def remove_parts_of_restoring(store: Path) -> None:
    """What a restore leaves beside a store when the program is killed; for whoever holds its lock."""
    beside = _place_beside(store)
    remove_part(beside)
    for file in (beside, beside.with_name(f"{beside.name}.part"), beside.with_name(beside.name + DAMAGED)):
        remove_beside(file)


def _place_beside(store: Path) -> Path:
    return store.with_name(f".{store.stem}.restoring{store.suffix}")  # a name that nobody else gives


def _protect_like(beside: Path, store: Path, prove: Proof) -> None:
    """Before anything more is written into it; `store` may be damaged, and only its head is looked at."""
    salt = salt_of(store)
    if salt is not None and is_given(salt) and salt_of(beside) != salt:
        rewrite_file(beside, key_of(store), prove)


def _copy_good(backup: Path, beside: Path, terms: CopyTerms) -> None:
    key = key_of(backup)
    try:
        with closing(connect_file(backup, "ro")) as source:
            copy_store(source, beside, terms, key)
    except IscmError as error:
        if error.problem is not StoreProblem.BACKUP_NOT_GOOD:
            raise
        reason = error.particulars["reason"]
        raise IscmError(StoreProblem.BACKUP_NOT_RESTORED, backup=backup, reason=reason) from error


def _check(backup: Path) -> None:
    try:
        version = version_of_file(backup)
    except sqlite3.DatabaseError as error:
        raise IscmError(StoreProblem.STORE_DAMAGED, store=backup) from error
    if version is None:
        raise IscmError(StoreProblem.STORE_NOT_OURS, store=backup)


def _set_aside(store: Path, now: datetime) -> Path:
    """Gives a store and its logs a free name; it may be damaged, so nothing in it is relied upon."""
    if Path(f"{store}-wal").exists():  # where it can, the log goes into the file first
        with suppress(sqlite3.Error, IscmError), closing(connect(store)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stem = f"{store.stem}.before-{now:%Y%m%d-%H%M%S}"
    names = (store.with_name(f"{stem}{'' if at == 1 else f'-{at}'}{store.suffix}") for at in count(1))
    aside = next(name for name in names if not any(Path(f"{name}{end}").exists() for end in ("", *_LOGS)))
    try:
        aside.hardlink_to(store)  # so that there is a store at every moment, should the power fail now
    except OSError:  # a stick, for instance, knows no two names for a file
        store.rename(aside)
    _move_logs(store, aside)
    return aside


def _put_back(aside: Path, store: Path) -> None:
    if store.exists():
        aside.unlink()
    else:
        aside.rename(store)
    _move_logs(aside, store)


def _move_logs(store: Path, target: Path) -> None:
    for log in _LOGS:
        part = Path(f"{store}{log}")
        if part.exists():
            part.rename(f"{target}{log}")
