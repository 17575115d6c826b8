"""Merging: what a pile of files would do, shown first, then done; the union of revisions, file by file.

Each file is compared with what is there and with what the files before it brought. The plan writes nothing.
Merging commits whole files only, those of one response together, so a stop or a power cut leaves each file
either merged or not.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from iscm_desktop.exchange.merging.merge_intake import MergeIntake
from iscm_desktop.exchange.merging.merge_plan import FilePlan, MergePlan, MergeReport, MergeResult
from iscm_desktop.exchange.merging.merge_planner import MergePlanner
from iscm_desktop.exchange.trust.verification import PackageVerifier
from iscm_desktop.store import batches
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.times import Clock

__all__ = ["FilePlan", "MergePlan", "MergeReport", "MergeResult", "Merger", "packages_in"]

PACKAGE_SUFFIX = ".iscm"
ENCRYPTED_SUFFIX = ".iscm.age"
_HOLD_S = 0.2
"""For so long one transaction may keep somebody's typing from being saved."""
_AT_ONCE = 250
"""Files in one transaction at most: what the store knows of them is looked up together."""

Progress = Callable[[int, int], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Merger:
    """Merges into one store, for one person at one device."""

    database: Database
    clock: Clock
    device: str
    person: str
    door: PackageVerifier = field(default_factory=PackageVerifier)

    def plan(self, paths: Sequence[Path], progress: Progress, should_stop: ShouldStop) -> MergePlan:
        files = packages_in(paths)
        found: list[FilePlan] = []
        with self.database.read() as db:
            looking = MergePlanner(db, self.door, self.device)
            for path in files:
                if should_stop():
                    return MergePlan(tuple(found))
                progress(len(found), len(files))
                found.append(looking.at(path))
        progress(len(files), len(files))
        return MergePlan(tuple(found))

    def apply(self, plan: MergePlan, progress: Progress, should_stop: ShouldStop) -> MergeReport:
        found = {file.path: file for file in plan.files if file.result is MergeResult.REFUSED}
        groups: dict[SubjectId, list[FilePlan]] = {}
        for file in plan.files:
            if file.path not in found:
                groups.setdefault(file.response_id, []).append(file)
        # In the order in which the store keeps them: the rows of a pile then follow each other on the disk.
        waiting = [file for _subject, group in sorted(groups.items()) for file in group]
        if not waiting:
            return MergeReport("", plan.files, is_stopped=False)
        with self.database.write() as db:
            batch = batches.add_batch(db, self.clock(), self.person)
        done = 0
        while done < len(waiting) and not should_stop():
            progress(len(found), len(plan.files))
            taken = self._applied_for_a_while(batch, waiting[done : done + _AT_ONCE], len(found), should_stop)
            found |= {file.path: file for file in taken}
            done += len(taken)
        progress(len(found), len(plan.files))
        files = tuple(found[file.path] for file in plan.files if file.path in found)
        return MergeReport(str(batch), files, is_stopped=done < len(waiting))

    def _applied_for_a_while(
        self, batch: int, waiting: Sequence[FilePlan], position: int, should_stop: ShouldStop
    ) -> list[FilePlan]:
        """Merges whole files in one transaction until time is up; gives them as they turned out."""
        until = time.monotonic() + _HOLD_S
        taken: list[FilePlan] = []
        with self.database.write() as db:
            intake = MergeIntake(db, self.door, self.device, batch, waiting)
            for subject, group in _runs(waiting):
                case = intake.begin(subject)
                for file in group:
                    taken.append(intake.take(case, file, position + len(taken), self.clock()))
                    if time.monotonic() > until or should_stop():
                        break
                intake.settle(case)
                if time.monotonic() > until or should_stop():
                    break
            intake.write()
        return taken


def packages_in(paths: Sequence[Path]) -> list[Path]:
    """The files named, and the packages in the folders named, each once, in order."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            both = (*path.rglob(f"*{PACKAGE_SUFFIX}"), *path.rglob(f"*{ENCRYPTED_SUFFIX}"))
            found |= dict.fromkeys(sorted(both))
        else:
            found[path] = None
    return list(found)


def _runs(files: Sequence[FilePlan]) -> Iterator[tuple[SubjectId, list[FilePlan]]]:
    """Neighbours of the same response together."""
    for subject, run in groupby(files, key=lambda file: file.response_id):
        yield subject, list(run)
