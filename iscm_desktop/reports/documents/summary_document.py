"""The summary of findings about one mechanism as a document, in the published order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from iscm_desktop.exchange.package.package_writer import PROGRAM
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    Document,
    FactsPanel,
    Heading,
    Inline,
    Paragraph,
    ParagraphRole,
    Span,
    Table,
)
from iscm_desktop.summaries import summary as drafted
from iscm_desktop.summaries import text_markup
from iscm_desktop.summaries.document_language import DocumentLanguage
from iscm_desktop.summaries.summary import Summary


def summary_document(summary: Summary, *, round_title: str, printed_at: datetime | None = None) -> Document:
    """What the summary prints, in its own language.

    Args:
        summary: As drafted and edited; sections that have nothing to say are left out.
        round_title: For the head of each page.
        printed_at: For the file's properties; None when it does not matter.
    """
    say = DocumentLanguage(summary.language).gettext
    return Document(
        title=f"{text_markup.plain(summary.title)}: {text_markup.plain(summary.full_name)}",
        language=summary.language,
        blocks=tuple(_blocks(summary)),
        header=round_title,
        name=say("Summary of findings"),
        footer=summary.short_name,
        mark="" if summary.may_be_published else say("Not for publication"),
        author=text_markup.plain(summary.heading[0]) if summary.heading else "",
        subject=text_markup.plain(summary.heading[-1]) if summary.heading else "",
        creator=PROGRAM,
        footnotes={str(number): marked(note) for number, note in enumerate(summary.footnotes, start=1)},
        printed_at=printed_at,
    )


def marked(text: str) -> Inline:
    """Text with the summaries' markup as spans; footnotes are keyed by their number."""
    spans = (
        Span("", footnote=run.text) if run.is_mark else Span(run.text, run.bold, run.italic)
        for run in text_markup.runs(text)
    )
    return tuple(spans)


def _blocks(summary: Summary) -> Iterator[Block]:
    if summary.notice:
        yield Paragraph(marked(summary.notice), ParagraphRole.NOTICE)
    for line in summary.heading:
        yield Paragraph(marked(line), ParagraphRole.KICKER)
    yield Paragraph(marked(summary.title), ParagraphRole.TITLE)
    for text in summary.introduction:
        yield Paragraph(marked(text), ParagraphRole.INTRODUCTION)
    yield Paragraph(marked(summary.name_line), ParagraphRole.LABEL)
    yield Paragraph(marked(summary.full_name), ParagraphRole.NAME)
    if summary.facts:
        yield FactsPanel(tuple((marked(fact.label), marked(fact.value)) for fact in summary.facts))
    for section in summary.sections:
        yield from _section(section)
    if summary.sources_line:
        yield Paragraph(marked(summary.sources_line), ParagraphRole.QUIET)


def _section(section: drafted.SummarySection) -> Iterator[Block]:
    if not section.paragraphs and not section.tables:
        return
    yield Heading(marked(section.title), number=section.key)
    for paragraph in section.paragraphs:
        yield from _paragraphs(paragraph)
    for table in section.tables:
        if table.rows:
            yield Table(
                tuple(marked(cell) for cell in table.head),
                tuple(tuple(marked(cell) for cell in row) for row in table.rows),
            )


def _paragraphs(paragraph: drafted.SummaryParagraph) -> Iterator[Block]:
    """One paragraph, or several where a person left a blank line; the lead word stands before the first."""
    lead = (Span(f"{paragraph.lead}. ", bold=True),) if paragraph.lead else ()
    for part in paragraph.text.split("\n\n"):
        if part.strip() or lead:
            yield Paragraph((*lead, *marked(part.strip())))
            lead = ()
