"""What a page is stacked from: rows, each a line high, that may be parted only where reading allows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from iscm_desktop.reports.typesetting.line_breaking import Line
from iscm_desktop.reports.typesetting.styles import ARABIC_LEADING, TextStyle


@dataclass(frozen=True, slots=True)
class TextAt:
    """A line of text in a column; x runs with the reading direction, y from the row's top to the baseline."""

    x: float
    y: float
    width: float
    line: Line
    at_end: bool = False  # set against the column's far edge


@dataclass(frozen=True, slots=True)
class DrawnRule:
    """A line along the reading direction, `y` points below the row's top; lengths in points."""

    x: float
    y: float
    width: float
    colour: str
    thickness: float


@dataclass(frozen=True, slots=True)
class DrawnFill:
    """A coloured area; `top` and `bottom` say which corners are rounded."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    top: bool = False
    bottom: bool = False


@dataclass(frozen=True, slots=True)
class PageOf:
    """The number of the page that holds an anchor, at the far edge."""

    anchor: str
    y: float
    style: TextStyle


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture in a frame of points; it is never mirrored."""

    x: float
    y: float
    width: float
    height: float
    content: bytes


Paint = TextAt | DrawnRule | DrawnFill | DrawnPicture | PageOf


@dataclass(frozen=True, slots=True)
class PageAnchor:
    """A place to jump to: in the outline at `level`, or by links only when the title is ""."""

    key: str
    title: str
    level: int = 0


@dataclass(slots=True)
class Row:
    """One row: never cut. `gap` is the space above, which vanishes at the top of a page."""

    height: float
    paints: list[Paint] = field(default_factory=list)
    gap: float = 0.0
    keeps_next: bool = False
    notes: tuple[str, ...] = ()
    anchor: PageAnchor | None = None
    head: tuple[Row, ...] = ()  # repeated where a page begins with this row
    begins_page: bool = False


@dataclass(frozen=True, slots=True)
class RowCell:
    """Lines one below the other in a column of its own."""

    x: float
    width: float
    lines: tuple[tuple[Line, TextStyle], ...]
    at_end: bool = False


def baseline(style: TextStyle, height: float) -> float:
    """How far below a row's top its text stands, so that letters sit in its middle."""
    return (height + 0.776 * style.ink.size) / 2


def line_height(line: Line, style: TextStyle) -> float:
    """Points from this line to the next: more where a face reaches far below the baseline."""
    is_tall = any(atom.shaped.face.descent < -500 for atom in line.atoms)
    return style.leading * (ARABIC_LEADING if is_tall else 1.0)


def stacked(cells: Sequence[RowCell], *, top: float = 0.0, bottom: float = 0.0) -> list[Row]:
    """Rows that hold the cells side by side: the n-th has the n-th line of each, so that pages may part them.

    The first two rows stay together, and so do the last two; `top` and `bottom` pad the whole.
    """
    count = max((len(cell.lines) for cell in cells), default=0)
    rows = []
    for number in range(count):
        present = [(cell, *cell.lines[number]) for cell in cells if number < len(cell.lines)]
        above = top if not number else 0.0
        height = max(line_height(line, style) for _, line, style in present)
        row = Row(height + above + (bottom if number == count - 1 else 0.0))
        for cell, line, style in present:
            y = above + baseline(style, height)
            row.paints.append(TextAt(cell.x, y, cell.width, line, cell.at_end))
            row.notes += line.notes
        row.keeps_next = number == 0 or number == count - 2
        rows.append(row)
    if rows:
        rows[-1].keeps_next = False
    return rows


def keep_together(rows: Sequence[Row], *, with_next: bool = False) -> None:
    """Ties the rows to one another, and the last to what follows."""
    for row in rows[:-1]:
        row.keeps_next = True
    if rows and with_next:
        rows[-1].keeps_next = True


def spaced(rows: list[Row], gap: float) -> list[Row]:
    """The rows, with `gap` points above the first unless it begins a page."""
    if rows:
        rows[0].gap = gap
    return rows
