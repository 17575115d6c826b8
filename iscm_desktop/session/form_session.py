"""One response while it is filled in: every rule of the questionnaire, and nothing of windows or stores.

A wrong answer is an outcome, not an exception: it is kept, judged and counted. Each method that changes
something returns the paths of what may look different, and tells the observers the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from iscm_desktop.garbage_collection import collection_paused
from iscm_desktop.questionnaire import answer_readings
from iscm_desktop.questionnaire.expression import Node, NodeKind
from iscm_desktop.questionnaire.form_paths import TemplatePath, outside_repeats
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Group, Item, Language, Question
from iscm_desktop.questionnaire.numbering import in_letters_of
from iscm_desktop.questionnaire.sections import section_of
from iscm_desktop.session import submission_xml
from iscm_desktop.session.cell_lookup import CellLookup, has_answers, place_after
from iscm_desktop.session.change_recorder import ChangeRecorder
from iscm_desktop.session.declarations import Declarations
from iscm_desktop.session.expression_host import SessionHost, chosen_language, language_code
from iscm_desktop.session.hidden_reasons import deciding_questions
from iscm_desktop.session.other_words import OtherWords
from iscm_desktop.session.pending_changes import PendingChanges
from iscm_desktop.session.response_loader import ResponseLoader, add_constants
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell, new_entry
from iscm_desktop.session.rule_engine import RuleEngine
from iscm_desktop.session.undo_steps import UndoHistory, UndoStep
from iscm_desktop.session.verdicts import AnswerJudge
from iscm_desktop.session.view_builder import ViewBuilder
from iscm_desktop.session.views import (
    AnswerPath,
    AnswerView,
    Change,
    Declaration,
    Deed,
    EntryHead,
    Finding,
    GroupView,
    ItemWords,
    QuestionView,
    RepeatView,
    SectionView,
    StepKind,
    StepView,
)
from iscm_desktop.text_limits import storable

Changed = frozenset[AnswerPath]


def _now() -> datetime:
    return datetime.now().astimezone()


def _short_id() -> str:
    return os.urandom(6).hex()


class FormSession:
    """A response being filled in.

    Args:
        language: A language of the form, by its name or its code ("fr"); the form's own if None or unknown.
        answers: Stored texts by path.
        entries: Entry ids in order, by the path of their repeat.
        is_new: Whether defaults are to be set, as changes; by default where there is no answer and no entry.
        last_saved: The instance of the response that this person saved last, as `instance_xml` wrote it: what
            `jr://instance/last-saved` means in the form. Without one, that instance is empty.
        sections: Those that may be seen and changed; all by default. The others only serve what is calculated
            and asked in these: whatever names one of their items finds nothing.
        properties: What the form may know of the computer and its person: "deviceid", "username", "email"…
        brings_blank_entries: Whether a new response has the blank first entries that the form holds, as in
            ODK's own programs. People here add each entry themselves, so that two do not both begin one.
        declarations: What is said of places, as `take_changes` told it.
        given: Which of `answers` the program filled in by itself: nobody's, and not counted while they read so.
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
        last_saved: str | None = None,
        sections: Collection[TemplatePath] | None = None,
        properties: Mapping[str, str] | None = None,
        brings_blank_entries: bool = False,
        declarations: Collection[tuple[Declaration, AnswerPath]] = (),
        given: Mapping[AnswerPath, str] | None = None,
    ) -> None:
        self.questionnaire = questionnaire
        self._scope = None if sections is None else frozenset(sections)
        self.on_changed: list[Callable[[Changed], None]] = []
        self._untold: set[AnswerPath] | None = None  # while several actions are one step
        self._language = chosen_language(questionnaire, language)
        self._clock = clock
        self._new_entry_id = new_entry_id
        self._last_saved = last_saved
        self._properties = properties or {}
        self._brings_blank_entries = brings_blank_entries
        self.given: Mapping[AnswerPath, str] = given or {}
        self._load(answers or {}, entries or {}, declarations, is_new)

    def _load(
        self,
        answers: Mapping[AnswerPath, str],
        entries: Mapping[AnswerPath, Sequence[str]],
        declarations: Collection[tuple[Declaration, AnswerPath]],
        is_new: bool | None,
    ) -> None:
        with collection_paused():
            self._make(answers, entries, declarations, is_new)

    def _make(
        self,
        answers: Mapping[AnswerPath, str],
        entries: Mapping[AnswerPath, Sequence[str]],
        declarations: Collection[tuple[Declaration, AnswerPath]],
        is_new: bool | None,
    ) -> None:
        document = Node(NodeKind.ROOT)
        self._host = SessionHost(self.questionnaire, document, self._language, self._clock, self._last_saved)
        self._turn()
        self._engine = RuleEngine(self.questionnaire, document, self._host)
        self._engine.declarations = Declarations(declarations)
        self._viewer = ViewBuilder(self._engine, AnswerJudge(self._engine), self._scope)
        self._viewer.given = self.given
        self._lookup = CellLookup(self._engine, self._scope)
        self._other_words = OtherWords(self._engine, self._lookup)
        self._steps = UndoHistory()
        self._pending = PendingChanges()
        self._recorder = ChangeRecorder(
            self._engine,
            self._pending,
            self._properties,
            brings_blank_entries=self._brings_blank_entries,
        )
        loader = ResponseLoader(self._engine, answers, entries)
        loader.load()
        self._withdrawn = loader.withdrawn
        add_constants(self._engine)
        self._recorder.begin(is_new=not answers and not entries if is_new is None else is_new)

    # views

    @property
    def language(self) -> Language:
        """The language of labels and messages, as the form names it; settable by name or code."""
        return self._language

    @language.setter
    def language(self, language: str) -> None:
        self._turn()
        self._language = self._host.form_language = chosen_language(self.questionnaire, language)
        self._viewer.language_changed()
        for cell in self._engine.by_path.values():
            cell.is_judged = False
            if isinstance(cell, ResponseCell) and cell.template.choices is not None:
                cell.offered = None  # labelled anew when somebody looks
        self._engine.owe_language()
        self._engine.run()
        self._engine.take_changed()
        self._tell(frozenset(self._engine.by_path))

    @property
    def items(self) -> tuple[Item, ...]:
        """What may be seen and changed here: the questionnaire's items, or those of some sections."""
        return self._viewer.own_items

    def sections(self) -> tuple[SectionView, ...]:
        """Each section with its counts, in form order, those that are not asked included."""
        self._turn()
        return tuple(map(self._viewer.section, self._viewer.own_sections))

    def section(self, path: AnswerPath) -> GroupView:
        """A section with all that is in it.

        Raises:
            KeyError: there is no such section.
        """
        self._turn()
        for section in self._viewer.own_sections:
            if outside_repeats(section.path) == path:
                return self._group(section)
        raise KeyError(path)

    def _group(self, section: Group) -> GroupView:
        cell = self._engine.by_path.get(outside_repeats(section.path))
        return self._viewer.group(
            section, cell if isinstance(cell, ResponseCell) else None, self._engine.root
        )

    def view(self, path: AnswerPath) -> QuestionView:
        """One question, by its path, or by its name where that is unique outside repeats.

        Raises:
            KeyError: there is no such question.
        """
        self._host.meter.glance()
        return self._viewer.question(self._lookup.question(path))

    def repeat(self, path: AnswerPath) -> RepeatView:
        """One repeat with its entries, by its path, or by its name where that is unique outside repeats.

        Raises:
            KeyError: there is no such repeat.
        """
        self._turn()
        return self._viewer.repeat(self._lookup.series(path))

    def entry_of(self, path: AnswerPath) -> EntryHead | None:
        """The innermost entry that a question or repeat lies in, an entry in itself; None where it lies in none.

        Also None for what is not there: an entry that was removed.
        """
        self._turn()
        cell = self._lookup.anything(path)
        return self._viewer.entry_head(cell) if cell is not None else None

    def number(self, path: AnswerPath) -> str:
        """What people call a section, question, repeat or entry by: "E", "E20", "C1.3"; "" where it has no number.

        Raises:
            KeyError: there is nothing at this path.
        """
        return self._viewer.number_at(path)

    def find(self, words: str) -> AnswerPath:
        """The path of what somebody names as they see it: by path, by name ("ISC-E20") or by number ("E20", "C1.3").

        Raises:
            KeyError: nothing here is called so, or several things are.
        """
        self._turn()
        try:
            return self._lookup.called(words, self._viewer.number_at)
        except KeyError:
            return self._lookup.called(
                in_letters_of(words.upper(), self._host.language), self._viewer.number_at
            )

    def deciders(self, path: AnswerPath) -> tuple[str, ...]:
        """What decides which choices a question offers: number and label of each question that its filter reads.

        Raises:
            KeyError: there is no such question.
        """
        return self._viewer.words.deciders(self._lookup.question(path))

    def words(self, path: AnswerPath, language: Language) -> ItemWords:
        """What a question, repeat, group or section says in another language of the form, to show it beside.

        Raises:
            KeyError: there is nothing of the kind at this path.
        """
        self._turn()
        return self._other_words.at(path, chosen_language(self.questionnaire, language))

    def why_not_asked(self, path: AnswerPath) -> tuple[AnswerPath, ...]:
        """The questions whose answers keep something from being asked, in form order as far as can be told.

        () for what is asked, and where no answer of a person decides.

        Raises:
            KeyError: there is nothing at this path.
        """
        cells = deciding_questions(self._engine, self._engine.by_path[path])
        return tuple(
            cell.path for cell in cells if self._scope is None or cell.template.section in self._scope
        )

    def findings(self) -> tuple[Finding, ...]:
        """What is still to be answered or mended, in form order."""
        self._turn()
        return tuple(self._viewer.findings())

    def answers(self) -> tuple[AnswerView, ...]:
        """What is asked and answered, in form order; hidden answers are kept, but not among these."""
        self._turn()
        return tuple(self._viewer.answers())

    def instance_xml(self) -> str:
        """The response as ODK's programs write it: all that is asked, calculations included."""
        return submission_xml.write_submission(self._engine.root)

    def withdrawn(self) -> tuple[tuple[AnswerPath, str], ...]:
        """Stored answers to questions that this version of the questionnaire no longer has."""
        return self._withdrawn

    # changing

    def answer(self, path: AnswerPath, text: str, *, is_stored: bool = False) -> Changed:
        """Takes what was typed; stored form where it can be read, else as it is.

        What is no character, NUL or half of one, is shown and kept as the sign for a character that was lost.

        Calculations are not typed, but for those that keep what they find.

        Args:
            is_stored: The text is in stored form, which is the same in every language, and is taken to the letter:
                an answer of another round, of another entry, of the history, or one that the program made itself.

        Raises:
            KeyError: there is no such question.
        """
        cell = self._lookup.question(path)
        question = cell.template.question
        if question is None or not cell.template.is_stored:
            return frozenset()
        stored = storable(text) if is_stored else self._stored(question, text)
        if stored == cell.text:
            return frozenset()
        self._host.meter.begin_turn()
        with self._recorder.recording(self._steps.step_for_answer(cell.path)):
            self._recorder.answer(cell, stored)
            if stored:
                self._recorder.take_back_nothing(cell.path)
        return self._finished()

    def stored_text(self, path: AnswerPath, typed: str) -> str:
        """What would be kept of a text that somebody typed.

        Raises:
            KeyError: there is no such question.
        """
        question = self._lookup.question(path).template.question
        return typed if question is None else self._stored(question, typed)

    def _stored(self, question: Question, typed: str) -> str:
        language, today = language_code(self._language), self._clock().date()
        return answer_readings.stored_answer(question, storable(typed), language, today)

    def commit_step(self) -> None:
        """The person went on to something else: the next edit is a step of its own."""
        self._steps.close_step()

    def add_entry(
        self, repeat_path: AnswerPath, *, after: str | None = "last", entry_id: str | None = None
    ) -> AnswerPath:
        """Adds an entry and returns its path.

        Args:
            after: Id of the entry that it follows; None for the front, "last" for the end.
            entry_id: The id of an entry that was there before, in an earlier round; by default a new one.

        Raises:
            KeyError: there is no such repeat or entry.
            ValueError: the form, not the person, decides about its entries.
        """
        series = self._lookup.free(self._lookup.series(repeat_path))
        place = place_after(series, after)
        if entry_id in series.ids():
            raise ValueError(entry_id)
        entry = new_entry(series, entry_id or self._fresh_id(series))
        self._turn()
        with self._recorder.recording(self._steps.step_for_entry()):
            self._recorder.add(entry, place)
            self._recorder.take_back_nothing(entry.path)
        self._finished()
        return entry.path

    def remove_entry(self, entry_path: AnswerPath) -> Changed:
        """Removes an entry with all that is in it; undoing brings all of it back."""
        entry, series = self._lookup.entry(entry_path)
        self._turn()
        title = self._viewer.entry_title(entry)
        with self._recorder.recording(self._steps.step_for_entry()):
            self._recorder.remove(entry, series.index(entry.entry_id), title)
        return self._finished()

    def move_entry(self, entry_path: AnswerPath, after: str | None) -> Changed:
        """Moves an entry behind the one named, None: to the front.

        Raises:
            KeyError: there is no such entry, or none that it could follow.
        """
        entry, series = self._lookup.entry(entry_path)
        if after == entry.entry_id or series.after(entry.entry_id) == after:
            return frozenset()
        before, place = series.index(entry.entry_id), place_after(series, after)
        self._turn()
        with self._recorder.recording(self._steps.step_for_entry()):
            self._recorder.move(entry, before, place - (before < place))
        return self._finished()

    @contextmanager
    def one_step(self, named: StepKind | None = None, *, goes_on: bool = False) -> Iterator[None]:
        """All that is changed inside is one step to undo, announced once, when it is done.

        For what a person does with one press and the program in many actions, such as taking over all that is
        offered. An exception passes through, and what was changed before it stays changed.

        Args:
            named: What it is to the person, where the changes do not tell; of a step inside another, that one says it.
            goes_on: The person is still typing the answer that was changed last: more of it belongs to the step.
        """
        if self._untold is not None:  # inside of another
            yield
            return
        self._untold = set()
        self._steps.begin_joint(named)
        try:
            yield
        finally:
            untold, self._untold = self._untold, None
            self._steps.end_joint(goes_on=goes_on)
            self._tell(frozenset(untold))

    def remember(self, deed: Deed) -> None:
        """Something beside the answers was done: undoing takes it back in its turn, in one order with them.

        Inside `one_step` it belongs to that step: it is done again before the answers, and taken back after them.
        """
        self._steps.add_deed(deed)

    def declare(
        self, declaration: Declaration, path: AnswerPath, *, is_made: bool = True, title: str = ""
    ) -> Changed:
        """Says something of a section, a repeat or an offered entry without answering there, or takes it back.

        Args:
            title: How an offered entry is called, for which there is no view: so undoing can name it.

        Raises:
            KeyError: there is no such place.
            ValueError: something is answered below, so that it is not true that there is nothing to report; or the
                form, not the person, decides about the entries of the repeat.
        """
        place = self._lookup.declared_place(declaration, path)
        if self._engine.declarations.holds(declaration, path) is is_made:
            return frozenset()
        is_nothing = is_made and declaration is Declaration.NOTHING_TO_REPORT
        if is_nothing and not self._can_have_nothing(place):
            raise ValueError(path)
        self._turn()
        with self._recorder.recording(self._steps.step_for_entry()):
            self._recorder.declare(declaration, path, is_made=is_made, title=title)
        return self._finished()

    def declared(self, declaration: Declaration) -> frozenset[AnswerPath]:
        """The places of which it was declared."""
        return self._engine.declarations.of(declaration)

    def can_declare_nothing(self, path: AnswerPath) -> bool:
        """Whether a section or repeat may be said to have nothing to report: nobody has answered anything there.

        Not where the response says whose it is. What the program filled in by itself is nobody's answer.
        """
        try:
            return self._can_have_nothing(self._lookup.declared_place(Declaration.NOTHING_TO_REPORT, path))
        except (KeyError, ValueError):  # no such place, or the form decides how many entries there are
            return False

    def _can_have_nothing(self, place: ResponseCell | RepeatSeries) -> bool:
        is_said = bool(self._engine.declarations.covering(place.path))
        return place.is_asked and not is_said and not has_answers(place, self.given)

    def take_changes(self) -> tuple[Change, ...]:
        """What the store has to be told since this was last asked."""
        taken = self._pending.take_all()
        if self._scope is None:
            return taken
        form = self.questionnaire  # what an action of the form sets in other sections is theirs to find out
        return tuple(change for change in taken if section_of(form, change.path) in self._scope)

    def replace(
        self,
        answers: Mapping[AnswerPath, str],
        entries: Mapping[AnswerPath, Sequence[str]],
        declarations: Collection[tuple[Declaration, AnswerPath]] = (),
    ) -> Changed:
        """Starts over from what the store holds now, after a merge; steps before it cannot be undone."""
        before = frozenset(self._engine.by_path)
        self._load(answers, entries, declarations, is_new=False)
        return self._tell(before | frozenset(self._engine.by_path))

    # undoing

    @property
    def can_undo(self) -> bool:
        """Whether `undo` would change anything."""
        return self._steps.next_undo() is not None

    @property
    def can_redo(self) -> bool:
        """Whether a step was undone and nothing has changed since."""
        return bool(self._steps.undone)

    @property
    def next_undo(self) -> StepView | None:
        """What `undo` would take back; None where nothing."""
        step = self._steps.next_undo()
        return step.view() if step is not None else None

    @property
    def next_redo(self) -> StepView | None:
        """What `redo` would do again; None where nothing."""
        return self._steps.undone[-1].view() if self._steps.undone else None

    def undo(self) -> Changed:
        """Takes back the last step with all that followed from it; nothing where there is none."""
        self._steps.close_step()
        if not self._steps.done:
            return frozenset()
        step = self._steps.done.pop()
        step.keep_titles(self._viewer.entry_title)
        self._steps.undone.append(step)
        return self._replay(step, backwards=True)

    def redo(self) -> Changed:
        """Does again what was undone last; nothing where there is none."""
        self._steps.close_step()
        if not self._steps.undone:
            return frozenset()
        step = self._steps.undone.pop()
        self._steps.done.append(step)
        return self._replay(step, backwards=False)

    def _replay(self, step: UndoStep, *, backwards: bool) -> Changed:
        if step.deed is not None and not backwards:
            step.deed.do_again()
        self._turn()
        self._recorder.replay(step, backwards=backwards)
        changed = self._finished()
        if step.deed is not None and backwards:
            step.deed.take_back()
        return changed

    @property
    def has_excesses(self) -> bool:
        """Whether a rule, of those that have run since the response was opened, is too much; findings tell which."""
        return bool(self._host.excesses.found)

    # the machinery

    def _turn(self) -> None:
        """Somebody asks for something new, for which there are as many steps as for anything else."""
        self._host.meter.begin_turn()

    def _finished(self) -> Changed:
        return self._tell(self._engine.take_changed())

    def _tell(self, changed: Changed) -> Changed:
        if self._untold is not None:
            self._untold |= changed
        elif changed:
            for observer in tuple(self.on_changed):
                observer(changed)
        return changed

    def _fresh_id(self, series: RepeatSeries) -> str:
        taken = set(series.ids())
        while True:
            made = self._new_entry_id()
            if made not in taken:
                return made
