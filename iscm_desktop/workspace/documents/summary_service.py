"""Summaries: drafted from the answers of a round, with people's texts laid over them, and printed."""

from __future__ import annotations

from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.file_names import file_stem, new_stem
from iscm_desktop.questionnaire import registers
from iscm_desktop.reports.documents.summary_document import summary_document
from iscm_desktop.store.objects.summary_texts import put_text, seal_texts, texts_of
from iscm_desktop.store.operations.operation_kinds import OperationKind, OperationOutcome
from iscm_desktop.store.rows import RoundRow
from iscm_desktop.summaries.drafting import draft
from iscm_desktop.summaries.summary import Summary
from iscm_desktop.summaries.text_edits import TextEdit, lay_over, packed, unpacked
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.text_limits import storable
from iscm_desktop.workspace.damage_notice import with_notice
from iscm_desktop.workspace.documents.printing import PrintedDocument, write_pdf
from iscm_desktop.workspace.documents.round_answers import RoundAnswers, counts_of, mechanisms_named
from iscm_desktop.workspace.documents.summary_row import SummaryRow, SummaryState
from iscm_desktop.workspace.practice_mark import notice_in_print
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class SummaryService:
    """The service behind the summaries page. Without a code, the round is the one that is followed."""

    def __init__(self, context: WorkspaceContext, response_service: ResponseService) -> None:
        self._context = context
        self._list = ResponseList(context)
        self._rounds = RoundService(context)
        self._answers = RoundAnswers(context, response_service)

    def rows(self, round: str | None = None, *, language: str = "en") -> tuple[SummaryRow, ...]:
        """Mechanisms that answered, then those about which others do, each in alphabetical order."""
        round_ = self._rounds.find(round)
        if round_ is None:
            return ()
        rows = self._list.counted(round_.code)
        answers = self._answers.of_round(rows, language)
        named = [(one.form_id, mechanisms_named(one)) for one in answers]
        names = {row.respondent: row.respondent_name for row in rows if row.form_id == "iscm"}
        found = []
        for mechanism in {*names, *(code for _form, codes in named for code in codes)}:
            voices = [form_id for form_id, codes in named if mechanism in codes]
            found.append(
                SummaryRow(
                    mechanism,
                    names.get(mechanism) or registers.respondent_name("iscm", mechanism, language),
                    self._state(round_, mechanism, language, has_answered=mechanism in names),
                    voices.count("state"),
                    voices.count("organization"),
                )
            )
        return tuple(sorted(found, key=lambda row: (row.state is SummaryState.NO_ANSWERS, row.name)))

    def compose(self, mechanism: str, round: str | None = None, *, language: str = "en") -> Summary:
        """Drafted from the answers of the round, with people's texts laid over it.

        Raises:
            IscmError: there is no such round, or nobody in it answered for or about this mechanism.
        """
        round_ = self._found_round(round)
        with self._context.database.read() as db:
            texts = texts_of(db, round_.code, mechanism, self._context.device)
        edits = {section: unpacked(text) for section, text in texts.items()}
        return lay_over(self._drafted(mechanism, round_, language), edits)

    def set_text(
        self,
        mechanism: str,
        section: str,
        text: str | None,
        *,
        round: str | None = None,
        language: str = "en",
    ) -> None:
        """Keeps a section's text with what the draft rests on now; None drafts it again.

        Raises:
            IscmError: there is no such round, or nobody in it answered for or about this mechanism.
        """
        round_ = self._found_round(round)
        drafted = self._drafted(mechanism, round_, language)
        kept = (
            None if text is None else packed(TextEdit(storable(text), drafted.section(section).drafted_from))
        )
        with self._context.database.write() as db:
            author = self._context.person.signature
            put_text(
                db, round_.code, mechanism, section, kept, author, self._context.now(), self._context.device
            )
            if self._context.database.is_shared:  # colleagues see what is in the history
                seal_texts(db, round_.code, mechanism, self._context.device)

    def write_pdf(
        self, mechanism: str, target: Path, *, round: str | None = None, language: str = "en"
    ) -> PrintedDocument:
        """The summary of findings; the texts in it are sealed, for they leave the house.

        Raises:
            IscmError: there is no such round, or nobody in it answered for or about this mechanism.
        """
        round_ = self._found_round(round)
        summary = self.compose(mechanism, round_.code, language=language)  # before anything is written down
        what = {
            "summary": registers.respondent_name("iscm", mechanism, language),
            "file": str(target.absolute()),
        }
        with self._context.log.running(OperationKind.PUBLISH, what):
            return self._write_pdf(summary, target, round_)

    def preview_pdf(
        self, mechanism: str, target: Path, *, round: str | None = None, language: str = "en"
    ) -> PrintedDocument:
        """The same pages for the person who edits them: nothing leaves the house, so nothing is sealed or recorded.

        Raises:
            IscmError: there is no such round, or nobody in it answered for or about this mechanism.
        """
        round_ = self._found_round(round)
        return self._print(self.compose(mechanism, round_.code, language=language), target, round_)

    def _write_pdf(self, summary: Summary, target: Path, round_: RoundRow) -> PrintedDocument:
        with self._context.database.write() as db:
            seal_texts(db, round_.code, summary.mechanism, self._context.device)
        return self._print(summary, target, round_)

    def _print(self, summary: Summary, target: Path, round_: RoundRow) -> PrintedDocument:
        document = summary_document(summary, round_title=round_.title, printed_at=self._context.now())
        known = notice_in_print(self._context.database)
        with self._context.database.read() as db:
            return write_pdf(with_notice(db, summary.responses, document, known), target)

    def write_pdfs(
        self,
        folder: Path,
        *,
        round: str | None = None,
        language: str = "en",
        progress: TaskProgress = UNWATCHED,
    ) -> tuple[Path, ...]:
        """One file for each mechanism that answered, named after its code; () where none did, and none is written.

        Raises:
            IscmError: there is no such round.
        """
        round_ = self._found_round(round)
        rows = self.rows(round_.code, language=language)
        answered = [row.mechanism for row in rows if row.state is not SummaryState.NO_ANSWERS]
        if not answered:
            return ()
        what = {"round": round_.title, "folder": str(folder.absolute())}
        with self._context.log.running(OperationKind.PUBLISH, what) as publishing:
            written: list[Path] = []
            taken: set[str] = set()
            for done, mechanism in enumerate(answered):
                progress.report(done, len(answered))
                if progress.should_stop():
                    publishing.outcome = OperationOutcome.STOPPED
                    return tuple(written)
                target = folder / f"{new_stem(file_stem('summary', mechanism.replace('-', '_')), taken)}.pdf"
                summary = self.compose(mechanism, round_.code, language=language)
                written.append(self._write_pdf(summary, target, round_).path)
        progress.report(len(answered), len(answered))
        return tuple(written)

    def _state(self, round_: RoundRow, mechanism: str, language: str, *, has_answered: bool) -> SummaryState:
        if not has_answered:
            return SummaryState.NO_ANSWERS
        with self._context.database.read() as db:
            if not texts_of(db, round_.code, mechanism, self._context.device):
                return SummaryState.DRAFT
        summary = self.compose(mechanism, round_.code, language=language)
        return SummaryState.SOURCES_CHANGED if summary.sources_changed else SummaryState.EDITED

    def _drafted(self, mechanism: str, round_: RoundRow, language: str) -> Summary:
        rows = self._list.counted(round_.code)
        answers = self._answers.of_round(rows, language)
        has_answered = any(row.form_id == "iscm" and row.respondent == mechanism for row in rows)
        if not has_answered and not any(mechanism in mechanisms_named(one) for one in answers):
            raise IscmError(AnswerProblem.SUMMARY_WITHOUT_ANSWERS, mechanism=mechanism, round=round_.title)
        return draft(mechanism, answers, counts_of(round_.title, rows), language)

    def _found_round(self, code: str | None) -> RoundRow:
        round_ = self._rounds.find(code)
        if round_ is None:
            raise IscmError(AnswerProblem.ROUND_NONE)
        return round_
