"""Rows onto pages: what belongs together stays so, table heads come again, footnotes stand at the foot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from iscm_desktop.reports.typesetting.page_rows import Row


@dataclass(slots=True)
class PrintedPage:
    """Rows with the distance of each from the top of the type area, and the footnotes below."""

    rows: list[tuple[float, Row]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    used: float = 0.0


class _Paginator:
    def __init__(self, height: float, notes_height: Callable[[Sequence[str]], float]) -> None:
        self._height = height
        self._notes_height = notes_height
        self.pages = [PrintedPage()]

    @property
    def _page(self) -> PrintedPage:
        return self.pages[-1]

    def place(self, group: Sequence[Row]) -> None:
        """Puts rows that belong together onto this page, or the next; in pieces when no page holds them."""
        if group[0].begins_page and self._page.rows:
            self.pages.append(PrintedPage())
        if not self._fits(group) and self._page.rows:
            self._turn(group[0])
        if len(group) == 1 or self._fits(group):
            for row in group:
                self._put(row)
            return
        for row in group:
            if not self._fits([row]) and self._page.rows:
                self._turn(row)
            self._put(row)

    def _turn(self, row: Row) -> None:
        self.pages.append(PrintedPage())
        for repeated in row.head:
            self._put(repeated)

    def _fits(self, group: Sequence[Row]) -> bool:
        needed = sum(row.height + row.gap for row in group)
        if not self._page.rows:
            needed -= group[0].gap
        notes = self._with_notes(note for row in group for note in row.notes)
        return self._page.used + needed + self._notes_height(notes) <= self._height + 0.01

    def _with_notes(self, more: Iterable[str]) -> list[str]:
        return list(dict.fromkeys([*self._page.notes, *more]))

    def _put(self, row: Row) -> None:
        page = self._page
        page.used += row.gap if page.rows else 0.0
        page.rows.append((page.used, row))
        page.used += row.height
        page.notes = self._with_notes(row.notes)


def paginated(
    rows: Sequence[Row], height: float, notes_height: Callable[[Sequence[str]], float]
) -> list[PrintedPage]:
    """The pages, at least one.

    Args:
        rows: In order; each at most a page high.
        height: Of the type area in points.
        notes_height: What these footnotes take at the foot of a page, with their rule; 0 for none.
    """
    paginator = _Paginator(height, notes_height)
    group: list[Row] = []
    for row in rows:
        if row.begins_page and group:
            paginator.place(group)
            group = []
        group.append(row)
        if not row.keeps_next:
            paginator.place(group)
            group = []
    if group:
        paginator.place(group)
    return paginator.pages
