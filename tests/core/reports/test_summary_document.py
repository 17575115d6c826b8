"""The summary of findings, read as blocks, and once as printed."""

from __future__ import annotations

from dataclasses import replace

from iscm_desktop.reports.documents.summary_document import marked, summary_document
from iscm_desktop.reports.typesetting.blocks import (
    Document,
    FactsPanel,
    Heading,
    Paragraph,
    ParagraphRole,
    Span,
    Table,
    plain,
)
from iscm_desktop.reports.typesetting.pdf_printer import render
from iscm_desktop.summaries import summary as drafted
from iscm_desktop.summaries.summary import Fact, Summary, SummarySection
from iscm_desktop.summaries.text_markup import escaped, mark
from tests.support.pdf_text import page_texts

SUMMARY = Summary(
    mechanism="igc",
    short_name="IGC",
    full_name="Inter-governmental Consultations (IGC)",
    language="en",
    heading=("International Organization for Migration", "Assessment of ISCMs"),
    title="Summary of findings per ISCM",
    introduction=("22 mechanisms, 46 States and 3 organizations answered.",),
    name_line="Name of the mechanism",
    facts=(Fact("Established", "1985"),),
    sections=(
        SummarySection("1", "Evolution", (drafted.SummaryParagraph("1.a", "It began in 1985."),)),
        SummarySection(
            "2",
            "Contribution",
            (drafted.SummaryParagraph("2.b", f"It helped in Kosovo{mark(1)}. *Quoted*.", lead="Regional"),),
        ),
        SummarySection("3", "Structures", ()),
        SummarySection(
            "4",
            "Partnerships",
            (),
            (drafted.SummaryTable("t", ("Type", "Regular"), (("ISCMs", "Bali Process"),)),),
        ),
        SummarySection("5", "Added value", (drafted.SummaryParagraph("5.a", "First.\n\nSecond."),)),
    ),
    footnotes=("References to Kosovo follow resolution 1244 (1999).",),
    sources_line="Sources: the questionnaire of the IGC.",
)


def document(summary: Summary = SUMMARY) -> Document:
    return summary_document(summary, round_title="Assessment 2027")


def test_the_order_is_the_published_one():
    kinds = [
        block.role if isinstance(block, Paragraph) else type(block).__name__ for block in document().blocks
    ]
    assert kinds == [
        ParagraphRole.KICKER, ParagraphRole.KICKER,
        ParagraphRole.TITLE, ParagraphRole.INTRODUCTION, ParagraphRole.LABEL,
        ParagraphRole.NAME, "FactsPanel",
        "Heading", ParagraphRole.BODY, "Heading", ParagraphRole.BODY, "Heading", "Table", "Heading", ParagraphRole.BODY,
        ParagraphRole.BODY,
        ParagraphRole.QUIET,
    ]  # fmt: skip


def test_a_section_with_nothing_to_say_is_left_out_and_the_others_keep_their_numbers():
    headings = [block for block in document().blocks if isinstance(block, Heading)]
    assert [block.number for block in headings] == ["1", "2", "4", "5"]


def test_the_lead_word_is_bold_and_the_footnote_s_mark_follows_the_name():
    paragraph = next(b for b in document().blocks if isinstance(b, Paragraph) and "Kosovo" in plain(b.text))
    assert paragraph.text == (
        Span("Regional. ", bold=True),
        Span("It helped in Kosovo"),
        Span("", footnote="1"),
        Span(". "),
        Span("Quoted", italic=True),
        Span("."),
    )


def test_a_person_s_asterisks_are_not_markup():
    assert plain(marked(escaped("2*3 = *six*"))) == "2*3 = *six*"


def test_facts_and_tables_keep_their_words():
    blocks = document().blocks
    (panel,) = [block for block in blocks if isinstance(block, FactsPanel)]
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert [(plain(label), plain(value)) for label, value in panel.facts] == [("Established", "1985")]
    assert [[plain(cell) for cell in row] for row in table.rows] == [["ISCMs", "Bali Process"]]


def test_what_may_not_be_published_says_so_on_each_page():
    kept_back = document(
        replace(SUMMARY, may_be_published=False, notice="The mechanism asked not to publish.")
    )
    assert kept_back.mark == "Not for publication"
    assert plain(kept_back.blocks[0].text) == "The mechanism asked not to publish."  # type: ignore[union-attr]
    assert document().mark == ""


def test_it_prints_with_its_footnote_at_the_foot():
    (page,) = page_texts(render(document()).pdf)
    assert "It helped in Kosovo1. Quoted." in page
    assert "References to Kosovo follow resolution 1244 (1999)." in page
    assert page.index("Sources:") < page.index("References to Kosovo")
