"""Documents about one response: the completed questionnaire, its public edition, what changed since last round."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from iscm_desktop.errors import IscmError
from iscm_desktop.questionnaire.attached_files import AttachedFile
from iscm_desktop.reports.documents.attached_files import PICTURE_EDGE, PrintedFile
from iscm_desktop.reports.documents.changes_document import AnswerDifference, ComparedRounds, changes_document
from iscm_desktop.reports.documents.clearance_blocks import Cleared
from iscm_desktop.reports.documents.clearance_sheet import ClearedAnswers, clearance_sheet
from iscm_desktop.reports.documents.comparison_document import (
    ComparedMoments,
    PrintedDifference,
    comparison_document,
)
from iscm_desktop.reports.documents.publication_marks import MarkedAnswers
from iscm_desktop.reports.documents.questionnaire_document import (
    PrintOptions,
    SignedOff,
    WithheldAnswers,
    questionnaire_document,
)
from iscm_desktop.reports.typesetting.blocks import Document
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.attachments import paths_with_files
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.summaries.document_language import DocumentLanguage
from iscm_desktop.workspace.damage_notice import with_notice
from iscm_desktop.workspace.documents.answer_provenance import provenance_of
from iscm_desktop.workspace.documents.printed_moments import printed_moment
from iscm_desktop.workspace.documents.printing import PrintedDocument, write_pdf
from iscm_desktop.workspace.practice_mark import notice_in_print
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.attachment_service import AttachmentService
from iscm_desktop.workspace.responses.clearance_service import ClearanceService
from iscm_desktop.workspace.responses.comparison_service import ComparisonService, Moment, in_order
from iscm_desktop.workspace.responses.last_round_service import LastRoundService
from iscm_desktop.workspace.responses.response_service import ResponseService, progress_of
from iscm_desktop.workspace.responses.restriction_service import RestrictionService
from iscm_desktop.workspace.responses.sign_off_service import SignOffService
from iscm_desktop.workspace.responses.version_service import VersionService
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class DocumentService:
    """Composes what is printed of one response, in the response's language."""

    def __init__(
        self,
        context: WorkspaceContext,
        response_service: ResponseService,
        last_round_service: LastRoundService,
    ) -> None:
        self._context = context
        self._responses = response_service
        self._last_round = last_round_service
        self._list = ResponseList(context)
        self._rounds = RoundService(context)
        self._comparisons = ComparisonService(context, response_service)
        self._sign_offs = SignOffService(context, response_service)
        self._clearances = ClearanceService(context, response_service)
        self._restrictions = RestrictionService(context, response_service)
        self._attachments = AttachmentService(context, response_service)
        self._versions = VersionService(context, response_service)

    def write_questionnaire(
        self, response: SubjectId, target: Path, *, with_provenance: bool = False
    ) -> PrintedDocument:
        """The completed questionnaire, on request with an annex of who answered what."""
        return write_pdf(self.compose_questionnaire(response, with_provenance=with_provenance), target)

    def write_changes(self, response: SubjectId, target: Path) -> PrintedDocument:
        """What changed since the earlier round."""
        rows = self._last_round.changes(response)
        earlier_round = self._last_round.answers(response).round
        row = self._list.row(response)
        comparing = ComparedRounds(
            row.respondent_name, row.questionnaire_title, self._round_title(row), earlier_round,
            row.language, self._context.now(),
        )  # fmt: skip
        marked = self._marked(response)
        differences = [
            AnswerDifference(one.label, one.before, one.now, one.since, marked.cover(one.path))
            for one in rows
        ]
        known = notice_in_print(self._context.database)
        with self._context.database.read() as db:
            document = with_notice(db, [response], changes_document(differences, comparing), known)
        return write_pdf(document, target)

    def write_comparison(
        self, response: SubjectId, earlier: Moment, later: Moment, target: Path
    ) -> PrintedDocument:
        """What changed between two moments, with what went and what came marked."""
        return write_pdf(self.compose_comparison(response, earlier, later), target)

    def compose_comparison(self, response: SubjectId, earlier: Moment, later: Moment) -> Document:
        """The same before it is printed, in the response's language."""
        row = self._list.row(response)
        rows = self._comparisons.changes(response, earlier, later)
        earlier, later = in_order(earlier, later)
        compared = ComparedMoments(
            row.respondent_name, row.questionnaire_title, self._round_title(row),
            printed_moment(earlier, row.language), printed_moment(later, row.language), row.language,
            self._context.now(),
        )  # fmt: skip
        marked = self._marked(response)
        printed = [
            PrintedDifference(
                one.section_name, one.entry, one.number, one.label, one.pieces, marked.cover(one.path)
            )
            for one in rows
        ]
        known = notice_in_print(self._context.database)
        with self._context.database.read() as db:
            return with_notice(db, [response], comparison_document(printed, compared), known)

    def write_clearance_sheet(self, response: SubjectId, target: Path, whose: str = "") -> PrintedDocument:
        """A sheet to clear by hand: for all whose clearance is open, or for this office or person only."""
        return write_pdf(self.compose_clearance_sheet(response, whose), target)

    def compose_clearance_sheet(self, response: SubjectId, whose: str = "") -> Document:
        """The same before it is printed, in the response's language."""
        row, session = self._list.row(response), self._responses.open_session(response)
        steps = self._cleared(response, with_offered=True)
        if whose:
            steps = tuple(step for step in steps if step.by or step.whose == whose)
        progress = progress_of(session)
        with self._context.database.write() as db:  # what is typed belongs to what is cleared
            responses.seal_response(db, response, self._context.device)
            content = responses.content_of(db, response)
        answers = ClearedAnswers(
            row.respondent_name, row.questionnaire_title, self._round_title(row), row.language,
            progress.answered, progress.asked, len(session.findings()), content, self._context.now(),
        )  # fmt: skip
        known = notice_in_print(self._context.database)
        with self._context.database.read() as db:
            return with_notice(db, [response], clearance_sheet(steps, answers), known)

    def write_public(self, response: SubjectId, target: Path) -> PrintedDocument:
        """The completed questionnaire without what is not for publication."""
        return write_pdf(self.compose_questionnaire(response, is_public=True), target)

    def preview_questionnaire(self, response: SubjectId, *, is_public: bool = False) -> bytes:
        """The PDF of the completed questionnaire as it would be written now; nothing is written or sealed."""
        from iscm_desktop.reports.typesetting.pdf_printer import render

        return render(self.compose_questionnaire(response, is_public=is_public)).pdf

    def compose_questionnaire(
        self, response: SubjectId, *, with_provenance: bool = False, is_public: bool = False
    ) -> Document:
        """The completed questionnaire in the response's language."""
        row = self._list.row(response)
        marked, withheld = self._marked(response), frozenset[AnswerPath]()
        if is_public:
            with self._context.database.read() as db:
                withheld = marked.paths | paths_with_files(db, response, self._context.device)
        session = self._responses.open_session(response)
        withholding = None
        say = DocumentLanguage(row.language).gettext
        withdrawn = [
            (one.label, f"{one.text} ({say('Not for publication')})" if marked.cover(one.path) else one.text)
            for one in self._versions.withdrawn_answers(response)
        ]
        if is_public:
            withdrawn = []
            session = self._responses.open_session(response, without=withheld)
            withholding = WithheldAnswers(withheld)
        signed = self._sign_offs.of(response)
        if is_public and signed is not None and not signed.is_current:
            signed = None  # that something has changed since is nobody's business
        with self._context.database.read() as db:
            provenance = provenance_of(db, response, session, self._context.device) if with_provenance else ()
        document = questionnaire_document(
            session,
            PrintOptions(
                self._round_title(row),
                row.respondent_name,
                self._context.now(),
                None
                if signed is None
                else SignedOff(
                    signed.name,
                    signed.function,
                    signed.signed_at,
                    signed.is_current,
                    signed.is_time_doubtful,
                    0 if is_public else signed.open,
                    "" if is_public else signed.reason,
                ),
                provenance,
                withdrawn,
                withholding,
                {} if is_public else self._files(response),
                MarkedAnswers() if is_public else marked,
                () if is_public else self._cleared(response),
            ),
        )
        known = notice_in_print(self._context.database)
        with self._context.database.read() as db:
            return with_notice(db, [response], document, known)

    def _marked(self, response: SubjectId) -> MarkedAnswers:
        return MarkedAnswers(self._restrictions.withheld(response))

    def _cleared(self, response: SubjectId, *, with_offered: bool = False) -> tuple[Cleared, ...]:
        return tuple(
            Cleared(row.whose, row.by, row.cleared_on, row.remarks, row.is_paper, row.is_current)
            for row in self._clearances.rows(response)
            if with_offered or not row.is_offered  # nobody asked for it yet
        )

    def _files(self, response: SubjectId) -> dict[str, PrintedFile]:
        """What there is to print of its attached files; those whose content is not here are left out."""
        here = [row.file for row in self._attachments.all_of(response) if row.size is not None]
        found: dict[str, PrintedFile] = {}
        for file in here:
            with suppress(IscmError):  # damaged here: said where it is verified, and "not here" on paper
                found[file.digest] = _printed(file, self._attachments.content(file))
        return found

    def _round_title(self, row: ResponseRow) -> str:
        found = self._rounds.find(row.round)
        return found.title if found is not None else row.round


def _printed(file: AttachedFile, content: bytes) -> PrintedFile:
    if not file.is_picture:
        return PrintedFile(len(content))
    from iscm_desktop.exchange.attached_pictures import NoPictureError, picture_size, printable

    try:
        picture = printable(content, PICTURE_EDGE)
        return PrintedFile(len(content), picture, picture_size(picture))
    except NoPictureError:
        return PrintedFile(len(content))
