"""Spans of a document into lines: inks, footnote numbers, direction, and what no font could print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from iscm_desktop.reports.typesetting import bidi, line_breaking, styles
from iscm_desktop.reports.typesetting.bidi import Direction
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    CardHeading,
    Document,
    FactsPanel,
    Heading,
    Inline,
    LabelledBlock,
    Listing,
    MatrixCode,
    PageBreak,
    Paragraph,
    Picture,
    SignatureBlock,
    Stamp,
    Table,
    TableOfContents,
    TextMark,
    plain,
)
from iscm_desktop.reports.typesetting.line_breaking import Ink, Line, TextRun
from iscm_desktop.reports.typesetting.page_rows import RowCell
from iscm_desktop.reports.typesetting.styles import TextStyle
from iscm_desktop.reports.typesetting.text_shaping import cleaned


class MissingGlyphs(NamedTuple):
    """Characters that no font has: they were printed as boxes."""

    characters: str  # each once, in order
    where: str  # the heading or label that they belong to


@dataclass(slots=True)
class LineSetter:
    """One document being set."""

    document: Document
    width: float = styles.WIDTH
    where: str = ""  # heading or label of the block at hand
    missing: dict[tuple[str, str], None] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)  # of footnotes, by key

    @property
    def direction(self) -> Direction:
        """The document's; a text may have its own."""
        return self.document.direction

    def lines(
        self, content: Inline, style: TextStyle, width: float | None = None, *, is_free: bool = False
    ) -> tuple[tuple[Line, TextStyle], ...]:
        """`content` broken to `width` (default: the page's); () for no content.

        Text that people wrote (`is_free`) takes the direction of its first letter, and so does any text that has
        letters of the other direction alone: an English heading among Arabic ones keeps the mark at its end.
        """
        if not content:
            return ()
        runs = tuple(self._runs(content, style.ink))
        is_own = is_free or bidi.is_all_against(plain(content), self.direction)
        found = line_breaking.broken(runs, width or self.width, None if is_own else self.direction)
        for line in found:
            for character in line.missing:
                self.missing[character, self.where] = None
        return tuple((line, style) for line in found)

    def runs(self, content: Inline, style: TextStyle) -> tuple[TextRun, ...]:
        """`content` in the inks of its spans, footnote numbers included; not yet broken."""
        return tuple(self._runs(content, style.ink))

    def _runs(self, content: Inline, ink: Ink) -> Iterator[TextRun]:
        for span in content:
            if span.bold or span.italic or span.link or span.mark is not TextMark.NONE:
                colour, line = styles.MARKS.get(span.mark, (ink.colour, None))
                used = replace(
                    ink,
                    bold=ink.bold or span.bold,
                    italic=ink.italic or span.italic,
                    link=span.link,
                    colour=styles.BLUE if span.link else colour,
                    line=line,
                )
            else:
                used = ink
            if span.text:
                yield TextRun(cleaned(span.text), used)
            if span.footnote:
                raised = replace(
                    ink,
                    size=ink.size * styles.MARK_SIZE,
                    rise=ink.size * styles.MARK_RISE,
                    bold=False,
                    italic=False,
                    note=span.footnote,
                )
                yield TextRun(str(self.numbers[span.footnote]), raised)

    def cell(
        self, x: float, width: float, found: tuple[tuple[Line, TextStyle], ...], *, is_free: bool = False
    ) -> RowCell:
        """A column of one text: people's prose that runs against the document's direction stands at the far edge."""
        opposed = is_free and len(found) > 1 and found[0][0].direction != self.direction
        return RowCell(x, width, found, at_end=opposed)

    def missing_glyphs(self) -> tuple[MissingGlyphs, ...]:
        """What the lines set so far could not print, a row for each place that lacks something."""
        by_place: dict[str, str] = {}
        for character, where in self.missing:
            by_place[where] = by_place.get(where, "") + character
        return tuple(MissingGlyphs(characters, where) for where, characters in by_place.items())


def footnote_numbers(document: Document) -> dict[str, int]:
    """Number of each footnote that is used, in the order of first use."""
    keys: dict[str, int] = {}
    for block in document.blocks:
        for content in texts(block):
            for span in content:
                if span.footnote:
                    keys.setdefault(span.footnote, len(keys) + 1)
    return keys


def texts(block: Block) -> Iterator[Inline]:
    """All that a block prints, in reading order."""
    match block:
        case Paragraph(text) | Heading(text) | CardHeading(text):
            yield text
        case FactsPanel(facts):
            for fact in facts:
                yield from fact
        case Table(head, rows):
            yield from head
            for row in rows:
                yield from row
        case LabelledBlock(_, label, content, _, remark, note):
            yield label
            yield note
            if isinstance(content, Listing):
                yield from content.items
            else:
                yield content
            yield remark
        case SignatureBlock(_, rows):
            for _, value in rows:
                yield value
        case Stamp() | TableOfContents() | MatrixCode() | Picture() | PageBreak():
            return


def label_of(block: Block, before: str) -> str:
    """What to call the place of `block`: its heading or label, or the one `before` it."""
    match block:
        case LabelledBlock(code, label):
            return " ".join(part for part in (code, plain(label)) if part)
        case Heading(text) | CardHeading(text):
            return plain(text)
        case _:
            return before
