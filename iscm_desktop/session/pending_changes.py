"""What the store has still to be told, in order."""

from __future__ import annotations

from iscm_desktop.session.response_tree import Cell, RepeatCells
from iscm_desktop.session.views import AnswerChanged, AnswerPath, Change, EntryPlaced, EntryRemoved


class PendingChanges:
    """Changes since somebody last took them; of each answer the last only."""

    def __init__(self) -> None:
        self._changes: dict[object, Change] = {}

    def answered(self, path: AnswerPath, text: str) -> None:
        self._changes.pop(path, None)
        self._changes[path] = AnswerChanged(path, text)

    def placed(self, entry: Cell) -> None:
        """An entry came or moved; one that comes brings what is in it, entries inside included."""
        if entry.series is not None:
            self._note(EntryPlaced(entry.path, entry.series.after(entry.entry_id)))

    def brought(self, entry: Cell) -> None:
        self.placed(entry)
        for cell in entry.below():
            if isinstance(cell, RepeatCells) and cell.template.count is None:
                for inner in cell.entries:
                    self.placed(inner)
            elif isinstance(cell, Cell) and cell.text and is_stored(cell):
                self.answered(cell.path, cell.text)

    def removed(self, entry: Cell) -> None:
        self._note(EntryRemoved(entry.path))

    def _note(self, change: Change) -> None:
        self._changes[object()] = change

    def take(self) -> tuple[Change, ...]:
        taken = tuple(self._changes.values())
        self._changes.clear()
        return taken


def is_stored(cell: Cell) -> bool:
    """Whether the text is an answer; what follows from others and what only concerns the file are not."""
    template = cell.template
    return template.is_stored and not template.is_end and not template.path.startswith("meta/")
