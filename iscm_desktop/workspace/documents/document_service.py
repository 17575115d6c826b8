"""Summaries with people's texts laid over them, and documents as PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from iscm_desktop.exchange.package.package_writer import replace_file
from iscm_desktop.questionnaire import registers
from iscm_desktop.reports.documents.changes_document import AnswerDifference, ComparedRounds, changes_document
from iscm_desktop.reports.documents.questionnaire_document import (
    PrintOptions,
    SignedOff,
    WithheldAnswers,
    questionnaire_document,
)
from iscm_desktop.reports.documents.summary_document import summary_document
from iscm_desktop.reports.typesetting.blocks import Document
from iscm_desktop.store import startup_queries
from iscm_desktop.store.objects.restrictions import restricted
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.objects.summary_texts import put_text, seal_texts, texts_of
from iscm_desktop.store.rows import ResponseRow, RoundRow
from iscm_desktop.summaries.drafting import draft
from iscm_desktop.summaries.summary import Summary
from iscm_desktop.summaries.text_edits import TextEdit, lay_over, packed, unpacked
from iscm_desktop.workspace.documents.answer_provenance import provenance_of
from iscm_desktop.workspace.documents.round_answers import RoundAnswers, counts_of, mechanisms_named
from iscm_desktop.workspace.responses.last_round_service import AnswerFateRow
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.responses.version_service import VersionService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class SummaryState(Enum):
    """Where a summary stands."""

    NO_ANSWERS = "no_answers"  # the mechanism itself has not answered; others may speak about it
    DRAFT = "draft"
    EDITED = "edited"
    SOURCES_CHANGED = "sources_changed"  # since somebody edited it


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line in the list of summaries."""

    mechanism: str
    name: str
    state: SummaryState
    states: int  # how many States speak about it
    organizations: int


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A document that was written."""

    path: Path
    pages: int
    missing: tuple[tuple[str, str], ...]  # characters that no font has, and where they stand


class DocumentService:
    """The service behind the summaries page and every PDF."""

    def __init__(self, desk: WorkspaceContext, filling: ResponseService) -> None:
        self._desk = desk
        self._filling = filling
        self._answering = RoundAnswers(desk, filling)
        self._renewing = VersionService(desk, filling)

    def summaries(self, round_code: str | None, language: str) -> tuple[SummaryRow, ...]:
        """Mechanisms that answered, then those about which others do, each in alphabetical order."""
        round_ = self._desk.round(round_code)
        rows = self._rows(round_)
        answers = self._answering.of_round(rows, language)
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

    def summary(self, mechanism: str, round_code: str | None, language: str) -> Summary:
        """Drafted from the answers of the round, with people's texts laid over it."""
        round_ = self._desk.round(round_code)
        with self._desk.database.read() as db:
            texts = texts_of(db, round_.code, mechanism)
        edits = {section: unpacked(text) for section, text in texts.items()}
        return lay_over(self._drafted(mechanism, round_, language), edits)

    def set_text(
        self, mechanism: str, section: str, text: str | None, round_code: str | None, language: str
    ) -> None:
        """Keeps a section's text with what the draft rests on now; None drafts it again."""
        round_ = self._desk.round(round_code)
        kept = None
        if text is not None:
            drafted = self._drafted(mechanism, round_, language).section(section)
            kept = packed(TextEdit(text, drafted.drafted_from))
        with self._desk.database.write() as db:
            author = self._desk.person.signature
            put_text(db, round_.code, mechanism, section, kept, author, self._desk.now())

    def questionnaire_pdf(
        self, response: SubjectId, target: Path, *, with_provenance: bool
    ) -> PrintedDocument:
        """The completed questionnaire as a file."""
        return _print(self.questionnaire(response, with_provenance=with_provenance), target)

    def changes_pdf(
        self, response: SubjectId, rows: Sequence[AnswerFateRow], earlier_round: str, target: Path
    ) -> PrintedDocument:
        """What changed since an earlier round."""
        row = self._filling.row(response)
        comparing = ComparedRounds(
            row.respondent_name, row.questionnaire_title, self._desk.round(row.round).title, earlier_round,
            row.language, self._desk.now(),
        )  # fmt: skip
        differences = [AnswerDifference(one.label, one.before, one.now, one.since.value) for one in rows]
        return _print(changes_document(differences, comparing), target)

    def public_pdf(self, response: SubjectId, target: Path) -> PrintedDocument:
        """The completed questionnaire without what is not for publication."""
        return _print(self.questionnaire(response, is_public=True), target)

    def questionnaire(
        self, response: SubjectId, *, with_provenance: bool = False, is_public: bool = False
    ) -> Document:
        """The completed questionnaire in the response's language."""
        row = self._filling.row(response)
        with self._desk.database.read() as db:
            withheld = restricted(db, response)
        whole = session = self._filling.open(response)
        withholding = None
        withdrawn = [(one.label, one.text) for one in self._renewing.withdrawn(response)]
        if is_public:
            withdrawn = []
            session = self._filling.open(response, without=withheld)
            withholding = WithheldAnswers(withheld, len(whole.answers()) - len(session.answers()))
        signed = self._filling.sign_off_of(response)
        with self._desk.database.read() as db:
            provenance = provenance_of(db, response, session) if with_provenance else ()
        return questionnaire_document(
            session,
            PrintOptions(
                self._desk.round(row.round).title,
                row.respondent_name,
                self._desk.now(),
                None
                if signed is None
                else SignedOff(signed.name, signed.function, signed.signed_at, signed.is_current),
                provenance,
                withdrawn,
                withholding,
            ),
        )

    def summary_pdf(
        self, mechanism: str, target: Path, round_code: str | None, language: str
    ) -> PrintedDocument:
        """The summary of findings; the texts in it are sealed, for they leave the house."""
        round_ = self._desk.round(round_code)
        with self._desk.database.write() as db:
            seal_texts(db, round_.code, mechanism, self._desk.device)
        summary = self.summary(mechanism, round_.code, language)
        return _print(
            summary_document(summary, round_title=round_.title, printed_at=self._desk.now()), target
        )

    def summary_pdfs(
        self,
        folder: Path,
        round_code: str | None,
        language: str,
        progress: Callable[[int, int], None],
        should_stop: Callable[[], bool],
    ) -> tuple[PrintedDocument, ...]:
        """One file for each mechanism that answered, named after its code."""
        rows = self.summaries(round_code, language)
        answered = [row.mechanism for row in rows if row.state is not SummaryState.NO_ANSWERS]
        written: list[PrintedDocument] = []
        for done, mechanism in enumerate(answered):
            progress(done, len(answered))
            if should_stop():
                return tuple(written)
            target = folder / f"summary-{registers.slug(mechanism)}.pdf"
            written.append(self.summary_pdf(mechanism, target, round_code, language))
        progress(len(answered), len(answered))
        return tuple(written)

    def _state(self, round_: RoundRow, mechanism: str, language: str, *, has_answered: bool) -> SummaryState:
        if not has_answered:
            return SummaryState.NO_ANSWERS
        with self._desk.database.read() as db:
            if not texts_of(db, round_.code, mechanism):
                return SummaryState.DRAFT
        summary = self.summary(mechanism, round_.code, language)
        return SummaryState.SOURCES_CHANGED if summary.sources_changed else SummaryState.EDITED

    def _drafted(self, mechanism: str, round_: RoundRow, language: str) -> Summary:
        rows = self._rows(round_)
        answers = self._answering.of_round(rows, language)
        return draft(mechanism, answers, counts_of(round_.title, rows), language)

    def _rows(self, round_: RoundRow) -> tuple[ResponseRow, ...]:
        with self._desk.database.read() as db:
            return tuple(row for row in startup_queries.responses(db) if row.round == round_.code)


def _print(document: Document, target: Path) -> PrintedDocument:
    from iscm_desktop.reports.typesetting.pdf_printer import render

    rendered = render(document)
    replace_file(target, rendered.pdf)
    return PrintedDocument(
        target, rendered.pages, tuple((one.characters, one.where) for one in rendered.missing)
    )
