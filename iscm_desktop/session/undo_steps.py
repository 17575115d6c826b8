"""What can be undone: one step per burst of typing or action on entries, with all that followed from it."""

from __future__ import annotations

from collections.abc import Callable
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
    title: str = ""  # of an entry that is not there, as it was called when it was last

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
    title: str = ""  # of an entry that is offered, as it is called

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
    deed: Deed | None = None  # what was done beside the answers; of a joint step, besides its edits
    is_joint: bool = False  # several edits of a person that are one step for them
    named: StepKind | None = None  # what a joint step is for them, where its edits do not tell

    def is_nothing(self) -> bool:
        """Whether everything in it ended where it began."""
        if self.deed is not None and not self.deed.is_nothing:
            return False
        return all(isinstance(edit, AnswerEdit) and edit.before == edit.after for edit in self.edits)

    def view(self) -> StepView:
        """For those who name it: by the edit that the person made, which comes first."""
        if self.deed is not None and not self.edits:
            return StepView(StepKind.DEED, self.deed.path, deed=self.deed)
        first = self.edits[0]
        if self.is_joint and (view := self._joint_view(first)) is not None:
            return view
        if isinstance(first, AnswerEdit):
            return StepView(StepKind.ANSWER, first.path, first.before, first.after)
        return StepView(first.kind, _path(first), title=first.title)

    def _joint_view(self, first: Edit) -> StepView | None:
        """By all that it did: entries with what is in them, else answers; None where one edit says it as well."""
        changed, entries = self._changed(), self._outermost()
        named = next(iter(entries), first)  # an entry says more than an answer beside it
        title = named.title if isinstance(named, EntryEdit) else ""
        count, whole = len(changed), len(entries)
        if self.named is not None and (entries or count > 1):
            return StepView(self.named, _path(named), title=title, count=count, entries=whole)
        kinds = {edit.kind for edit in entries}
        if len(kinds) == 1 and all(
            any(_is_in(path, edit.entry.path) for edit in entries) for path in changed
        ):
            return StepView(kinds.pop(), _path(named), title=title, count=count, entries=whole)
        return StepView(StepKind.SEVERAL, _path(first), count=count) if count > 1 else None

    def _outermost(self) -> list[EntryEdit]:
        """What became of entries, but for those that are in one of them; each once."""
        found: dict[AnswerPath, EntryEdit] = {}
        for edit in self.edits:
            if isinstance(edit, EntryEdit) and not any(_is_in(edit.entry.path, path) for path in found):
                found[edit.entry.path] = edit
        return list(found.values())

    def keep_titles(self, title_of: Callable[[ResponseCell], str]) -> None:
        """Of entries that came with it, before they go: so that doing it again can name them."""
        for edit in self.edits:
            if not isinstance(edit, EntryEdit) or edit.kind is not StepKind.ENTRY_ADDED:
                continue
            series = edit.entry.series
            if (
                series is not None and edit.entry.entry_id in series.ids()
            ):  # else it went again in the same step
                edit.title = title_of(edit.entry)

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


def _is_in(path: AnswerPath, entry: AnswerPath) -> bool:
    return path == entry or path.startswith(f"{entry}/")


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

    def begin_joint(self, named: StepKind | None = None) -> None:
        """Whatever a person does from now on is one step."""
        self.close_step()
        self._joint = UndoStep(is_joint=True, named=named)

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
        """A part of the joint step; else a step of its own, or more of the last one where the same deed goes on."""
        self.undone.clear()
        if (joint := self._joined()) is not None:
            joint.deed = deed
            return
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
