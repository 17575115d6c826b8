"""Blocks into rows: where each kind of block puts its words, in points along the reading direction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from iscm_desktop.reports.typesetting import styles, table_layout
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    CardHeading,
    Document,
    FactsPanel,
    Heading,
    Inline,
    LabelledBlock,
    Listing,
    ListMark,
    PageBreak,
    Paragraph,
    ParagraphRole,
    SignatureBlock,
    Span,
    Stamp,
    Table,
    TableOfContents,
    inline,
    plain,
)
from iscm_desktop.reports.typesetting.line_breaking import Line, measured
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
    stacked,
)

_PARAGRAPHS = {  # style, space above, indent
    ParagraphRole.BODY: (styles.BODY, 4.5, 0.0),
    ParagraphRole.KICKER: (styles.KICKER, 0.0, 0.0),
    ParagraphRole.TITLE: (styles.TITLE, 4.0, 0.0),
    ParagraphRole.INTRODUCTION: (styles.INTRODUCTION, 9.0, 11.0),
    ParagraphRole.LABEL: (styles.KICKER, 12.0, 0.0),
    ParagraphRole.NAME: (styles.NAME, 0.5, 0.0),
    ParagraphRole.QUIET: (styles.QUIET, 10.0, 0.0),
    ParagraphRole.NOTICE: (styles.NOTICE, 8.0, 0.0),
}
_HEADINGS = {1: (styles.SECTION, 14.0), 2: (styles.SUBHEADING, 10.0), 3: (styles.MINOR_HEADING, 8.0)}
_NUMBER_GAP = 9.0
_CODE_WIDTH = 52.0
_BULLET_INDENT = 11.0
_SHORT_LIST = 10  # lines; longer ones may be parted


def laid_out(setting: LineSetter) -> list[Row]:
    """The rows of the whole document."""
    rows: list[Row] = []
    begins_page = False
    before: Block | None = None
    for number, block in enumerate(setting.document.blocks):
        setting.where = label_of(block, setting.where)
        made = _rows(setting, block, f"b{number}")
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


def _rows(setting: LineSetter, block: Block, key: str) -> list[Row]:
    match block:
        case Paragraph():
            return _paragraph(setting, block)
        case Heading():
            return _heading(setting, block, key)
        case Stamp():
            return _stamp(setting, block)
        case FactsPanel():
            return table_layout.facts_panel(setting, block)
        case Table():
            return table_layout.table(setting, block)
        case LabelledBlock():
            return _question(setting, block)
        case CardHeading():
            return _entry_heading(setting, block)
        case SignatureBlock():
            return _sign_off(setting, block, key)
        case TableOfContents():
            return _contents(setting, block)
        case PageBreak():
            return []


def _spaced(rows: list[Row], gap: float) -> list[Row]:
    if rows:
        rows[0].gap = gap
    return rows


def _paragraph(setting: LineSetter, block: Paragraph) -> list[Row]:
    style, gap, indent = _PARAGRAPHS[block.role]
    width = setting.width - indent
    is_free = block.role is ParagraphRole.BODY
    found = setting.lines(block.text, style, width, is_free=is_free)
    rows = stacked([setting.cell(indent, width, found)])
    if block.role is ParagraphRole.INTRODUCTION:
        for row in rows:
            row.paints.insert(0, DrawnFill(0, 0, 1.6, row.height, styles.BLUE))
    if block.role in (ParagraphRole.KICKER, ParagraphRole.TITLE, ParagraphRole.LABEL, ParagraphRole.NAME):
        keep_together(rows, with_next=True)
    return _spaced(rows, gap)


def _is_introduction(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.role is ParagraphRole.INTRODUCTION


def _continue_bar(row: Row) -> None:
    """One bar beside all paragraphs of an introduction."""
    row.gap = 4.0
    bar = next(paint for paint in row.paints if isinstance(paint, DrawnFill))
    row.paints.insert(0, replace(bar, y=-row.gap, height=row.gap))


def _heading(setting: LineSetter, block: Heading, key: str) -> list[Row]:
    style, gap = _HEADINGS[block.level]
    cells: list[RowCell] = []
    indent = 0.0
    if block.code:
        indent = _CODE_WIDTH
        code = replace(styles.CODE, leading=style.leading)
        cells.append(RowCell(0, indent, setting.lines(inline(block.code), code, indent - 4)))
    elif block.number:
        number = setting.lines(inline(block.number), style)
        indent = number[0][0].width + _NUMBER_GAP
        cells.append(RowCell(0, indent, number))
    width = setting.width - indent
    cells.append(setting.cell(indent, width, setting.lines(block.text, style, width)))
    rows = stacked(cells)
    keep_together(rows, with_next=True)
    if rows and block.level < 3:
        title = " ".join(part for part in (block.number, plain(block.text)) if part)
        rows[0].anchor = PageAnchor(key, title, block.level - 1)
    return _spaced(rows, gap)


def _stamp(setting: LineSetter, block: Stamp) -> list[Row]:
    is_draft = block.mark is ListMark.DRAFT
    paper, colour = (styles.AMBER_PAPER, styles.AMBER) if is_draft else (styles.GREEN_PAPER, styles.GREEN)
    style = _coloured(styles.STAMP, colour)
    found = setting.lines(inline(block.text), style, setting.width - 16)
    rows = stacked([RowCell(8, setting.width - 16, found)], top=2.5, bottom=2.5)
    width = max(line.width for line, _ in found) + 16
    for row in rows:
        row.paints.insert(0, DrawnFill(0, 0, width, row.height, paper, row is rows[0], row is rows[-1]))
    keep_together(rows)
    return _spaced(rows, 6)


def _coloured(style: styles.TextStyle, colour: str) -> styles.TextStyle:
    return replace(style, ink=replace(style.ink, colour=colour))


def _question(setting: LineSetter, block: LabelledBlock) -> list[Row]:
    code = setting.lines(inline(block.code), styles.CODE, _CODE_WIDTH - 4)
    indent = _CODE_WIDTH
    width = setting.width - indent
    label = setting.lines(block.label, styles.QUESTION, width)
    rows = stacked([RowCell(0, _CODE_WIDTH, code), setting.cell(indent, width, label)])
    keep_together(rows, with_next=True)
    answer = list(_answer(setting, block, indent, width))
    if block.remark:
        remark = stacked([setting.cell(indent, width, setting.lines(block.remark, styles.REMARK, width))])
        if answer:
            answer[-1].keeps_next = True
        answer += remark
    return _spaced(rows + answer, 8.5)


def _answer(setting: LineSetter, block: LabelledBlock, indent: float, width: float) -> Iterator[Row]:
    if isinstance(block.answer, Listing):
        yield from _listing(setting, block.answer, indent, width)
        return
    content = block.answer
    found = setting.lines(content, styles.ANSWER, width, is_free=True)
    if not found:
        found = setting.lines(inline(block.blank), styles.BLANK, width)
    yield from _spaced(stacked([setting.cell(indent, width, found)]), 0.8)


def _listing(setting: LineSetter, listing: Listing, indent: float, width: float) -> list[Row]:
    """Bullets in up to three columns; an order keeps to one."""
    columns = 1 if listing.is_ordered else _list_columns(setting, listing, width)
    per_column = -(-len(listing.items) // columns)
    step = width / columns
    cells: list[RowCell] = []
    for column in range(columns):
        first = column * per_column
        items = listing.items[first : first + per_column]
        signs = [f"{at}." if listing.is_ordered else "•" for at in range(first + 1, first + len(items) + 1)]
        cells += _list_column(setting, indent + column * step, step, list(zip(signs, items, strict=True)))
    rows = stacked(cells)
    if len(rows) <= _SHORT_LIST:
        keep_together(rows)
    return _spaced(rows, 0.8)


def _list_column(
    setting: LineSetter, x: float, step: float, items: Sequence[tuple[str, Inline]]
) -> tuple[RowCell, RowCell]:
    """The signs, and the items beside them; beside an item's second line stands nothing."""
    style = styles.ANSWER
    space = _BULLET_INDENT + (4 if items and items[0][0] != "•" else 0)
    width = step - space - 8
    signs: list[tuple[Line, styles.TextStyle]] = []
    texts: list[tuple[Line, styles.TextStyle]] = []
    for sign, item in items:
        found = setting.lines(item, style, width)
        signs += setting.lines(inline(sign), style, space)
        signs += [(Line((), 0.0, setting.direction), style)] * (len(found) - 1)
        texts += found
    return RowCell(x, space, tuple(signs)), RowCell(x + space, width, tuple(texts))


def _list_columns(setting: LineSetter, listing: Listing, width: float) -> int:
    """As many columns as the longest item allows; two for a long list of which only a few must be wrapped."""
    widths = [measured(setting.runs(item, styles.ANSWER))[1] for item in listing.items]
    columns = int(width // (max(widths, default=0) + 24))
    if columns < 2 and len(widths) >= 6:
        wrapped = sum(wide > width / 2 - 24 for wide in widths)
        columns = 2 if wrapped * 3 <= len(widths) else 1
    return max(1, min(3, len(widths), columns))


def _entry_heading(setting: LineSetter, block: CardHeading) -> list[Row]:
    indent, pad = 8.0, 4.0
    content = (Span(f"{block.number}  "), *block.text) if block.number else block.text
    found = setting.lines(content, styles.ENTRY, setting.width - 2 * indent)
    rows = stacked([RowCell(indent, setting.width - 2 * indent, found)], top=pad, bottom=pad)
    for row in rows:
        fill = DrawnFill(0, 0, setting.width, row.height, styles.PANEL, row is rows[0], row is rows[-1])
        row.paints.insert(0, fill)
    keep_together(rows, with_next=True)
    return _spaced(rows, 12)


def _sign_off(setting: LineSetter, block: SignatureBlock, key: str) -> list[Row]:
    label_width = 120.0
    rows = _heading(setting, Heading(inline(block.heading), level=2), key)
    for row in rows[:1]:
        row.anchor = PageAnchor(key, block.heading)  # of the whole document, not of its last section
    for label, value in block.rows:
        width = setting.width - label_width
        cells = [
            RowCell(0, label_width - 8, setting.lines(inline(label), styles.TABLE_CELL, label_width - 8)),
            setting.cell(label_width, width, setting.lines(value, styles.TABLE_NAME, width)),
        ]
        made = stacked(cells, top=3 if value else 10, bottom=3)
        bottom = made[-1].height
        colour, start = (styles.HAIRLINE, 0.0) if value else (styles.GREY, label_width)
        made[-1].paints.append(DrawnRule(start, bottom, setting.width - start, colour, 0.6))
        rows += made
    keep_together(rows)
    return _spaced(rows, 22)


def _contents(setting: LineSetter, block: TableOfContents) -> list[Row]:
    rows = stacked(
        [RowCell(0, setting.width, setting.lines(inline(block.title), styles.SUBHEADING))], bottom=2
    )
    keep_together(rows, with_next=True)
    style = styles.TABLE_CELL
    for key, heading in _sections(setting.document):
        number_width = 34.0
        width = setting.width - number_width - 40
        cells = [
            RowCell(0, number_width, setting.lines(inline(heading.number), style, number_width)),
            setting.cell(number_width, width, setting.lines((Span(plain(heading.text)),), style, width)),
        ]
        made = stacked(cells, top=1.5, bottom=2.5)
        made[0].paints.append(PageOf(key, 1.5 + baseline(style, style.leading), style))
        made[-1].paints.append(DrawnRule(0, made[-1].height, setting.width, styles.HAIRLINE, 0.5))
        rows += made
    return _spaced(rows, 14)


def _sections(document: Document) -> Iterator[tuple[str, Heading]]:
    for number, block in enumerate(document.blocks):
        if isinstance(block, Heading) and block.level == 1:
            yield f"b{number}", block
