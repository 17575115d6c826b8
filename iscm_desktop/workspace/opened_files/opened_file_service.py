"""The one place that decides what an opened file is and where it goes: by content, and by what this store holds."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, FileProblem, IscmError, StoreProblem, TrustProblem
from iscm_desktop.exchange.ledger.cosign_request import read_request
from iscm_desktop.exchange.package.manifest import QUESTIONNAIRE, Manifest
from iscm_desktop.exchange.package.package_reader import OpenedPackage
from iscm_desktop.exchange.trust.verification import PackageVerifier, trust_in_words
from iscm_desktop.exchange.unpacking.file_content import FileContent, content_of
from iscm_desktop.exchange.unpacking.package_sources import PackageSource, find_sources
from iscm_desktop.file_names import shown_file
from iscm_desktop.questionnaire import catalogue, registers
from iscm_desktop.questionnaire.form_paths import outside_repeats
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.store.database.kept_backups import copied_device
from iscm_desktop.store.database.store_version import version_of_file
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.colleagues.delegation_service import DelegationRow, DelegationService
from iscm_desktop.workspace.held_sections import sections_in
from iscm_desktop.workspace.item_labels import ItemLabels
from iscm_desktop.workspace.key_service import KeyService
from iscm_desktop.workspace.opened_files.opened_file import (
    AskedBack,
    Destination,
    EarlierAnswers,
    HandedSections,
    OpenedFile,
    OpenedFiles,
    OpenedStore,
)
from iscm_desktop.workspace.packages.merge_service import MergeService
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.round_order import RoundTime, round_time
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.rounds.received_invitation_service import ReceivedInvitationService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

MANY = 20
"""Whoever opens more files than that at once merges: none of them is looked into before the plan."""

_PLAIN = {
    FileContent.WORKBOOK: Destination.QUESTIONNAIRE,
    FileContent.XFORM: Destination.QUESTIONNAIRE,
    FileContent.RECEIPT: Destination.RECEIPT,
    FileContent.CHECKPOINT: Destination.COSIGNING,
    FileContent.RESPONDENTS: Destination.RESPONDENTS,
    FileContent.FOLDER: Destination.MERGE,
}
_MERGED = (FileContent.PACKAGE, FileContent.SEALED, FileContent.HOLDER)


class OpenedFileService:
    """Looking changes nothing; `take_in` does what one press of a welcome does.

    What is laid out of mails and archives lies in a folder of ours until `close`.
    """

    def __init__(
        self,
        context: WorkspaceContext,
        key_service: KeyService,
        merge_service: MergeService,
        delegation_service: DelegationService,
        invitation_service: ReceivedInvitationService,
    ) -> None:
        self._context, self._keys = context, key_service
        self._merging, self._delegations = merge_service, delegation_service
        self._invitations = invitation_service
        self._list, self._rounds = ResponseList(context), RoundService(context)
        self._folder: Path | None = None

    def look_at(self, paths: Sequence[Path], progress: TaskProgress = UNWATCHED) -> OpenedFiles:
        """What each of these is; a file that cannot be used is told in words, and the others go on."""
        found: list[OpenedFile] = []
        for number, path in enumerate(paths):
            if progress.should_stop():
                break
            progress.report(number, len(paths))
            found += self._look_at(path, is_one_of_many=len(paths) > MANY)
        return OpenedFiles(tuple(found))

    def take_in(self, opened: OpenedFile) -> str:
        """Merges sections that were handed over, or questions back; gives the response that they are about.

        Raises:
            IscmError: the file cannot be taken in; nothing was changed.
        """
        plan = self._merging.plan([opened.path])
        for refused in plan.refused:
            raise IscmError(refused.problem, **refused.particulars)
        response = plan.planned[0].response_id
        self._merging.apply(plan)
        self._rounds.follow(self._list.row(response).round)
        return response

    def close(self) -> None:
        """Removes what was laid out."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _look_at(self, path: Path, *, is_one_of_many: bool) -> Iterator[OpenedFile]:
        origin = shown_file(path)
        try:
            content = content_of(path)
            if content is FileContent.INVITATION:
                yield self._invitation(path, origin)
            elif content in _PLAIN:
                yield OpenedFile(path, origin, _PLAIN[content])
            elif content is FileContent.STORE:
                yield self._store(path, origin)
            elif content not in _MERGED:
                yield _nowhere(
                    path, origin, IscmError(FileProblem.NOTHING_TO_OPEN, file=shown_file(path.name))
                )
            elif is_one_of_many:
                yield OpenedFile(path, origin, Destination.MERGE)
            else:
                yield from self._packages(path)
        except IscmError as problem:
            yield _nowhere(path, origin, problem)
        except OSError:
            yield _nowhere(path, origin, IscmError(AnswerProblem.FILE_MISSING, file=path))

    def _packages(self, path: Path) -> Iterator[OpenedFile]:
        """What lies in a file. A mail or an archive with several packages to merge is merged as the file it is."""
        sources = find_sources([path], self._new_folder)
        found = [self._source(source) for source in sources if not source.is_passed_over]
        good = [one for one in found if one.destination is not Destination.NOWHERE]
        if len(good) > 1 and all(one.destination is Destination.MERGE for one in good):
            yield OpenedFile(path, shown_file(path), Destination.MERGE)
        elif len(good) == 1 and good[0].destination is Destination.MERGE:
            yield OpenedFile(path, good[0].origin, Destination.MERGE, response=good[0].response)
        else:
            yield from good or found

    def _source(self, source: PackageSource) -> OpenedFile:
        if source.refusal is not None:
            return _nowhere(source.path, source.origin, source.refusal)
        try:
            if content_of(source.path) is FileContent.INVITATION:
                return self._invitation(source.path, source.origin)
            verifier = self._keys.package_verifier()
            return self._package(verifier.open_file(source.path), verifier, source.origin)
        except IscmError as problem:
            return self._sealed(source, problem)

    def _invitation(self, path: Path, origin: str) -> OpenedFile:
        """Its welcome, where it is as the coordinator signed it.

        Raises:
            IscmError: it is not, for a newer program, or out of a practice round.
        """
        self._invitations.look_at(path)
        return OpenedFile(path, origin, Destination.INVITATION)

    def _sealed(self, source: PackageSource, problem: IscmError) -> OpenedFile:
        """What else is encrypted: keys under a passphrase, and what a coordinator is to cosign."""
        if problem.problem is TrustProblem.AGE_WITH_PASSPHRASE:
            return OpenedFile(source.path, source.origin, Destination.KEYS)
        if problem.problem is FileProblem.PACKAGE_FOREIGN and self._is_request(source.path):
            return OpenedFile(source.path, source.origin, Destination.COSIGNING)
        return _nowhere(source.path, source.origin, problem)

    def _is_request(self, path: Path) -> bool:
        if content_of(path) is not FileContent.SEALED:
            return False
        from iscm_desktop.exchange.trust.age_encryption import AgeError, decrypted

        try:
            read_request(decrypted(path.read_bytes(), list(self._keys.identities().values())))
        except (AgeError, ValueError):
            return False
        return True

    def _package(self, opened: OpenedPackage, verifier: PackageVerifier, origin: str) -> OpenedFile:
        manifest, path = opened.manifest, opened.path
        response = manifest.response.id
        trust = trust_in_words(verifier.judge(opened).trust)
        if manifest.delegation is not None and not manifest.delegation.is_return:
            handed = self._handed(opened, trust)
            return OpenedFile(path, origin, Destination.SECTIONS, response=response, sections=handed)
        if manifest.queries is not None:
            asked = self._asked(opened, trust)
            return OpenedFile(path, origin, Destination.QUERIES, response=response, queries=asked)
        earlier = self._earlier(manifest)
        to = Destination.MERGE if earlier is None else Destination.LAST_ROUND
        return OpenedFile(path, origin, to, response=response, earlier=earlier)

    def _handed(self, opened: OpenedPackage, trust: str) -> HandedSections:
        manifest = opened.manifest
        part = manifest.delegation
        assert part is not None  # noqa: S101 - the caller has looked
        terms = part.handed[0].terms
        named = {one.id for one in part.handed}
        known = [row for row in self._known_delegations(manifest.response.id) if row.id in named]
        if any(row.is_ours for row in known):
            raise IscmError(FileProblem.HANDED_OVER_HERE, file=opened.path.name, to=terms.to)
        return HandedSections(
            terms.by or manifest.sender.name, terms.to, _respondent(manifest), _round_title(manifest),
            manifest.questionnaire.title,
            _section_labels(self._questionnaire(opened), [p for one in part.handed for p in one.terms.sections],
                            manifest.response.language),
            terms.message, round_time("", terms.due_on).due_on, trust,
            is_here=any(row.is_received for row in known),
        )  # fmt: skip

    def _known_delegations(self, response: SubjectId) -> tuple[DelegationRow, ...]:
        is_here = any(row.id == response for row in self._list.all())
        return self._delegations.rows(response) if is_here else ()

    def _asked(self, opened: OpenedPackage, trust: str) -> AskedBack:
        """Questions back go to the respondent; on another computer there is nothing that they are about."""
        manifest = opened.manifest
        asked = manifest.queries or ()
        if not any(row.id == manifest.response.id for row in self._list.all()):
            raise IscmError(
                FileProblem.QUERIES_WITHOUT_RESPONSE, file=opened.path.name, respondent=_respondent(manifest)
            )
        by = next((one.asker for one in asked if one.asker), manifest.sender.name)
        told = tuple((one.label, one.text) for one in asked)
        first = str(asked[0].path) if asked else ""
        return AskedBack(by, _respondent(manifest), _round_title(manifest), told, trust, first)

    def _earlier(self, manifest: Manifest) -> EarlierAnswers | None:
        """Where answers of an earlier round can be offered; None where the file is for merging."""
        if manifest.delegation is not None or manifest.public is not None:
            return None
        form, who = manifest.questionnaire.form_id, manifest.response.respondent
        own = [row for row in self._list.all() if (row.form_id, row.respondent) == (form, who)]
        if not own or any(row.round == manifest.round.code for row in own):
            return None
        theirs = round_time(manifest.round.code, manifest.round.due_on)
        later = [row for row in own if theirs.is_before(self._time(row))]
        newest = [
            row for row in later if not any(self._time(row).is_before(self._time(one)) for one in later)
        ]
        if not newest:
            return None
        to = newest[0]
        return EarlierAnswers(_respondent(manifest), _round_title(manifest), to.id, self._title(to.round))

    def _time(self, row: ResponseRow) -> RoundTime:
        due: dict[str, date | None] = {one.code: one.due_on for one in self._rounds.all()}
        return RoundTime(row.round, due.get(row.round))

    def _title(self, code: str) -> str:
        return next((one.title for one in self._rounds.all() if one.code == code and one.title), code)

    def _questionnaire(self, opened: OpenedPackage) -> Questionnaire | None:
        """The one that it is filled in with; None where neither the file nor this computer has it."""
        source = opened.members.get(QUESTIONNAIRE)
        part = opened.manifest.questionnaire
        if source is not None:
            return catalogue.from_source(source.decode("utf-8", "replace"))
        with self._context.database.read() as db:
            try:
                return known_questionnaires.questionnaire_by_hash(db, part.hash)
            except IscmError:
                return known_questionnaires.nearest_version(db, part.form_id, opened.manifest.round.code)

    def _store(self, path: Path, origin: str) -> OpenedFile:
        """One behind a passphrase that nobody has given here is asked for it by the window that opens it."""
        try:
            version = version_of_file(path)
        except IscmError as error:
            if error.problem is not StoreProblem.STORE_PROTECTED:
                raise
            return OpenedFile(path, origin, Destination.STORE, store=OpenedStore(False, False))
        except sqlite3.DatabaseError as error:
            raise IscmError(StoreProblem.STORE_NOT_OURS, store=path) from error
        if version is None:
            raise IscmError(StoreProblem.STORE_NOT_OURS, store=path)
        own = self._context.database.path
        is_ours = not self._context.database.is_shared and own.exists() and path.samefile(own)
        is_backup = not is_ours and copied_device(path) == self._context.device
        return OpenedFile(path, origin, Destination.STORE, store=OpenedStore(is_ours, is_backup))

    def _new_folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="iscm-"))
        return Path(tempfile.mkdtemp(dir=self._folder))


def _nowhere(path: Path, origin: str, problem: IscmError) -> OpenedFile:
    return OpenedFile(path, origin, Destination.NOWHERE, str(problem))


def _respondent(manifest: Manifest) -> str:
    part = manifest.response
    return registers.named_respondent(manifest.questionnaire.form_id, part.respondent, part.respondent_name)


def _round_title(manifest: Manifest) -> str:
    return manifest.round.title or manifest.round.code


def _section_labels(used: Questionnaire | None, parts: Iterable[str], language: str) -> tuple[str, ...]:
    """As the questionnaire calls them, with their numbers; their paths where it is not at hand."""
    named = tuple(parts)
    if used is None:
        return named
    wording = ItemLabels(used, language)
    found = sections_in(used, named)
    numbers = [wording.number(outside_repeats(one.path)) for one in found]
    labels = [wording.text(one.label) or one.path for one in found]
    return tuple(map(with_number, numbers, labels)) or named
