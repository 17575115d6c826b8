"""Labelled blocks into rows: code, label, and below it the content as text or as a list in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iscm_desktop.reports.typesetting import styles
from iscm_desktop.reports.typesetting.blocks import Inline, LabelledBlock, Listing, inline
from iscm_desktop.reports.typesetting.line_breaking import Line, measured
from iscm_desktop.reports.typesetting.line_setter import LineSetter
from iscm_desktop.reports.typesetting.page_rows import Row, RowCell, keep_together, spaced, stacked

_BULLET_INDENT = 11.0
_SHORT_LIST = 10  # lines; longer ones may be parted


def labelled(setter: LineSetter, block: LabelledBlock) -> list[Row]:
    """Label and note stay with the first row below them, and a remark with the last row above it."""
    code = setter.lines(inline(block.code), styles.CODE, styles.CODE_WIDTH - 4)
    indent = styles.CODE_WIDTH
    width = setter.width - indent
    label = setter.lines(block.label, styles.LABEL, width)
    rows = stacked([RowCell(0, styles.CODE_WIDTH, code), setter.cell(indent, width, label)])
    if block.note:
        rows += stacked([setter.cell(indent, width, setter.lines(block.note, styles.QUIET, width))])
    keep_together(rows, with_next=True)
    below = list(_content(setter, block, indent, width))
    if block.remark:
        remark = stacked([setter.cell(indent, width, setter.lines(block.remark, styles.REMARK, width))])
        if below:
            below[-1].keeps_next = True
        below += remark
    return spaced(rows + below, 8.5)


def _content(setter: LineSetter, block: LabelledBlock, indent: float, width: float) -> Iterator[Row]:
    if isinstance(block.content, Listing):
        yield from _listing(setter, block.content, indent, width)
        return
    content = block.content
    found = setter.lines(content, styles.CONTENT, width, is_free=True)
    if not found:
        found = setter.lines(inline(block.placeholder), styles.PLACEHOLDER, width)
    yield from spaced(stacked([setter.cell(indent, width, found, is_free=bool(content))]), 0.8)


def _listing(setter: LineSetter, listing: Listing, indent: float, width: float) -> list[Row]:
    """Bullets in up to three columns; an order keeps to one."""
    columns = 1 if listing.is_ordered else _list_columns(setter, listing, width)
    per_column = -(-len(listing.items) // columns)
    step = width / columns
    cells: list[RowCell] = []
    for column in range(columns):
        first = column * per_column
        items = listing.items[first : first + per_column]
        signs = [f"{at}." if listing.is_ordered else "•" for at in range(first + 1, first + len(items) + 1)]
        cells += _list_column(setter, indent + column * step, step, list(zip(signs, items, strict=True)))
    rows = stacked(cells)
    if len(rows) <= _SHORT_LIST:
        keep_together(rows)
    return spaced(rows, 0.8)


def _list_column(
    setter: LineSetter, x: float, step: float, items: Sequence[tuple[str, Inline]]
) -> tuple[RowCell, RowCell]:
    """The signs, and the items beside them; beside an item's second line stands nothing."""
    style = styles.CONTENT
    space = _BULLET_INDENT + (4 if items and items[0][0] != "•" else 0)
    width = step - space - 8
    signs: list[tuple[Line, styles.TextStyle]] = []
    texts: list[tuple[Line, styles.TextStyle]] = []
    for sign, item in items:
        found = setter.lines(item, style, width)
        signs += setter.lines(inline(sign), style, space)
        signs += [(Line((), 0.0, setter.direction), style)] * (len(found) - 1)
        texts += found
    return RowCell(x, space, tuple(signs)), RowCell(x + space, width, tuple(texts))


def _list_columns(setter: LineSetter, listing: Listing, width: float) -> int:
    """As many columns as the longest item allows; two for a long list of which only a few must be wrapped."""
    widths = [measured(setter.runs(item, styles.CONTENT))[1] for item in listing.items]
    columns = int(width // (max(widths, default=0) + 24))
    if columns < 2 and len(widths) >= 6:
        wrapped = sum(wide > width / 2 - 24 for wide in widths)
        columns = 2 if wrapped * 3 <= len(widths) else 1
    return max(1, min(3, len(widths), columns))
