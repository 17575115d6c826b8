"""Merging whatever packages come in: laid out first, then planned and applied like packages in the open."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.exchange.merging.merger import FilePlan, MergePlan, MergeReport, MergeResult
from iscm_desktop.exchange.unpacking.package_sources import PackageSource, find_sources
from iscm_desktop.workspace.packages.package_export import PackageExport

Progress = Callable[[int, int], None]
ShouldStop = Callable[[], bool]


class MergeService:
    """The service behind the merge page. What it lays out is readable by this person only, and goes with it."""

    def __init__(self, travelling: PackageExport) -> None:
        self._travelling = travelling
        self._room: Path | None = None

    def plan(self, paths: Sequence[Path], progress: Progress, should_stop: ShouldStop) -> MergePlan:
        found = find_sources(paths, self._folder, progress, should_stop)
        usable = [source.path for source in found if not source.refusal]
        planned = self._travelling.plan(usable, progress, should_stop)
        by_path = {file.path: file for file in planned.files}
        files = []
        for source in found:
            file = _refused(source) if source.refusal else by_path.get(source.path)
            if file is not None:  # None: stopped before it was looked at
                files.append(_labelled(file, source))
        return MergePlan(tuple(files))

    def apply(self, plan: MergePlan, progress: Progress, should_stop: ShouldStop) -> MergeReport:
        report = self._travelling.apply(plan, progress, should_stop)
        planned = {file.path: file for file in plan.files}
        return replace(
            report,
            files=tuple(
                replace(file, within=planned[file.path].within, origin=planned[file.path].origin)
                for file in report.files
            ),
        )

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


def _refused(source: PackageSource) -> FilePlan:
    return FilePlan(source.path, "", MergeResult.REFUSED, source.refusal)


def _labelled(file: FilePlan, source: PackageSource) -> FilePlan:
    return replace(file, within=source.within, origin=source.origin)
