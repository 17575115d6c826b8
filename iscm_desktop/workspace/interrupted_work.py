"""Work that takes a while is noted before it begins, and struck out when it ends.

A program that is killed in the middle leaves its note. The next start finds it, removes the half-written file
that lies beside the target, and says what became of the work. Nothing here is needed for safety: files are
written beside their target, and the store keeps whole transactions only.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

from iscm_desktop.errors import IscmError
from iscm_desktop.i18n import _
from iscm_desktop.store import startup_queries
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.database.transaction import Transaction


class InterruptedWork(Enum):
    """What may be interrupted in a way that people should hear of."""

    EXPORT = "export"
    BACKUP = "backup"
    MERGE = "merge"


_NOTE = "underway."


@contextmanager
def underway(
    database: Database, work: InterruptedWork, target: Path | None = None, files: int = 0
) -> Iterator[None]:
    """Notes work for as long as it lasts; one at a time of each kind.

    Args:
        target: The file that is written; a half-written one lies beside it, its name with ".part" at the end.
        files: So many are merged.
    """
    key = _NOTE + work.value
    with database.read() as db:
        note = {"target": str(target or ""), "files": files, "batch": startup_queries.last_batch(db)}
    database.settings.put(key, json.dumps(note))
    try:
        yield
    finally:
        with suppress(IscmError, sqlite3.Error):
            database.settings.put(key, None)


def left_over(database: Database) -> tuple[str, ...]:
    """What to say about work that a killed program left; cleans up after it, and says it once."""
    notes = database.settings.under(_NOTE)
    if not notes:
        return ()
    with database.read() as db:
        said = [_said(db, InterruptedWork(key.removeprefix(_NOTE)), json.loads(note)) for key, note in notes]
    for key, _value in notes:
        database.settings.put(key, None)
    return tuple(said)


def _said(db: Transaction, work: InterruptedWork, note: dict[str, str | int]) -> str:
    target = Path(str(note["target"]))
    match work:
        case InterruptedWork.EXPORT:
            _remove(target.with_name(f".{target.name}.part"))
            return _(
                "The program ended while it was writing '{file}'. "
                "A file of that name is whole, but may be the one from before: please export again."
            ).format(file=target)
        case InterruptedWork.BACKUP:
            _remove(target.with_name(f"{target.name}.part"))
            return _(
                "The program ended during a backup. Your answers and the earlier backups are as they were; "
                "please back up again."
            )
        case InterruptedWork.MERGE:
            return _(
                "The program ended during a merge: {done} of {total} files were merged, each of them whole. "
                "Please merge the same files again; what is here already is passed over."
            ).format(done=startup_queries.files_after(db, int(note["batch"])), total=note["files"])


def _remove(part: Path) -> None:
    with suppress(OSError):
        part.unlink()
