"""The printed file: read as pikepdf reads it."""

from __future__ import annotations

from datetime import UTC, datetime

import pikepdf
import pytest

from iscm_desktop.errors import DocumentProblem, IscmError
from iscm_desktop.reports.typesetting import styles
from iscm_desktop.reports.typesetting.block_layout import laid_out
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    CardHeading,
    Document,
    FactsPanel,
    Heading,
    LabelledBlock,
    Listing,
    PageBreak,
    Paragraph,
    SignatureBlock,
    Span,
    Stamp,
    StampTone,
    Table,
    TableOfContents,
    inline,
)
from iscm_desktop.reports.typesetting.line_setter import LineSetter
from iscm_desktop.reports.typesetting.page_rows import TextAt
from iscm_desktop.reports.typesetting.pdf_printer import render
from tests.support.pdf_text import opened, page_texts

NOTE = "References to Kosovo shall be understood as the Security Council does."


def document(*blocks: Block, language: str = "en", **particulars: object) -> Document:
    return Document(
        title="Questionnaire: IGC",
        language=language,
        blocks=blocks,
        header="Assessment 2027",
        name="Completed questionnaire",
        footer="IGC",
        footnotes={"kosovo": inline(NOTE)},
        **particulars,  # type: ignore[arg-type]
    )


def long_table(rows: int) -> Table:
    body = tuple((inline(f"Partner {number}"), inline("Joint training " * 9)) for number in range(rows))
    return Table((inline("Partner"), inline("Activity")), body)


def test_the_same_document_gives_the_same_bytes():
    made = document(Heading(inline("Structures"), number="3"), long_table(60), Paragraph(inline("رسوم 国际")))
    assert render(made).pdf == render(made).pdf


def test_every_page_has_its_head_its_foot_and_its_number():
    pages = page_texts(render(document(long_table(60))).pdf)
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert "Assessment 2027" in text
        assert "Completed questionnaire" in text
        assert text.splitlines()[-2] == "IGC"
        assert f"{number} / {len(pages)}" in text.splitlines()[-1]


def test_sixty_partners_are_all_there_under_a_repeated_head():
    pages = page_texts(render(document(long_table(60))).pdf)
    assert all("Partner\nActivity" in text for text in pages)
    assert [f"Partner {number}\n" in "\n".join(pages) for number in range(60)] == [True] * 60


def test_an_answer_of_ten_thousand_characters_is_printed_whole():
    said = " ".join(f"word{number}" for number in range(1_200))
    found = "\n".join(page_texts(render(document(LabelledBlock("A1", inline("Why?"), inline(said)))).pdf))
    assert all(f"word{number}" in found for number in range(1_200))


def test_the_footnote_stands_on_the_page_of_its_mark_and_nowhere_else():
    marked = Paragraph((Span("the crisis in Kosovo", footnote="kosovo"), Span(".")))
    first, second = page_texts(render(document(Paragraph(inline("Before.")), PageBreak(), marked)).pdf)
    assert NOTE not in first
    assert NOTE in second
    assert "Kosovo1." in second


def test_contents_and_outline_name_the_sections():
    blocks = (TableOfContents("Contents"), Heading(inline("Who is answering"), number="1"), PageBreak())
    made = render(document(*blocks, Heading(inline("Structures"), number="2")))
    first, second = page_texts(made.pdf)
    assert "Structures" in first
    assert "Structures" in second
    with opened(made.pdf) as file, file.open_outline() as outline:
        assert [item.title for item in outline.root] == ["1 Who is answering", "2 Structures"]


def test_the_file_says_what_it_is():
    made = render(
        document(
            Paragraph(inline("Text")),
            language="fr",
            author="IOM",
            printed_at=datetime(2026, 11, 21, tzinfo=UTC),
        )
    )
    with opened(made.pdf) as file:
        assert str(file.docinfo.Title) == "Questionnaire: IGC"
        assert str(file.docinfo.Author) == "IOM"
        assert str(file.docinfo.CreationDate).startswith("D:20261121")
        assert str(file.Root.Lang) == "fr"


def test_addresses_are_live():
    link = Span("www.iom.int", link="https://www.iom.int")
    with opened(render(document(Paragraph((link,)))).pdf) as file:
        (annotation,) = file.pages[0].Annots
        assert str(annotation.A.URI) == "https://www.iom.int"


def test_every_font_is_embedded_and_cut_down():
    made = render(document(Paragraph((Span("Fee رسوم 费 →"), Span("bold", bold=True)))))
    with opened(made.pdf) as file:
        fonts = file.pages[0].Resources.Font
        descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts.values()]
        assert len(descriptors) == 5
        assert all(len(each.FontFile2.read_bytes()) < 20_000 for each in descriptors)
        assert all("+" in str(each.FontName) for each in descriptors)


def test_what_no_font_has_is_reported_with_its_place():
    made = render(document(LabelledBlock("B06", inline("How has it evolved?"), inline("Well 😀 and ภาษ"))))
    (missing,) = made.missing
    assert missing.characters == "😀ภาษ"
    assert missing.where == "B06 How has it evolved?"


def test_arabic_runs_from_the_right_and_english_from_the_left():
    for language, is_right in (("en", False), ("ar", True)):
        with opened(
            render(document(Heading(inline("البنية" if is_right else "Structures")), language=language)).pdf
        ) as file:
            xs = [
                float(operands[4])
                for operands, operator in pikepdf.parse_content_stream(file.pages[0])
                if str(operator) == "Tm"
            ]
        assert (xs[2] > 300) is is_right


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_printed_outside_the_margins(language: str):
    """Words without end, in every kind of block, stay inside their columns and the type area."""
    awkward = "Donaudampfschiffahrt" * 30
    blocks: list[Block] = [
        LabelledBlock("X1", inline(awkward), inline(awkward)),
        LabelledBlock("X2", inline("List"), Listing(tuple(inline(awkward) for _ in range(7)))),
        FactsPanel(tuple((inline(awkward), inline(awkward)) for _ in range(5))),
        Table((inline(awkward),) * 6, ((inline(awkward),) * 6,) * 3),
        CardHeading(inline(awkward), "1"),
        Stamp(StampTone.CAUTION, awkward),
        SignatureBlock("Sign-off", ((awkward, inline(awkward)),)),
    ]
    made = document(*blocks, language=language)
    texts = [paint for row in laid_out(LineSetter(made)) for paint in row.paints if isinstance(paint, TextAt)]
    assert len(texts) > 100
    assert all(text.line.width <= text.width + 0.1 for text in texts)
    assert all(text.x >= -0.1 and text.x + text.width <= styles.WIDTH + 0.1 for text in texts)
    assert render(made).pages > 1


@pytest.mark.parametrize("text", ["word " * 900_000, "\n" * 110_000, "\r\n" * 60_000, "x\u2028" * 110_000])
def test_a_document_longer_than_any_is_refused_before_it_is_set(text: str) -> None:
    """A line of its own is as much work as many characters."""
    with pytest.raises(IscmError) as refused:
        render(Document("Everything", "en", (Paragraph(inline(text)),)))
    assert refused.value.problem is DocumentProblem.DOCUMENT_TOO_LONG
