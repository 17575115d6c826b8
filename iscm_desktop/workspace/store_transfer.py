"""Stores as a whole: moved to a server and back, restored from a backup."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.store.database.opening import open_database
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.store.times import Clock, now
from iscm_desktop.store.verification.copy_proof import CopyProof
from iscm_desktop.workspace.practice_mark import check_practice_place, is_practice
from iscm_desktop.workspace.workspace_context import WorkspaceContext


def copy_store(source: str, target: str) -> int:
    """Copies all of one store into another that is new or empty; gives the number of rows.

    Args:
        source: A path, or the address of a shared store; likewise `target`.

    Raises:
        IscmError: the source is not there, either cannot be opened, or the target holds something already; or the
            source is a practice round, and the target is no place for one.
    """
    if "://" not in source and not Path(source).expanduser().is_file():
        raise IscmError(AnswerProblem.FILE_MISSING, file=source)
    with closing(open_database(source)) as out:
        if is_practice(out):
            check_practice_place(source, target)
        if "://" not in source and "://" not in target:
            from iscm_desktop.store.database.protected_copies import begin_like

            begin_like(Path(target).expanduser().absolute(), out.path)
        with closing(open_database(target)) as into:
            from iscm_desktop.store.database.store_copy import copy_rows

            return copy_rows(out, into)


def restore_backup(
    backup: Path, store: str | Path, clock: Clock = now, proof: CopyProof | None = None
) -> Path | None:
    """Puts a backup in the place of a store, and records that in the restored one.

    Gives where what was there before was set aside; None where nothing was. A database on a server has to be empty.

    Args:
        proof: Holds afterwards what there is to say of the backup although it is good.

    Raises:
        IscmError: the backup is not there, is none, or was made by a newer program; the store is in use; or the
            backup is of a practice round, and the store is none.
    """
    backup = backup.expanduser().absolute()
    if not backup.is_file():
        raise IscmError(AnswerProblem.FILE_MISSING, file=backup)

    def record(restored: str | Path) -> None:
        from iscm_desktop.store.ledger.ledger_entries import start_forks

        with closing(open_database(restored)) as database:
            if is_practice(database):
                check_practice_place(backup, store)
            log = WorkspaceContext.at(database, clock).log
            with database.write() as db:
                log.record(db, OperationKind.RESTORE, {"backup": str(backup)})
                start_forks(db, clock())

    if isinstance(store, str) and "://" in store:
        copy_store(str(backup), store)
        record(store)
        return None
    from iscm_desktop.store.database.restoring import restore_file

    return restore_file(backup, Path(store).expanduser().resolve(), clock(), record, proof or CopyProof())
