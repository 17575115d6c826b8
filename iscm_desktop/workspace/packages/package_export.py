"""Responses out of the store as packages, and packages into it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.exchange.colleagues.delegation import DelegationPart
from iscm_desktop.exchange.colleagues.queries import QueryPart
from iscm_desktop.exchange.merging.merger import MergePlan, Merger, MergeReport, MergeResult
from iscm_desktop.exchange.package.manifest import QuestionnairePart, ResponsePart, RoundPart, Sender
from iscm_desktop.exchange.package.package_writer import (
    ExportedFile,
    PackageContents,
    package_bytes,
    replace_file,
)
from iscm_desktop.questionnaire.questionnaire import Questionnaire
from iscm_desktop.store import batches, startup_queries
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.items import revisions_of
from iscm_desktop.store.objects.restrictions import is_edition
from iscm_desktop.store.objects.revision import CONTEXT, EDITION, Revision, RevisionId, SubjectId
from iscm_desktop.store.objects.rounds import round_row
from iscm_desktop.store.rows import BatchRow, ResponseRow
from iscm_desktop.workspace import questionnaire_shelf
from iscm_desktop.workspace.held_sections import held_sections
from iscm_desktop.workspace.interrupted_work import InterruptedWork, underway
from iscm_desktop.workspace.key_service import KeyService
from iscm_desktop.workspace.packages.delegation_return import note_return, way_back
from iscm_desktop.workspace.responses.response_service import ResponseService, progress_of
from iscm_desktop.workspace.rounds.invitation_service import InvitationService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_COUNTED_AT_ONCE = 20
"""Responses whose progress is counted with the merge itself; a larger pile is counted afterwards."""


Dress = Callable[[bytes], bytes]


def as_it_is(package: bytes) -> bytes:
    """The package is the file."""
    return package


class PackageExport:
    """The service behind export and merge."""

    def __init__(
        self,
        desk: WorkspaceContext,
        filling: ResponseService,
        trusting: KeyService,
        inviting: InvitationService,
    ) -> None:
        self._desk = desk
        self._filling = filling
        self._trusting = trusting
        self._inviting = inviting

    def export(
        self,
        response: SubjectId,
        target: Path,
        *,
        encrypts: bool = False,
        recipients: Sequence[str] = (),
        dressed: Dress = as_it_is,
    ) -> ExportedFile:
        """Seals a response, writes what of it is held here, and remembers what was written.

        Args:
            dressed: Makes the file of the package, where that travels inside another; called once all is sealed.
            encrypts: For `recipients` or, without any, for the coordinators whom the invitation names.

        Raises:
            IscmError: only a public edition is here, nobody is known for whom to encrypt, or the file cannot
                be written.
        """
        row = self._filling.row(response)
        keys = self._recipients(row, recipients) if encrypts else ()
        with self._desk.database.read() as db:
            scope = held_sections(db, response)
            if is_edition(db, response):
                raise IscmError(Problem.PUBLIC_NOT_WHOLE, respondent=row.respondent_name)
        progress = None if scope is None else progress_of(self._filling.open(response))
        with self._desk.database.write() as db:
            responses.seal_response(db, response, self._desk.device)
            if scope is not None and progress is not None:
                note_return(db, self._desk, response, scope, progress)
        with self._desk.database.read() as db:
            used = questionnaire_shelf.by_hash(db, responses.questionnaire_hash(db, response))
            revisions = revisions_of(db, response)
            everything = responses.everything_of(db, response)
        delegation = None
        if scope is not None:
            revisions, delegation = way_back(scope, revisions)
        exported = self.write(
            self.contents(row, used, _lasting(revisions), delegation), target, keys, dressed
        )
        with self._desk.database.write() as db:
            responses.set_exported(db, response, everything, self._desk.now())
        return exported

    def contents(
        self,
        row: ResponseRow,
        used: Questionnaire,
        revisions: Mapping[RevisionId, Revision],
        delegation: DelegationPart | None = None,
        queries: tuple[QueryPart, ...] | None = None,
    ) -> PackageContents:
        """A package of a response, or of the part of it that these revisions are."""
        with self._desk.database.read() as db:
            round_ = round_row(db, row.round)
        person = self._desk.person
        return PackageContents(
            round=RoundPart(round_.code, round_.title, round_.due_on.isoformat() if round_.due_on else None),
            questionnaire=QuestionnairePart(used.form_id, used.version, used.title, used.hash),
            response=_response_part(row),
            sender=Sender(
                self._desk.device, person.name, person.organization, self._trusting.device_key.public
            ),
            revisions=revisions,
            questionnaire_source=None if questionnaire_shelf.is_shipped(used) else used.source,
            delegation=delegation,
            queries=queries,
            prove=self._inviting.proving(row),
        )

    def write(
        self,
        contents: PackageContents,
        target: Path,
        recipients: Sequence[str] = (),
        dressed: Dress = as_it_is,
    ) -> ExportedFile:
        """Signs, encrypts where there are recipients, writes beside the target, flushes, then replaces.

        Raises:
            IscmError: the folder is read only or full; the file that was there is as it was.
        """
        data = dressed(package_bytes(contents, self._trusting.device_key.sign))
        if recipients:
            from iscm_desktop.exchange.trust.age_encryption import encrypted

            data = encrypted(data, recipients)
        with underway(self._desk.database, InterruptedWork.EXPORT, target):
            replace_file(target, data)
        return ExportedFile(target, len(data), len(contents.revisions), hashlib.sha256(data).hexdigest())

    def _recipients(self, row: ResponseRow, named: Sequence[str]) -> Sequence[str]:
        from iscm_desktop.exchange.trust.age_encryption import is_recipient

        for key in named:
            if not is_recipient(key):
                raise IscmError(Problem.RECIPIENT_UNREADABLE, key=key)
        keys = named or [each.recipient for each in self._inviting.coordinators_of(row)]
        if not keys:
            raise IscmError(Problem.RECIPIENT_MISSING)
        return list(dict.fromkeys(keys))

    def plan(
        self, paths: Sequence[Path], progress: Callable[[int, int], None], should_stop: Callable[[], bool]
    ) -> MergePlan:
        return self._merging().plan(paths, progress, should_stop)

    def apply(
        self, plan: MergePlan, progress: Callable[[int, int], None], should_stop: Callable[[], bool]
    ) -> MergeReport:
        with underway(self._desk.database, InterruptedWork.MERGE, files=len(plan.files)):
            report = self._merging().apply(plan, progress, should_stop)
        self._trusting.remember(report.files)
        unchanged = (MergeResult.REFUSED, MergeResult.SAME)
        self._count({file.response_id for file in report.files if file.result not in unchanged})
        return report

    def batches(self) -> tuple[BatchRow, ...]:
        with self._desk.database.read() as db:
            return batches.batch_rows(db)

    def take_back(self, batch: str, *, is_taken_back: bool) -> None:
        with self._desk.database.write() as db:
            subjects = batches.subjects_of(db, batch)
            for subject in subjects:
                responses.seal_response(db, subject, self._desk.device)
            batches.take_back(db, batch, subjects, is_taken_back=is_taken_back)
        self._count(set(subjects))

    def _merging(self) -> Merger:
        desk = self._desk
        door = self._trusting.doorkeeper()
        return Merger(desk.database, desk.clock, desk.device, desk.person.signature, door)

    def _count(self, subjects: set[SubjectId]) -> None:
        if len(subjects) <= _COUNTED_AT_ONCE:
            with self._desk.database.read() as db:
                shown = {row.id for row in startup_queries.responses(db)}
            for subject in subjects & shown:
                self._filling.count(subject)


def _lasting(revisions: Mapping[RevisionId, Revision]) -> dict[RevisionId, Revision]:
    """Without what only served here: copies of answers for delegated sections, and marks of public editions."""
    return {id_: one for id_, one in revisions.items() if one.kind not in (CONTEXT, EDITION)}


def _response_part(row: ResponseRow) -> ResponsePart:
    return ResponsePart(row.id, row.respondent, row.respondent_name, row.language)
