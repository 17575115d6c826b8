"""The subjects of a workspace: a service for each, imported when it is first asked for.

Start-up has a budget: opening a workspace, its rounds and its list of responses need neither SQLAlchemy nor a form
session. Whoever wants a service asks the workspace for it; services that build on one another are handed over here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from iscm_desktop.workspace.workspace_context import WorkspaceContext

if TYPE_CHECKING:
    from iscm_desktop.workspace.backups.backup_service import BackupService
    from iscm_desktop.workspace.colleagues.delegation_service import DelegationService
    from iscm_desktop.workspace.colleagues.query_service import QueryService
    from iscm_desktop.workspace.colleagues.task_service import TaskService
    from iscm_desktop.workspace.conflicts.conflict_list import ConflictList
    from iscm_desktop.workspace.conflicts.conflict_service import ConflictService
    from iscm_desktop.workspace.conflicts.settlement_rule_service import SettlementRuleService
    from iscm_desktop.workspace.consistency.consistency_service import ConsistencyService
    from iscm_desktop.workspace.coverage.coverage_document_service import CoverageDocumentService
    from iscm_desktop.workspace.coverage.coverage_service import CoverageService
    from iscm_desktop.workspace.data.data_service import DataService
    from iscm_desktop.workspace.documents.document_service import DocumentService
    from iscm_desktop.workspace.documents.summary_service import SummaryService
    from iscm_desktop.workspace.key_service import KeyService
    from iscm_desktop.workspace.ledger.cosigning_service import CosigningService
    from iscm_desktop.workspace.ledger.ledger_service import LedgerService
    from iscm_desktop.workspace.ledger.receipt_service import ReceiptService
    from iscm_desktop.workspace.opened_files.opened_file_service import OpenedFileService
    from iscm_desktop.workspace.operation_service import OperationService
    from iscm_desktop.workspace.packages.export_service import ExportService
    from iscm_desktop.workspace.packages.merge_service import MergeService
    from iscm_desktop.workspace.packages.pdf_export_service import PdfExportService
    from iscm_desktop.workspace.packages.public_export_service import PublicExportService
    from iscm_desktop.workspace.packages.refusal_service import RefusalService
    from iscm_desktop.workspace.questionnaire_service import QuestionnaireService
    from iscm_desktop.workspace.received_questionnaire_service import ReceivedQuestionnaireService
    from iscm_desktop.workspace.reminders.reminder_service import ReminderService
    from iscm_desktop.workspace.response_list import ResponseList
    from iscm_desktop.workspace.responses.attachment_service import AttachmentService
    from iscm_desktop.workspace.responses.clearance_service import ClearanceService
    from iscm_desktop.workspace.responses.comparison_service import ComparisonService
    from iscm_desktop.workspace.responses.last_round_service import LastRoundService
    from iscm_desktop.workspace.responses.note_service import NoteService
    from iscm_desktop.workspace.responses.nothing_service import NothingService
    from iscm_desktop.workspace.responses.offer_service import OfferService
    from iscm_desktop.workspace.responses.response_service import ResponseService
    from iscm_desktop.workspace.responses.restriction_service import RestrictionService
    from iscm_desktop.workspace.responses.sign_off_service import SignOffService
    from iscm_desktop.workspace.responses.version_service import VersionService
    from iscm_desktop.workspace.round_service import RoundService
    from iscm_desktop.workspace.rounds.device_service import DeviceService
    from iscm_desktop.workspace.rounds.invitation_service import InvitationService
    from iscm_desktop.workspace.rounds.received_invitation_service import ReceivedInvitationService
    from iscm_desktop.workspace.rounds.respondent_service import RespondentService
    from iscm_desktop.workspace.trust_service import TrustService
    from iscm_desktop.workspace.verification_service import VerificationService


class WorkspaceServices:
    """What can be done on one open store, by subject."""

    def __init__(self, context: WorkspaceContext, *, keys_in_files: bool) -> None:
        self._context = context
        self._keys_in_files = keys_in_files

    @cached_property
    def rounds(self) -> RoundService:
        """Survey waves, and which of them is followed."""
        from iscm_desktop.workspace.round_service import RoundService

        return RoundService(self._context)

    @cached_property
    def trust(self) -> TrustService:
        """On what the answers of a round rest."""
        from iscm_desktop.workspace.trust_service import TrustService

        return TrustService(self._context)

    @cached_property
    def response_list(self) -> ResponseList:
        """Every response in view."""
        from iscm_desktop.workspace.response_list import ResponseList

        return ResponseList(self._context)

    @cached_property
    def questionnaires(self) -> QuestionnaireService:
        """Questionnaires that can be filled in here: those that shipped, and one's own."""
        from iscm_desktop.workspace.questionnaire_service import QuestionnaireService

        return QuestionnaireService(self._context)

    @cached_property
    def received_questionnaires(self) -> ReceivedQuestionnaireService:
        """Those that came with somebody's file, and what new responses use of them."""
        from iscm_desktop.workspace.received_questionnaire_service import ReceivedQuestionnaireService

        return ReceivedQuestionnaireService(self._context)

    @cached_property
    def responses(self) -> ResponseService:
        """Responses: started, filled in, saved."""
        from iscm_desktop.workspace.responses.response_service import ResponseService

        return ResponseService(self._context)

    @cached_property
    def notes(self) -> NoteService:
        """Notes at questions."""
        from iscm_desktop.workspace.responses.note_service import NoteService

        return NoteService(self._context, self.responses)

    @cached_property
    def attachments(self) -> AttachmentService:
        """Files that answers name."""
        from iscm_desktop.workspace.responses.attachment_service import AttachmentService

        return AttachmentService(self._context, self.responses)

    @cached_property
    def sign_offs(self) -> SignOffService:
        """Who answers for a response."""
        from iscm_desktop.workspace.responses.sign_off_service import SignOffService

        return SignOffService(self._context, self.responses)

    @cached_property
    def clearances(self) -> ClearanceService:
        """Whose agreement is asked for before the sign-off."""
        from iscm_desktop.workspace.responses.clearance_service import ClearanceService

        return ClearanceService(self._context, self.responses)

    @cached_property
    def restrictions(self) -> RestrictionService:
        """What is not for publication."""
        from iscm_desktop.workspace.responses.restriction_service import RestrictionService

        return RestrictionService(self._context, self.responses)

    @cached_property
    def comparisons(self) -> ComparisonService:
        """What changed between two moments."""
        from iscm_desktop.workspace.responses.comparison_service import ComparisonService

        return ComparisonService(self._context, self.responses)

    @cached_property
    def versions(self) -> VersionService:
        """With which version of a questionnaire a response is filled in."""
        from iscm_desktop.workspace.responses.version_service import VersionService

        return VersionService(self._context, self.responses)

    @cached_property
    def offers(self) -> OfferService:
        """What the program proposes: rows of the registers, answers of an earlier round."""
        from iscm_desktop.workspace.responses.offer_service import OfferService

        return OfferService(self._context, self.responses, self.last_round)

    @cached_property
    def nothing(self) -> NothingService:
        """Sections and repeats with nothing to report."""
        from iscm_desktop.workspace.responses.nothing_service import NothingService

        return NothingService(self._context, self.responses)

    @cached_property
    def last_round(self) -> LastRoundService:
        """Answers of an earlier round, offered."""
        from iscm_desktop.workspace.responses.last_round_service import LastRoundService

        return LastRoundService(self._context, self.responses, self.keys)

    @cached_property
    def keys(self) -> KeyService:
        """Keys of this computer and of coordinators."""
        from iscm_desktop.workspace.key_service import KeyService, in_files, key_chain

        return KeyService(self._context, in_files if self._keys_in_files else key_chain)

    @cached_property
    def devices(self) -> DeviceService:
        """Devices that are known, and for whom."""
        from iscm_desktop.workspace.rounds.device_service import DeviceService

        return DeviceService(self._context)

    @cached_property
    def respondents(self) -> RespondentService:
        """Who is asked in a round."""
        from iscm_desktop.workspace.rounds.respondent_service import RespondentService

        return RespondentService(self._context)

    @cached_property
    def coverage(self) -> CoverageService:
        """Who has answered in a round."""
        from iscm_desktop.workspace.coverage.coverage_service import CoverageService

        return CoverageService(self._context, self.respondents, self.queries)

    @cached_property
    def coverage_documents(self) -> CoverageDocumentService:
        """The same on paper and as a workbook."""
        from iscm_desktop.workspace.coverage.coverage_document_service import CoverageDocumentService

        return CoverageDocumentService(self._context, self.coverage)

    @cached_property
    def data(self) -> DataService:
        """Answers as tables and files for other programs."""
        from iscm_desktop.workspace.data.data_service import DataService

        return DataService(self._context)

    @cached_property
    def consistency(self) -> ConsistencyService:
        """Where answers of a round do not go together."""
        from iscm_desktop.workspace.consistency.consistency_service import ConsistencyService

        return ConsistencyService(self._context)

    @cached_property
    def invitations(self) -> InvitationService:
        """Invitations issued."""
        from iscm_desktop.workspace.rounds.invitation_service import InvitationService

        return InvitationService(self._context, self.keys)

    @cached_property
    def reminders(self) -> ReminderService:
        """Who may be reminded of what, and who was."""
        from iscm_desktop.workspace.reminders.reminder_service import ReminderService

        return ReminderService(self._context, self.responses, self.coverage, self.queries, self.invitations)

    @cached_property
    def received_invitations(self) -> ReceivedInvitationService:
        """Invitations that came here."""
        from iscm_desktop.workspace.rounds.received_invitation_service import ReceivedInvitationService

        return ReceivedInvitationService(self._context, self.responses, self.keys)

    @cached_property
    def exports(self) -> ExportService:
        """Responses out of the store as packages."""
        from iscm_desktop.workspace.packages.export_service import ExportService

        return ExportService(self._context, self.responses, self.keys, self.received_invitations)

    @cached_property
    def public_exports(self) -> PublicExportService:
        """Public editions as packages."""
        from iscm_desktop.workspace.packages.public_export_service import PublicExportService

        return PublicExportService(self._context, self.responses, self.exports)

    @cached_property
    def pdf_exports(self) -> PdfExportService:
        """PDFs that carry their package."""
        from iscm_desktop.workspace.packages.pdf_export_service import PdfExportService

        return PdfExportService(self.exports, self.public_exports, self.documents)

    @cached_property
    def packages(self) -> MergeService:
        """Packages that come in: planned, merged."""
        from iscm_desktop.workspace.packages.merge_service import MergeService

        return MergeService(self._context, self.responses, self.keys)

    @cached_property
    def refusals(self) -> RefusalService:
        """Files of which nothing was merged, and replies to their senders."""
        from iscm_desktop.workspace.packages.refusal_service import RefusalService

        return RefusalService(self._context)

    @cached_property
    def opened_files(self) -> OpenedFileService:
        """Files that somebody opens: what each is, and where it goes."""
        from iscm_desktop.workspace.opened_files.opened_file_service import OpenedFileService

        return OpenedFileService(
            self._context, self.keys, self.packages, self.delegations, self.received_invitations
        )

    @cached_property
    def operations(self) -> OperationService:
        """What was done to the store, and what of it can be taken back."""
        from iscm_desktop.workspace.operation_service import OperationService

        return OperationService(self._context, self.responses)

    @cached_property
    def conflicts(self) -> ConflictService:
        """Histories, and what people have to choose between."""
        from iscm_desktop.workspace.conflicts.conflict_service import ConflictService

        return ConflictService(self._context, self.responses, lambda: self.keys.own_keys())

    @cached_property
    def conflict_list(self) -> ConflictList:
        """All conflicts at once, with how much hangs on each."""
        from iscm_desktop.workspace.conflicts.conflict_list import ConflictList

        return ConflictList(self._context)

    @cached_property
    def settlement_rules(self) -> SettlementRuleService:
        """Many conflicts settled at once."""
        from iscm_desktop.workspace.conflicts.settlement_rule_service import SettlementRuleService

        return SettlementRuleService(self._context, self.responses, self.conflicts)

    @cached_property
    def delegations(self) -> DelegationService:
        """Sections in colleagues' hands."""
        from iscm_desktop.workspace.colleagues.delegation_service import DelegationService

        return DelegationService(self._context, self.responses, self.exports)

    @cached_property
    def queries(self) -> QueryService:
        """Questions back about answers."""
        from iscm_desktop.workspace.colleagues.query_service import QueryService

        return QueryService(self._context, self.responses, self.exports)

    @cached_property
    def documents(self) -> DocumentService:
        """Documents about one response."""
        from iscm_desktop.workspace.documents.document_service import DocumentService

        return DocumentService(self._context, self.responses, self.last_round)

    @cached_property
    def tasks(self) -> TaskService:
        """Task sheets for ministries and people."""
        from iscm_desktop.workspace.colleagues.task_service import TaskService

        return TaskService(self._context, self.responses, self.delegations)

    @cached_property
    def summaries(self) -> SummaryService:
        """Summaries per mechanism."""
        from iscm_desktop.workspace.documents.summary_service import SummaryService

        return SummaryService(self._context, self.responses)

    @cached_property
    def verification(self) -> VerificationService:
        """Whether the store is whole."""
        from iscm_desktop.workspace.verification_service import VerificationService

        return VerificationService(self._context, self.packages, self.responses)

    @cached_property
    def backups(self) -> BackupService:
        """Copies of the store."""
        from iscm_desktop.workspace.backups.backup_service import BackupService

        return BackupService(self._context)

    @cached_property
    def ledger(self) -> LedgerService:
        """The ledger of each round, and its signed checkpoints."""
        from iscm_desktop.workspace.ledger.ledger_service import LedgerService

        return LedgerService(self._context, self.keys)

    @cached_property
    def receipts(self) -> ReceiptService:
        """Receipts for respondents."""
        from iscm_desktop.workspace.ledger.receipt_service import ReceiptService

        return ReceiptService(self._context, self.keys, self.ledger)

    @cached_property
    def cosigning(self) -> CosigningService:
        """Two coordinators who vouch for one ledger."""
        from iscm_desktop.workspace.ledger.cosigning_service import CosigningService

        return CosigningService(self._context, self.keys, self.ledger)
