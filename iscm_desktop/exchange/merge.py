"""Merging: what a pile of files would do, shown first, then done; the union of revisions, file by file.

Plan and merge walk the same way through the same functions: files of one response together, each compared
with what is there and with what the files before it brought. The plan writes nothing. Merging commits whole
files only, so a stop or a power cut leaves each file either merged or not.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.exchange.inventory import Comparison, compare
from iscm_desktop.exchange.manifest import Manifest
from iscm_desktop.exchange.reading import Opened, Package, open_package, read_manifest, read_package
from iscm_desktop.exchange.taking_in import Arrival, check_questionnaire, settle, take_in
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.store import batches
from iscm_desktop.store.database import Database
from iscm_desktop.store.drafts import would_seal
from iscm_desktop.store.items import revisions_of
from iscm_desktop.store.responses import seal_response
from iscm_desktop.store.revision import Revision, RevisionId, SubjectId
from iscm_desktop.store.times import Clock

PACKAGE_SUFFIX = ".iscm"
_HOLD_S = 0.1
"""For so long one transaction may keep somebody's typing from being saved."""


class Result(Enum):
    """What became, or would become, of a file."""

    NEW = "new"  # of a response that was not here
    NEWER = "newer"  # it added to one that was
    SAME = "same"  # it brought nothing new
    CONFLICT = "conflict"  # it was merged, and people have to choose between answers
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One file, and what merging it would do, or did. The counts are of answers, but for the conflicts."""

    path: Path
    respondent_name: str
    result: Result
    explanation: str
    new: int = 0
    same: int = 0
    newer: int = 0
    conflicts: int = 0
    response_id: SubjectId = ""
    digest: str = ""  # of the answers that were looked at
    within: str = ""  # name of the mail or archive that it lay in
    origin: str = ""  # for people: where it lay, all the way; "" where `path` says it


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging would do; nothing has been changed."""

    files: tuple[FilePlan, ...]

    def count(self, result: Result) -> int:
        return sum(file.result is result for file in self.files)


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What was merged."""

    batch: str  # "" where no file could be merged
    files: tuple[FilePlan, ...]
    is_stopped: bool  # the files that are not listed were not merged

    def count(self, result: Result) -> int:
        return sum(file.result is result for file in self.files)


Progress = Callable[[int, int], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Merging:
    """Merges into one store, for one person at one device."""

    database: Database
    clock: Clock
    device: str
    person: str

    def plan(self, paths: Sequence[Path], progress: Progress, should_stop: ShouldStop) -> MergePlan:
        files = packages_in(paths)
        refused, groups = _by_response(files)
        found = {plan.path: plan for plan in refused}
        with self.database.read() as db:
            for subject, group in groups.items():
                ours = {**revisions_of(db, subject), **would_seal(db, subject, self.device)}
                for path in group:
                    if should_stop():
                        return MergePlan(_ordered(files, found))
                    progress(len(found), len(files))
                    found[path] = self._planned(db, path, ours)
        progress(len(files), len(files))
        return MergePlan(_ordered(files, found))

    def apply(self, plan: MergePlan, progress: Progress, should_stop: ShouldStop) -> MergeReport:
        found = {file.path: file for file in plan.files if file.result is Result.REFUSED}
        groups: dict[SubjectId, list[FilePlan]] = {}
        for file in plan.files:
            if file.path not in found:
                groups.setdefault(file.response_id, []).append(file)
        waiting = [file for group in groups.values() for file in group]
        if not waiting:
            return MergeReport("", plan.files, is_stopped=False)
        with self.database.write() as db:
            batch = batches.add_batch(db, self.clock(), self.person)
        while waiting and not should_stop():
            progress(len(found), len(plan.files))
            with self.database.write() as db:
                taken = self._applied_for_a_while(db, batch, waiting, len(found), should_stop)
            found |= {file.path: file for file in taken}
            waiting = waiting[len(taken) :]
        progress(len(found), len(plan.files))
        files = _ordered([file.path for file in plan.files], found)
        return MergeReport(str(batch), files, is_stopped=bool(waiting))

    def _planned(self, db: Connection, path: Path, ours: dict[RevisionId, Revision]) -> FilePlan:
        """The plan for one file; what it would bring is then ours for the files after it."""
        try:
            opened = open_package(path)
            known = batches.package_of(db, opened.digest)
            if known is not None and batches.is_in_view(db, known):
                return _nothing_new(opened)
            package = read_package(opened)
            check_questionnaire(db, package)
        except IscmError as error:
            return _refused(path, error)
        comparison = compare(ours, package.revisions)
        is_new = not ours
        ours.update(package.revisions)
        return _planned(package, comparison, is_new=is_new)

    def _applied_for_a_while(
        self, db: Connection, batch: int, waiting: Sequence[FilePlan], position: int, should_stop: ShouldStop
    ) -> list[FilePlan]:
        """Merges whole files until time is up; gives them as they turned out."""
        until = time.monotonic() + _HOLD_S
        taken: list[FilePlan] = []
        for subject, group in _runs(waiting):
            seal_response(db, subject, self.device)
            ours = revisions_of(db, subject)
            before = len(ours)
            for file in group:
                taken.append(
                    self._applied(db, Arrival(batch, position + len(taken), self.clock()), file, ours)
                )
                if time.monotonic() > until or should_stop():
                    settle(db, subject, ours, has_changed=len(ours) > before)
                    return taken
            settle(db, subject, ours, has_changed=len(ours) > before)
        return taken

    def _applied(
        self, db: Connection, arrival: Arrival, file: FilePlan, ours: dict[RevisionId, Revision]
    ) -> FilePlan:
        try:
            opened = open_package(file.path)
            if opened.digest != file.digest or opened.manifest.response.id != file.response_id:
                raise IscmError(Problem.PACKAGE_CHANGED, file=file.path.name)  # noqa: TRY301 - shown per file
            known = batches.package_of(db, opened.digest)
            if known is not None and batches.is_in_view(db, known):
                done = _nothing_new(opened)
                batches.add_file(db, arrival.row(known, done.path.name, done.result.value, done.same))
                return done
            package = read_package(opened)
            check_questionnaire(db, package)
        except IscmError as error:
            return _refused(file.path, error)
        comparison = compare(ours, package.revisions)
        done = _planned(package, comparison, is_new=not ours)
        take_in(db, arrival, package, known, comparison, done.result.value)
        ours.update(package.revisions)
        return done


def packages_in(paths: Sequence[Path]) -> list[Path]:
    """The files named, and the packages in the folders named, each once, in order."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(sorted(path.rglob(f"*{PACKAGE_SUFFIX}")))
        else:
            found[path] = None
    return list(found)


def _by_response(files: Sequence[Path]) -> tuple[list[FilePlan], dict[SubjectId, list[Path]]]:
    refused: list[FilePlan] = []
    groups: dict[SubjectId, list[Path]] = {}
    for path in files:
        try:
            groups.setdefault(read_manifest(path).response.id, []).append(path)
        except IscmError as error:
            refused.append(_refused(path, error))
    return refused, groups


def _runs(files: Sequence[FilePlan]) -> Iterator[tuple[SubjectId, list[FilePlan]]]:
    """Neighbours of the same response together."""
    run: list[FilePlan] = []
    for file in files:
        if run and run[0].response_id != file.response_id:
            yield run[0].response_id, run
            run = []
        run.append(file)
    if run:
        yield run[0].response_id, run


def _ordered(files: Sequence[Path], found: dict[Path, FilePlan]) -> tuple[FilePlan, ...]:
    return tuple(found[path] for path in files if path in found)


def _refused(path: Path, error: IscmError) -> FilePlan:
    return FilePlan(path, "", Result.REFUSED, str(error))


def _nothing_new(opened: Opened) -> FilePlan:
    manifest = opened.manifest
    return FilePlan(
        opened.path, _name(manifest), Result.SAME, _("Nothing new: these answers are here already."),
        same=manifest.counts.answers, response_id=manifest.response.id, digest=opened.digest,
    )  # fmt: skip


def _planned(package: Package, comparison: Comparison, *, is_new: bool) -> FilePlan:
    result = _result(comparison, is_new=is_new)
    return FilePlan(
        package.path, _name(package.manifest), result, _explanation(result, comparison),
        comparison.new, comparison.same, comparison.newer, comparison.conflicts,
        package.manifest.response.id, package.digest,
    )  # fmt: skip


def _result(comparison: Comparison, *, is_new: bool) -> Result:
    if comparison.conflicts:
        return Result.CONFLICT
    if is_new:
        return Result.NEW
    return Result.NEWER if comparison.brings else Result.SAME


def _explanation(result: Result, comparison: Comparison) -> str:
    match result:
        case Result.CONFLICT:
            return ngettext(
                "{count} answer was changed on both sides; please choose.",
                "{count} answers were changed on both sides; please choose.",
                comparison.conflicts,
            ).format(count=comparison.conflicts)
        case Result.SAME:
            return _("Nothing new: these answers are here already.")
        case Result.NEW | Result.NEWER | Result.REFUSED:
            return ""


def _name(manifest: Manifest) -> str:
    return manifest.response.respondent_name or manifest.response.respondent
