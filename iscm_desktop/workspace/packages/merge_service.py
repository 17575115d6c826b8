"""Packages that come in: laid out, planned, merged, and merges taken back."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Sequence
from pathlib import Path

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.exchange.merging.merge_plan import MergePlan, MergeReport, MergeResult
from iscm_desktop.exchange.merging.merger import Merger
from iscm_desktop.exchange.unpacking.package_sources import find_sources
from iscm_desktop.store import batches
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.rows import BatchRow
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.workspace.interrupted_work import InterruptedWork, underway
from iscm_desktop.workspace.key_service import KeyService
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_COUNTED_AT_ONCE = 20
"""Responses whose progress is counted with the merge itself; a larger pile is counted afterwards."""


class MergeService:
    """What it lays out of mails and archives is readable by this person only, and goes with it."""

    def __init__(
        self, context: WorkspaceContext, response_service: ResponseService, key_service: KeyService
    ) -> None:
        self._context, self._responses, self._keys = context, response_service, key_service
        self._folder: Path | None = None

    def plan(self, paths: Sequence[Path], progress: TaskProgress = UNWATCHED) -> MergePlan:
        """What merging would do, and nothing is changed.

        Args:
            paths: Packages, PDFs that carry one, mails and archives that hold them, folders of all these.
            progress: Told of what must be unpacked first, then of the packages found.
        """
        sources = find_sources(paths, self._new_folder, progress)
        return self._merger().plan(sources, progress)

    def apply(self, plan: MergePlan, progress: TaskProgress = UNWATCHED) -> MergeReport:
        """Merges as planned. A stop leaves whole files merged, and none by half."""
        with underway(self._context.database, InterruptedWork.MERGE, files=len(plan.files)):
            report = self._merger().apply(plan, progress)
        self._keys.add_proven_devices(report.merged)
        changed = {file.response_id for file in report.merged if file.result is not MergeResult.SAME}
        self._count_progress(changed)
        return report

    def merges(self) -> tuple[BatchRow, ...]:
        """The merges so far, the newest first."""
        with self._context.database.read() as db:
            return batches.batch_rows(db)

    def take_back(self, batch: str) -> None:
        """Takes a merge back: what only it brought goes out of view. Nothing is deleted.

        Raises:
            IscmError: there is no such merge.
        """
        self._show(batch, is_taken_back=True)

    def put_back(self, batch: str) -> None:
        """Puts a merge in again that was taken back.

        Raises:
            IscmError: there is no such merge.
        """
        self._show(batch, is_taken_back=False)

    def close(self) -> None:
        """Removes what was laid out."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _show(self, batch: str, *, is_taken_back: bool) -> None:
        with self._context.database.write() as db:
            subjects = batches.subjects_of(db, batch)
            for subject in subjects:
                responses.seal_response(db, subject, self._context.device)
            batches.take_back(db, batch, subjects, is_taken_back=is_taken_back)
        self._count_progress(set(subjects))

    def _merger(self) -> Merger:
        context = self._context
        verifier = self._keys.package_verifier()
        return Merger(context.database, context.clock, context.device, context.person.signature, verifier)

    def _count_progress(self, subjects: set[SubjectId]) -> None:
        if len(subjects) <= _COUNTED_AT_ONCE:
            shown = {row.id for row in ResponseList(self._context).all()}
            for subject in subjects & shown:
                self._responses.count_progress(subject)

    def _new_folder(self) -> Path:
        """A new empty folder, for this plan alone.

        Raises:
            IscmError: there is no room for temporary files.
        """
        try:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="iscm-"))
                weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            return Path(tempfile.mkdtemp(dir=self._folder))
        except OSError as error:
            reason = error.strerror or error
            raise IscmError(Problem.FILE_NOT_WRITTEN, file=tempfile.gettempdir(), reason=reason) from error
