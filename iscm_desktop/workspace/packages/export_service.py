"""Responses out of the store as packages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, AttachmentProblem, IscmError, TrustProblem
from iscm_desktop.exchange.colleagues.delegation import DelegationPart
from iscm_desktop.exchange.colleagues.queries import QueryPart
from iscm_desktop.exchange.package.manifest import QuestionnairePart, ResponsePart, RoundPart, Sender
from iscm_desktop.exchange.package.package_writer import (
    ExportedFile,
    PackageContents,
    package_bytes,
    replace_file,
)
from iscm_desktop.questionnaire import catalogue
from iscm_desktop.questionnaire.attached_files import MAX_OF_RESPONSE, MEBIBYTE
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.store.ledger.ledger_entries import append_entries
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.attachments import content_of, files_at_heads
from iscm_desktop.store.objects.items import revisions_of
from iscm_desktop.store.objects.packages import brought_revisions
from iscm_desktop.store.objects.promise_evidence import promises_of
from iscm_desktop.store.objects.promises import PromiseKeys
from iscm_desktop.store.objects.restrictions import is_edition
from iscm_desktop.store.objects.revision import CONTEXT, EDITION, Revision, RevisionId, SubjectId
from iscm_desktop.store.objects.rounds import round_row
from iscm_desktop.store.objects.seals import are_here, keep_seal, seals_of
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.store.rows import ResponseRow, RoundRow
from iscm_desktop.text_limits import TypedText, checked, fitting
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.damage_notice import check_response
from iscm_desktop.workspace.held_sections import HeldSections, held_sections
from iscm_desktop.workspace.key_service import KeyService
from iscm_desktop.workspace.packages.delegation_return import note_return, way_back
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.response_service import ResponseService, progress_of
from iscm_desktop.workspace.rounds.received_invitation_service import ReceivedInvitationService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

__all__ = ["Dress", "ExportService", "ExportedFile", "as_it_is"]


def _same(package: bytes) -> bytes:
    return package


@dataclass(frozen=True, slots=True)
class Dress:
    """How a package travels: as it is, or inside another file."""

    put_on: Callable[[bytes], bytes]  # the file of the package; called once all is sealed
    take_off: Callable[[bytes], bytes]  # the package in the file, as a reader finds it


as_it_is = Dress(_same, _same)
"""The package is the file."""


class ExportService:
    """The service behind export."""

    def __init__(
        self,
        context: WorkspaceContext,
        response_service: ResponseService,
        key_service: KeyService,
        received_invitations: ReceivedInvitationService,
    ) -> None:
        self._context = context
        self._responses = response_service
        self._list = ResponseList(context)
        self._keys = key_service
        self._invitations = received_invitations

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
            dressed: How the package travels, where that is inside another file.
            encrypts: For `recipients` or, without any, for the coordinators whom the invitation names.

        Raises:
            IscmError: only a public edition is here, nobody is known for whom to encrypt, or the file cannot
                be written.
        """
        row = self._list.row(response)
        check_codes(row)
        keys = self._recipients(row, recipients) if encrypts else ()
        with self._context.database.read() as db:
            scope = held_sections(db, response)
            if is_edition(db, response):
                raise IscmError(AnswerProblem.PUBLIC_NOT_WHOLE, respondent=row.respondent_name)
        what = {"respondent": row.respondent_name, "file": str(target.absolute()), "response": response}
        with self._context.log.running(OperationKind.EXPORT, what) as exporting:
            self._seal(response, scope, exporting.number)
            with self._context.database.read() as db:
                used = known_questionnaires.questionnaire_by_hash(
                    db, responses.questionnaire_hash(db, response)
                )
                revisions = revisions_of(db, response)
                promises = PromiseKeys() if scope is None else promises_of(db, response).keys
                everything = responses.everything_of(db, response)
            delegation = None
            if scope is not None:
                revisions, delegation = way_back(scope, revisions, promises)
            contents = self.contents(row, used, _lasting(revisions), delegation)
            exported = self.write_contents(contents, target, keys, dressed)
            with self._context.database.write() as db:
                responses.set_exported(db, response, everything, self._context.now())
        return exported

    def _seal(self, response: SubjectId, scope: HeldSections | None, operation: int) -> None:
        """Seals what is being typed; of delegated sections, with how far they are."""
        progress = None if scope is None else progress_of(self._responses.open_session(response))
        with self._context.database.write() as db:
            responses.seal_response(db, response, self._context.device)
            if scope is not None and progress is not None:
                note_return(db, self._context, response, scope, progress)
            append_entries(db, operation, [response])

    def contents(
        self,
        row: ResponseRow,
        used: Questionnaire,
        revisions: Mapping[RevisionId, Revision],
        delegation: DelegationPart | None = None,
        queries: tuple[QueryPart, ...] | None = None,
    ) -> PackageContents:
        """A package of a response, or of the part of it that these revisions are.

        Raises:
            IscmError: only a public edition is here, which is nobody's to continue; or a revision is not what it
                was, and must not leave the house in its author's name.
        """
        if row.is_public:
            raise IscmError(AnswerProblem.PUBLIC_NOT_WHOLE, respondent=row.respondent_name)
        check_codes(row)
        with self._context.database.read() as db:
            check_response(db, row.id, with_seals=True)
            round_ = round_row(db, row.round)
        person = self._context.person
        return PackageContents(
            round=round_part(round_),
            questionnaire=questionnaire_part(used),
            response=_response_part(row),
            sender=Sender(
                self._context.device,
                fitting(person.name),
                fitting(person.organization),
                self._keys.device_key.public,
            ),
            revisions=revisions,
            questionnaire_source=None if known_questionnaires.is_shipped(used) else used.source,
            delegation=delegation,
            queries=queries,
            prove=self._invitations.proving(row),
            is_practice=self._context.is_practice,
        )

    def write_contents(
        self,
        contents: PackageContents,
        target: Path,
        recipients: Sequence[str] = (),
        dressed: Dress = as_it_is,
    ) -> ExportedFile:
        """Signs all but public editions, encrypts where there are recipients, writes beside, reads it, then replaces.

        Raises:
            IscmError: the folder is read only or full, or what was written cannot be read; the file that was there is
                as it was.
        """
        is_traceless = (
            contents.public is not None
        )  # a signature would tell which device, of which store, it was
        without: tuple[str, ...] = ()
        if not is_traceless:
            contents, without = self._with_attachments(contents)
            contents = self._sealed(contents)
        from iscm_desktop.exchange.trust.read_back import encrypted_read_back, inside, package_read_back

        key = None if is_traceless else self._keys.device_key
        data = dressed.put_on(package_bytes(contents, None if key is None else key.sign))
        read_back = package_read_back(contents, target, None if key is None else key.public)
        if dressed is not as_it_is:
            read_back = inside(target, dressed.take_off, read_back)
        if recipients:
            from iscm_desktop.exchange.trust.age_encryption import encrypted

            read_back(data)  # nobody here can once it is encrypted
            data, read_back = encrypted(data, recipients), encrypted_read_back(target, len(set(recipients)))
        replace_file(target, data, read_back)
        digest = hashlib.sha256(data).hexdigest()
        return ExportedFile(target, len(data), len(contents.revisions), digest, without)

    def _with_attachments(self, contents: PackageContents) -> tuple[PackageContents, tuple[str, ...]]:
        """With the files that its present answers name; those of earlier ones stay. And the names of files not here.

        Also with what the labels of a questionnaire show that comes along.
        """
        shown = self._shown(contents.questionnaire_source)
        files = files_at_heads(contents.revisions)
        if not files:
            return replace(contents, attachments=shown), ()
        with self._context.database.read() as db:
            found = {file.digest: content_of(db, file.digest) for file in files}
        here = {digest: content for digest, content in found.items() if content is not None}
        if sum(map(len, here.values())) > MAX_OF_RESPONSE:
            raise IscmError(AttachmentProblem.TOO_MUCH_IN_ALL, most=MAX_OF_RESPONSE // MEBIBYTE)
        without = tuple(file.name for file in files if file.digest not in here)
        return replace(contents, attachments={**shown, **here}), without

    def _shown(self, source: str | None) -> dict[str, bytes]:
        digests = () if source is None else catalogue.from_source(source).media_files.values()
        with self._context.database.read() as db:
            found = {digest: content_of(db, digest) for digest in digests}
        return {digest: content for digest, content in found.items() if content is not None}

    def _sealed(self, contents: PackageContents) -> PackageContents:
        """With the seals that can be checked in it, and one for what was made here and never sealed.

        What a file brought is not made here, whatever device it names. The seal is kept where it covers what is in
        the store and nothing else: later packages bring the same again.
        """
        from iscm_desktop.exchange.trust.sealing import (
            covered_by,
            fitting_seals,
            new_seal,
            unsealed_revisions,
        )

        subject, device = contents.response.id, self._context.device
        with self._context.database.write() as db:
            stored = [one.seal for one in seals_of(db, subject)]
            seals = fitting_seals(stored, contents.revisions)
            key, brought = self._keys.device_key.public, brought_revisions(db, subject)
            if unsealed := unsealed_revisions(seals, device, key, contents.revisions, brought):
                seal = new_seal(self._keys.device_key, subject, device, unsealed)
                is_part = not covered_by(stored, device, key).isdisjoint(unsealed)
                if not is_part and are_here(db, subject, unsealed):
                    keep_seal(db, subject, seal)
                seals.append(seal)
        return replace(contents, seals=tuple(seals))

    def _recipients(self, row: ResponseRow, named: Sequence[str]) -> Sequence[str]:
        from iscm_desktop.exchange.trust.age_encryption import is_recipient

        for key in named:
            if not is_recipient(key):
                raise IscmError(TrustProblem.RECIPIENT_UNREADABLE, key=key)
        keys = named or [each.recipient for each in self._invitations.coordinators_of(row)]
        if not keys:
            raise IscmError(TrustProblem.RECIPIENT_MISSING)
        return list(dict.fromkeys(keys))


def check_codes(row: ResponseRow) -> None:
    """Makes sure that the codes of a response, which a store may have from before they were limited, fit into a file.

    Raises:
        IscmError: one does not, so that nobody could read the file.
    """
    for what, code in (
        (TypedText.ROUND_CODE, row.round),
        (TypedText.RESPONDENT_CODE, row.respondent),
        (TypedText.FORM_ID, row.form_id),
        (TypedText.FORM_VERSION, row.version),
        (TypedText.LANGUAGE, row.language),
    ):
        checked(what, code)


def round_part(round_: RoundRow) -> RoundPart:
    """A round as packages name it."""
    return RoundPart(round_.code, fitting(round_.title), round_.due_on.isoformat() if round_.due_on else None)


def questionnaire_part(used: Questionnaire) -> QuestionnairePart:
    """A questionnaire as packages name it."""
    return QuestionnairePart(used.form_id, used.version, fitting(used.title), used.hash)


def _lasting(revisions: Mapping[RevisionId, Revision]) -> dict[RevisionId, Revision]:
    """Without what only served here: copies of answers for delegated sections, and marks of public editions."""
    return {id_: one for id_, one in revisions.items() if one.kind not in (CONTEXT, EDITION)}


def _response_part(row: ResponseRow) -> ResponsePart:
    return ResponsePart(row.id, row.respondent, fitting(row.respondent_name), row.language)
