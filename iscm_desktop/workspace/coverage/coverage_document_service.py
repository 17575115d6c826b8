"""Coverage of a round as a PDF to hand round and as a workbook to go on working with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.data.workbook_writer import workbook
from iscm_desktop.reports.documents.coverage_document import PrintedCoverage, PrintedTable, coverage_document
from iscm_desktop.reports.typesetting.blocks import Document
from iscm_desktop.summaries.document_language import DocumentLanguage
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.workspace.coverage.coverage_service import CoverageService
from iscm_desktop.workspace.coverage.coverage_tables import (
    CoverageTable,
    CoverageTables,
    TableCell,
    figures,
)
from iscm_desktop.workspace.coverage.round_coverage import RoundCoverage
from iscm_desktop.workspace.damage_notice import with_notice
from iscm_desktop.workspace.documents.printing import PrintedDocument, write_pdf
from iscm_desktop.workspace.practice_mark import notice_in_print
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_STEPS = 5
"""Of which the work tells: counted, read by question, compared with what was, composed, written."""


@dataclass(frozen=True, slots=True)
class CoverageWanted:
    """Of which round, in which language, compared with when."""

    round_code: str | None = None  # None: the one that is followed
    language: str = "en"
    since: datetime | None = None  # aware; None: nothing is compared


class CoverageDocumentService:
    """Composes what is printed of a round as a whole."""

    def __init__(self, context: WorkspaceContext, coverage_service: CoverageService) -> None:
        self._context, self._coverage = context, coverage_service

    def write_pdf(
        self, target: Path, wanted: CoverageWanted, progress: TaskProgress = UNWATCHED
    ) -> PrintedDocument | None:
        """The PDF, read again before it takes its place; None where it was stopped, and nothing is written.

        Raises:
            IscmError: there is no such round, or the file cannot be written.
        """
        document = self.compose(wanted, progress)
        if document is None:
            return None
        written = write_pdf(document, target)
        progress.report(_STEPS, _STEPS)
        return written

    def compose(self, wanted: CoverageWanted, progress: TaskProgress = UNWATCHED) -> Document | None:
        """The same before it is printed.

        Raises:
            IscmError: there is no such round.
        """
        found, language = self._found(wanted), DocumentLanguage(wanted.language)
        tables = self._tables(found, wanted, progress)
        if tables is None:
            return None
        printed = PrintedCoverage(
            found.title, found.due_on, wanted.language, figures(found, language),
            tuple(_on_paper(table, language) for table in tables if table.on_paper),
            self._context.now(),
        )  # fmt: skip
        known = notice_in_print(self._context.database)
        here = [row.response for row in found.respondents if row.response]
        with self._context.database.read() as db:
            document = with_notice(db, here, coverage_document(printed), known)
        progress.report(_STEPS - 1, _STEPS)
        return None if progress.should_stop() else document

    def write_workbook(
        self, target: Path, wanted: CoverageWanted, progress: TaskProgress = UNWATCHED
    ) -> Path | None:
        """A sheet for each table, read again before it takes its place; None where it was stopped.

        Raises:
            IscmError: there is no such round, or the file cannot be written.
        """
        tables = self._tables(self._found(wanted), wanted, progress)
        if tables is None:
            return None
        notice = notice_in_print(self._context.database)
        say = DocumentLanguage(wanted.language).gettext
        with workbook(target) as book:
            for table in filter(lambda one: one.is_sheet, tables):
                sheet = book.sheet(table.title, table.heads)
                for row in table.rows:
                    sheet.add(row)
            remarks = [(table.title, table.note) for table in tables if table.note and table.is_sheet]
            sheet = book.sheet(say("About"), (say("Sheet"), say("Remark")))
            for line in (*([("", notice)] if notice else []), *remarks):
                sheet.add(line)
        progress.report(_STEPS, _STEPS)
        return target

    def _found(self, wanted: CoverageWanted) -> RoundCoverage:
        found = self._coverage.of(wanted.round_code)
        if found is None:
            raise IscmError(AnswerProblem.ROUND_NONE)
        return found

    def _tables(
        self, found: RoundCoverage, wanted: CoverageWanted, progress: TaskProgress
    ) -> tuple[CoverageTable, ...] | None:
        """All of them in their order; None where it was told to stop."""
        made: list[CoverageTable] = []
        for done, table in enumerate(self._each(found, wanted, progress), 1):
            if progress.should_stop():
                return None
            made.append(table)
            progress.report(min(done // 3, _STEPS - 2), _STEPS)
        return tuple(made)

    def _each(
        self, found: RoundCoverage, wanted: CoverageWanted, progress: TaskProgress
    ) -> Iterator[CoverageTable]:
        tables = CoverageTables(found, DocumentLanguage(wanted.language))
        yield from tables.counts()
        yield tables.late()
        if wanted.since is not None:
            still = TaskProgress(should_stop=progress.should_stop)
            changes = self._coverage.changes(wanted.since, found.round, still)
            yield tables.changes(changes, wanted.since)
        yield from tables.states()
        yield tables.respondents()
        yield from _filled(
            tables.sections(self._coverage.sections(found.round, wanted.language)),
            tables.questions(self._coverage.questions(found.round, wanted.language)),
        )
        yield tables.meanings()


def _filled(*tables: CoverageTable) -> Iterable[CoverageTable]:
    return (table for table in tables if table.rows)


def _on_paper(table: CoverageTable, language: DocumentLanguage) -> PrintedTable:
    rows = tuple(tuple(_printed(row[at], language) for at in table.on_paper) for row in table.rows)
    return PrintedTable(
        table.title, tuple(table.heads[at] for at in table.on_paper), rows, table.widths, table.note
    )


def _printed(cell: TableCell, language: DocumentLanguage) -> str:
    if isinstance(cell, date):
        return language.date(cell)
    if isinstance(cell, int):
        return language.number(cell)
    return cell or ""
