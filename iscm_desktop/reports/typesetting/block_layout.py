"""Blocks into rows: where each kind of block puts its words, in points along the reading direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from iscm_desktop.reports.typesetting import (
    heading_layout,
    labelled_layout,
    matrix_code,
    picture_layout,
    styles,
    table_layout,
)
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    CardHeading,
    Document,
    FactsPanel,
    Heading,
    LabelledBlock,
    MatrixCode,
    PageBreak,
    Paragraph,
    ParagraphRole,
    Picture,
    SignatureBlock,
    Span,
    Stamp,
    Table,
    TableOfContents,
    inline,
    plain,
)
from iscm_desktop.reports.typesetting.line_setter import LineSetter, label_of
from iscm_desktop.reports.typesetting.page_rows import (
    DrawnFill,
    DrawnRule,
    PageAnchor,
    PageOf,
    Row,
    RowCell,
    baseline,
    keep_together,
    spaced,
    stacked,
)

PARAGRAPHS = {  # style, space above, indent
    ParagraphRole.BODY: (styles.BODY, 4.5, 0.0),
    ParagraphRole.KICKER: (styles.KICKER, 0.0, 0.0),
    ParagraphRole.TITLE: (styles.TITLE, 4.0, 0.0),
    ParagraphRole.INTRODUCTION: (styles.INTRODUCTION, 9.0, 11.0),
    ParagraphRole.LABEL: (styles.KICKER, 12.0, 0.0),
    ParagraphRole.NAME: (styles.NAME, 0.5, 0.0),
    ParagraphRole.QUIET: (styles.QUIET, 10.0, 0.0),
    ParagraphRole.NOTICE: (styles.NOTICE, 8.0, 0.0),
}


def laid_out(setter: LineSetter) -> list[Row]:
    """The rows of the whole document."""
    rows: list[Row] = []
    begins_page = False
    before: Block | None = None
    for number, block in enumerate(setter.document.blocks):
        setter.where = label_of(block, setter.where)
        made = _rows(setter, block, f"b{number}")
        if isinstance(block, Table) and isinstance(before, Paragraph) and rows:
            rows[-1].keeps_next = True  # what introduces a table stays with it
        if made and _is_introduction(block) and _is_introduction(before):
            _continue_bar(made[0])
        before = block
        if isinstance(block, PageBreak):
            begins_page = True
        elif made and begins_page:
            made[0].begins_page, begins_page = True, False
        rows.extend(made)
    return rows


def _rows(setter: LineSetter, block: Block, key: str) -> list[Row]:
    match block:
        case Paragraph():
            return _paragraph(setter, block)
        case Heading():
            return heading_layout.heading(setter, block, key)
        case Stamp():
            return heading_layout.stamp(setter, block)
        case FactsPanel():
            return table_layout.facts_panel(setter, block)
        case Table():
            return table_layout.table(setter, block)
        case LabelledBlock():
            return labelled_layout.labelled(setter, block)
        case CardHeading():
            return heading_layout.card_heading(setter, block)
        case SignatureBlock():
            return _signature(setter, block, key)
        case TableOfContents():
            return _contents(setter, block)
        case MatrixCode():
            return matrix_code.matrix_code(setter, block)
        case Picture():
            return picture_layout.picture(block)
        case PageBreak():
            return []


def _paragraph(setter: LineSetter, block: Paragraph) -> list[Row]:
    style, gap, indent = PARAGRAPHS[block.role]
    width = setter.width - indent
    is_free = block.role is ParagraphRole.BODY
    found = setter.lines(block.text, style, width, is_free=is_free)
    rows = stacked([setter.cell(indent, width, found, is_free=is_free)])
    if block.role is ParagraphRole.INTRODUCTION:
        for row in rows:
            row.paints.insert(0, DrawnFill(0, 0, 1.6, row.height, styles.BLUE))
    if block.role in (ParagraphRole.KICKER, ParagraphRole.TITLE, ParagraphRole.LABEL, ParagraphRole.NAME):
        keep_together(rows, with_next=True)
    return spaced(rows, gap)


def _is_introduction(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.role is ParagraphRole.INTRODUCTION


def _continue_bar(row: Row) -> None:
    """One bar beside all paragraphs of an introduction."""
    row.gap = 4.0
    bar = next(paint for paint in row.paints if isinstance(paint, DrawnFill))
    row.paints.insert(0, replace(bar, y=-row.gap, height=row.gap))


def _signature(setter: LineSetter, block: SignatureBlock, key: str) -> list[Row]:
    label_width = 120.0
    rows = heading_layout.heading(setter, Heading(inline(block.heading), level=2), key)
    for row in rows[:1]:
        row.anchor = PageAnchor(key, block.heading)  # of the whole document, not of its last heading
    for label, value in block.rows:
        width = setter.width - label_width
        cells = [
            RowCell(0, label_width - 8, setter.lines(inline(label), styles.TABLE_CELL, label_width - 8)),
            setter.cell(label_width, width, setter.lines(value, styles.TABLE_NAME, width)),
        ]
        made = stacked(cells, top=3 if value else 10, bottom=3)
        bottom = made[-1].height
        colour, start = (styles.HAIRLINE, 0.0) if value else (styles.GREY, label_width)
        made[-1].paints.append(DrawnRule(start, bottom, setter.width - start, colour, 0.6))
        rows += made
    keep_together(rows)
    return spaced(rows, 22)


def _contents(setter: LineSetter, block: TableOfContents) -> list[Row]:
    rows = stacked([RowCell(0, setter.width, setter.lines(inline(block.title), styles.SUBHEADING))], bottom=2)
    keep_together(rows, with_next=True)
    style = styles.TABLE_CELL
    for key, heading in chapters(setter.document):
        number_width = 34.0
        width = setter.width - number_width - 40
        cells = [
            RowCell(0, number_width, setter.lines(inline(heading.number), style, number_width)),
            setter.cell(number_width, width, setter.lines((Span(plain(heading.text)),), style, width)),
        ]
        made = stacked(cells, top=1.5, bottom=2.5)
        made[0].paints.append(PageOf(key, 1.5 + baseline(style, style.leading), style))
        made[-1].paints.append(DrawnRule(0, made[-1].height, setter.width, styles.HAIRLINE, 0.5))
        rows += made
    return spaced(rows, 14)


def chapters(document: Document) -> Iterator[tuple[str, Heading]]:
    """Headings of level 1 in order, each with the key of its page anchor."""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Heading) and block.level == 1:
            yield f"b{number}", block
