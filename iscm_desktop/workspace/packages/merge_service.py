"""Merging whatever packages come in: laid out first, then planned and applied like packages in the open."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Sequence
from pathlib import Path

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.exchange.merging.merge_plan import MergePlan, MergeReport
from iscm_desktop.exchange.unpacking.package_sources import find_sources
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.workspace.packages.package_export import PackageExport


class MergeService:
    """The service behind the merge page. What it lays out is readable by this person only, and goes with it."""

    def __init__(self, travelling: PackageExport) -> None:
        self._travelling = travelling
        self._room: Path | None = None

    def plan(self, paths: Sequence[Path], progress: TaskProgress = UNWATCHED) -> MergePlan:
        """What merging would do, and nothing is changed.

        Args:
            paths: Packages, PDFs that carry one, mails and archives that hold them, folders of all these.
            progress: Told of what must be unpacked first, then of the packages found.
        """
        return self._travelling.plan(find_sources(paths, self._folder, progress), progress)

    def apply(self, plan: MergePlan, progress: TaskProgress = UNWATCHED) -> MergeReport:
        """Merges as planned. A stop leaves whole files merged, and none by half."""
        return self._travelling.apply(plan, progress)

    def close(self) -> None:
        """Removes what was laid out."""
        if self._room is not None:
            shutil.rmtree(self._room, ignore_errors=True)
            self._room = None

    def _folder(self) -> Path:
        """A new empty folder, for this plan alone.

        Raises:
            IscmError: there is no room for temporary files.
        """
        try:
            if self._room is None:
                self._room = Path(tempfile.mkdtemp(prefix="iscm-"))
                weakref.finalize(self, shutil.rmtree, self._room, ignore_errors=True)
            return Path(tempfile.mkdtemp(dir=self._room))
        except OSError as error:
            reason = error.strerror or error
            raise IscmError(Problem.FILE_NOT_WRITTEN, file=tempfile.gettempdir(), reason=reason) from error
