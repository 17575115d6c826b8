"""Files into the store, within one transaction: each whole or not at all, their rows written together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from iscm_desktop.exchange.merging.examination import (
    Examination,
    ExaminedFile,
    Examiner,
    ExpectedFile,
    RepeatedFile,
    ResponseContent,
)
from iscm_desktop.exchange.merging.merge_plan import FilePlan, FileReport, MergeResult, RefusedFile
from iscm_desktop.exchange.merging.package_recorder import PackageRecorder, identity_of
from iscm_desktop.exchange.merging.package_scope import digest_in_part
from iscm_desktop.exchange.package.manifest import Manifest
from iscm_desktop.exchange.trust.verification import PackageVerifier
from iscm_desktop.store import batches, times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.items import revisions_and_hidden
from iscm_desktop.store.objects.revision import ItemKey, Revision, RevisionId, SubjectId
from iscm_desktop.store.times import Clock


@dataclass(slots=True)
class _MergedResponse:
    """One response while its files are merged."""

    id: SubjectId
    is_here: bool  # the store knew it before this transaction
    is_read: bool  # the two that follow are filled in
    ours: dict[RevisionId, Revision] = field(default_factory=dict)  # in view, or brought by the files so far
    hidden: set[RevisionId] = field(default_factory=set)  # here as well, but out of view
    present: Mapping[ItemKey, ItemState] | None = None  # of `ours`, where worked out
    last: Manifest | None = None  # of the file merged last
    made_at: datetime | None = None
    has_changed: bool = False

    def add(self, file: ExaminedFile) -> None:
        """Follows a file whose rows are recorded."""
        manifest = file.package.manifest
        made_at = times.read(manifest.made_at)
        self.made_at = made_at if self.made_at is None else max(made_at, self.made_at)
        self.has_changed |= bool(file.comparison.brings)
        self.ours.update(file.package.revisions)
        self.present, self.last = file.comparison.after, manifest


class MergeApplier:
    """Merges files for one batch. `write_rows` at the end of the transaction, or nothing is kept.

    Args:
        files: All that may be merged; what the store knows of them is looked up together.
        takes_outside: The person wants what lies outside of delegations, too.
    """

    def __init__(
        self,
        db: Transaction,
        verifier: PackageVerifier,
        device: str,
        batch: int,
        files: Sequence[FilePlan],
        *,
        takes_outside: bool,
    ) -> None:
        self._db = db
        self._device = device
        self._takes_outside = takes_outside
        in_part = {digest_in_part(file.digest) for file in files if file.outside}
        self._known = batches.known_packages(db, in_part | {file.digest for file in files})
        self._here = responses.those_here(db, {file.response_id for file in files})
        self._examiner = Examiner(db, verifier, self._known)
        self._recorder = PackageRecorder(db, batch)

    def apply_files(
        self,
        subject: SubjectId,
        files: Sequence[FilePlan],
        position: int,
        clock: Clock,
        is_over: Callable[[], bool],
    ) -> list[FileReport | RefusedFile]:
        """Merges files of one response and sums it up; the first of them, and others until time is over.

        Args:
            position: Of the first file, among all of the batch.
        """
        is_here = subject in self._here
        response = _MergedResponse(subject, is_here, is_read=not is_here)
        done: list[FileReport | RefusedFile] = []
        for file in files:
            done.append(self._apply_file(response, file, position + len(done), clock()))
            if is_over():
                break
        self._sum_up(response)
        return done

    def write_rows(self) -> None:
        self._recorder.write_rows()

    def _apply_file(
        self, response: _MergedResponse, file: FilePlan, position: int, at: datetime
    ) -> FileReport | RefusedFile:
        known = self._known.get(file.digest)
        if known is not None and known.is_in_view and file.result is MergeResult.SAME and not file.outside:
            report = file.as_report()  # these very answers are here: why read them again
            self._recorder.add_file(report, position, known.number)
            return report
        examined = self._examine(response, file)
        if isinstance(examined, RefusedFile):
            return examined
        if isinstance(examined, RepeatedFile):
            number = examined.known.number
        else:
            number = self._record(response, examined, at)
        report = examined.outcome(FileReport)
        self._recorder.add_file(report, position, number)
        return report

    def _examine(self, response: _MergedResponse, file: FilePlan) -> Examination:
        expected = ExpectedFile(file.digest, file.response_id, bool(file.outside), self._takes_outside)
        return self._examiner.examine(file.source, lambda _subject: self._content(response), expected)

    def _content(self, response: _MergedResponse) -> ResponseContent:
        """What a response holds, read on first need; what was typed into it is sealed first."""
        if not response.is_read:
            responses.seal_response(self._db, response.id, self._device)
            response.ours, response.hidden = revisions_and_hidden(self._db, response.id)
            response.is_read = True
        return ResponseContent(response.ours, response.present)

    def _record(self, response: _MergedResponse, file: ExaminedFile, at: datetime) -> int:
        """Writes what a file brings; gives its package's number."""
        package = file.package
        digest = digest_in_part(package.digest) if file.outside else package.digest
        known = self._known.get(digest)  # by another batch, which may have been taken back
        here = response.ours.keys() | response.hidden
        number = self._recorder.add_package(
            package, digest, here, None if known is None else known.number, at
        )
        self._known[digest] = batches.KnownPackage(number, package.path.name, is_in_view=True)
        response.add(file)
        return number

    def _sum_up(self, response: _MergedResponse) -> None:
        """Once its files are in."""
        manifest, made_at = response.last, response.made_at
        if manifest is None or made_at is None:
            return
        if not response.is_here:
            self._recorder.add_response(manifest, made_at, response.present or {})
            return
        form, language = manifest.questionnaire.hash, manifest.response.language
        identity = identity_of(manifest)
        responses.add_response(self._db, identity, form, language, made_at, is_made_here=False)
        if response.has_changed:
            self._sum_up_again(response)

    def _sum_up_again(self, response: _MergedResponse) -> None:
        self.write_rows()
        if response.hidden:
            batches.show_what_stands(self._db, response.id)
        else:
            responses.sum_up(self._db, response.id, response.ours)
            responses.set_progress(self._db, response.id, None)
