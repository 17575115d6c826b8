"""A restore that is only tried: the newest backup is opened as a store in a place of its own, looked at, and gone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem

_OF_THE_PLACE = (
    StoreProblem.BACKUP_NOT_MADE, StoreProblem.STORE_NOT_OPENED, StoreProblem.STORE_NOT_WRITTEN,
)  # fmt: skip
"""What a folder for temporary files is to blame for, when it is full or gone: nothing is known of the backup then."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What trying a backup out came to."""

    backup: Path
    at: datetime
    responses: int  # that could be opened
    fault: str  # in words; "" where all went well


def rehearse(backup: Path, now: datetime, should_stop: Callable[[], bool] = lambda: False) -> Rehearsal:
    """Restores a backup into a folder that is thrown away, opens it, and verifies it as any store.

    Raises:
        IscmError: there is no room for that, so that it is not known whether the backup is good.
        VerificationStopped: it was asked to stop.
    """
    try:
        return _tried(backup, now, should_stop)
    except OSError as error:
        reason = error.strerror or error
        raise IscmError(StoreProblem.BACKUP_NOT_TRIED, backup=backup, reason=reason) from error


def _tried(backup: Path, now: datetime, should_stop: Callable[[], bool]) -> Rehearsal:
    from iscm_desktop.store.database.opening import open_database  # late: a start needs none of it
    from iscm_desktop.store.database.restoring import restore_file
    from iscm_desktop.store.verification.copy_proof import CopyProof
    from iscm_desktop.store.verification.store_reader import reading
    from iscm_desktop.store.verification.verification import verify

    with tempfile.TemporaryDirectory(prefix="iscm-rehearsal-", ignore_cleanup_errors=True) as folder:
        tried = Path(folder) / "tried.iscmdb"
        try:
            restore_file(backup, tried, now, lambda _path: None, CopyProof())
            with closing(open_database(tried)) as database, database.read() as db:
                reader = reading(db)
                report = verify(reader, should_stop=should_stop)
                (responses,) = reader.rows("SELECT count(*) FROM response")[0]
        except IscmError as problem:
            if problem.problem in _OF_THE_PLACE:
                reason = problem.particulars.get("reason", "")
                raise IscmError(StoreProblem.BACKUP_NOT_TRIED, backup=backup, reason=reason) from problem
            return Rehearsal(backup, now, 0, str(problem))
    fault = "" if report.is_whole else report.findings[0].kind.value
    return Rehearsal(backup, now, responses, fault)
