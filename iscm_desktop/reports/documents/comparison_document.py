"""What changed in a response between two moments, as a document: what went is struck out, what came underlined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.exchange.merging.text_differences import TextChange, TextPiece
from iscm_desktop.exchange.package.package_writer import PROGRAM
from iscm_desktop.questionnaire.registers import kosovo_note
from iscm_desktop.reports.documents import kosovo_footnote
from iscm_desktop.reports.documents.publication_marks import beside_words, copy_words
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    CardHeading,
    Document,
    Heading,
    Inline,
    LabelledBlock,
    Paragraph,
    ParagraphRole,
    Span,
    TextMark,
    inline,
)
from iscm_desktop.summaries.document_language import DocumentLanguage

_MARKS = {
    TextChange.SAME: TextMark.NONE,
    TextChange.REMOVED: TextMark.STRUCK,
    TextChange.ADDED: TextMark.UNDERLINED,
}


@dataclass(frozen=True, slots=True)
class PrintedDifference:
    """An answer that is another one, with what stayed, went and came."""

    section: str  # with its number
    entry: str  # title of the entry that it is in; "" outside of repeats
    number: str
    label: str
    pieces: tuple[TextPiece, ...]
    is_marked: bool = False  # not for publication


@dataclass(frozen=True, slots=True)
class ComparedMoments:
    """Whose answers, and when."""

    respondent: str
    questionnaire: str
    round_title: str
    earlier: str  # in words, in the language of the document
    later: str
    language: str
    printed_at: datetime  # aware


def comparison_document(rows: Sequence[PrintedDifference], compared: ComparedMoments) -> Document:
    """Only what differs, in form order, by section and entry."""
    language = DocumentLanguage(compared.language)
    return Document(
        title=f"{compared.questionnaire}: {compared.respondent}",
        language=compared.language,
        blocks=kosovo_footnote.marked(tuple(_blocks(rows, compared, language))),
        header=compared.round_title,
        name=language.gettext("What changed"),
        footer=compared.respondent,
        author=compared.respondent,
        subject=compared.round_title,
        creator=PROGRAM,
        footnotes={kosovo_footnote.KEY: inline(kosovo_note(compared.language))},
        printed_at=compared.printed_at,
    )


def _blocks(
    rows: Sequence[PrintedDifference], compared: ComparedMoments, language: DocumentLanguage
) -> Iterator[Block]:
    say = language.gettext
    yield Paragraph(inline(compared.round_title), ParagraphRole.KICKER)
    yield Paragraph(inline(say("What changed")), ParagraphRole.TITLE)
    yield Paragraph(inline(compared.respondent), ParagraphRole.NAME)
    yield Paragraph(inline(say("From: {moment}", moment=compared.earlier)))
    yield Paragraph(inline(say("To: {moment}", moment=compared.later)))
    if not rows:
        yield Paragraph(inline(say("Every answer was the same.")))
        return
    if count := sum(row.is_marked for row in rows):
        yield Paragraph(inline(copy_words(count, language)), ParagraphRole.NOTICE)
    struck, underlined = say("What went is struck out"), say("what came is underlined")
    yield Paragraph(
        (Span(struck, mark=TextMark.STRUCK), Span(say("; ")), Span(underlined, mark=TextMark.UNDERLINED), Span(".")),
        ParagraphRole.QUIET,
    )  # fmt: skip
    section, entry = "", ""
    for row in rows:
        if row.section != section:
            yield Heading(inline(row.section), level=1)
            section, entry = row.section, ""
        if row.entry and row.entry != entry:
            yield CardHeading(inline(row.entry))
        entry = row.entry
        remark = inline(beside_words(language) if row.is_marked else "")
        yield LabelledBlock(row.number, inline(row.label), _content(row.pieces), remark=remark)


def _content(pieces: tuple[TextPiece, ...]) -> Inline:
    return tuple(Span(piece.text, mark=_MARKS[piece.change]) for piece in pieces)
