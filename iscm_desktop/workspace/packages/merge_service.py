"""Packages that come in: laid out, planned, merged."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Collection, Sequence
from pathlib import Path

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.merging.merge_plan import MergePlan, MergeReport, MergeResult
from iscm_desktop.exchange.merging.merger import Merger
from iscm_desktop.exchange.unpacking.package_sources import find_sources
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.workspace.key_service import KeyService
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


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

    def choose(self, plan: MergePlan, left_out: Collection[Path]) -> MergePlan:
        """The same plan with these of its files left out; others of their respondents are looked at again."""
        return self._merger().choose(plan, frozenset(left_out))

    def apply(self, plan: MergePlan, progress: TaskProgress = UNWATCHED) -> MergeReport:
        """Merges as planned. A stop leaves whole files merged, and none by half."""
        report = self._merger().apply(plan, progress)
        changed = {
            file.response_id for file in report.merged if file.result is not MergeResult.SAME or file.healed
        }
        self._responses.count_few(changed)
        return report

    def close(self) -> None:
        """Removes what was laid out."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _merger(self) -> Merger:
        context = self._context
        verifier = self._keys.package_verifier()
        return Merger(context.database, context.clock, context.device, context.person.signature, verifier)

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
            raise IscmError(
                FileProblem.FILE_NOT_WRITTEN, file=tempfile.gettempdir(), reason=reason
            ) from error
