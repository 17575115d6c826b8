"""Coverage of a round on paper: figures first, then tables to look things up in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from iscm_desktop.exchange.package.package_writer import PROGRAM
from iscm_desktop.questionnaire.registers import kosovo_note
from iscm_desktop.reports.documents import kosovo_footnote
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    Document,
    FactsPanel,
    Heading,
    Paragraph,
    ParagraphRole,
    Table,
    inline,
)
from iscm_desktop.summaries.document_language import DocumentLanguage


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table under its heading."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # () prints the note alone
    widths: tuple[float, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PrintedCoverage:
    """What is printed of a round."""

    round_title: str
    due_on: date | None
    language: str
    figures: tuple[tuple[str, str], ...]  # label and value
    tables: tuple[PrintedTable, ...]
    printed_at: datetime  # aware


def coverage_document(coverage: PrintedCoverage) -> Document:
    """The document, in the language that it names."""
    language = DocumentLanguage(coverage.language)
    return Document(
        title=language.gettext("Coverage: {round}", round=coverage.round_title),
        language=coverage.language,
        blocks=kosovo_footnote.marked(tuple(_blocks(coverage, language))),
        header=coverage.round_title,
        name=language.gettext("Coverage"),
        footer=language.gettext("As of {date}", date=language.date(coverage.printed_at.astimezone().date())),
        subject=coverage.round_title,
        creator=PROGRAM,
        footnotes={kosovo_footnote.KEY: inline(kosovo_note(coverage.language))},
        printed_at=coverage.printed_at,
    )


def _blocks(coverage: PrintedCoverage, language: DocumentLanguage) -> Iterator[Block]:
    say, here = language.gettext, coverage.printed_at.astimezone()
    yield Paragraph(inline(coverage.round_title), ParagraphRole.KICKER)
    yield Paragraph(inline(say("Coverage")), ParagraphRole.TITLE)
    moment = say("As of {date}, {time}", date=language.date(here.date()), time=f"{here:%H:%M}")
    due = say("answers are due on {date}", date=language.date(coverage.due_on)) if coverage.due_on else ""
    yield Paragraph(inline(language.apart(filter(None, (moment, due)))), ParagraphRole.QUIET)
    yield FactsPanel(tuple((inline(label), inline(value)) for label, value in coverage.figures), columns=4)
    for table in coverage.tables:
        yield Heading(inline(table.title), level=1)
        if table.note:
            yield Paragraph(inline(table.note), ParagraphRole.QUIET)
        if table.rows:
            yield Table(
                tuple(map(inline, table.head)),
                tuple(tuple(map(inline, row)) for row in table.rows),
                widths=table.widths,
            )
