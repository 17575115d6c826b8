"""The store is verified by itself, once a day, while nobody types and nothing else is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from iscm_desktop.i18n import _
from ui.look.colours import Tone
from ui.page.job_runner import Job, JobRunner
from ui.page.notices import Notice
from ui.page.page_context import PageContext
from ui.page.timers import single_shot

if TYPE_CHECKING:
    from iscm_desktop.workspace.backups.rehearsal import Rehearsal
    from iscm_desktop.workspace.row_types import VerificationReport

_IDLE_MS = 30_000


class IdleVerifier(QObject):
    """Works on a thread of its own, so that nobody waits for it, and stops when somebody types or leaves."""

    def __init__(self, context: PageContext, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._runner = context, runner
        self._job: Job | None = None
        self._timer = single_shot(self, _IDLE_MS, self.begin)
        context.unsaved.connect(self.put_off)
        context.saved.connect(self.put_off)

    def put_off(self) -> None:
        """Somebody is at work: not before another while of rest."""
        if self._job is not None:
            self._job.stop()
        self._timer.start()

    def begin(self) -> None:
        """Verifies now, where that is due."""
        if self._job is not None or self._context.runner.is_busy:
            self._timer.start()
            return
        self._job = self._runner.run(self, self._look, self._tell)
        self._job.ended.connect(self._on_ended)

    def end(self) -> None:
        """Nothing begins any more; what runs is over soon."""
        self._timer.stop()
        if self._job is not None:
            self._job.stop()

    def _on_ended(self) -> None:
        self._job = None

    def _look(self, job: Job) -> tuple[VerificationReport | None, Rehearsal | None]:
        """On the worker's thread."""
        workspace = self._context.workspace
        report = workspace.verification.verify_if_due(job.should_stop)
        return report, None if job.should_stop() else workspace.backups.rehearse_if_due(job.should_stop)

    def _tell(self, found: tuple[VerificationReport | None, Rehearsal | None]) -> None:
        report, tried = found
        if report is not None and not report.is_whole:
            words = _("Something in the store is not as it was. The page Proof names it and says what to do.")
            self._context.noticed.emit(Notice(words, Tone.BAD, _("Look at it"), self._show_proof))
        if tried is not None and tried.fault:
            from iscm_desktop.presenters.backup_words import (
                rehearsal_words,
            )  # late: a start needs no words of it

            self._context.noticed.emit(Notice(rehearsal_words(tried), Tone.BAD))

    def _show_proof(self) -> None:
        self._context.page_wanted.emit("proof")
