"""Merging: what a pile of files would do, shown first, then done; the union of revisions, file by file.

Each file is compared with what is there and with what the files before it brought. The plan writes nothing.
Merging commits whole files only, those of one response together, so a stop or a power cut leaves each file
either merged or not.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from iscm_desktop.exchange.merging.kept_refusals import refused_rows
from iscm_desktop.exchange.merging.merge_applier import MergeApplier, MergePile
from iscm_desktop.exchange.merging.merge_plan import (
    FilePlan,
    FileReport,
    MergePlan,
    MergeReport,
    RefusedFile,
)
from iscm_desktop.exchange.merging.merge_planner import MergePlanner
from iscm_desktop.exchange.trust.verification import PackageVerifier
from iscm_desktop.exchange.unpacking.package_sources import PackageSource
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.operations.operation_kinds import OperationKind, OperationOutcome
from iscm_desktop.store.operations.operation_log import OperationLog
from iscm_desktop.store.operations.refused_files import add_refused
from iscm_desktop.store.times import Clock
from iscm_desktop.task_progress import UNWATCHED, TaskProgress

_HOLD_S = 0.2
"""For so long one transaction may keep somebody's typing from being saved."""
_AT_ONCE = 250
"""Files in one transaction at most: what the store knows of them is looked up together."""


@dataclass(frozen=True, slots=True)
class Merger:
    """Merges into one store, for one person at one device."""

    database: Database
    clock: Clock
    device: str
    person: str
    verifier: PackageVerifier = field(default_factory=PackageVerifier)

    def plan(self, sources: Sequence[PackageSource], progress: TaskProgress = UNWATCHED) -> MergePlan:
        """What merging would do. A stop leaves the files out that were not examined; the refused stay named."""
        found: list[FilePlan | RefusedFile] = []
        with self.database.read() as db:
            planner = MergePlanner(db, self.verifier, self.device)
            for number, source in enumerate(sources):
                if source.refusal is None and progress.should_stop():
                    continue
                progress.report(number, len(sources))
                found.append(planner.plan_file(source))
        progress.report(len(found), len(sources))
        return MergePlan(tuple(found), is_stopped=progress.should_stop())

    def choose(self, plan: MergePlan, left_out: frozenset[Path]) -> MergePlan:
        """The same plan without these files; what it says of others of their respondents is looked at again.

        Each file is compared with what those before it bring: without one of them it may bring more, or something else.
        """
        changed = plan.left_out ^ left_out
        files = Counter(file.response_id for file in plan.planned)
        touched = {
            one.response_id for one in plan.planned if one.path in changed and files[one.response_id] > 1
        }
        again = [one for one in plan.planned if one.response_id in touched and one.path not in left_out]
        found: dict[Path, FilePlan | RefusedFile] = {}
        if again:
            with self.database.read() as db:
                planner = MergePlanner(db, self.verifier, self.device)
                found = {file.path: planner.plan_file(file.source) for file in again}
        told = tuple(found.get(file.path, file) for file in plan.files)
        return replace(plan, files=told, left_out=left_out)

    def apply(self, plan: MergePlan, progress: TaskProgress = UNWATCHED) -> MergeReport:
        """Merges what was planned, as one operation. A stop leaves whole files merged, and none by half.

        What is refused is kept with it, also where that is all there is.
        """
        waiting = _in_store_order(plan.chosen)
        if not waiting and not plan.refused:
            return MergeReport("", _in_plan_order(plan, ()), is_stopped=False)
        refused, total = len(plan.refused), len(plan.refused) + len(waiting)
        done: list[FileReport | RefusedFile] = []
        log = OperationLog(self.database, self.clock, self.person, self.device)
        with log.running(OperationKind.MERGE, {"files": str(total)}) as merge:
            self._keep_refused(merge.number, plan, plan.outcomes)
            while len(done) < len(waiting) and not progress.should_stop():
                at = refused + len(done)
                progress.report(at, total)
                part = waiting[len(done) : len(done) + _AT_ONCE]
                done += self._apply_for_a_while(
                    MergePile(merge.number, part, at, plan.takes_outside), progress
                )
            if is_stopped := len(done) < len(waiting):
                merge.outcome = OperationOutcome.STOPPED
            self._keep_refused(merge.number, plan, done)
        progress.report(refused + len(done), total)
        return MergeReport(str(merge.number), _in_plan_order(plan, done), is_stopped)

    def _keep_refused(
        self, operation: int, plan: MergePlan, files: Sequence[FilePlan | FileReport | RefusedFile]
    ) -> None:
        """Those of the plan at once, so that they are there whatever happens; later what was refused meanwhile."""
        places = {file.source: at for at, file in enumerate(plan.files)}
        if rows := refused_rows((places[file.source], file) for file in files):
            with self.database.write() as db:
                add_refused(db, operation, rows)

    def _apply_for_a_while(self, pile: MergePile, progress: TaskProgress) -> list[FileReport | RefusedFile]:
        """Merges whole files in one transaction until time is up; gives them as they turned out."""
        until = time.monotonic() + _HOLD_S
        with self.database.write() as db:
            applier = MergeApplier(db, self.verifier, self.device, self.clock, pile)
            return applier.apply_files(lambda: time.monotonic() > until or progress.should_stop())


def _in_store_order(files: Sequence[FilePlan]) -> list[FilePlan]:
    """As the store keeps their responses: the rows of a pile then follow each other on the disk."""
    return sorted(files, key=lambda file: file.response_id)


def _in_plan_order(
    plan: MergePlan, done: Sequence[FileReport | RefusedFile]
) -> tuple[FileReport | RefusedFile, ...]:
    """What became of each file of a plan; without those that were not reached."""
    found = {file.path: file for file in done}
    return tuple(
        file if isinstance(file, RefusedFile) else found[file.path]
        for file in plan.outcomes
        if isinstance(file, RefusedFile) or file.path in found
    )
