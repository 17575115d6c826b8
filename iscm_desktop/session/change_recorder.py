"""Changes a response, and records each change twice: as a step to undo, and as news for the store.

Between the engine, which knows no person, and the session, which knows no cells' inner life.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from types import TracebackType

from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.questionnaire.model import InstanceElement
from iscm_desktop.session.form_actions import (
    FormActions,
    differs,
    preloaded,
    series_below,
    static_defaults,
    time_text,
)
from iscm_desktop.session.pending_changes import PendingChanges, is_stored
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell, new_entry
from iscm_desktop.session.rule_engine import RuleEngine, stored_as
from iscm_desktop.session.undo_steps import AnswerEdit, DeclarationEdit, Edit, EntryEdit, UndoStep
from iscm_desktop.session.views import Declaration

_DEEPEST = 20
"""How far one action may set off another before it counts as running in a circle."""


class ChangeRecorder:
    """Makes changes in one response.

    Args:
        properties: What the form may know of the computer and its person.
        brings_blank_entries: Whether blank entries that the form holds are brought along, too.
    """

    def __init__(
        self,
        engine: RuleEngine,
        pending: PendingChanges,
        properties: Mapping[str, str],
        *,
        brings_blank_entries: bool,
    ) -> None:
        self._engine = engine
        self._pending = pending
        self._actions = FormActions(engine)
        self._properties = properties
        self._brings_blank_entries = brings_blank_entries
        self._step: UndoStep | None = None
        self._has_effects = False  # whether actions and filters may change answers now

    # a new or loaded response

    def begin(self, *, is_new: bool) -> None:
        """Runs every rule for the first time; a new response gets what the form brings."""
        if is_new:
            self._bring_entries(self._engine.root)
            self._set_all(static_defaults(self._engine.root, self._engine.root.template.shape))
            self._set_all(preloaded(self._engine, self._properties))
        self._engine.on_calculated = self._on_calculated
        self._engine.owe_everything()
        self._engine.run()
        if not is_new:
            self._engine.new_entries.clear()
        self._set_all(self._actions.at_load(is_first=is_new))
        self.run()
        self._engine.take_changed()
        self._engine.on_pruned = self.set
        self._has_effects = True

    def _bring_entries(self, top: ResponseCell) -> None:
        """Entries that the form itself fills in. A blank first entry, which every form has, is not one."""
        for series, shape in series_below(top):
            is_wanted = self._brings_blank_entries or any(differs(each, shape) for each in shape.entries)
            if series.template.count is None and is_wanted:
                for number, brought in enumerate(shape.entries, 1):
                    self._bring(series, str(number), brought)

    def _bring(self, series: RepeatSeries, entry_id: str, shape: InstanceElement) -> None:
        entry = next((each for each in series.entries if each.entry_id == entry_id), None)
        if entry is None:
            entry = new_entry(series, entry_id)
            self._engine.place(entry, len(series.entries))
        self._pending.note_placed(entry)
        self._set_all(static_defaults(entry, shape))
        self._bring_entries(entry)

    # changing

    def recording(self, step: UndoStep) -> AbstractContextManager[None]:
        """Whatever changes inside becomes part of `step`; afterwards all rules are up to date."""
        return _Recording(self, step)

    def begin_step(self, step: UndoStep) -> None:
        """Whatever changes from now on becomes part of `step`."""
        self._step = step

    def end_step(self, *, is_done: bool) -> None:
        """Nothing becomes part of the step any more; where all of it was done, rules are brought up to date before."""
        try:
            if is_done:
                self.run()
        finally:
            self._step = None
        if is_done:
            self._note_end()

    def _note_end(self) -> None:
        """The time of the last change, where the form asks for it. It follows the edits and is not stored."""
        ends = self._engine.rules.ends
        for template in ends:
            for cell in self._engine.instances.get(template, {}):
                if isinstance(cell, ResponseCell):
                    self._engine.set_text(cell, time_text(self._engine.host.now()))
        if ends:
            self._engine.run()

    def run(self) -> None:
        """Brings all up to date, and begins the entries that a count called for on the way."""
        self._engine.run()
        while self._engine.new_entries:
            self._set_all(self._actions.at_new_entry(self._engine.new_entries.pop(0)))
            self._engine.run()

    def answer(self, cell: ResponseCell, text: str) -> None:
        """What a person gives as answer; what a filter took away before is done with."""
        cell.withheld = ""
        self.set(cell, text)

    def set(self, cell: ResponseCell, text: str, depth: int = 0) -> None:
        """Stores a text and lets the form's actions follow."""
        if text == cell.text:
            return
        if self._step is not None:
            self._step.add_text(cell.path, cell.text, text)
        self._engine.set_text(cell, text)
        self._note(cell)
        if self._has_effects and depth < _DEEPEST and self._actions.has_any(cell):
            self._follow(cell, depth + 1)

    def _follow(self, cell: ResponseCell, depth: int) -> None:
        self._engine.run()
        self._set_all(self._actions.after_change(cell), depth)

    def _set_all(self, values: Iterable[tuple[ResponseCell, str]], depth: int = 0) -> None:
        """Values that the form gives, as the type of their node stores them, like those of calculations."""
        for cell, text in values:
            if cell.template.is_stored:
                self.set(cell, stored_as(text, cell.template.bind.data_type), depth)

    def _on_calculated(self, cell: ResponseCell, before: str) -> None:
        if cell.template.is_stored:
            self._note(cell)
            if self._step is not None:
                self._step.add_text(cell.path, before, cell.text)
        if self._has_effects and self._actions.has_any(cell):
            self._follow(cell, 1)

    def _note(self, cell: ResponseCell) -> None:
        if is_stored(cell):
            self._pending.note_answer(cell.path, cell.text)

    # entries

    def add(self, entry: ResponseCell, place: int) -> None:
        """Puts a new entry into its repeat, with its defaults and what else it begins with."""
        self._engine.begin_entry(entry)
        self._engine.place(entry, place)
        self._pending.note_brought(entry)
        self._remember(EntryEdit(entry, None, place))
        if self._brings_blank_entries:
            self._bring_entries(entry)
        self.run()
        self._set_all(self._actions.at_new_entry(entry))

    def remove(self, entry: ResponseCell, place: int, title: str) -> None:
        """Takes an entry out with all that is in it; `place` is where undoing puts it back, `title` names it."""
        self._take_out(entry)
        self._engine.removed.add(entry.path)
        self._remember(EntryEdit(entry, place, None, title))

    def move(self, entry: ResponseCell, before: int, after: int) -> None:
        """Moves an entry; `after` counts the places without it."""
        self._engine.take_out(entry)
        self._engine.place(entry, after)
        self._pending.note_placed(entry)
        self._remember(EntryEdit(entry, before, after))

    # declaring

    def declare(self, declaration: Declaration, path: AnswerPath, *, is_made: bool, title: str = "") -> None:
        """Says something of a place, or takes it back; `title` names an entry that is offered."""
        self._put_declaration(declaration, path, is_made=is_made)
        self._remember(DeclarationEdit(path, declaration, is_made, title))

    def take_back_nothing(self, path: AnswerPath) -> None:
        """Somebody answers at a path: around it, it is not true any longer that there is nothing to report."""
        for around in self._engine.declarations.covering(path) if self._engine.declarations.nothing else ():
            self.declare(Declaration.NOTHING_TO_REPORT, around, is_made=False)

    def _put_declaration(self, declaration: Declaration, path: AnswerPath, *, is_made: bool) -> None:
        self._engine.declare(declaration, path, is_made=is_made)
        self._pending.note_declared(path, declaration, is_made=is_made)

    def _remember(self, edit: Edit) -> None:
        if self._step is not None:
            self._step.edits.append(edit)

    def _take_out(self, entry: ResponseCell, *, is_undone: bool = False) -> None:
        self._engine.take_out(entry)
        self._pending.note_removed(entry, is_undone=is_undone)

    # undoing

    def replay(self, step: UndoStep, *, backwards: bool) -> None:
        """The recorded edits, and no side effects: those were recorded too."""
        self._has_effects, self._engine.on_pruned = False, None
        edits = step.edits[::-1] if backwards else step.edits
        for edit in (*edits, *filter(self._is_calculated, edits)):  # those last: others decide what they keep
            if isinstance(edit, AnswerEdit):
                self._replay_text(edit.path, edit.before if backwards else edit.after)
            elif isinstance(edit, DeclarationEdit):
                self._put_declaration(edit.declaration, edit.path, is_made=edit.is_made is not backwards)
            else:
                self._replay_entry(edit, edit.before if backwards else edit.after)
            self._engine.run()
            self._engine.new_entries.clear()
        self._has_effects, self._engine.on_pruned = True, self.set

    def _is_calculated(self, edit: Edit) -> bool:
        cell = self._engine.by_path.get(edit.path) if isinstance(edit, AnswerEdit) else None
        return isinstance(cell, ResponseCell) and cell.template.calculate is not None

    def _replay_text(self, path: AnswerPath, text: str) -> None:
        cell = self._engine.by_path.get(path)
        if isinstance(cell, ResponseCell):
            cell.withheld = ""
            self._engine.set_text(cell, text)
            self._note(cell)

    def _replay_entry(self, edit: EntryEdit, place: int | None) -> None:
        entry = edit.entry
        if place is None:
            is_undone = edit.before is None  # it came with this step, so no person ever removed it
            self._take_out(entry, is_undone=is_undone)
            if not is_undone:
                self._engine.removed.add(entry.path)
            return
        self._engine.removed.discard(entry.path)
        is_there = entry.path in self._engine.by_path
        if is_there:
            self._engine.take_out(entry)
        self._engine.place(entry, place)
        (self._pending.note_placed if is_there else self._pending.note_brought)(entry)


class _Recording(AbstractContextManager[None]):
    """A step while it is recorded; written out, since a generator would take a tenth of the time of an answer."""

    __slots__ = ("_recorder", "_step")

    def __init__(self, recorder: ChangeRecorder, step: UndoStep) -> None:
        self._recorder = recorder
        self._step = step

    def __enter__(self) -> None:
        self._recorder.begin_step(self._step)

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._recorder.end_step(is_done=kind is None)
