"""Rows from a spreadsheet, taken into a repeat: what goes where, and a sentence about what was taken and what not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from iscm_desktop.i18n import _, joined, ngettext, quoted
from iscm_desktop.presenters.entries.entry_table import CopiedCell, EntryColumn, EntryTable, is_typed_in
from iscm_desktop.questionnaire.form_paths import AnswerPath, path_below
from iscm_desktop.session.views import RepeatView

_NAMED = 5
MOST_AT_ONCE = 1000
"""Entries that one paste adds: each is checked as if it were typed, and nobody can type meanwhile."""


@dataclass(slots=True)
class PasteReport:
    """What became of pasted cells."""

    cells: int = 0  # taken
    rows: int = 0  # that they came in
    added: int = 0  # entries made for them
    unknown_titles: list[str] = field(default_factory=list)  # of columns that the table does not have
    cells_beyond: int = 0  # to the right of the last column
    unclear_words: list[str] = field(default_factory=list)  # that may mean one choice or another
    cells_closed: int = 0  # whose question is not asked there, or cannot be changed
    rows_beyond: int = 0  # for which there was no room
    most: int | None = None  # entries that the form allows
    is_at_once: bool = False  # more were pasted than are added at once
    first: AnswerPath | None = None  # the first answer that was taken

    @property
    def is_all(self) -> bool:
        """Whether everything found its place."""
        return not (
            self.unknown_titles
            or self.cells_beyond
            or self.unclear_words
            or self.cells_closed
            or self.rows_beyond
        )

    @property
    def sentence(self) -> str:
        """What was taken, then what was not, and why."""
        parts = [self._taken(), *self._not_taken()]
        if not self.is_all:
            parts.append(_("What was not taken is still in the clipboard."))
        return " ".join(parts)

    def _taken(self) -> str:
        if not self.cells:
            return _("Nothing was pasted.")
        cells = ngettext("{count} cell", "{count} cells", self.cells).format(count=self.cells)
        sentence = ngettext(
            "Pasted: {cells} in {count} row.", "Pasted: {cells} in {count} rows.", self.rows
        ).format(cells=cells, count=self.rows)
        if self.added:
            more = ngettext("{count} entry is new.", "{count} entries are new.", self.added)
            sentence = f"{sentence} {more.format(count=self.added)}"
        return sentence

    def _not_taken(self) -> list[str]:
        found = []
        if self.unknown_titles:
            count = len(self.unknown_titles)
            words = ngettext(
                "Not taken: {count} column that this table does not have ({titles}).",
                "Not taken: {count} columns that this table does not have ({titles}).",
                count,
            )
            found.append(words.format(count=count, titles=_first_few(self.unknown_titles)))
        if self.cells_beyond:
            words = ngettext(
                "Not taken: {count} cell to the right of the last column.",
                "Not taken: {count} cells to the right of the last column.",
                self.cells_beyond,
            )
            found.append(words.format(count=self.cells_beyond))
        if self.unclear_words:
            words = ngettext(
                "Not taken: {count} cell whose words may mean one choice or another ({words}).",
                "Not taken: {count} cells whose words may mean one choice or another ({words}).",
                len(self.unclear_words),
            )
            named = _first_few(list(dict.fromkeys(self.unclear_words)))
            found.append(words.format(count=len(self.unclear_words), words=named))
        if self.cells_closed:
            words = ngettext(
                "Not taken: {count} cell that is not asked in its row, or cannot be changed.",
                "Not taken: {count} cells that are not asked in their rows, or cannot be changed.",
                self.cells_closed,
            )
            found.append(words.format(count=self.cells_closed))
        if self.rows_beyond:
            found.append(self._no_room())
        return found

    def _no_room(self) -> str:
        if self.most is None:
            words = ngettext(
                "Not taken: {count} row, since the questionnaire decides how many there are.",
                "Not taken: {count} rows, since the questionnaire decides how many there are.",
                self.rows_beyond,
            )
            return words.format(count=self.rows_beyond)
        if self.is_at_once:
            words = ngettext(
                "Not taken: {count} row, since {most} at most are added at once; paste the others afterwards.",
                "Not taken: {count} rows, since {most} at most are added at once; paste the others afterwards.",
                self.rows_beyond,
            )
            return words.format(count=self.rows_beyond, most=self.most)
        words = ngettext(
            "Not taken: {count} row, since there can be {most} at most.",
            "Not taken: {count} rows, since there can be {most} at most.",
            self.rows_beyond,
        )
        return words.format(count=self.rows_beyond, most=self.most)


def _first_few(words: Sequence[str]) -> str:
    return joined(quoted(each) for each in words[:_NAMED]) + ("…" if len(words) > _NAMED else "")


Cell = str | CopiedCell
"""What is pasted: the words of a spreadsheet, or a cell of our own."""


class RowPaste:
    """Pastes once into one repeat, as it stands when this is made; all of it is one step to undo."""

    def __init__(self, table: EntryTable) -> None:
        self._table, self._session = table, table.session
        self._view: RepeatView = self._session.repeat(table.path)
        self._paths = [entry.path for entry in self._view.entries]

    def paste(self, rows: Sequence[Sequence[Cell]], row: int, column: int) -> PasteReport:
        """Answers from the cell at `row` and `column` on, both from 0; entries are added where rows run out.

        Where the first of several rows says the titles of columns, it tells which column is which, and is none itself.
        """
        columns = self._table.columns
        report = PasteReport()
        titles = [_words(cell) for cell in rows[0]] if len(rows) > 1 else []
        places = columns_by_title(titles, columns)
        if places is not None:
            report.unknown_titles = [
                title.strip()
                for title, place in zip(titles, places, strict=True)
                if place is None and title.strip()
            ]
            rows = rows[1:]
        with self._session.one_step():
            for offset, cells in enumerate(rows):
                here = places or _by_position(cells, columns, column, report)
                self._paste_row(cells, here, row + offset, report)
        return report

    def fill(self, cell: Cell, cells: Sequence[tuple[int, int]]) -> PasteReport:
        """Answers each of several cells, given as (row, column), with the same."""
        columns, report = self._table.columns, PasteReport()
        with self._session.one_step():
            for row in sorted({row for row, _column in cells}):
                chosen = [columns[at] for found, at in cells if found == row and at < len(columns)]
                self._paste_row([cell] * len(chosen), chosen, row, report)
        return report

    def repeat_stored(self, text: str, cells: Sequence[tuple[int, int]]) -> None:
        """Answers each of several cells with a text in stored form: the answer of another cell of its column."""
        columns = self._table.columns
        with self._session.one_step():
            for row, column in cells:
                path = path_below(self._paths[row], columns[column].name)
                if is_typed_in(self._session.view(path)):
                    self._session.answer(path, text, is_stored=True)

    def _paste_row(
        self, cells: Sequence[Cell], places: Sequence[EntryColumn | None], row: int, report: PasteReport
    ) -> None:
        pairs = [(cell, place) for cell, place in zip(cells, places, strict=False) if place is not None]
        entry = self._entry(row, report, is_blank=not any(_words(cell) for cell, _place in pairs))
        if entry is None:
            return
        before = report.cells
        for cell, place in pairs:
            self._paste_cell(path_below(entry, place.name), cell, report)
        report.rows += report.cells > before

    def _entry(self, row: int, report: PasteReport, *, is_blank: bool) -> AnswerPath | None:
        """The entry in a row; a new one behind the last, unless there would be nothing in it."""
        if row < len(self._paths):
            return self._paths[row]
        if is_blank:
            return None
        most = self._view.max_entries
        if not self._view.can_add or (most is not None and len(self._paths) >= most):
            report.rows_beyond += 1
            report.most = most
            return None
        if report.added >= MOST_AT_ONCE:
            report.rows_beyond += 1
            report.most, report.is_at_once = MOST_AT_ONCE, True
            return None
        report.added += 1
        self._paths.append(self._session.add_entry(self._table.path))
        return self._paths[-1]

    def _paste_cell(self, path: AnswerPath, cell: Cell, report: PasteReport) -> None:
        view = self._session.view(path)
        if not is_typed_in(view):
            report.cells_closed += bool(_words(cell))
            return
        stored = self._table.stored_text(view, cell) if isinstance(cell, CopiedCell) else None
        if stored is None:
            texts = self._table.pasted_texts(view, _words(cell))
            if len(texts) > 1:
                report.unclear_words.append(_words(cell).strip())
                return
            self._session.answer(path, texts[0])
        else:
            self._session.answer(path, stored, is_stored=True)
        report.cells += 1
        report.first = report.first or path


def _words(cell: Cell) -> str:
    return cell.words if isinstance(cell, CopiedCell) else cell


def columns_by_title(
    titles: Sequence[str], columns: Sequence[EntryColumn]
) -> tuple[EntryColumn | None, ...] | None:
    """The column of each title, None for one that the table does not have; None in all where these are no titles.

    They are where at least half of those that are not blank name a column, by its label or its code.
    """
    known = {_folded(name): column for column in columns for name in (column.question.name, column.label)}
    found = tuple(known.get(_folded(title)) for title in titles)
    said = sum(bool(title.strip()) for title in titles)
    named = len({column.name for column in found if column is not None})
    return found if named and named * 2 >= said else None


def _folded(title: str) -> str:
    return " ".join(title.split()).rstrip(" *:").casefold()


def _by_position(
    cells: Sequence[Cell], columns: Sequence[EntryColumn], first: int, report: PasteReport
) -> Sequence[EntryColumn]:
    report.cells_beyond += sum(bool(_words(cell)) for cell in cells[max(0, len(columns) - first) :])
    return columns[first:]
