"""What can be undone: one step per burst of typing or action on entries, with all that followed from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from iscm_desktop.session.response_tree import ResponseCell
from iscm_desktop.session.views import AnswerPath


@dataclass(slots=True)
class AnswerEdit:
    """An answer became another text."""

    path: AnswerPath
    before: str
    after: str


@dataclass(slots=True)
class EntryEdit:
    """An entry came (before None), went (after None) or moved; the numbers are its places in its repeat."""

    entry: ResponseCell
    before: int | None
    after: int | None


Edit = AnswerEdit | EntryEdit


@dataclass(slots=True)
class UndoStep:
    """One thing that a person did, and what the form made of it."""

    edits: list[Edit] = field(default_factory=list)

    def is_nothing(self) -> bool:
        """Whether everything in it ended where it began."""
        return all(isinstance(edit, AnswerEdit) and edit.before == edit.after for edit in self.edits)

    def add_text(self, path: AnswerPath, before: str, after: str) -> None:
        """Joins it with the last edit, where that was of the same answer."""
        last = self.edits[-1] if self.edits else None
        if isinstance(last, AnswerEdit) and last.path == path:
            last.after = after
        else:
            self.edits.append(AnswerEdit(path, before, after))


class UndoHistory:
    """Done and undone steps; the last one is open while the same answer goes on being typed."""

    def __init__(self) -> None:
        self.done: list[UndoStep] = []
        self.undone: list[UndoStep] = []
        self._open: AnswerPath | None = None

    def step_for_answer(self, path: AnswerPath) -> UndoStep:
        """The step that an edit of an answer belongs to."""
        self.undone.clear()
        if self._open != path or not self.done:
            self.done.append(UndoStep())
            self._open = path
        return self.done[-1]

    def step_for_entry(self) -> UndoStep:
        """A new step, for something that a person did to an entry; no later edit joins it."""
        self.undone.clear()
        self.close_step()
        self.done.append(UndoStep())
        return self.done[-1]

    def close_step(self) -> None:
        """Whatever comes next is a step of its own; a burst that ended where it began is none."""
        self._open = None
        if self.done and self.done[-1].is_nothing():
            self.done.pop()
