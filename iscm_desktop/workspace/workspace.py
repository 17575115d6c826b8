"""The facade: every action of a person on one store, for the window and the command line alike.

Each service is imported when first used, for start-up has a budget: opening a workspace and listing its
responses needs neither SQLAlchemy nor a form session.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from iscm_desktop import paths
from iscm_desktop.store import startup_queries, times
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.database.opening import open_database
from iscm_desktop.store.rows import (
    BatchRow,
    ConflictRow,
    HistoryRow,
    Person,
    Progress,
    ResponseRow,
    RoundRow,
    SignOff,
)
from iscm_desktop.workspace.interrupted_work import left_over
from iscm_desktop.workspace.workspace_context import WorkspaceContext

if TYPE_CHECKING:
    from iscm_desktop.exchange.merging.merger import MergePlan, MergeReport
    from iscm_desktop.exchange.package.package_writer import ExportedFile
    from iscm_desktop.session.form_session import FormSession
    from iscm_desktop.session.last_round import LastRoundAnswers
    from iscm_desktop.session.views import AnswerPath
    from iscm_desktop.summaries.summary import Summary
    from iscm_desktop.workspace.backup_service import BackupService
    from iscm_desktop.workspace.colleagues.delegation_service import DelegationRow, DelegationService
    from iscm_desktop.workspace.colleagues.query_service import QueryRow, QueryService
    from iscm_desktop.workspace.conflicts.conflict_service import ConflictService
    from iscm_desktop.workspace.conflicts.rule_settlement import RuleOutcome, RuleSettlement, RuleSuggestion
    from iscm_desktop.workspace.documents.document_service import DocumentService, PrintedDocument, SummaryRow
    from iscm_desktop.workspace.key_service import KeyService
    from iscm_desktop.workspace.packages.merge_service import MergeService
    from iscm_desktop.workspace.packages.package_export import PackageExport
    from iscm_desktop.workspace.packages.pdf_export import ExportedPdf, PdfExport
    from iscm_desktop.workspace.packages.public_export import PublicExport, RestrictionRow
    from iscm_desktop.workspace.responses.last_round_service import AnswerFateRow, LastRoundService
    from iscm_desktop.workspace.responses.response_service import ResponseService
    from iscm_desktop.workspace.responses.version_service import (
        QuestionnaireVersions,
        VersionService,
        WithdrawnRow,
    )
    from iscm_desktop.workspace.rounds.invitation_service import InvitationService

ReportProgress = Callable[[int, int], None]
"""Called with how many are done, of how many."""


def _nobody_watches(_done: int, _total: int) -> None:
    pass


def _go_on() -> bool:
    return False


class Workspace:
    """An open store. Use it from one thread at a time; long work may run in a second one meanwhile."""

    def __init__(self, database: Database, clock: times.Clock, *, keys_in_files: bool = False) -> None:
        self._database = database
        self._keys_in_files = keys_in_files
        self._desk = WorkspaceContext.at(database, clock)
        self.interrupted = left_over(database)
        """Sentences about work that the program was in the middle of when it last ended; mostly none."""

    @classmethod
    def open(
        cls,
        store: str | Path | None = None,
        *,
        clock: times.Clock = times.now,
        keys_in_files: bool = False,
    ) -> Workspace:
        """Opens a store, made or upgraded first where needed; None is the person's own.

        Args:
            store: A file, or the address of a shared store, "postgresql+psycopg://name@server/database".
            keys_in_files: Private keys lie beside the store and not in the operating system's key store:
                for stores that are only tried and thrown away.

        Raises:
            IscmError: it is in use elsewhere, too new, damaged, not a store, or cannot be written.
        """
        return cls(open_database(store or paths.default_store()), clock, keys_in_files=keys_in_files)

    def close(self) -> None:
        if "_gathering" in vars(self):  # used, so it may have laid something out
            self._gathering.close()
        self._database.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    # this computer

    @property
    def store(self) -> Path:
        """Its file; of a shared store, the file with what belongs to this computer."""
        return self._database.path

    @property
    def store_name(self) -> str:
        """What to call it on screens: its path, or its address without the password."""
        return self._database.name

    @property
    def is_shared(self) -> bool:
        """Whether other people may have the same store open."""
        return self._database.is_shared

    @property
    def device(self) -> str:
        """A random name for this store on this computer."""
        return self._desk.device

    @property
    def person(self) -> Person:
        return self._desk.person

    def set_person(self, name: str, organization: str = "") -> None:
        self._desk.set_person(Person(name.strip(), organization.strip()))

    def setting(self, key: str) -> str | None:
        """What the window keeps between two starts; None where it never did."""
        return self._database.settings.value(f"ui.{key}")

    def set_setting(self, key: str, value: str | None) -> None:
        self._database.settings.put(f"ui.{key}", value)

    def warm_up(self) -> None:
        """Imports what the first action will need; for a second thread, once the window is there."""
        self._database.warm_up()
        _ = self._filling

    # rounds and responses

    def rounds(self) -> tuple[RoundRow, ...]:
        """The newest first."""
        return self._desk.rounds()

    def new_round(self, code: str, title: str, due_on: date | None = None) -> RoundRow:
        """Starts a round and makes it the current one; a code that exists gets the new title and date."""
        row = RoundRow(code, title, due_on, self._desk.now())
        self._desk.new_round(row)
        return row

    def current_round(self) -> RoundRow:
        """Made on first need: "Assessment" and the year."""
        return self._desk.current_round()

    def responses(self) -> tuple[ResponseRow, ...]:
        with self._database.read() as db:
            return startup_queries.responses(db)

    def response(self, response_id: str) -> ResponseRow:
        return self._filling.row(response_id)

    def add_questionnaire(self, file: Path) -> str:
        """Keeps a questionnaire of one's own, XLSForm or XForm; gives its form id for `new_response`."""
        return self._filling.add_questionnaire(file)

    def new_response(
        self,
        form_id: str,
        respondent: str,
        *,
        round: str | None = None,
        language: str = "en",
    ) -> str:
        """The id of this respondent's response, which is started where there is none yet."""
        return self._filling.start(form_id, respondent, round, language)

    def session(self, response_id: str) -> FormSession:
        """A session on what is stored, what is being typed included."""
        return self._filling.open(response_id)

    def save(self, response_id: str, session: FormSession) -> datetime:
        """Keeps what changed in the session: on disk when this returns. Gives when it was saved."""
        return self._filling.save(response_id, session)

    def save_later(self, response_id: str, session: FormSession) -> Callable[[], datetime] | None:
        """Takes what changed out of the session; calling the result, on any thread, writes it as `save` does.

        Until that has returned, nothing else may be saved for this response. None where nothing changed.
        """
        taken = self._filling.take(response_id, session)
        return None if taken is None else partial(self._filling.keep, taken)

    def refresh(self, response_id: str, session: FormSession) -> frozenset[str]:
        """Starts an open session over from what the store holds, after a merge; gives the paths that may differ."""
        return self._filling.refresh(response_id, session)

    def set_language(self, response_id: str, language: str) -> None:
        """In which language the response is filled in and printed."""
        self._filling.set_language(response_id, language)

    def count_progress(
        self, *, progress: ReportProgress = _nobody_watches, should_stop: Callable[[], bool] = _go_on
    ) -> None:
        """Counts the responses whose figures are unknown since a merge."""
        waiting = [row.id for row in self.responses() if not row.is_counted]
        for done, response_id in enumerate(waiting):
            progress(done, len(waiting))
            if should_stop():
                return
            self._filling.count(response_id)
        progress(len(waiting), len(waiting))

    def progress(self, response_id: str) -> Progress:
        return self._filling.count(response_id)

    def note(self, response_id: str, path: AnswerPath) -> str:
        return self._filling.note(response_id, path)

    def notes(self, response_id: str) -> dict[AnswerPath, str]:
        """All notes of a response by path."""
        return self._filling.notes(response_id)

    def set_note(self, response_id: str, path: AnswerPath, text: str) -> None:
        self._filling.set_note(response_id, path, text)

    def sign_off(self, response_id: str, name: str, function: str) -> None:
        self._filling.sign_off(response_id, name, function)

    def sign_off_of(self, response_id: str) -> SignOff | None:
        return self._filling.sign_off_of(response_id)

    # history and conflicts

    def history(self, response_id: str, path: AnswerPath) -> tuple[HistoryRow, ...]:
        """Every state of an answer or entry, the newest first."""
        return self._tracing.history(response_id, path)

    def conflicts(self, response_id: str | None = None) -> tuple[ConflictRow, ...]:
        """What people have to choose between, in all responses or in one."""
        return self._tracing.conflicts(response_id)

    def resolve(
        self, conflict_id: str, *, keep: str | None = None, value: str | None = None, reason: str = ""
    ) -> None:
        """Settles a conflict by one of its revisions, or by another value."""
        self._tracing.resolve(conflict_id, keep, value, reason)

    def suggestions(self) -> tuple[RuleSuggestion, ...]:
        """Rules by which open conflicts could be settled, with those that each would settle."""
        return self._settling.suggestions()

    def settle_by_rule(self, rule: str) -> RuleOutcome:
        """Applies a rule; what it did is a batch that `undo_batch` takes back."""
        return self._settling.apply(rule)

    def settlements(self) -> Mapping[str, RuleOutcome]:
        """By batch, the rules that were applied."""
        return self._settling.settlements()

    def versions(self, response_id: str) -> QuestionnaireVersions:
        """The version with which a response is filled in, and the newest that this computer has."""
        return self._renewing.versions(response_id)

    def move_to_newest(self, response_id: str) -> QuestionnaireVersions:
        """Goes on with the newest version of the questionnaire. Answers stay, also those no longer asked for."""
        return self._renewing.move(response_id)

    def move_back(self, response_id: str) -> QuestionnaireVersions:
        """Goes back to the version of the questionnaire that was used before."""
        return self._renewing.move_back(response_id)

    def withdrawn(self, response_id: str) -> tuple[WithdrawnRow, ...]:
        """Answers to questions that this version of the questionnaire no longer asks."""
        return self._renewing.withdrawn(response_id)

    def take_last_round(self, response_id: str, source: Path | str) -> int:
        """Offers the answers of an earlier round: out of a file, or of another response (by its id) in this store."""
        if isinstance(source, Path):
            return self._remembering.take(response_id, source)
        return self._remembering.take_from(response_id, source)

    def earlier_responses(self, response_id: str) -> tuple[ResponseRow, ...]:
        """Of the same respondent, in other rounds, the newest round first."""
        return self._remembering.earlier(response_id)

    def forget_last_round(self, response_id: str) -> None:
        """Offers nothing any longer; what was confirmed stays."""
        self._remembering.forget(response_id)

    def last_round(self, response_id: str) -> LastRoundAnswers:
        """What an earlier round offers, and nobody has to take."""
        return self._remembering.last_round(response_id)

    def confirm_last_round(self, response_id: str, path: AnswerPath) -> int:
        """Takes an answer, the entries of a repeat, or all of a section over from the earlier round."""
        return self._remembering.confirm(response_id, path)

    def changes_since_last_round(self, response_id: str) -> tuple[AnswerFateRow, ...]:
        """Every question answered in either round, and what has become of its answer."""
        return self._remembering.changes(response_id)

    def write_changes_pdf(self, response_id: str, target: Path) -> PrintedDocument:
        """What changed since the earlier round."""
        rows = self.changes_since_last_round(response_id)
        return self._publishing.changes_pdf(response_id, rows, self.last_round(response_id).round, target)

    def restrict(self, response_id: str, path: AnswerPath, *, is_lifted: bool = False) -> AnswerPath:
        """Marks an answer, an entry, a repeat or a section as not for publication, or lifts the mark."""
        return self._withholding.restrict(response_id, path, is_lifted=is_lifted)

    def restrictions(self, response_id: str) -> tuple[RestrictionRow, ...]:
        """What is not for publication."""
        return self._withholding.rows(response_id)

    # files that travel

    def export_public(self, response_id: str, target: Path) -> ExportedFile:
        """Writes the public edition as a package: what is published, and nothing of how it came about."""
        return self._withholding.export(response_id, target)

    def write_public_pdf(self, response_id: str, target: Path) -> PrintedDocument:
        """The completed questionnaire for publication."""
        return self._publishing.public_pdf(response_id, target)

    def export_package(
        self, response_id: str, target: Path, *, encrypts: bool = False, recipients: Sequence[str] = ()
    ) -> ExportedFile:
        """Seals a response and writes it as a package, signed.

        Args:
            encrypts: For these recipients' public age keys or, where none is named, for the coordinators
                of the invitation.
        """
        return self._travelling.export(response_id, target, encrypts=encrypts, recipients=recipients)

    def export_pdf(self, response_id: str, target: Path, *, is_public: bool = False) -> ExportedPdf:
        """Seals a response and writes the completed questionnaire as a PDF that carries its package.

        Args:
            is_public: Print and package without what is not for publication.
        """
        return self._carrying.export(response_id, target, is_public=is_public)

    def plan_merge(
        self,
        paths: Sequence[Path],
        *,
        progress: ReportProgress = _nobody_watches,
        should_stop: Callable[[], bool] = _go_on,
    ) -> MergePlan:
        """What merging would do, and nothing is changed.

        Args:
            paths: Packages, PDFs that carry one, mails and archives that hold them, folders of all these.
        """
        return self._gathering.plan(paths, progress, should_stop)

    def apply_merge(
        self,
        plan: MergePlan,
        *,
        progress: ReportProgress = _nobody_watches,
        should_stop: Callable[[], bool] = _go_on,
    ) -> MergeReport:
        """Merges as planned. A stop leaves whole files merged, and none by half."""
        return self._gathering.apply(plan, progress, should_stop)

    def batches(self) -> tuple[BatchRow, ...]:
        """The merges so far, the newest first."""
        return self._travelling.batches()

    def undo_batch(self, batch: str) -> None:
        """Takes a merge back: what only it brought goes out of view. Nothing is deleted."""
        self._travelling.take_back(batch, is_taken_back=True)

    def redo_batch(self, batch: str) -> None:
        self._travelling.take_back(batch, is_taken_back=False)

    # sections in colleagues' hands, and questions back

    def sections_to_share(self, response_id: str) -> tuple[tuple[str, str], ...]:
        """Path and label of each section of a response that can be handed to a colleague."""
        return self._delegating.sections(response_id)

    def delegate(
        self,
        response_id: str,
        sections: Sequence[str],
        *,
        to: str,
        target: Path,
        due_on: date | None = None,
        message: str = "",
    ) -> ExportedFile:
        """Writes sections to a file for a colleague, who will see and change these only."""
        return self._delegating.delegate(response_id, sections, to, due_on, message, target)

    def delegations(self, response_id: str | None = None) -> tuple[DelegationRow, ...]:
        """What is out, with whom, since when, and what has come back; also what was handed to us."""
        return self._delegating.rows(response_id)

    def close_delegation(self, delegation_id: str) -> None:
        """Nothing more is waited for. What still comes back is merged all the same."""
        self._delegating.close(delegation_id)

    def ask(self, response_id: str, path: AnswerPath, text: str) -> str:
        """Asks about an answer; gives the query's id."""
        return self._asking.ask(response_id, path, text)

    def reply(self, query_id: str, text: str) -> None:
        """Replies to a query, which closes it."""
        self._asking.reply(query_id, text)

    def withdraw_query(self, query_id: str) -> None:
        self._asking.withdraw(query_id)

    def queries(self, response_id: str | None = None) -> tuple[QueryRow, ...]:
        """Questions back about one response or all: the open ones first, then the newest."""
        return self._asking.rows(response_id)

    def export_queries(self, response_id: str, target: Path) -> ExportedFile:
        """Writes the open queries of a response for whoever answers."""
        return self._asking.write(response_id, target)

    def export_all_queries(self, folder: Path) -> tuple[ExportedFile, ...]:
        """One file for each respondent of whom something is asked."""
        return self._asking.write_all(folder)

    # summaries and documents

    def summaries(self, round: str | None = None, *, language: str = "en") -> tuple[SummaryRow, ...]:
        """The mechanisms that somebody answered for or about, and where their summaries stand."""
        return self._publishing.summaries(round, language)

    def summary(self, mechanism: str, round: str | None = None, *, language: str = "en") -> Summary:
        """Drafted from the answers, with people's own texts laid over it."""
        return self._publishing.summary(mechanism, round, language)

    def set_summary_text(
        self,
        mechanism: str,
        section_key: str,
        text: str | None,
        *,
        round: str | None = None,
        language: str = "en",
    ) -> None:
        """Keeps a section's text; None drafts it again from the answers."""
        self._publishing.set_text(mechanism, section_key, text, round, language)

    def write_questionnaire_pdf(
        self, response_id: str, target: Path, *, with_provenance: bool = False
    ) -> PrintedDocument:
        """The completed questionnaire, on request with an annex of who answered what."""
        return self._publishing.questionnaire_pdf(response_id, target, with_provenance=with_provenance)

    def write_summary_pdf(
        self,
        mechanism: str,
        target: Path,
        *,
        round: str | None = None,
        language: str = "en",
    ) -> PrintedDocument:
        return self._publishing.summary_pdf(mechanism, target, round, language)

    def write_summary_pdfs(
        self,
        folder: Path,
        *,
        round: str | None = None,
        language: str = "en",
        progress: ReportProgress = _nobody_watches,
        should_stop: Callable[[], bool] = _go_on,
    ) -> tuple[Path, ...]:
        """One file per mechanism that answered."""
        written = self._publishing.summary_pdfs(folder, round, language, progress, should_stop)
        return tuple(one.path for one in written)

    # keeping

    def backup(self, target: Path | None = None) -> Path:
        """Copies the store and proves the copy; without a target, among the rotating ones beside it."""
        return self._keeping.backup(target)

    def backup_if_due(self) -> Path | None:
        """Makes a backup unless the newest is younger than a day or nothing has changed since."""
        return self._keeping.backup_if_due()

    @cached_property
    def _filling(self) -> ResponseService:
        from iscm_desktop.workspace.responses.response_service import ResponseService

        return ResponseService(self._desk)

    @cached_property
    def _tracing(self) -> ConflictService:
        from iscm_desktop.workspace.conflicts.conflict_service import ConflictService

        return ConflictService(self._desk, self._filling)

    @cached_property
    def _settling(self) -> RuleSettlement:
        from iscm_desktop.workspace.conflicts.rule_settlement import RuleSettlement

        return RuleSettlement(self._desk, self._filling, self._tracing)

    @cached_property
    def trust(self) -> KeyService:
        """Keys of this computer, coordinators and known devices."""
        from iscm_desktop.workspace.key_service import KeyService, in_files, key_chain

        return KeyService(self._desk, in_files if self._keys_in_files else key_chain)

    @cached_property
    def inviting(self) -> InvitationService:
        """Respondents of a round; invitations issued and opened."""
        from iscm_desktop.workspace.rounds.invitation_service import InvitationService

        return InvitationService(self._desk, self._filling, self.trust)

    @cached_property
    def _travelling(self) -> PackageExport:
        from iscm_desktop.workspace.packages.package_export import PackageExport

        return PackageExport(self._desk, self._filling, self.trust, self.inviting)

    @cached_property
    def _remembering(self) -> LastRoundService:
        from iscm_desktop.workspace.responses.last_round_service import LastRoundService

        return LastRoundService(self._desk, self._filling, self.trust)

    @cached_property
    def _renewing(self) -> VersionService:
        from iscm_desktop.workspace.responses.version_service import VersionService

        return VersionService(self._desk, self._filling)

    @cached_property
    def _withholding(self) -> PublicExport:
        from iscm_desktop.workspace.packages.public_export import PublicExport

        return PublicExport(self._desk, self._filling, self._travelling)

    @cached_property
    def _carrying(self) -> PdfExport:
        from iscm_desktop.workspace.packages.pdf_export import PdfExport

        return PdfExport(self._travelling, self._withholding, self._publishing)

    @cached_property
    def _gathering(self) -> MergeService:
        from iscm_desktop.workspace.packages.merge_service import MergeService

        return MergeService(self._travelling)

    @cached_property
    def _delegating(self) -> DelegationService:
        from iscm_desktop.workspace.colleagues.delegation_service import DelegationService

        return DelegationService(self._desk, self._filling, self._travelling)

    @cached_property
    def _asking(self) -> QueryService:
        from iscm_desktop.workspace.colleagues.query_service import QueryService

        return QueryService(self._desk, self._filling, self._travelling)

    @cached_property
    def _publishing(self) -> DocumentService:
        from iscm_desktop.workspace.documents.document_service import DocumentService

        return DocumentService(self._desk, self._filling)

    @cached_property
    def _keeping(self) -> BackupService:
        from iscm_desktop.workspace.backup_service import BackupService

        return BackupService(self._desk)
