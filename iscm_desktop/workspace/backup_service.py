"""Backups of the store, by request and by themselves."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from iscm_desktop.errors import IscmError
from iscm_desktop.i18n import _
from iscm_desktop.store.database import backup
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_DUE_AFTER = timedelta(days=1)


class BackupService:
    """The service behind "Back up now" and the daily backup."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    @property
    def folder(self) -> Path:
        """Where the rotating backups lie: beside the store, named after it."""
        store = self._context.database.path
        return store.with_name(f"{store.stem}-backups")

    def make(self, target: Path | None = None) -> Path:
        """A proven copy at `target` or, without one, among the rotating ones."""
        database = self._context.database
        named = target or backup.name_for(self.folder, database.path.stem, self._context.now())
        database.settings.put(backup.RUNNING_BACKUP, str(named))
        try:
            database.copy_to(named)
        finally:
            with suppress(IscmError, sqlite3.Error):
                database.settings.put(backup.RUNNING_BACKUP, None)
        if target is None and not database.is_shared:
            backup.drop_oldest(self.folder, database.path.stem)
        return named

    def make_if_due(self) -> Path | None:
        """Makes one unless the newest is younger than a day or nothing has changed since.

        None where none was due, and of a shared store: who keeps a server backs it up there.
        """
        if self._context.database.is_shared:
            return None
        newest = max(backup.kept(self.folder, self._context.database.path.stem), default=None)
        if newest is not None:
            made_at = datetime.fromtimestamp(newest.stat().st_mtime, UTC)
            if self._context.now() - made_at < _DUE_AFTER or self._changed_at() <= made_at:
                return None
        return self.make()

    def close_interrupted(self) -> tuple[str, ...]:
        """What to say about a backup during which the program was killed; removes what it left."""
        noted = self._context.database.settings.value(backup.RUNNING_BACKUP)
        if noted is None:
            return ()
        backup.remove_parts(Path(noted))
        self._context.database.settings.put(backup.RUNNING_BACKUP, None)
        return (
            _(
                "The program ended during a backup. Your answers and the earlier backups are as they were; "
                "please back up again."
            ),
        )

    def _changed_at(self) -> datetime:
        store = self._context.database.path
        files = [store, store.with_name(store.name + "-wal")]
        return datetime.fromtimestamp(max(file.stat().st_mtime for file in files if file.exists()), UTC)
