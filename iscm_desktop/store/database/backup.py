"""Copies of a store that are proven before they get their name; one that is not good never stands among the good."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.private_files import make_private_folder, open_private, sync_folder
from iscm_desktop.store.database import prepared_queries, save_number
from iscm_desktop.store.database.protected_files import FileKey
from iscm_desktop.store.database.sqlite_driver import connect_file
from iscm_desktop.store.database.target_check import check_target

RUNNING_BACKUP = "backup.running"
"""Setting of a store while it is copied: where to. The copy has no such setting."""
BACKUP_MADE = "backup.made"
"""Setting of a copy: when it was made, and of which save number, with a blank between."""

DAMAGED = ".damaged"
"""Ends the name of a copy that turned out not to be good; one is kept for each place."""
PROTECTING = ".protecting"
"""Ends the name of a copy that is being written anew with another passphrase or none."""
_PART = ".part"
_BESIDE = ("", "-journal", "-wal", "-shm", ".lock")
"""What SQLite and this program lay beside a file while they use it."""

Proof = Callable[[Path], str]
"""Says what is wrong with a store's file, in words; "" where nothing is."""


@dataclass(frozen=True, slots=True)
class CopyTerms:
    """What is asked of a copy beyond being one file that opens."""

    prove: Proof = lambda _path: ""
    made: str = ""  # what is written into it as `BACKUP_MADE`; "" for a copy that is no backup
    least_number: int = 0  # its save number at least, so that it counts as later than others


def copy_store(store: sqlite3.Connection, target: Path, terms: CopyTerms | None, key: FileKey | None) -> Path:
    """Copies an open store through SQLite's backup API, proves the copy, and only then gives it its name.

    Args:
        terms: None for a store of any version, which is only opened.
        key: Of the store, read before it was opened; where it is protected, so is the copy, with the same passphrase.

    Raises:
        IscmError: there is no room or no permission, or the copy turned out not to be good: then it lies beside the
            target under a name of its own. The target is as it was.
    """
    try:
        check_target(target, may_be_copy=True)
        beside = target.with_name(target.name + _PART)
    except (OSError, ValueError) as error:
        raise IscmError(StoreProblem.BACKUP_NOT_MADE, target=target, reason=error) from error
    try:
        make_private_folder(target.parent)
        remove_beside(beside)
        os.close(open_private(beside, os.O_RDWR))
        _fill(store, beside, terms, key)
        fault = _fault_of(beside, terms)
        if not fault:
            _onto_disk(beside)
            beside.replace(target)
            sync_folder(target.parent)
            return target
    except (OSError, sqlite3.Error) as error:
        remove_beside(beside)
        raise IscmError(StoreProblem.BACKUP_NOT_MADE, target=target, reason=error) from error
    except BaseException:
        remove_beside(beside)
        raise
    raise IscmError(StoreProblem.BACKUP_NOT_GOOD, copy=_set_apart(beside, target), reason=fault)


def remove_beside(file: Path) -> None:
    """Removes a file of ours that was never finished, with all that lies beside it on its account."""
    for end in _BESIDE:
        with suppress(OSError):
            Path(f"{file}{end}").unlink()


def remove_parts(target: Path) -> None:
    """What a copy leaves beside its target when the program is killed; nothing that anybody else may have put there."""
    remove_beside(target.with_name(target.name + _PART))
    rows = target.with_name(f"{target.name}.rows{_PART}")  # of a shared store
    remove_beside(rows)
    remove_beside(rows.with_name(rows.name + _PART))


def remove_parts_in(folder: Path, stem: str) -> None:
    """The same for all rotating backups of a store, also where nobody noted which was being made."""
    ours = re.compile(
        rf"({re.escape(stem)}-[0-9-]+\.iscmdb)(?:{re.escape(_PART)}|{re.escape(PROTECTING)})(-journal|-wal|-shm)?"
    )
    with suppress(OSError):
        for one in folder.iterdir():
            if found := ours.fullmatch(one.name):
                remove_parts(folder / found[1])
                remove_beside(folder / f"{found[1]}{PROTECTING}")


def _fill(store: sqlite3.Connection, beside: Path, terms: CopyTerms | None, key: FileKey | None) -> None:
    with closing(connect_file(beside, "rw", key, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = MEMORY")  # nobody has it yet: it needs no way back on the disk
        copy.execute("PRAGMA synchronous = OFF")
        store.backup(copy)  # at once: in parts, each save meanwhile would begin it anew
        copy.execute("PRAGMA journal_mode = DELETE")  # one file that can be carried away
        number = abs(save_number.seen_by(copy))
        if terms is not None:
            copy.execute(prepared_queries.FORGET_SETTING.sqlite, {"key": RUNNING_BACKUP})
            if terms.made:
                made = {"key": BACKUP_MADE, "value": f"{terms.made} {number}"}
                copy.execute(prepared_queries.PUT_SETTING.sqlite, made)
            number = max(number, terms.least_number)
        save_number.put(copy, number)


def _fault_of(beside: Path, terms: CopyTerms | None) -> str:
    """Reads the copy back; what is wrong with it, in words, or ""."""
    try:
        with closing(connect_file(beside, "ro")) as copy:
            (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
            if verdict != "ok":
                return str(verdict)
            copy.execute("SELECT count(*) FROM alembic_version").fetchone()
        return terms.prove(beside) if terms is not None else ""
    except sqlite3.OperationalError:  # no room, no permission
        raise
    except sqlite3.DatabaseError as error:
        return str(error)


def _onto_disk(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def _set_apart(beside: Path, target: Path) -> Path:
    apart = target.with_name(target.name + DAMAGED)
    try:
        beside.replace(apart)
    except OSError as error:
        remove_beside(beside)
        raise IscmError(StoreProblem.BACKUP_NOT_MADE, target=target, reason=error) from error
    return apart
