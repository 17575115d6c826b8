"""Whether the store still is what was put into it; put right from received files; when that was looked at last."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import msgspec

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.exchange.merging.merge_plan import FilePlan, MergePlan, MergeReport, RefusedFile
from iscm_desktop.exchange.merging.package_scope import digest_in_part
from iscm_desktop.exchange.trust.seal_check import check_seals_of_store
from iscm_desktop.i18n import _
from iscm_desktop.store import times
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.operations.operations_in_effect import known_packages
from iscm_desktop.store.verification.findings import FOLLOWS, Finding, FindingKind, VerificationReport
from iscm_desktop.store.verification.rebuilding import drop_strays, rebuild
from iscm_desktop.store.verification.store_reader import reading, reading_file
from iscm_desktop.store.verification.verification import VerificationStopped, verify, verify_subjects
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.workspace.last_verification import LAST, LastVerification, last_verification
from iscm_desktop.workspace.packages.merge_service import MergeService
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_DUE_AFTER = timedelta(days=1)
_DAMAGED = frozenset({FindingKind.REVISION_CHANGED})


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What a repair came to."""

    healed: int  # revisions put back from received files
    rebuilt: int  # responses and summaries whose present was made again
    files: MergeReport | None  # received files that were found again; None where none was looked for
    after: VerificationReport


def verify_file(store: Path, *, with_signatures: bool = False) -> VerificationReport:
    """Looks at a store that is too broken to be opened, and only at its file. Nothing is changed or remembered.

    Raises:
        IscmError: not even its first page can be read as a store's.
    """
    try:
        with reading_file(store) as reader:
            return verify(reader, seals=check_seals_of_store if with_signatures else None)
    except sqlite3.DatabaseError as error:
        raise IscmError(StoreProblem.STORE_DAMAGED, store=store) from error


class VerificationService:
    """The service behind `iscm verify`, the page Proof and idle time."""

    def __init__(
        self, context: WorkspaceContext, merge_service: MergeService, response_service: ResponseService
    ) -> None:
        self._context, self._merges, self._responses = context, merge_service, response_service
        self._unkept: LastVerification | None = None  # that could not be written down

    def verify(
        self, *, with_signatures: bool = False, should_stop: Callable[[], bool] = lambda: False
    ) -> VerificationReport:
        """Looks at the whole store, changes nothing of it, and remembers on this computer what it came to.

        Raises:
            VerificationStopped: it was asked to stop; what the last one came to stays remembered.
        """
        seals = check_seals_of_store if with_signatures else None
        with self._context.database.read() as db:
            report = verify(reading(db), seals=seals, should_stop=should_stop)
        self._remember(report)
        return report

    def check_quickly(self) -> str:
        """What SQLite finds wrong with the store's file at a glance, in words; "" where nothing is.

        Looks at each page once and at no answer: for the start, in the background.
        """
        if self._context.database.is_shared:
            return ""
        try:
            with self._context.database.read() as db:
                (verdict,) = reading(db).rows("PRAGMA quick_check(1)")[0]
        except (sqlite3.DatabaseError, IscmError) as error:
            verdict = str(error)
        if verdict == "ok":
            return ""
        words = _("The file with your answers is damaged: {detail}. The page Proof names what is concerned.")
        return words.format(detail=verdict)

    def of_response(self, response: SubjectId) -> tuple[Finding, ...]:
        """What of one response is not as it was; looks at no other, and remembers nothing."""
        with self._context.database.read() as db:
            return verify_subjects(reading(db), [response])

    def last(self) -> LastVerification | None:
        """What the last verification came to; None where there was none, or it cannot be read."""
        if self._unkept is not None:
            return self._unkept
        return last_verification(self._context.database)

    def verify_if_due(self, should_stop: Callable[[], bool] = lambda: False) -> VerificationReport | None:
        """For idle time: looks at the store unless that was done within a day; None where it was, or is stopped."""
        last = self.last()
        since = None if last is None else self._context.now() - last.made_at
        if since is not None and timedelta(0) <= since < _DUE_AFTER:
            return None
        try:
            return self.verify(should_stop=should_stop)
        except VerificationStopped:
            return None

    def repair(self, against: Sequence[Path] = (), progress: TaskProgress = UNWATCHED) -> RepairReport:
        """Puts back what received files hold, then makes again what follows from what is sound.

        Args:
            against: Where received files are found again. Files that were never merged are passed over.
        """
        files = self._merge_again(against, progress) if against else None
        before = self.verify()
        if damaged := {(one.subject, one.revision) for one in before.findings if one.kind in _DAMAGED}:
            with self._context.database.write() as db:
                drop_strays(db, damaged)
            before = self.verify()
        spoilt = {one.subject for one in before.findings if one.kind not in FOLLOWS}
        stale = {one.subject for one in before.findings if one.kind in FOLLOWS} - spoilt
        with self._context.database.write() as db:
            for subject in sorted(stale):
                rebuild(db, subject)
        self._responses.count_few(stale)
        healed = sum(file.healed for file in files.merged) if files else 0
        return RepairReport(healed, len(stale), files, self.verify() if stale else before)

    def _merge_again(self, against: Sequence[Path], progress: TaskProgress) -> MergeReport:
        plan = self._merges.plan(against, progress)
        with self._context.database.read() as db:
            known = known_packages(db)
        wanted = tuple(file for file in plan.files if _was_merged(file, known.keys()))
        return self._merges.apply(replace(plan, files=wanted), progress) if wanted else _none(plan)

    def _remember(self, report: VerificationReport) -> None:
        last = LastVerification(
            times.written(self._context.now()), round(report.seconds, 3), report.revisions, report.revisions_good,
            report.packages, report.packages_good, report.operations, report.operations_good, report.seals,
            report.seals_good, len(report.findings),
        )  # fmt: skip
        self._unkept = last
        with suppress(IscmError):  # what was found is told, also where the store is too broken to keep it
            self._context.database.settings.put(LAST, msgspec.json.encode(last).decode())
            self._unkept = None


def _was_merged(file: FilePlan | RefusedFile, known: Container[str]) -> bool:
    if isinstance(file, RefusedFile):
        return False
    return file.digest in known or digest_in_part(file.digest) in known


def _none(plan: MergePlan) -> MergeReport:
    return MergeReport("", plan.unplanned, is_stopped=False)
