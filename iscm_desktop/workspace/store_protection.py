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
from iscm_desktop.workspace.backups.backup_service import BackupService
from iscm_desktop.workspace.backups.followed_protection import expect_followers
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class ProtectionReport:
    """What setting, changing or taking off a passphrase came to."""

    is_protected: bool
    backups: int  # copies of the store that follow it now
    left: tuple[
        Path, ...
    ]  # those that could not be written anew: they are as they were, with what opened them
    away: Path | None = (
        None  # the second place, where it could not be reached; None: it could, or there is none
    )


def check_protectable(store: Path) -> None:
    """Before anybody is asked for a new passphrase.

    Raises:
        IscmError: the store is not there or on a server, or its present passphrase was not given.
    """
    if not store.is_file():
        problem = StoreProblem.PROTECTION_NEEDS_FILE if "://" in str(store) else AnswerProblem.FILE_MISSING
        raise IscmError(problem, store=store, file=store)
    key_of(store)


def protect_store(store: Path, passphrase: str | None) -> ProtectionReport:
    """Writes a store that is closed anew behind a passphrase, or readable where it is None; then its backups.

    Whoever changes or takes off a passphrase has given the present one (`unlock`).

    Raises:
        IscmError: the store is not there, in use, damaged or on a server; its passphrase was not given; the new one is
            too short; or there is no room. Then the store is as it was.
    """
    check_protectable(store)
    key = None if passphrase is None else new_key(passphrase)
    with closing(open_database(store)) as database:  # up to date, and nobody else has it
        path = database.path
        expect_followers(database, key_of(path))
    lock = StoreLock.take(path)
    try:
        lock.release_file()  # Windows moves no file that is open; the lock of the name stays
        rewrite_file(path, key, CopyProof())
    finally:
        lock.release()
    try:
        with closing(open_database(path)) as database:  # so that nobody makes a backup meanwhile
            found = BackupService(WorkspaceContext.at(database, times.now)).follow_protection()
    except IscmError:  # somebody else was quicker to open it: its copies follow with the next backup
        behind = kept_backups.named_so(kept_backups.folder_of(path), path.stem)
        return ProtectionReport(key is not None, 0, tuple(sorted(behind)))
    return ProtectionReport(key is not None, found.done, found.left, found.away)
