"""A passphrase on a store: set, changed, taken off; its backups follow."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError, StoreProblem
from iscm_desktop.store import times
from iscm_desktop.store.database import kept_backups
from iscm_desktop.store.database.opening import open_database
from iscm_desktop.store.database.protected_files import key_of, new_key
from iscm_desktop.store.database.protecting import rewrite_file
from iscm_desktop.store.database.store_lock import StoreLock
from iscm_desktop.store.verification.copy_proof import CopyProof
from iscm_desktop.workspace.backups.backup_service import SECOND_PLACE, backup_folder
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class ProtectionReport:
    """What setting, changing or taking off a passphrase came to."""

    is_protected: bool
    backups: int  # that follow it now
    left: tuple[
        Path, ...
    ]  # backups that could not be written anew: they are as they were, with what opened them


def protect_like(made: Path, source: Path) -> None:
    """Gives a store that was made of another one the same passphrase, where that has one.

    Raises:
        IscmError: there is no room; then the new store can be read without a passphrase.
    """
    key = key_of(source)
    if key is not None:
        rewrite_file(made, key, CopyProof())


def protect_store(store: Path, passphrase: str | None) -> ProtectionReport:
    """Writes a store that is closed anew behind a passphrase, or readable where it is None; then its backups.

    Whoever changes or takes off a passphrase has given the present one (`unlock`).

    Raises:
        IscmError: the store is not there, in use, damaged or on a server; its passphrase was not given; the new one is
            too short; or there is no room. Then the store is as it was.
    """
    if not store.is_file():
        problem = StoreProblem.PROTECTION_NEEDS_FILE if "://" in str(store) else AnswerProblem.FILE_MISSING
        raise IscmError(problem, store=store, file=store)
    key_of(store)  # or it is said that its passphrase is needed
    key = None if passphrase is None else new_key(passphrase)
    with closing(open_database(store)) as database:  # up to date, and nobody else has it
        context = WorkspaceContext.at(database, times.now)
        device, stem = context.device, database.path.stem
        second, path = database.settings.value(SECOND_PLACE), database.path
    lock = StoreLock.take(path)
    try:
        lock.release_file()  # Windows moves no file that is open; the lock of the name stays
        rewrite_file(path, key, CopyProof())
    finally:
        lock.release()
    folders = [backup_folder(path), *([Path(second)] if second else [])]
    done, left = 0, []
    for folder in folders:
        for backup in kept_backups.own_backups(folder, stem, device):
            try:
                rewrite_file(backup.path, key, CopyProof())
                done += 1
            except IscmError:
                left.append(backup.path)
    return ProtectionReport(key is not None, done, tuple(left))
