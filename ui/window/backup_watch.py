"""Says at the foot of the window when the newest backup was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject

from iscm_desktop.i18n import _
from ui.page.page_context import PageContext
from ui.phrases.shown_moments import brief_moment
from ui.window.status_line import StatusLine


class BackupWatch(QObject):
    """Looks on the worker, since each backup is opened to see when it was made."""

    def __init__(self, context: PageContext, status: StatusLine) -> None:
        super().__init__(status)
        self._context, self._status = context, status
        context.backed_up.connect(self.look)

    def look(self) -> None:
        """A backup was made, or none was due."""
        backups = self._context.workspace.backups
        self._context.runner.run(self, lambda _job: backups.made_at(), self._show)

    def _show(self, made_at: Sequence[datetime | None]) -> None:
        newest = made_at[-1] if made_at else None
        words = "" if newest is None else _("Backup {moment}").format(moment=brief_moment(newest))
        self._status.show_backup(words)
