"""Backups of the store, by request and by themselves."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.file_names import shown_file
from iscm_desktop.i18n import _
from iscm_desktop.store import times
from iscm_desktop.store.database import backup, kept_backups
from iscm_desktop.store.database.backup import CopyTerms
from iscm_desktop.store.database.kept_backups import KeptBackup
from iscm_desktop.text_limits import is_storable
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_DUE_AFTER = timedelta(days=1)
_DUE_AFTER_SAVES = 1000
"""Whatever the clock says: one that stands still, or begins anew with each start, never comes to a day."""


class BackupService:
    """The service behind "Back up now" and the daily backup.

    Attributes:
        remark: What to say of the newest copy although it is good; "" where nothing is.
    """

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context
        self.remark = ""

    @property
    def folder(self) -> Path:
        """Where the rotating backups lie: beside the store, named after it."""
        store = self._context.database.path
        return store.with_name(f"{store.stem}-backups")

    def make(self, target: Path | None = None) -> Path:
        """A proven copy at `target` or, without one, among the rotating ones.

        Raises:
            IscmError: it could not be written; or the store holds what is not as it was written: then all earlier
                backups are kept, and the copy lies apart from them.
        """
        from iscm_desktop.store.verification.copy_proof import CopyProof  # late: a start needs none of it

        database = self._context.database
        stem = database.path.stem
        named = target or kept_backups.name_for(self.folder, stem, self._context.now())
        if not is_storable(str(named)):  # what runs is noted by its name
            raise IscmError(
                StoreProblem.BACKUP_NOT_MADE, target=shown_file(named), reason=_("its name is no text")
            )
        rotates = target is None and not database.is_shared
        kept = self._kept() if rotates else []
        least = 1 + max((one.number for one in kept), default=0)
        proof = CopyProof()
        terms = CopyTerms(proof, times.written(self._context.now()), least)
        self.remark = ""
        database.settings.put(backup.RUNNING_BACKUP, str(named))
        try:
            database.copy_to(named, terms)
        except IscmError as error:
            if rotates and error.problem is StoreProblem.BACKUP_NOT_GOOD:
                kept_backups.drop_damaged(self.folder, stem, but=Path(str(error.particulars["copy"])))
            raise
        finally:
            with suppress(IscmError, sqlite3.Error):
                database.settings.put(backup.RUNNING_BACKUP, None)
                database.complete_file()
        if rotates:
            kept_backups.drop_oldest(self._kept(), named)
        self.remark = proof.remark
        return named

    def make_if_due(self) -> Path | None:
        """Makes one unless nothing has changed since the newest, or little time and few saves have passed.

        None where none was due, and of a shared store: who keeps a server backs it up there.

        Raises:
            IscmError: as `make`.
        """
        if self._context.database.is_shared:
            return None
        kept = self._kept()
        return self.make() if not kept or self._is_due(kept[-1]) else None

    def close_interrupted(self) -> tuple[str, ...]:
        """What to say about a backup during which the program was killed; removes what it left."""
        database = self._context.database
        if not database.is_shared:
            backup.remove_parts_in(self.folder, database.path.stem)
        noted = database.settings.value(backup.RUNNING_BACKUP)
        if noted is None:
            return ()
        backup.remove_parts(Path(noted))
        database.settings.put(backup.RUNNING_BACKUP, None)
        return (
            _(
                "The program ended during a backup. Your answers and the earlier backups are as they were; "
                "please back up again."
            ),
        )

    def made_at(self) -> tuple[datetime | None, ...]:
        """When the rotating backups that are there were made, the oldest first; each was proven then.

        None for one that does not say; none of a shared store, which is backed up where it lies.
        """
        return () if self._context.database.is_shared else tuple(one.made_at for one in self._kept())

    def _kept(self) -> list[KeptBackup]:
        return kept_backups.own_backups(self.folder, self._context.database.path.stem, self._context.device)

    def _is_due(self, newest: KeptBackup) -> bool:
        saves = self._context.database.saves - newest.saves
        if saves == 0:
            return False
        if newest.made_at is None or saves < 0 or saves >= _DUE_AFTER_SAVES:
            return True
        age = self._context.now() - newest.made_at
        return age >= _DUE_AFTER or age < timedelta(0)  # made in the future: one of the clocks was wrong
