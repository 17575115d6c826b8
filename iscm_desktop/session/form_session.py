"""One response while it is filled in: every rule of the questionnaire, and nothing of windows or stores.

A wrong answer is an outcome, not an exception: it is kept, judged and counted. Each method that changes
something returns the paths of what may look different, and tells the observers the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from iscm_desktop.questionnaire import values
from iscm_desktop.questionnaire.expression import Node, NodeKind
from iscm_desktop.questionnaire.model import Group, Language, Shape
from iscm_desktop.questionnaire.questionnaire import Questionnaire
from iscm_desktop.session.beginnings import Actions, preloaded, series_below, static_defaults
from iscm_desktop.session.cells import Cell, Series, new_entry
from iscm_desktop.session.engine import Engine, whole
from iscm_desktop.session.loading import Loader, add_constants
from iscm_desktop.session.pending import Pending, is_stored
from iscm_desktop.session.steps import EntryEdit, Step, Steps, TextEdit
from iscm_desktop.session.surroundings import Surroundings, language_code
from iscm_desktop.session.verdicts import Judge
from iscm_desktop.session.viewing import Viewer, is_free_to_change
from iscm_desktop.session.views import (
    AnswerPath,
    AnswerView,
    Change,
    Finding,
    GroupView,
    QuestionView,
    RepeatView,
    SectionView,
)

Changed = frozenset[AnswerPath]

_DEEPEST = 20
"""How far one action may set off another before it counts as running in a circle."""


def _now() -> datetime:
    return datetime.now().astimezone()


def _short_id() -> str:
    return uuid.uuid4().hex[:12]


class FormSession:
    """A response being filled in.

    Args:
        language: A language of the form, by its name or its code ("fr"); the form's own if None or unknown.
        answers: Stored texts by path.
        entries: Entry ids in order, by the path of their repeat.
        is_new: Whether defaults are to be set, as changes; by default where there is no answer and no entry.
        brings_blank_entries: Whether a new response has the blank first entries that the form holds, as in ODK's
            own programs. People here add each entry themselves, so that two of them do not both begin one.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        *,
        language: str | None = None,
        answers: Mapping[AnswerPath, str] | None = None,
        entries: Mapping[AnswerPath, Sequence[str]] | None = None,
        clock: Callable[[], datetime] = _now,
        new_entry_id: Callable[[], str] = _short_id,
        is_new: bool | None = None,
        brings_blank_entries: bool = False,
    ) -> None:
        self.questionnaire = questionnaire
        self.on_changed: list[Callable[[Changed], None]] = []
        self._language = chosen_language(questionnaire, language)
        self._clock = clock
        self._new_entry_id = new_entry_id
        self._brings_blank_entries = brings_blank_entries
        self._pending = Pending()
        self._steps = Steps()
        self._step: Step | None = None
        self._is_loading = True
        self._load(answers or {}, entries or {}, is_new)

    def _load(
        self,
        answers: Mapping[AnswerPath, str],
        entries: Mapping[AnswerPath, Sequence[str]],
        is_new: bool | None,
    ) -> None:
        self._is_loading = True
        self._step = None
        document = Node(NodeKind.ROOT)
        self._surroundings = Surroundings(self.questionnaire, document, self._language, self._clock)
        self._engine = Engine(self.questionnaire, document, self._surroundings)
        self._judge = Judge(self._engine)
        self._viewer = Viewer(self._engine, self._judge)
        self._actions = Actions(self._engine)
        loader = Loader(self._engine, answers, entries)
        loader.load()
        self._withdrawn = loader.withdrawn
        add_constants(self._engine)
        begins = is_new if is_new is not None else not answers and not entries
        if begins:
            self._begin()
        self._engine.owe_everything()
        self._engine.run()
        self._set_all(self._actions.at_load(is_first=begins))
        self._run() if begins else self._engine.run()
        self._engine.fresh.clear()
        self._engine.take_changed()
        self._engine.on_pruned = self._on_pruned
        self._engine.on_calculated = self._on_calculated
        self._is_loading = False

    def _begin(self) -> None:
        self._bring_entries(self._engine.root)
        self._set_all(static_defaults(self._engine.root, self._engine.root.template.shape))
        self._set_all(preloaded(self._engine))

    def _bring_entries(self, top: Cell) -> None:
        """Entries that the form itself fills in. A blank first entry, which every form has, is not one."""
        for series, shape in series_below(top):
            is_wanted = self._brings_blank_entries or any(_differs(each, shape) for each in shape.entries)
            if series.template.count is None and is_wanted:
                for number, brought in enumerate(shape.entries, 1):
                    self._bring(series, str(number), brought)

    def _bring(self, series: Series, entry_id: str, shape: Shape) -> None:
        entry = new_entry(series, entry_id)
        self._engine.place(entry, len(series.entries))
        self._pending.placed(entry)
        self._set_all(static_defaults(entry, shape))
        self._bring_entries(entry)

    # looking

    @property
    def language(self) -> Language:
        """The language of labels and messages, as the form names it; settable by name or code."""
        return self._language

    @language.setter
    def language(self, language: str) -> None:
        self._language = self._surroundings.form_language = chosen_language(self.questionnaire, language)
        self._viewer.language_changed()
        for cell in self._engine.by_path.values():
            cell.is_judged = False
            if isinstance(cell, Cell) and cell.template.choices is not None:
                cell.offered = None  # labelled anew when somebody looks
        self._tell(frozenset(self._engine.by_path))

    def sections(self) -> tuple[SectionView, ...]:
        return tuple(map(self._viewer.section, self.questionnaire.sections))

    def section(self, path: AnswerPath) -> GroupView:
        """A section with all that is in it.

        Raises:
            KeyError: there is no such section.
        """
        for section in self.questionnaire.sections:
            if section.path == path:
                return self._group(section)
        raise KeyError(path)

    def _group(self, section: Group) -> GroupView:
        cell = self._engine.by_path.get(section.path)
        return self._viewer.group(section, cell if isinstance(cell, Cell) else None, self._engine.root)

    def view(self, path: AnswerPath) -> QuestionView:
        """One question, by its path, or by its name where that is unique outside repeats.

        Raises:
            KeyError: there is no such question.
        """
        return self._viewer.question(self._question_cell(path))

    def repeat(self, path: AnswerPath) -> RepeatView:
        return self._viewer.repeat(self._series(path))

    def findings(self) -> tuple[Finding, ...]:
        """What is still to be answered or mended, in form order."""
        return tuple(self._viewer.findings())

    def answers(self) -> tuple[AnswerView, ...]:
        """What is asked and answered, in form order; hidden answers are kept, but not among these."""
        return tuple(self._viewer.answers())

    def withdrawn(self) -> tuple[tuple[AnswerPath, str], ...]:
        """Stored answers to questions that this version of the questionnaire no longer has."""
        return self._withdrawn

    # changing

    def answer(self, path: AnswerPath, text: str) -> Changed:
        """Takes what was typed; stored form where it can be read, else as it is. Calculations are not typed.

        Raises:
            KeyError: there is no such question.
        """
        cell = self._question_cell(path)
        question = cell.template.question
        if question is None or cell.template.calculate is not None:
            return frozenset()
        stored = values.stored(question.kind, text, language_code(self._language))
        if stored == cell.text:
            return frozenset()
        with self._recording(self._steps.typing(cell.path)):
            self._set(cell, stored)
        return self._finished()

    def commit_step(self) -> None:
        """The person went on to something else: the next edit is a step of its own."""
        self._steps.close()

    def add_entry(self, repeat_path: AnswerPath, *, after: str | None = "last") -> AnswerPath:
        """Adds an entry and returns its path.

        Args:
            after: Id of the entry that it follows; None for the front, "last" for the end.

        Raises:
            KeyError: there is no such repeat or entry.
            ValueError: the form, not the person, decides about its entries.
        """
        series = self._free(self._series(repeat_path))
        entry = new_entry(series, self._fresh_id(series))
        self._engine.begin_entry(entry)
        with self._recording(self._steps.action()) as step:
            self._put(entry, _place_after(series, after), step)
            if self._brings_blank_entries:
                self._bring_entries(entry)
            self._run()
            self._set_all(self._actions.at_new_entry(entry))
        self._finished()
        return entry.path

    def remove_entry(self, entry_path: AnswerPath) -> Changed:
        """Removes an entry with all that is in it; undoing brings all of it back."""
        entry, series = self._entry(entry_path)
        with self._recording(self._steps.action()) as step:
            place = series.index(entry.entry_id)
            self._take(entry)
            step.edits.append(EntryEdit(entry, place, None))
        return self._finished()

    def move_entry(self, entry_path: AnswerPath, after: str | None) -> Changed:
        """Moves an entry behind the one named, None: to the front."""
        entry, series = self._entry(entry_path)
        if after == entry.entry_id or series.after(entry.entry_id) == after:
            return frozenset()
        with self._recording(self._steps.action()) as step:
            before = series.index(entry.entry_id)
            self._engine.take_out(entry)
            place = _place_after(series, after)
            self._engine.place(entry, place)
            self._pending.placed(entry)
            step.edits.append(EntryEdit(entry, before, place))
        return self._finished()

    def take_changes(self) -> tuple[Change, ...]:
        """What the store has to be told since this was last asked."""
        return self._pending.take()

    def replace(
        self, answers: Mapping[AnswerPath, str], entries: Mapping[AnswerPath, Sequence[str]]
    ) -> Changed:
        """Starts over from what the store holds now, after a merge; steps before it cannot be undone."""
        before = frozenset(self._engine.by_path)
        self._steps = Steps()
        self._pending = Pending()
        self._load(answers, entries, is_new=False)
        return self._tell(before | frozenset(self._engine.by_path))

    # undoing

    @property
    def can_undo(self) -> bool:
        return any(not step.is_nothing() for step in self._steps.done)

    @property
    def can_redo(self) -> bool:
        return bool(self._steps.undone)

    def undo(self) -> Changed:
        """Takes back the last step with all that followed from it; nothing where there is none."""
        self._steps.close()
        if not self._steps.done:
            return frozenset()
        step = self._steps.done.pop()
        self._steps.undone.append(step)
        return self._replay(step, backwards=True)

    def redo(self) -> Changed:
        self._steps.close()
        if not self._steps.undone:
            return frozenset()
        step = self._steps.undone.pop()
        self._steps.done.append(step)
        return self._replay(step, backwards=False)

    def _replay(self, step: Step, *, backwards: bool) -> Changed:
        """The recorded edits, and no side effects: those were recorded too."""
        self._is_loading = True
        pruned, self._engine.on_pruned = self._engine.on_pruned, None
        for edit in reversed(step.edits) if backwards else step.edits:
            if isinstance(edit, TextEdit):
                self._replay_text(edit.path, edit.before if backwards else edit.after)
            else:
                self._replay_entry(edit.entry, edit.before if backwards else edit.after)
            self._engine.run()
            self._engine.fresh.clear()
        self._engine.on_pruned = pruned
        self._is_loading = False
        return self._finished()

    def _replay_text(self, path: AnswerPath, text: str) -> None:
        cell = self._engine.by_path.get(path)
        if isinstance(cell, Cell):
            self._engine.set_text(cell, text)
            self._note(cell)

    def _replay_entry(self, entry: Cell, place: int | None) -> None:
        is_there = entry.path in self._engine.by_path
        if place is None:
            self._take(entry)
            return
        if is_there:
            self._engine.take_out(entry)
        self._engine.place(entry, place)
        if is_there:
            self._pending.placed(entry)
        else:
            self._pending.brought(entry)

    # the machinery

    @contextmanager
    def _recording(self, step: Step) -> Iterator[Step]:
        self._step = step
        try:
            yield step
            self._run()
        finally:
            self._step = None

    def _run(self) -> None:
        """Brings all up to date, and begins the entries that a count called for on the way."""
        self._engine.run()
        while self._engine.fresh:
            self._set_all(self._actions.at_new_entry(self._engine.fresh.pop(0)))
            self._engine.run()

    def _finished(self) -> Changed:
        return self._tell(self._engine.take_changed())

    def _tell(self, changed: Changed) -> Changed:
        if changed:
            for observer in tuple(self.on_changed):
                observer(changed)
        return changed

    def _set(self, cell: Cell, text: str, depth: int = 0) -> None:
        """Stores a text, notes it, and lets the form's actions follow."""
        if text == cell.text:
            return
        if self._step is not None:
            self._step.add_text(cell.path, cell.text, text)
        self._engine.set_text(cell, text)
        self._note(cell)
        if not self._is_loading and depth < _DEEPEST:
            self._follow(cell, depth)

    def _follow(self, cell: Cell, depth: int) -> None:
        effects = self._actions.after_change(cell)
        if self._actions.has_any(cell):
            self._engine.run()
        for target, text in effects:
            if target.template.calculate is None:
                self._set(target, text, depth + 1)

    def _note(self, cell: Cell) -> None:
        if is_stored(cell):
            self._pending.answered(cell.path, cell.text)

    def _set_all(self, values_set: Iterable[tuple[Cell, str]]) -> None:
        """Values that the form gives; an integer's loses its fraction, as in a calculation."""
        for cell, text in values_set:
            if cell.template.calculate is None:
                self._set(cell, whole(text) if cell.template.bind.data_type == "int" else text)

    def _on_pruned(self, cell: Cell, text: str) -> None:
        self._set(cell, text)

    def _on_calculated(self, cell: Cell) -> None:
        if self._step is not None and self._actions.has_any(cell):
            self._follow(cell, 1)

    def _put(self, entry: Cell, place: int, step: Step) -> None:
        self._engine.place(entry, place)
        self._pending.brought(entry)
        step.edits.append(EntryEdit(entry, None, place))

    def _take(self, entry: Cell) -> None:
        self._engine.take_out(entry)
        self._pending.removed(entry)

    def _question_cell(self, path: AnswerPath) -> Cell:
        cell = self._engine.by_path.get(path.strip("/")) or self._named(path)
        if not isinstance(cell, Cell) or cell.template.question is None:
            raise KeyError(path)
        return cell

    def _named(self, name: str) -> Cell | Series | None:
        """The one cell of that name outside repeats; None where there is none, or several."""
        if "/" in name:
            return None
        found = [
            template
            for template in self._engine.instances
            if template.name == name and template.repeat is None
        ]
        return next(iter(self._engine.instances[found[0]]), None) if len(found) == 1 else None

    def _series(self, path: AnswerPath) -> Series:
        series = self._engine.by_path.get(path.strip("/")) or self._named(path)
        if not isinstance(series, Series):
            raise KeyError(path)
        return series

    def _free(self, series: Series) -> Series:
        if not is_free_to_change(series):
            raise ValueError(f"the form decides how many entries '{series.path}' has")
        return series

    def _entry(self, path: AnswerPath) -> tuple[Cell, Series]:
        cell = self._engine.by_path.get(path.strip("/"))
        if not isinstance(cell, Cell) or cell.series is None:
            raise KeyError(path)
        return cell, self._free(cell.series)

    def _fresh_id(self, series: Series) -> str:
        taken = set(series.ids())
        while True:
            made = self._new_entry_id()
            if made not in taken:
                return made


def _place_after(series: Series, after: str | None) -> int:
    if after is None:
        return 0
    if after == "last":
        return len(series.entries)
    if after not in series.ids():
        raise KeyError(after)
    return series.index(after) + 1


def _differs(entry: Shape, shape: Shape) -> bool:
    """Whether an entry that the form brings says anything that a blank one does not."""
    return [child.text for child in _leaves(entry)] != [child.text for child in _leaves(shape)]


def _leaves(shape: Shape) -> Iterator[Shape]:
    for child in shape.children:
        if child.children:
            yield from _leaves(child)
        else:
            yield child


def chosen_language(questionnaire: Questionnaire, wanted: str | None) -> Language:
    """The form's language that a name or a code means; the form's own where it has no such language."""
    if wanted in questionnaire.languages:
        return str(wanted)
    fitting = (name for name in questionnaire.languages if wanted and language_code(name) == wanted.lower())
    return next(fitting, questionnaire.default_language)
