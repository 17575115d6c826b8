"""What can be undone: one step per burst of typing or action on entries, with all that followed from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from iscm_desktop.session.response_tree import ResponseCell
from iscm_desktop.session.views import AnswerPath, Declaration, Deed, StepKind, StepView


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
    title: str = ""  # of an entry that went, as it was called then

    @property
    def kind(self) -> StepKind:
        """What became of the entry."""
        if self.before is None:
            return StepKind.ENTRY_ADDED
        return StepKind.ENTRY_REMOVED if self.after is None else StepKind.ENTRY_MOVED


@dataclass(slots=True)
class DeclarationEdit:
    """Something was declared of a place, or taken back."""

    path: AnswerPath
    declaration: Declaration
    is_made: bool

    @property
    def kind(self) -> StepKind:
        """What was said."""
        if self.declaration is Declaration.NOT_OURS:
            return StepKind.DECLINED if self.is_made else StepKind.OFFERED_AGAIN
        return StepKind.SAID_NOTHING if self.is_made else StepKind.TOOK_NOTHING_BACK


Edit = AnswerEdit | EntryEdit | DeclarationEdit


@dataclass(slots=True)
class UndoStep:
    """One thing that a person did, and what the form made of it."""

    edits: list[Edit] = field(default_factory=list)
    deed: Deed | None = None  # what was done beside the answers; such a step has no edits
    is_joint: bool = False  # several edits of a person that are one step for them

    def is_nothing(self) -> bool:
        """Whether everything in it ended where it began."""
        if self.deed is not None:
            return self.deed.is_nothing
        return all(isinstance(edit, AnswerEdit) and edit.before == edit.after for edit in self.edits)

    def view(self) -> StepView:
        """For those who name it: by the edit that the person made, which comes first."""
        if self.deed is not None:
            return StepView(StepKind.DEED, self.deed.path, deed=self.deed)
        first = self.edits[0]
        if self.is_joint and len(changed := self._changed()) > 1:
            return StepView(StepKind.SEVERAL, _path(first), count=len(changed))
        if isinstance(first, AnswerEdit):
            return StepView(StepKind.ANSWER, first.path, first.before, first.after)
        title = first.title if isinstance(first, EntryEdit) else ""
        return StepView(first.kind, _path(first), title=title)

    def _changed(self) -> set[AnswerPath]:
        """The answers that became others."""
        ends: dict[AnswerPath, tuple[str, str]] = {}
        for edit in self.edits:
            if isinstance(edit, AnswerEdit):
                ends[edit.path] = (ends.get(edit.path, (edit.before, ""))[0], edit.after)
        return {path for path, (before, after) in ends.items() if before != after}

    def add_text(self, path: AnswerPath, before: str, after: str) -> None:
        """Joins it with the last edit, where that was of the same answer."""
        last = self.edits[-1] if self.edits else None
        if isinstance(last, AnswerEdit) and last.path == path:
            last.after = after
        else:
            self.edits.append(AnswerEdit(path, before, after))


def _path(edit: Edit) -> AnswerPath:
    return edit.entry.path if isinstance(edit, EntryEdit) else edit.path


class UndoHistory:
    """Done and undone steps; the last one is open while the same answer goes on being typed."""

    def __init__(self) -> None:
        self.done: list[UndoStep] = []
        self.undone: list[UndoStep] = []
        self._open: AnswerPath | None = None
        self._joint: UndoStep | None = None
        self._goes_on = False  # whether the last deed may go on

    def next_undo(self) -> UndoStep | None:
        """The step that is taken back next; None where nothing would change."""
        return next((step for step in reversed(self.done) if not step.is_nothing()), None)

    def begin_joint(self) -> None:
        """Whatever a person does from now on is one step."""
        self.close_step()
        self._joint = UndoStep(is_joint=True)

    def end_joint(self, *, goes_on: bool = False) -> None:
        """That step is complete, but for the answer changed last where that goes on being typed."""
        joint, self._joint = self._joint, None
        self.close_step()
        last = joint.edits[-1] if joint is not None and joint.edits else None
        if goes_on and isinstance(last, AnswerEdit):
            self._open = last.path

    def _joined(self) -> UndoStep | None:
        if self._joint is not None and (not self.done or self.done[-1] is not self._joint):
            self.done.append(self._joint)
        return self._joint

    def add_deed(self, deed: Deed) -> None:
        """A step of its own, or more of the last one where that was the same deed going on."""
        self.undone.clear()
        last = self.done[-1].deed if self.done else None
        if self._goes_on and last is not None and last.goes_on_with(deed):
            self.done[-1].deed = last.joined_with(deed)
            return
        self.close_step()
        self.done.append(UndoStep(deed=deed))
        self._goes_on = True

    def step_for_answer(self, path: AnswerPath) -> UndoStep:
        """The step that an edit of an answer belongs to."""
        self.undone.clear()
        if (joint := self._joined()) is not None:
            return joint
        if self._open != path or not self.done:
            self.done.append(UndoStep())
            self._open = path
        return self.done[-1]

    def step_for_entry(self) -> UndoStep:
        """A new step, for something that a person did to an entry; no later edit joins it."""
        self.undone.clear()
        if (joint := self._joined()) is not None:
            return joint
        self.close_step()
        self.done.append(UndoStep())
        return self.done[-1]

    def close_step(self) -> None:
        """Whatever comes next is a step of its own; a burst that ended where it began is none."""
        self._open, self._goes_on = None, False
        if self.done and self.done[-1].is_nothing():
            self.done.pop()
