"""What becomes of files that are merged: shown before, and reported after, in the same words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.exchange.merging.comparison import Comparison
from iscm_desktop.exchange.merging.package_scope import ScopedPackage, about_words, outside_words
from iscm_desktop.exchange.package.manifest import Manifest
from iscm_desktop.exchange.package.package_reader import OpenedPackage
from iscm_desktop.exchange.package.public_edition import public_words
from iscm_desktop.exchange.trust.verification import Judgement, Trust
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.store.objects.revision import SubjectId


class MergeResult(Enum):
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
    result: MergeResult
    explanation: str
    new: int = 0
    same: int = 0
    newer: int = 0
    conflicts: int = 0
    response_id: SubjectId = ""
    digest: str = ""  # of the answers that were looked at
    trust: Trust | None = None  # None where the file was refused before that could be told
    signer: str = ""  # the device's name or, for a new one, the sender's own
    signer_key: str = ""
    within: str = ""  # name of the mail or archive that it lay in
    origin: str = ""  # for people: where it lay, all the way; "" where `path` says it
    outside: tuple[str, ...] = ()  # paths of what lies outside of its delegation, and is left out
    takes_outside: bool = False  # the person wants that, too


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging would do; nothing has been changed."""

    files: tuple[FilePlan, ...]

    def count(self, result: MergeResult) -> int:
        return sum(file.result is result for file in self.files)

    def with_outside(self) -> MergePlan:
        """The same plan, taking also what lies outside of the delegations that the files answer."""
        return replace(self, files=tuple(replace(file, takes_outside=True) for file in self.files))


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What was merged."""

    batch: str  # "" where no file could be merged
    files: tuple[FilePlan, ...]
    is_stopped: bool  # the files that are not listed were not merged

    def count(self, result: MergeResult) -> int:
        return sum(file.result is result for file in self.files)


def refused(path: Path, error: IscmError) -> FilePlan:
    trust = Trust.BROKEN if error.problem is Problem.SIGNATURE_BROKEN else None
    return FilePlan(path, "", MergeResult.REFUSED, str(error), trust=trust)


def nothing_new(opened: OpenedPackage, judgement: Judgement, came_as: str) -> FilePlan:
    """These very answers were merged before, from a file of this name or of another."""
    manifest, name = opened.manifest, opened.path.name
    words = _("Nothing new: this file was merged before.")
    if came_as != name:
        words = _("Nothing new: the same answers came before as '{file}'; only the name differs.").format(
            file=came_as
        )
    return FilePlan(
        opened.path, _name(manifest), MergeResult.SAME, _with(words, judgement),
        same=manifest.counts.answers, response_id=manifest.response.id, digest=opened.digest,
        trust=judgement.trust, signer=judgement.signer, signer_key=judgement.signer_key,
    )  # fmt: skip


def planned(
    admission: ScopedPackage, comparison: Comparison, judgement: Judgement, *, is_new: bool
) -> FilePlan:
    package, outside = admission.package, admission.outside
    result = _result(comparison, is_new=is_new)
    manifest = package.manifest
    said = (
        about_words(manifest),
        _explanation(result, comparison),
        outside_words(outside),
        public_words(manifest.public),
    )
    words = " ".join(filter(None, said))
    return FilePlan(
        package.path, _name(package.manifest), result, _with(words, judgement),
        comparison.new, comparison.same, comparison.newer, comparison.conflicts,
        package.manifest.response.id, package.digest,
        judgement.trust, judgement.signer, judgement.signer_key, outside=outside,
    )  # fmt: skip


def _with(words: str, judgement: Judgement) -> str:
    return " ".join(filter(None, (words, judgement.words)))


def _result(comparison: Comparison, *, is_new: bool) -> MergeResult:
    if comparison.conflicts:
        return MergeResult.CONFLICT
    if is_new:
        return MergeResult.NEW
    return MergeResult.NEWER if comparison.brings else MergeResult.SAME


def _explanation(result: MergeResult, comparison: Comparison) -> str:
    match result:
        case MergeResult.CONFLICT:
            return ngettext(
                "{count} answer was changed on both sides; please choose.",
                "{count} answers were changed on both sides; please choose.",
                comparison.conflicts,
            ).format(count=comparison.conflicts)
        case MergeResult.SAME:
            return _("Nothing new: these answers are here already.")
        case MergeResult.NEW | MergeResult.NEWER | MergeResult.REFUSED:
            return ""


def _name(manifest: Manifest) -> str:
    return manifest.response.respondent_name or manifest.response.respondent
