"""Tables and panels into rows: column widths from what the cells hold, heads to repeat, tall rows parted."""

from __future__ import annotations

from collections.abc import Sequence

from iscm_desktop.reports.typesetting import styles
from iscm_desktop.reports.typesetting.blocks import FactsPanel, Inline, Table
from iscm_desktop.reports.typesetting.line_breaking import measured
from iscm_desktop.reports.typesetting.line_setter import LineSetter
from iscm_desktop.reports.typesetting.page_rows import (
    DrawnFill,
    DrawnRule,
    Row,
    RowCell,
    keep_together,
    stacked,
)
from iscm_desktop.reports.typesetting.styles import TextStyle

_GUTTER = 12.0
_SHORT_ROW = 6  # lines; longer rows may be parted
_SHORT_TABLE = 230.0  # points; longer tables may be parted


def table(setter: LineSetter, block: Table) -> list[Row]:
    """Head and body rows; a hairline under each, a blue line under the head."""
    columns = _columns(setter, block)
    head = _table_row(setter, block.head, columns, [styles.TABLE_HEAD] * len(columns))
    keep_together(head, with_next=True)
    if head:
        head[0].gap = 9
        head[-1].paints.append(DrawnRule(0, head[-1].height, setter.width, styles.BLUE, 0.9))
    rows: list[Row] = []
    looks = [styles.TABLE_CELL] * len(columns)
    if block.names_rows and looks:
        looks[0] = styles.TABLE_NAME
    for content in block.rows:
        made = _table_row(setter, content, columns, looks)
        if len(made) <= _SHORT_ROW:
            keep_together(made)
        for row in made:
            row.head = tuple(head)
        if made:
            made[-1].paints.append(DrawnRule(0, made[-1].height, setter.width, styles.HAIRLINE, 0.6))
        rows += made
    _tie(rows)
    return [*head, *rows]


def _tie(rows: list[Row]) -> None:
    """A short table stays whole; of a long one no row stands alone at either end."""
    if sum(row.height for row in rows) <= _SHORT_TABLE:
        keep_together(rows)
    elif len(rows) > 3:
        rows[0].keeps_next = rows[-2].keeps_next = True


def _table_row(
    setter: LineSetter,
    contents: Sequence[Inline],
    columns: Sequence[tuple[float, float]],
    looks: Sequence[TextStyle],
) -> list[Row]:
    cells = [
        setter.cell(x, width, setter.lines(content, style, width))
        for content, (x, width), style in zip(contents, columns, looks, strict=True)
    ]
    return stacked(cells, top=3.2, bottom=3.6)


def _columns(setter: LineSetter, block: Table) -> list[tuple[float, float]]:
    """(x, width) of each column, without the gutter behind it."""
    room = setter.width - _GUTTER * (len(block.head) - 1)
    if block.widths:
        whole = sum(block.widths)
        widths = [room * part / whole for part in block.widths]
    else:
        widths = _fitted(setter, block, room)
    columns, x = [], 0.0
    for width in widths:
        columns.append((x, width))
        x += width + _GUTTER
    return columns


def _fitted(setter: LineSetter, block: Table, room: float) -> list[float]:
    """Widths that give each column what it wants where there is room, and else shrink the wide ones alike."""
    least, wanted = [], []
    for number in range(len(block.head)):
        style = styles.TABLE_NAME if block.names_rows and not number else styles.TABLE_CELL
        sizes = [measured(setter.runs(row[number], style)) for row in block.rows]
        sizes.append(measured(setter.runs(block.head[number], styles.TABLE_HEAD)))
        least.append(min(max(word for word, _ in sizes), room / len(block.head)))
        wanted.append(max(line for _, line in sizes))
    spare = room - sum(least)
    longing = [max(0.0, want - low) for want, low in zip(wanted, least, strict=True)]
    if sum(longing) <= spare:
        rest = (spare - sum(longing)) / len(least)
        return [low + long + rest for low, long in zip(least, longing, strict=True)]
    # Less than in proportion, or one column of long prose would starve the others.
    shares = [long**0.7 for long in longing]
    return _shared(least, longing, shares, spare)


def _shared(least: list[float], longing: list[float], shares: list[float], spare: float) -> list[float]:
    widths = list(least)
    open_ = {at for at, long in enumerate(longing) if long > 0}
    while open_ and spare > 0.01:
        whole = sum(shares[at] for at in open_)
        full = {at for at in open_ if spare * shares[at] / whole >= longing[at] - (widths[at] - least[at])}
        if not full:
            for at in open_:
                widths[at] += spare * shares[at] / whole
            return widths
        for at in full:
            spare -= longing[at] - (widths[at] - least[at])
            widths[at] = least[at] + longing[at]
        open_ -= full
    return widths


def facts_panel(setter: LineSetter, block: FactsPanel) -> list[Row]:
    """Facts in a tinted panel, label above value, as many side by side as the panel's columns."""
    pad = 10.0
    step = (setter.width - 2 * pad) / block.columns
    rows: list[Row] = []
    for start in range(0, len(block.facts), block.columns):
        cells = []
        for at, (label, value) in enumerate(block.facts[start : start + block.columns]):
            width = step - _GUTTER
            above = setter.lines(label, styles.FACT_LABEL, width)
            below = setter.lines(value, styles.FACT_VALUE, width)
            cells.append(RowCell(pad + at * step, width, above + below))
        is_last = start + block.columns >= len(block.facts)
        rows += stacked(cells, top=8.5 if not start else 5.0, bottom=8.5 if is_last else 0.0)
    for row in rows:
        fill = DrawnFill(0, 0, setter.width, row.height, styles.PANEL, row is rows[0], row is rows[-1])
        row.paints.insert(0, fill)
    keep_together(rows)
    if rows:
        rows[0].gap = 9
    return rows
