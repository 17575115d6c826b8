"""What the store has still to be told, in order."""

from __future__ import annotations

from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell
from iscm_desktop.session.views import (
    AnswerChanged,
    AnswerPath,
    Change,
    Declaration,
    DeclarationChanged,
    EntryPlaced,
    EntryRemoved,
)


class PendingChanges:
    """Changes since somebody last took them; of each answer the last only."""

    def __init__(self) -> None:
        self._changes: dict[object, Change] = {}

    def note_answer(self, path: AnswerPath, text: str) -> None:
        """An answer is now `text`; what was noted of it before no longer matters."""
        self._changes.pop(path, None)
        self._changes[path] = AnswerChanged(path, text)

    def note_placed(self, entry: ResponseCell) -> None:
        """An entry came or moved; one that comes brings what is in it, entries inside included."""
        if entry.series is not None:
            self._note(EntryPlaced(entry.path, entry.series.after(entry.entry_id)))

    def note_brought(self, entry: ResponseCell) -> None:
        """An entry came with all that is in it: entries inside, in order, and answers that are stored."""
        self.note_placed(entry)
        for cell in entry.below():
            if isinstance(cell, RepeatSeries) and cell.template.count is None:
                for inner in cell.entries:
                    self.note_placed(inner)
            elif isinstance(cell, ResponseCell) and cell.text and is_stored(cell):
                self.note_answer(cell.path, cell.text)

    def note_removed(self, entry: ResponseCell, *, is_undone: bool = False) -> None:
        """An entry went; its answers are not told one by one."""
        self._note(EntryRemoved(entry.path, is_undone))

    def note_declared(self, path: AnswerPath, declaration: Declaration, *, is_made: bool) -> None:
        """Something is declared of a place now, or no longer; what was noted of it before no longer matters."""
        self._changes.pop((declaration, path), None)
        self._changes[declaration, path] = DeclarationChanged(path, declaration, is_made)

    def _note(self, change: Change) -> None:
        self._changes[object()] = change

    def take_all(self) -> tuple[Change, ...]:
        """The changes in the order in which they came; afterwards there are none."""
        taken = tuple(self._changes.values())
        self._changes.clear()
        return taken


def is_stored(cell: ResponseCell) -> bool:
    """Whether the text is an answer; what follows from others and what only concerns the file are not."""
    template = cell.template
    return template.is_stored and not template.is_end and not template.path.startswith("meta/")
