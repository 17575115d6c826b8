"""What becomes of files that are merged, as facts: a refused file, a plan and a report of one, and of all.

No sentence is in here; `merge_wording` puts them where a file is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from pathlib import Path

from iscm_desktop.errors import FileProblem, IscmError, Problem, TrustProblem
from iscm_desktop.exchange.merging.brought_claims import BroughtClaims
from iscm_desktop.exchange.package.manifest import Manifest
from iscm_desktop.exchange.package.public_edition import PublicPart
from iscm_desktop.exchange.trust.verification import Judgement, Trust
from iscm_desktop.exchange.unpacking.package_sources import PackageSource
from iscm_desktop.file_names import shown_file
from iscm_desktop.store.objects.revision import ItemKey, SubjectId


class MergeResult(Enum):
    """What became, or would become, of a file."""

    NEW = "new"  # of a response that was not here
    NEWER = "newer"  # it added to one that was
    SAME = "same"  # it brought nothing new
    CONFLICT = "conflict"  # it was merged, and people have to choose between answers
    REFUSED = "refused"
    PASSED_OVER = "not looked into"  # it lay beside what was looked at, and is of another kind
    LEFT_OUT = "left out"  # a sound file that a person did not want to be merged


class PackageKind(Enum):
    """What a package holds of a response."""

    ANSWERS = "answers"
    QUERIES = "queries"  # questions back about answers
    SECTIONS_HANDED = "sections handed"  # a delegation, to be filled in
    SECTIONS_RETURNED = "sections returned"


@dataclass(frozen=True, slots=True)
class PackageOverview:
    """What a file says about its own content, as far as people who merge are told."""

    kind: PackageKind
    form_id: str
    respondent: str  # code
    sender: str  # name of the person; may be ""
    queries: int = 0
    public: PublicPart | None = None  # None where it is whole

    @staticmethod
    def from_manifest(manifest: Manifest) -> PackageOverview:
        """What the manifest alone tells; nothing of it is checked here."""
        queries = 0 if manifest.queries is None else len(manifest.queries)
        form_id, respondent = manifest.questionnaire.form_id, manifest.response.respondent
        return PackageOverview(
            _kind(manifest), form_id, respondent, manifest.sender.name, queries, manifest.public
        )


@dataclass(frozen=True, slots=True)
class ClaimedResponse:
    """Whose answers a file says that it holds; of a refused one that is all there is, and it proves nothing."""

    form_id: str
    respondent: str  # code
    respondent_name: str
    language: str  # of the response

    @staticmethod
    def from_manifest(manifest: Manifest) -> ClaimedResponse:
        """As it stands there."""
        part = manifest.response
        return ClaimedResponse(
            manifest.questionnaire.form_id, part.respondent, part.respondent_name, part.language
        )


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file of which nothing is merged, and why. It is the same before and after."""

    source: PackageSource
    problem: Problem
    particulars: Mapping[str, object]
    claimed: ClaimedResponse | None = None  # None where not even its description could be read

    @staticmethod
    def because(
        error: IscmError, source: PackageSource, claimed: ClaimedResponse | None = None
    ) -> RefusedFile:
        """The error itself is not kept: with it, all that was read of the file would be."""
        return RefusedFile(source, error.problem, error.particulars, claimed)

    @property
    def path(self) -> Path:
        """The file as the person named it, which may be a wrapping of the package."""
        return self.source.path

    @property
    def result(self) -> MergeResult:
        """So that lists of both kinds of file can be counted alike."""
        if self.problem is FileProblem.LEFT_OUT:
            return MergeResult.LEFT_OUT
        return MergeResult.PASSED_OVER if self.source.is_passed_over else MergeResult.REFUSED

    @property
    def trust(self) -> Trust | None:
        """None where the file was refused before that could be told, or for another reason."""
        return Trust.BROKEN if self.problem is TrustProblem.SIGNATURE_BROKEN else None


@dataclass(frozen=True, slots=True)
class SetAsideText:
    """What a damaged row of the store said before it was put right."""

    path: str
    text: str | None


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What plan and report both tell of a sound file. The counts are of answers, but for the conflicts."""

    source: PackageSource
    contents: PackageOverview
    respondent_name: str
    response_id: SubjectId
    digest: str  # of the answers that were examined
    judgement: Judgement
    result: MergeResult
    new: int = 0
    same: int = 0
    newer: int = 0
    conflicts: int = 0
    outside: tuple[str, ...] = ()  # paths of what lies outside of its delegation, and is left out
    lowers: tuple[ItemKey, ...] = ()  # items that it would change if what stands there were no better proven
    lower_removals: tuple[str, ...] = ()  # paths of those in `lowers` that it would remove or clear
    risen: tuple[
        ItemKey, ...
    ] = ()  # items that change although nothing of them is new: it proves what was here
    removed: tuple[str, ...] = ()  # paths of entries that go, and of answers that are cleared
    odd: tuple[str, ...] = ()  # paths where the questionnaire has something else: kept, and of no effect
    came_as: str = ""  # name of the file that brought these very answers before; "" where none did
    healed: int = 0  # revisions that were damaged or gone here, and are put back from the file
    set_aside: tuple[SetAsideText, ...] = ()  # what damaged ones of these said here
    is_healing: bool = False  # these very answers were merged before, and not all of it is here any more
    claims: tuple[
        BroughtClaims, ...
    ] = ()  # promises that it brings by whoever may not make them: they act on nothing
    posing: tuple[str, ...] = ()  # paths of what it says in the name of this computer, which never made it
    foreign_form: tuple[str, str] | None = (
        None  # title and version of what it brings and nothing new here uses
    )

    @property
    def path(self) -> Path:
        """The file as the person named it, which may be a wrapping of the package."""
        return self.source.path

    @property
    def trust(self) -> Trust:
        """How far the file showed where it comes from; never BROKEN, for that refuses it."""
        return self.judgement.trust

    @property
    def signer(self) -> str:
        """The device's name or, for a new one, the sender's own."""
        return self.judgement.signer

    @property
    def signer_key(self) -> str:
        """The public key that signed the file; "" for an unsigned one."""
        return self.judgement.signer_key


@dataclass(frozen=True, slots=True)
class FileReport(FileOutcome):
    """One file, and what merging it did."""


@dataclass(frozen=True, slots=True)
class FilePlan(FileOutcome):
    """One file, and what merging it would do."""

    def as_left_out(self) -> RefusedFile:
        """Of a file that a person did not want: what is told of it once the others are merged."""
        contents = self.contents
        claimed = ClaimedResponse(contents.form_id, contents.respondent, self.respondent_name, "")
        particulars = {"file": shown_file(self.path.name)}
        return RefusedFile(self.source, FileProblem.LEFT_OUT, particulars, claimed)

    def as_report(self) -> FileReport:
        """For a file that brings nothing: it turned out as planned."""
        return FileReport(*(getattr(self, each.name) for each in fields(FileOutcome)))


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging would do; nothing has been changed."""

    files: tuple[FilePlan | RefusedFile, ...]  # in the order in which they were found
    takes_outside: bool = False  # the person wants what lies outside of delegations, too
    is_stopped: bool = False  # somebody stopped the looking: there may be files that are not in it
    left_out: frozenset[Path] = frozenset()  # paths of sound files that a person does not want to be merged

    @property
    def planned(self) -> tuple[FilePlan, ...]:
        """The sound files, in the order in which they were found; those that are left out as well."""
        return tuple(file for file in self.files if isinstance(file, FilePlan))

    @property
    def chosen(self) -> tuple[FilePlan, ...]:
        """The sound files that would be merged, in the order in which they were found."""
        return tuple(file for file in self.planned if file.path not in self.left_out)

    @property
    def refused(self) -> tuple[RefusedFile, ...]:
        """The files of which nothing would be merged although they were to be, as they were found."""
        return tuple(file for file in self.unplanned if file.result is MergeResult.REFUSED)

    @property
    def unplanned(self) -> tuple[RefusedFile, ...]:
        """The refused files, and those that were not looked into."""
        return tuple(file for file in self.files if isinstance(file, RefusedFile))

    def count(self, result: MergeResult) -> int:
        """How many files would turn out so."""
        return sum(file.result is result for file in self.files)

    @property
    def outcomes(self) -> tuple[FilePlan | RefusedFile, ...]:
        """What is told of each file: of those that a person does not want, that they are left out."""
        return tuple(
            file.as_left_out() if isinstance(file, FilePlan) and file.path in self.left_out else file
            for file in self.files
        )

    def with_outside(self) -> MergePlan:
        """The same plan, taking also what lies outside of the delegations that the files answer."""
        return replace(self, takes_outside=True)


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What was merged."""

    operation: str  # its id, to take it back with; "" where no file could be merged
    files: tuple[FileReport | RefusedFile, ...]  # in the order of the plan
    is_stopped: bool  # the files that are not listed were not merged

    @property
    def merged(self) -> tuple[FileReport, ...]:
        """All that were not refused, also those that brought nothing."""
        return tuple(file for file in self.files if isinstance(file, FileReport))

    def count(self, result: MergeResult) -> int:
        """How many files turned out so, refused ones included."""
        return sum(file.result is result for file in self.files)


def _kind(manifest: Manifest) -> PackageKind:
    if manifest.queries is not None:
        return PackageKind.QUERIES
    if manifest.delegation is None:
        return PackageKind.ANSWERS
    return PackageKind.SECTIONS_RETURNED if manifest.delegation.is_return else PackageKind.SECTIONS_HANDED
