"""Files into the store, within one transaction: each whole or not at all, their rows written together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.exchange.merging.comparison import Comparison, compare
from iscm_desktop.exchange.merging.merge_plan import FilePlan, MergeResult, nothing_new, planned, refused
from iscm_desktop.exchange.merging.package_scope import digest_in_part, limit_to_scope
from iscm_desktop.exchange.package.manifest import Manifest
from iscm_desktop.exchange.package.package_reader import PackageContent, read_package
from iscm_desktop.exchange.trust.verification import PackageVerifier
from iscm_desktop.questionnaire import catalogue, registers
from iscm_desktop.store import batches, times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.items import revisions_and_hidden
from iscm_desktop.store.objects.merge_writer import MergeWriter
from iscm_desktop.store.objects.questionnaires import KnownQuestionnaire, questionnaires_of_form
from iscm_desktop.store.objects.revision import ItemKey, Revision, RevisionId, SubjectId
from iscm_desktop.store.rows import RoundRow


@dataclass(slots=True)
class _ResponseIntake:
    """One response while its files are taken in."""

    id: SubjectId
    is_here: bool  # the store knew it before this transaction
    is_read: bool  # the two that follow are filled in
    ours: dict[RevisionId, Revision] = field(
        default_factory=dict
    )  # in view, and what the files brought so far
    hidden: set[RevisionId] = field(default_factory=set)  # here as well, but out of view
    present: Mapping[ItemKey, ItemState] | None = None  # of `ours`, where worked out
    last: Manifest | None = None  # of the file taken in last
    made_at: datetime | None = None
    has_changed: bool = False


class MergeIntake:
    """Takes files in for one batch. `write` at the end of the transaction, or nothing is kept.

    Args:
        files: All that may be taken in; what the store knows of them is looked up together.
    """

    def __init__(
        self, db: Transaction, door: PackageVerifier, device: str, batch: int, files: Sequence[FilePlan]
    ) -> None:
        self._db = db
        self._door = door
        self._device = device
        self._batch = batch
        in_part = {digest_in_part(file.digest) for file in files if file.outside}
        self._packages = batches.known_packages(db, in_part | {file.digest for file in files})
        self._here = responses.those_here(db, {file.response_id for file in files})
        self._rows = MergeWriter(db)

    def begin(self, subject: SubjectId) -> _ResponseIntake:
        """A response whose files come next."""
        is_here = subject in self._here
        return _ResponseIntake(subject, is_here, is_read=not is_here)

    def take(self, case: _ResponseIntake, file: FilePlan, position: int, at: datetime) -> FilePlan:
        """Takes one file in, and gives it as it turned out."""
        known = self._packages.get(file.digest)
        if known is not None and known.is_in_view and file.result is MergeResult.SAME and not file.outside:
            self._add_file(file, position, known.number)  # these very answers are here: why read them again
            return file
        try:
            opened = self._door.open(file.path)
            judgement = self._door.judge(opened)
            if opened.digest != file.digest or opened.manifest.response.id != file.response_id:
                raise IscmError(Problem.PACKAGE_CHANGED, file=file.path.name)  # noqa: TRY301 - shown per file
            if known is not None and known.is_in_view and opened.manifest.delegation is None:
                done = nothing_new(opened, judgement, known.file_name)
                self._add_file(done, position, known.number)
                return done
            package = read_package(opened, is_checked=True)  # by the plan: the digest is the same
            check_questionnaire(self._db, package)
            self._read(case)
            admission = limit_to_scope(package, case.ours, takes_outside=file.takes_outside)
            if admission.outside and not file.outside:
                raise IscmError(Problem.PACKAGE_CHANGED, file=file.path.name)  # noqa: TRY301 - shown per file
        except IscmError as error:
            return refused(file.path, error)
        package = admission.package
        comparison = compare(case.ours, package.revisions, case.present)
        done = planned(admission, comparison, judgement, is_new=not case.ours)
        digest = digest_in_part(opened.digest) if admission.outside else opened.digest
        known = self._packages.get(digest)
        number = self._take_in(case, package, digest, None if known is None else known.number, at)
        self._packages[digest] = batches.KnownPackage(number, file.path.name, is_in_view=True)
        self._add_file(done, position, number)
        self._follow(case, package, comparison)
        return done

    def settle(self, case: _ResponseIntake) -> None:
        """Sums a response up once its files are in."""
        if case.last is None or case.made_at is None:
            return
        part, form = case.last.response, case.last.questionnaire
        if not case.is_here:
            present = {} if case.present is None else case.present
            self._rows.add_response(_identity(case.last), form.hash, part.language, case.made_at, present)
            return
        responses.add_response(
            self._db, _identity(case.last), form.hash, part.language, case.made_at, is_made_here=False
        )
        if not case.has_changed:
            return
        self.write()
        if case.hidden:
            batches.show_what_stands(self._db, case.id)
        else:
            responses.sum_up(self._db, case.id, case.ours)
            responses.set_progress(self._db, case.id, None)

    def write(self) -> None:
        self._rows.write()

    def _read(self, case: _ResponseIntake) -> None:
        """What the store holds of a response, on first need; what was typed into it is sealed first."""
        if case.is_read:
            return
        responses.seal_response(self._db, case.id, self._device)
        case.ours, case.hidden = revisions_and_hidden(self._db, case.id)
        case.is_read = True

    def _take_in(
        self, case: _ResponseIntake, package: PackageContent, digest: str, known: int | None, at: datetime
    ) -> int:
        """Writes what a package brings; gives its number. `known` is it if another batch brought it."""
        manifest = package.manifest
        due_on = manifest.round.due_on
        self._rows.add_round(
            RoundRow(
                manifest.round.code,
                manifest.round.title,
                date.fromisoformat(due_on) if due_on else None,
                at,
            )
        )
        self._add_questionnaire(package)
        number = known or self._rows.add_package(digest, case.id, package.path.name, manifest.sender.name, at)
        here = case.ours.keys() | case.hidden
        again = sorted(here & package.revisions.keys())
        brought = package.revisions
        if again:
            brought = {id_: one for id_, one in brought.items() if id_ not in here}
        self._rows.add_revisions(number, brought)
        self._rows.add_again(number, case.id, again)
        return number

    def _follow(self, case: _ResponseIntake, package: PackageContent, comparison: Comparison) -> None:
        made_at = times.read(package.manifest.made_at)
        case.made_at = made_at if case.made_at is None else max(made_at, case.made_at)
        case.has_changed |= bool(comparison.brings)
        case.ours.update(package.revisions)
        case.present, case.last = comparison.after, package.manifest

    def _add_file(self, file: FilePlan, position: int, package: int) -> None:
        self._rows.add_file(
            (
                self._batch, position, package, file.path.name, file.result.value, file.new, file.same,
                file.newer, file.conflicts,
            )
        )  # fmt: skip

    def _add_questionnaire(self, package: PackageContent) -> None:
        named, source = package.manifest.questionnaire, package.questionnaire_source
        is_ours = named.form_id in catalogue.shipped_keys()
        if source is None and is_ours and not self._rows.knows_questionnaire(named.hash):
            shipped = catalogue.shipped(named.form_id)
            source = shipped.source if shipped.hash == named.hash else None
        self._rows.add_questionnaire(
            KnownQuestionnaire(named.hash, named.form_id, named.version, named.title, source)
        )


def check_questionnaire(db: Transaction, package: PackageContent) -> None:
    """Makes sure that the response could be opened here.

    Raises:
        IscmError: the file's questionnaire cannot be read, is another than it says, or no version is known.
    """
    named = package.manifest.questionnaire
    if package.questionnaire_source is not None:
        found = catalogue.from_source(package.questionnaire_source)
        if (found.form_id, found.version) != (named.form_id, named.version):
            raise IscmError(Problem.PACKAGE_CONTRADICTS, file=package.path.name)
    elif named.form_id not in catalogue.shipped_keys() and not any(
        known.source for known in questionnaires_of_form(db, named.form_id)
    ):
        raise IscmError(Problem.QUESTIONNAIRE_UNKNOWN, form=named.title or named.form_id)


def _identity(manifest: Manifest) -> responses.ResponseIdentity:
    part, form_id = manifest.response, manifest.questionnaire.form_id
    name = registers.respondent_name(form_id, part.respondent)
    if name == part.respondent:
        name = part.respondent_name or name
    return responses.ResponseIdentity(part.id, manifest.round.code, form_id, part.respondent, name)
