"""Examining a file that is to be merged: opened, judged, read, checked, limited to its scope, compared.

There is one chain of checks, and planning and applying both go through it: a check that is added here acts in
both. Nothing is written. What differs between the two, they hand in: what a response holds by now, and what
the plan saw of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias, TypeVar

from iscm_desktop.errors import AnswerProblem, FileProblem, IscmError
from iscm_desktop.exchange.merging.brought_claims import BroughtClaims, brings_promises, brought_claims
from iscm_desktop.exchange.merging.merge_plan import (
    ClaimedResponse,
    FilePlan,
    FileReport,
    MergeResult,
    PackageOverview,
    RefusedFile,
    SetAsideText,
)
from iscm_desktop.exchange.merging.odd_items import OddItems
from iscm_desktop.exchange.merging.package_scope import limit_to_scope
from iscm_desktop.exchange.merging.revision_comparison import Comparison, ProofChange, compare
from iscm_desktop.exchange.package.manifest import Manifest
from iscm_desktop.exchange.package.package_reader import OpenedPackage, ReadPackage, read_package
from iscm_desktop.exchange.package.promise_keys import KeysBehind
from iscm_desktop.exchange.trust.verification import Judgement, PackageVerifier, Trust
from iscm_desktop.exchange.unpacking.package_sources import PackageSource
from iscm_desktop.questionnaire import catalogue, registers
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.attachments import those_sound
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.packages import made_here
from iscm_desktop.store.objects.promise_evidence import promises_of
from iscm_desktop.store.objects.promises import PromiseKeys
from iscm_desktop.store.objects.proof_levels import NOTHING_VOUCHES, ResponseProof, Shown, Voucher
from iscm_desktop.store.objects.questionnaires import is_taken, questionnaires_of_form
from iscm_desktop.store.objects.revision import ItemKey, Revision, RevisionId, SubjectId
from iscm_desktop.store.operations.operations_in_effect import KnownPackage
from iscm_desktop.store.verification.package_check import is_whole
from iscm_desktop.store.verification.revision_ids import DamagedRevision
from iscm_desktop.store.verification.store_reader import reading

Outcome = TypeVar("Outcome", FilePlan, FileReport)


@dataclass(frozen=True, slots=True)
class ResponseContent:
    """What a response holds when a file is compared with it; empty where it is not here."""

    revisions: Mapping[RevisionId, Revision]
    states: Mapping[ItemKey, ItemState] | None = None  # of these revisions, where worked out
    damaged: Mapping[RevisionId, DamagedRevision] = field(
        default_factory=dict
    )  # here, and not what they were
    proof: ResponseProof = NOTHING_VOUCHES  # what vouches for them
    keys: KeysBehind = field(default_factory=KeysBehind)
    """That stand behind promises of files which are examined but not in the store yet."""


@dataclass(frozen=True, slots=True)
class ExpectedFile:
    """What an earlier examination saw of a file, and what the person said to it."""

    digest: str
    response_id: SubjectId
    has_outside: bool
    takes_outside: bool

    def check_opened(self, opened: OpenedPackage) -> None:
        """Raises an IscmError where these are not the answers that were seen."""
        if (opened.digest, opened.manifest.response.id) != (self.digest, self.response_id):
            raise IscmError(FileProblem.PACKAGE_CHANGED, file=opened.path.name)

    def check_outside(self, outside: tuple[str, ...], file: str) -> None:
        """Raises an IscmError where something is left out that nobody was shown."""
        if outside and not self.has_outside:
            raise IscmError(FileProblem.PACKAGE_CHANGED, file=file)


@dataclass(frozen=True, slots=True)
class RepeatedFile:
    """A sound file whose very answers were merged before; its lines were not read again."""

    source: PackageSource
    manifest: Manifest
    digest: str
    judgement: Judgement
    known: KnownPackage

    def outcome(self, kind: type[Outcome]) -> Outcome:
        """What there is to tell about it, in a plan or in a report."""
        manifest = self.manifest
        return kind(
            self.source, PackageOverview.from_manifest(manifest), _respondent_name(manifest), manifest.response.id,
            self.digest, self.judgement, MergeResult.SAME,
            same=manifest.counts.answers, came_as=self.known.file_name,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExaminedFile:
    """A sound file, and what it would bring."""

    source: PackageSource
    package: ReadPackage  # what of it is merged
    outside: tuple[str, ...]  # paths of what is left out
    judgement: Judgement
    comparison: Comparison
    proof: ResponseProof  # what vouches for the response once it is merged
    is_new: bool  # nothing of the response is here
    healed: Mapping[RevisionId, Revision] = field(
        default_factory=dict
    )  # damaged or gone, and as they were here
    set_aside: tuple[SetAsideText, ...] = ()  # what damaged ones of these said
    odd: tuple[str, ...] = ()  # paths where the questionnaire has something else than the file says
    is_repeated: bool = False  # these very answers were merged before, and not all of them are here any more
    claims: tuple[BroughtClaims, ...] = ()  # promises that it brings by whoever may not make them
    posing: tuple[str, ...] = ()  # paths of what it says in this device's name, which never made it
    foreign_form: tuple[str, str] | None = (
        None  # title and version of its questionnaire, where none new uses it
    )

    def outcome(self, kind: type[Outcome]) -> Outcome:
        """What there is to tell about it, in a plan or in a report."""
        manifest, comparison = self.package.manifest, self.comparison
        return kind(
            self.source, PackageOverview.from_manifest(manifest), _respondent_name(manifest), manifest.response.id,
            self.package.digest, self.judgement, self._result(),
            comparison.new, comparison.same, comparison.newer, comparison.conflicts, self.outside,
            removed=comparison.removed, odd=self.odd,
            healed=len(self.healed), set_aside=self.set_aside, is_healing=self.is_repeated,
            lowers=comparison.lowers, lower_removals=comparison.lower_removals, risen=comparison.risen,
            claims=self.claims, posing=self.posing, foreign_form=self.foreign_form,
        )  # fmt: skip

    def _result(self) -> MergeResult:
        if self.comparison.conflicts:
            return MergeResult.CONFLICT
        if self.is_new:
            return MergeResult.NEW
        return MergeResult.NEWER if self.comparison.brings or self.comparison.risen else MergeResult.SAME


Examination: TypeAlias = RefusedFile | RepeatedFile | ExaminedFile


@dataclass(frozen=True, slots=True)
class Examiner:
    """Examines files within one transaction.

    Args:
        known: Packages that were merged before, by digest; may grow while files are merged.
        device: This one; what a file says in its name is looked at twice.
    """

    db: Transaction
    verifier: PackageVerifier
    known: Mapping[str, KnownPackage]
    odd_items: OddItems
    device: str

    def examine(
        self,
        source: PackageSource,
        content_of: Callable[[SubjectId], ResponseContent],
        expected: ExpectedFile | None = None,
    ) -> Examination:
        """What a file is, and what it would bring. Whatever is wrong with it refuses it whole.

        Args:
            content_of: Gives what a response holds by now; asked once a file's own content was found sound.
            expected: What an earlier examination saw: the lines of the same answers need no checking again.
        """
        if source.refusal is not None:
            return RefusedFile.because(source.refusal, source)
        opened: OpenedPackage | None = None
        try:
            opened = self.verifier.open_file(source.path)
            return self._examined(source, opened, content_of, expected)
        except IscmError as error:
            claimed = None if opened is None else ClaimedResponse.from_manifest(opened.manifest)
            return RefusedFile.because(error, source, claimed)

    def read_again(
        self,
        path: Path,
        ours: Mapping[RevisionId, Revision],
        waiting: KeysBehind,
    ) -> Mapping[RevisionId, Revision]:
        """What of a file that was found sound a moment ago would be merged.

        Raises:
            IscmError: it has gone or changed since.
        """
        package = read_package(self.verifier.open_file(path))
        keys = self._keys(package, waiting)
        return limit_to_scope(package, ours, keys, takes_outside=False).package.revisions

    def _keys(self, package: ReadPackage, waiting: KeysBehind) -> PromiseKeys:
        """What tells promises from claims; only asked for packages that hold some sections."""
        if package.manifest.delegation is None:
            return PromiseKeys()
        return _with_keys(promises_of(self.db, package.manifest.response.id).keys, waiting, package)

    def _claims(
        self, found: ExaminedFile, content: ResponseContent, fresh: Collection[RevisionId]
    ) -> tuple[BroughtClaims, ...]:
        """What of the promises among the revisions that were not here is only claimed."""
        package, manifest = found.package, found.package.manifest
        if not brings_promises(package.revisions, fresh):
            return ()
        part = manifest.response
        known = self.verifier.devices.keys_of(manifest.questionnaire.form_id, part.respondent)
        keys = _with_keys(promises_of(self.db, part.id).keys, content.keys, package)
        keys = replace(keys, respondent=keys.respondent | known | {*found.proof.respondent_keys()})
        return brought_claims(content.revisions, package.revisions, fresh, keys)

    def _examined(
        self,
        source: PackageSource,
        opened: OpenedPackage,
        content_of: Callable[[SubjectId], ResponseContent],
        expected: ExpectedFile | None,
    ) -> RepeatedFile | ExaminedFile:
        judgement = self.verifier.judge(opened)
        if expected is not None:
            expected.check_opened(opened)
        known = self.known.get(opened.digest)
        is_repeated = known is not None and known.is_in_view and opened.manifest.delegation is None
        repeated: RepeatedFile | None = None
        if is_repeated and known is not None and self._is_whole(known, opened):
            repeated = RepeatedFile(source, opened.manifest, opened.digest, judgement, known)
            if shown_by(judgement).rank <= known.shown.rank:
                return repeated
        package = read_package(opened, is_checked=expected is not None)
        if package.seals and expected is None:
            from iscm_desktop.exchange.trust.sealing import check_seals  # late: unsealed need no cryptography

            check_seals(package)
        check_questionnaire(self.db, package)
        content = content_of(package.manifest.response.id)
        keys = self._keys(package, content.keys)
        heals = is_repeated and repeated is None
        found = _compared(source, package, judgement, content, keys, expected, is_repeated=heals)
        if repeated is not None and not found.comparison.risen:
            return repeated
        fresh = found.package.revisions.keys() - content.revisions.keys()
        odd_keys = self.odd_items.keys(found.package, {found.package.revisions[id_].key for id_ in fresh})
        odd = tuple(sorted({str(path) for _kind, path in odd_keys}))
        disputes = found.comparison.disputes
        if disputes and (idle := odd_keys | self.odd_items.keys(found.package, disputes)):
            found = replace(found, comparison=found.comparison.without(idle))
        claims = self._claims(found, content, fresh)
        posing = self._posing(found, fresh)
        foreign = _foreign_form(self.db, package)
        if not (odd or claims or posing or foreign):
            return found
        return replace(found, odd=odd, claims=claims, posing=posing, foreign_form=foreign)

    def _posing(self, found: ExaminedFile, fresh: Collection[RevisionId]) -> tuple[str, ...]:
        """Paths of what says that it is of this device, which neither made it in this store nor signed it."""
        package = found.package
        named = {id_ for id_ in fresh if package.revisions[id_].device == self.device}
        if not named:
            return ()
        named -= made_here(self.db, package.manifest.response.id)  # taken back, or damaged
        keys = self.verifier.own_keys()
        for seal in package.seals:
            if seal.key in keys:
                named.difference_update(seal.revisions)
        sender = package.manifest.sender
        if found.judgement.signer_key in keys and package.manifest.is_before_seals:
            named = set() if sender.device == self.device else named
        return tuple(sorted({package.revisions[id_].path for id_ in named}))

    def _is_whole(self, known: KnownPackage, opened: OpenedPackage) -> bool:
        """Whether all that it brought before is still here, and is what it was."""
        if not is_whole(reading(self.db), known.number, opened.manifest.response.id):
            return False
        digests = opened.attached_digests()
        return not digests or those_sound(self.db, digests) == digests


def _with_keys(known: PromiseKeys, waiting: KeysBehind, package: ReadPackage) -> PromiseKeys:
    """With the keys that stand behind promises of packages which are not in the store yet."""
    found = KeysBehind(dict(known.keys), known.has_bare_beginning or waiting.has_bare_beginning).add(package)
    for id_, keys in waiting.behind.items():
        found.behind[id_] = found.behind.get(id_, frozenset()) | keys
    return replace(known, keys=found.behind, has_bare_beginning=found.has_bare_beginning)


def _compared(
    source: PackageSource,
    package: ReadPackage,
    judgement: Judgement,
    content: ResponseContent,
    keys: PromiseKeys,
    expected: ExpectedFile | None,
    *,
    is_repeated: bool,
) -> ExaminedFile:
    takes_outside = expected is not None and expected.takes_outside
    scoped = limit_to_scope(package, content.revisions, keys, takes_outside=takes_outside)
    if expected is not None:
        expected.check_outside(scoped.outside, source.path.name)
    theirs = scoped.package.revisions
    healed = {
        id_: one
        for id_, one in (theirs.items() if content.damaged or is_repeated else ())
        if id_ in content.damaged or (is_repeated and id_ not in content.revisions)
    }
    ours = {**content.revisions, **healed} if healed else content.revisions
    proof = with_package(content.proof, judgement, theirs)
    before = None if healed else content.states
    comparison = compare(ours, theirs, before, ProofChange(content.proof, proof))
    said = [content.damaged[id_] for id_ in healed if id_ in content.damaged]
    return ExaminedFile(
        source, scoped.package, scoped.outside, judgement, comparison, proof, is_new=not ours, healed=healed,
        set_aside=tuple(SetAsideText(one.path, one.value) for one in said), is_repeated=is_repeated,
    )  # fmt: skip


def with_package(
    proof: ResponseProof, judgement: Judgement, revisions: Collection[RevisionId]
) -> ResponseProof:
    """What vouches for a response once a package with these revisions is merged, too."""
    merged = proof.with_voucher(Voucher(shown_by(judgement), judgement.signer_key, lambda: revisions))
    if judgement.trust is Trust.KNOWN:
        return replace(merged, known_keys=merged.known_keys | {judgement.signer_key})
    return merged


def shown_by(judgement: Judgement) -> Shown:
    """What a file showed by itself; that its device is known is kept elsewhere, and may change."""
    if not judgement.signer_key:
        return Shown.UNSIGNED
    return _SHOWN.get(judgement.trust, Shown.SIGNED)


_SHOWN = {Trust.VERIFIED: Shown.INVITED, Trust.OPEN: Shown.OPEN}


def check_questionnaire(db: Transaction, package: ReadPackage) -> None:
    """Makes sure that the response could be opened here.

    Raises:
        IscmError: the file's questionnaire cannot be read, is another than it says, or no version is known.
    """
    named = package.manifest.questionnaire
    if package.questionnaire_source is not None:
        found = catalogue.from_source(package.questionnaire_source)
        if (found.form_id, found.version) != (named.form_id, named.version):
            raise IscmError(FileProblem.PACKAGE_CONTRADICTS, file=package.path.name)
    elif named.form_id not in catalogue.shipped_keys() and not any(
        known.source for known in questionnaires_of_form(db, named.form_id)
    ):
        raise IscmError(AnswerProblem.QUESTIONNAIRE_UNKNOWN, form=named.title or named.form_id)


def _foreign_form(db: Transaction, package: ReadPackage) -> tuple[str, str] | None:
    """Title and version of the questionnaire that it carries, where new responses of its round do not use that."""
    named = package.manifest.questionnaire
    if package.questionnaire_source is None or is_taken(db, named.hash, package.manifest.round.code):
        return None
    is_ours = named.form_id in catalogue.shipped_keys()
    if is_ours and catalogue.shipped(named.form_id).hash == named.hash:
        return None
    return named.title or named.form_id, named.version


def _respondent_name(manifest: Manifest) -> str:
    part = manifest.response
    return registers.named_respondent(manifest.questionnaire.form_id, part.respondent, part.respondent_name)
