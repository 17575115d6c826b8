"""Files into the store, within one transaction: each whole or not at all, their rows written together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from iscm_desktop.exchange.merging.examination import (
    Examination,
    ExaminedFile,
    Examiner,
    ExpectedFile,
    RepeatedFile,
    ResponseContent,
    shown_by,
)
from iscm_desktop.exchange.merging.merge_plan import FilePlan, FileReport, MergeResult, RefusedFile
from iscm_desktop.exchange.merging.odd_items import OddItems
from iscm_desktop.exchange.merging.package_recorder import PackageRecorder, identity_of
from iscm_desktop.exchange.merging.package_scope import digest_in_part
from iscm_desktop.exchange.package.manifest import Manifest
from iscm_desktop.exchange.package.promise_keys import KeysBehind
from iscm_desktop.exchange.trust.verification import PackageVerifier
from iscm_desktop.store import times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.ledger.ledger_entries import append_roots, heads_of_response
from iscm_desktop.store.ledger.ledger_leaf import attested_heads, heads_root
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.merge_writer import SealsHere
from iscm_desktop.store.objects.packages import proofs_of, signed_responses
from iscm_desktop.store.objects.proof_levels import NOTHING_VOUCHES, ResponseProof, Shown, rests_on_more
from iscm_desktop.store.objects.revision import (
    SIGN_OFF,
    ItemKey,
    Revision,
    RevisionId,
    SubjectId,
    item_key,
)
from iscm_desktop.store.operations.operations_in_effect import KnownPackage, known_packages, show_what_stands
from iscm_desktop.store.times import Clock
from iscm_desktop.store.verification.revision_ids import DamagedRevision
from iscm_desktop.store.verification.sound_revisions import sound_revisions


@dataclass(slots=True)
class _MergedResponse:
    """One response while its files are merged."""

    id: SubjectId
    is_here: bool  # the store knew it before this transaction
    is_read: bool  # the two that follow are filled in
    ours: dict[RevisionId, Revision] = field(default_factory=dict)  # in view, or brought by the files so far
    hidden: set[RevisionId] = field(default_factory=set)  # here as well, but out of view
    damaged: dict[RevisionId, DamagedRevision] = field(default_factory=dict)  # here, and not what they were
    present: Mapping[ItemKey, ItemState] | None = None  # of `ours`, where worked out
    last: Manifest | None = None  # of the file merged last
    made_at: datetime | None = None
    has_changed: bool = False
    seals: SealsHere | None = None  # None: not read yet
    proof: ResponseProof = NOTHING_VOUCHES
    keys: KeysBehind = field(default_factory=KeysBehind)  # of the files so far

    def add(self, file: ExaminedFile, now: datetime) -> None:
        """Follows a file whose rows are recorded."""
        manifest = file.package.manifest
        is_timeless = manifest.public is not None and manifest.public.is_apart
        made_at = now if is_timeless else times.read(manifest.made_at)
        self.made_at = made_at if self.made_at is None else max(made_at, self.made_at)
        self.has_changed |= bool(file.comparison.brings) or file.is_repeated or bool(file.healed)
        self.has_changed |= rests_on_more(self.proof, file.proof)
        self.proof = file.proof
        self.keys.add(file.package)
        for id_ in file.healed:
            self.damaged.pop(id_, None)
        self.ours.update(file.package.revisions)
        self.present, self.last = file.comparison.after, manifest


@dataclass(frozen=True, slots=True)
class MergePile:
    """Files of a merge, of which one transaction merges as many as it has time for."""

    operation: int
    files: Sequence[FilePlan]  # those of one response lie side by side
    position: int  # of the first of them in the merge
    takes_outside: bool  # the person wants what lies outside of delegations, too


class MergeApplier:
    """Merges a pile of files. What the store knows of them is looked up together, and their rows are written so."""

    def __init__(
        self, db: Transaction, verifier: PackageVerifier, device: str, clock: Clock, pile: MergePile
    ) -> None:
        self._db = db
        self._device = device
        self._clock = clock
        self._pile = pile
        in_part = {digest_in_part(file.digest) for file in pile.files if file.outside}
        self._known = known_packages(db, in_part | {file.digest for file in pile.files})
        self._here = responses.those_here(db, {file.response_id for file in pile.files})
        self._proofs = proofs_of(db, self._here)
        self._verifier = verifier
        self._raised: set[SubjectId] = set()  # responses of packages that show more than they did
        self._proven: set[tuple[SubjectId, str]] = set()
        self._newly_known: set[tuple[str, str]] = set()  # form and respondent whose device was not known
        """Keys that nobody knew before, by the response whose invitation they proved."""
        self._examiner = Examiner(db, verifier, self._known, OddItems(db), device)
        self._recorder = PackageRecorder(db, pile.operation)
        self._done: list[FileReport | RefusedFile] = []
        self._signed: list[SubjectId] = []  # responses of which to tell who signed them off
        self._roots: dict[SubjectId, str] = {}  # of the heads of responses that changed, for the ledger

    def apply_files(self, is_over: Callable[[], bool]) -> list[FileReport | RefusedFile]:
        """Merges the first file, and others until time is over; gives them as they turned out."""
        for subject, files in groupby(self._pile.files, key=lambda file: file.response_id):
            self._apply_response(subject, files, is_over)
            if is_over():
                break
        self._recorder.write_rows()
        self._sum_up_raised()
        responses.judge_promises(self._db, self._newly_known, self._signed)
        new = self._roots.keys() - self._here
        append_roots(self._db, self._pile.operation, self._roots, new)
        return self._done

    def _sum_up_raised(self) -> None:
        """Responses of other files that rest on more now than before."""
        keys = {key for _subject, key in self._proven}
        signed = signed_responses(self._db, keys) - self._proven if keys else set()
        for subject in sorted(self._raised | {subject for subject, _key in signed}):
            responses.sum_up(self._db, subject)
            responses.set_progress(self._db, subject, None)
            self._roots[subject] = heads_root(heads_of_response(self._db, subject))

    def _apply_response(
        self, subject: SubjectId, files: Iterable[FilePlan], is_over: Callable[[], bool]
    ) -> None:
        """Merges files of one response until time is over, and sums it up."""
        is_here = subject in self._here
        response = _MergedResponse(subject, is_here, is_read=not is_here)
        for file in files:
            self._done.append(self._apply_file(response, file))
            if is_over():
                break
        self._sum_up(response)

    def _apply_file(self, response: _MergedResponse, file: FilePlan) -> FileReport | RefusedFile:
        known = self._known.get(file.digest)
        if (
            known is not None
            and known.is_in_view
            and file.result is MergeResult.SAME
            and not file.outside
            and not file.healed
            and not file.is_healing
        ):
            return self._report(file.as_report(), known.number)  # these answers are here: why read them again
        match self._examine(response, file):
            case RefusedFile() as refused:
                return refused
            case RepeatedFile() as repeated:
                return self._report(repeated.outcome(FileReport), repeated.known.number)
            case ExaminedFile() as examined:
                return self._report(examined.outcome(FileReport), self._record(response, examined))

    def _report(self, report: FileReport, package: int) -> FileReport:
        self._recorder.add_file(report, self._pile.position + len(self._done), package)
        self._note_proof(report, package)
        return report

    def _note_proof(self, report: FileReport, package: int) -> None:
        """Keeps what a file shows that was not known of it, or of its device."""
        shown = shown_by(report.judgement)
        digest = digest_in_part(report.digest) if report.outside else report.digest
        known = self._known.get(digest)
        if known is not None and known.number == package and shown.rank > known.shown.rank:
            self._recorder.raise_package(package, shown)
            self._known[digest] = replace(known, shown=shown)
            self._raised.add(report.response_id)
        about = report.contents
        if shown is Shown.INVITED and not self._verifier.devices.find(
            report.signer_key, about.form_id, about.respondent
        ):
            self._recorder.add_known_device(report, self._clock())
            self._proven.add((report.response_id, report.signer_key))
            self._newly_known.add((about.form_id, about.respondent))

    def _examine(self, response: _MergedResponse, file: FilePlan) -> Examination:
        expected = ExpectedFile(file.digest, file.response_id, bool(file.outside), self._pile.takes_outside)
        return self._examiner.examine(file.source, lambda _subject: self._content(response), expected)

    def _content(self, response: _MergedResponse) -> ResponseContent:
        """What a response holds, read on first need; what was typed into it is sealed first."""
        if not response.is_read:
            found = sound_revisions(self._db, response.id)
            if not found.damaged and responses.seal_response(self._db, response.id, self._device):
                found = sound_revisions(self._db, response.id)
            response.ours, response.hidden = found.in_view, found.hidden
            response.damaged = dict(found.damaged)
            response.proof = self._proofs[response.id]
            response.is_read = True
        return ResponseContent(
            response.ours, response.present, response.damaged, response.proof, response.keys
        )

    def _record(self, response: _MergedResponse, file: ExaminedFile) -> int:
        """Records what a file brings; gives its package's number."""
        package = file.package
        digest = digest_in_part(package.digest) if file.outside else package.digest
        known = self._known.get(digest)  # by another merge, which may have been taken back
        here = response.ours.keys() | response.hidden | response.damaged.keys()
        if response.seals is None and package.seals:
            response.seals = (
                SealsHere.read(self._db, response.id) if response.is_here else SealsHere(set(), set())
            )
        seals, shown = response.seals or SealsHere(set(), set()), shown_by(file.judgement)
        number = self._recorder.add_package(
            package,
            file.judgement,
            digest,
            here,
            seals,
            None if known is None else known.number,
            self._clock(),
        )
        if file.healed or file.is_repeated:
            self._recorder.put_back(number, package, file.healed)
        self._known[digest] = KnownPackage(
            number, package.path.name, is_in_view=True, shown=shown if known is None else known.shown
        )
        response.add(file, self._clock())
        return number

    def _sum_up(self, response: _MergedResponse) -> None:
        """Once its files are in."""
        manifest, made_at = response.last, response.made_at
        if manifest is None or made_at is None:
            return
        if not response.is_here:
            present = response.present or {}
            self._recorder.add_response(manifest, made_at, present, response.proof)
            if item_key(SIGN_OFF) in present:
                self._signed.append(response.id)
            self._roots[response.id] = heads_root(attested_heads(present))
            return
        self._signed.append(response.id)  # what came may show anew whose key stands behind it
        form, language = manifest.questionnaire.hash, manifest.response.language
        identity = identity_of(manifest)
        responses.add_response(self._db, identity, form, language, made_at, is_made_here=False)
        if response.has_changed:
            self._sum_up_again(response)

    def _sum_up_again(self, response: _MergedResponse) -> None:
        self._recorder.write_rows()
        if response.hidden:
            show_what_stands(self._db, response.id)
        else:
            responses.sum_up(self._db, response.id, response.ours)
            responses.set_progress(self._db, response.id, None)
        self._roots[response.id] = heads_root(heads_of_response(self._db, response.id))
