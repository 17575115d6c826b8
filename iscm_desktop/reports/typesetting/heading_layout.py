"""Headings, card headings and stamps into rows: what never stands last on a page."""

from __future__ import annotations

from dataclasses import replace

from iscm_desktop.reports.typesetting import styles
from iscm_desktop.reports.typesetting.blocks import (
    CardHeading,
    Heading,
    Span,
    Stamp,
    StampTone,
    inline,
    plain,
)
from iscm_desktop.reports.typesetting.line_setter import LineSetter
from iscm_desktop.reports.typesetting.page_rows import (
    DrawnFill,
    PageAnchor,
    Row,
    RowCell,
    keep_together,
    spaced,
    stacked,
)

HEADINGS = {  # by level: style, space above
    1: (styles.HEADING, 14.0),
    2: (styles.SUBHEADING, 10.0),
    3: (styles.MINOR_HEADING, 8.0),
}
_NUMBER_GAP = 9.0


def heading(setter: LineSetter, block: Heading, key: str) -> list[Row]:
    """A heading behind its code or number; levels 1 and 2 get an anchor named `key` for the outline."""
    style, gap = HEADINGS[block.level]
    cells: list[RowCell] = []
    indent = 0.0
    if block.code:
        indent = styles.CODE_WIDTH
        code = replace(styles.CODE, leading=style.leading)
        cells.append(RowCell(0, indent, setter.lines(inline(block.code), code, indent - 4)))
    elif block.number:
        number = setter.lines(inline(block.number), style)
        indent = number[0][0].width + _NUMBER_GAP
        cells.append(RowCell(0, indent, number))
    width = setter.width - indent
    cells.append(setter.cell(indent, width, setter.lines(block.text, style, width)))
    rows = stacked(cells)
    keep_together(rows, with_next=True)
    if rows and block.level < 3:
        title = " ".join(part for part in (block.number, plain(block.text)) if part)
        rows[0].anchor = PageAnchor(key, title, block.level - 1)
    return spaced(rows, gap)


def stamp(setter: LineSetter, block: Stamp) -> list[Row]:
    """Words on a strip of coloured paper that is as wide as they are."""
    is_caution = block.tone is StampTone.CAUTION
    paper, colour = (styles.AMBER_PAPER, styles.AMBER) if is_caution else (styles.GREEN_PAPER, styles.GREEN)
    style = _coloured(styles.STAMP, colour)
    found = setter.lines(inline(block.text), style, setter.width - 16)
    rows = stacked([RowCell(8, setter.width - 16, found)], top=2.5, bottom=2.5)
    width = max(line.width for line, _ in found) + 16
    for row in rows:
        row.paints.insert(0, DrawnFill(0, 0, width, row.height, paper, row is rows[0], row is rows[-1]))
    keep_together(rows)
    return spaced(rows, 6)


def _coloured(style: styles.TextStyle, colour: str) -> styles.TextStyle:
    return replace(style, ink=replace(style.ink, colour=colour))


def card_heading(setter: LineSetter, block: CardHeading) -> list[Row]:
    """A tinted strip across the page, tied to the block that follows."""
    indent, pad = 8.0, 4.0
    content = (Span(f"{block.number}  "), *block.text) if block.number else block.text
    found = setter.lines(content, styles.CARD_HEADING, setter.width - 2 * indent)
    rows = stacked([RowCell(indent, setter.width - 2 * indent, found)], top=pad, bottom=pad)
    for row in rows:
        fill = DrawnFill(0, 0, setter.width, row.height, styles.PANEL, row is rows[0], row is rows[-1])
        row.paints.insert(0, fill)
    keep_together(rows, with_next=True)
    return spaced(rows, 12)
