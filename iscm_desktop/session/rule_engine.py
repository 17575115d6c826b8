"""Runs the rules of a response: what changes re-evaluates what depends on it, in order, and nothing else.

Knows cells and rules. Leaves to the session what a person did, what is undone, and what is worth recording.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import ClassVar

from iscm_desktop.questionnaire.answer_values import whole
from iscm_desktop.questionnaire.dependencies import rules_of
from iscm_desktop.questionnaire.expression import ExpressionError, Node, expression_error
from iscm_desktop.questionnaire.expression.budget import MOST_CELLS, MOST_ENTRIES
from iscm_desktop.questionnaire.expression.expression_error import TooMuch
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, TemplatePath, path_around
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.rules import Aspect, Rule, RuleTemplate
from iscm_desktop.session.declarations import Declarations
from iscm_desktop.session.dynamic_choices import DynamicChoices
from iscm_desktop.session.evaluation_queue import EvaluationQueue, Instances, same_entry
from iscm_desktop.session.expression_host import SessionHost
from iscm_desktop.session.response_tree import (
    RepeatSeries,
    ResponseCell,
    attach,
    attach_last,
    detach,
    grow,
    new_entry,
)
from iscm_desktop.session.views import AnswerPath, ChoiceView, Declaration


class RuleEngine:
    """The tree of one response, kept in agreement with the questionnaire's rules.

    Attributes:
        changed: Paths of what may look different since `take_changed`.
        old_sections: Sections whose counts may differ.
        declarations: What is said of places rather than answered there.
        removed: Entries that a person has removed since the response was opened, and that are not back.
        on_calculated: Told of each calculated value that changed, and what it was before.
        new_entries: Those that a count called for, whose actions nobody has run yet.
        on_pruned: Told of chosen values that are no longer offered: the cell and the text without them.
    """

    def __init__(self, questionnaire: Questionnaire, document: Node, host: SessionHost) -> None:
        self.questionnaire = questionnaire
        self.host = host
        self.rules = rules_of(questionnaire)
        self.root = ResponseCell(self.rules.root, None, WHOLE_RESPONSE)
        document.append(self.root.node)
        self.by_path: dict[AnswerPath, ResponseCell | RepeatSeries] = {}
        self.instances: Instances = {}
        self.changed: set[AnswerPath] = set()
        self.declarations = Declarations()
        self.removed: set[AnswerPath] = set()
        self.old_sections: set[TemplatePath | None] = set()
        self.on_calculated: Callable[[ResponseCell, str], None] = _ignore
        self.new_entries: list[ResponseCell] = []
        self.on_pruned: Callable[[ResponseCell, str], None] | None = None
        self.dynamic_choices = DynamicChoices(questionnaire, host)
        host.offered_at = self._offered_at
        host.excesses.on_changed = self._mark
        self._excesses = host.excesses
        self._watched: set[Rule] = set()  # whose nodes are all marked since the last run
        self._regrouped: dict[
            RepeatSeries, None
        ] = {}  # whose entries came, went or moved since `take_changed`
        self._sizes: dict[RuleTemplate, int] = {}
        self._made = 0  # cells of entries so far, those left out again included
        self._queue = EvaluationQueue(self.instances)
        grow(self.root)
        self.register(self.root)

    # the tree

    def register(self, top: ResponseCell | RepeatSeries) -> None:
        """Makes all below known by path and by template."""
        for cell in top.below():
            self.by_path[cell.path] = cell
            self.instances.setdefault(cell.template, {})[cell] = None

    def _forget(self, top: ResponseCell) -> None:
        for cell in top.below():
            self.by_path.pop(cell.path, None)
            self.instances.get(cell.template, {}).pop(cell, None)
            self._excesses.forget(cell)

    def place(self, entry: ResponseCell, index: int) -> None:
        """Puts an entry, new or taken out before, into its series."""
        attach(entry, index)
        if entry.series is None:
            raise ValueError(f"{entry} is no entry")
        self._enter(entry)
        self._structure_changed(entry.series)

    def _enter(self, entry: ResponseCell) -> None:
        self.register(entry)
        self._spread(entry)
        for cell in entry.below():
            self._due_all_of(cell)
            self._mark(cell)

    def take_out(self, entry: ResponseCell) -> None:
        """Takes an entry out of its series and of sight; it keeps its answers, and `place` brings it back."""
        series = entry.series
        self._leave(entry)
        if series is not None:
            self._structure_changed(series)

    def _leave(self, entry: ResponseCell) -> None:
        detach(entry)
        self.changed.update(cell.path for cell in entry.below())
        self._forget(entry)

    def _structure_changed(self, series: RepeatSeries) -> None:
        self._mark(series)
        self._regrouped[series] = None
        for entry in series.renumbered():
            self.changed.update(cell.path for cell in entry.below())  # their numbers
        for rule in series.template.structure_readers:
            self._queue.owe(rule)
        for rule in series.template.structure_watchers:
            self._watch(rule, None)
        self._all_readers()

    def declare(self, declaration: Declaration, path: AnswerPath, *, is_made: bool) -> None:
        """Something is said of a place, or no longer: how the cells there stand is judged anew."""
        self.declarations.put(declaration, path, is_made=is_made)
        self.changed.add(path)
        is_within = declaration is Declaration.NOTHING_TO_REPORT  # else it is of an entry that is not there
        top = self.by_path.get(path if is_within else path_around(path))
        if top is not None:
            for cell in top.below() if is_within else (top,):
                self._mark(cell)

    # values

    def set_text(self, cell: ResponseCell, text: str) -> None:
        """Stores a text; what depends on it is owed and runs with `run`."""
        cell.text = text
        self._mark(cell)
        seen = cell.effective
        if seen != cell.node.string_value():
            cell.node.set_text(seen)
            self._touch(cell)

    def _touch(self, cell: ResponseCell) -> None:
        """What expressions see at this cell has changed."""
        template = cell.template
        for rule in template.readers:
            self._queue.owe(rule, cell)
        for rule in template.watchers:
            self._watch(rule, cell)
        self._all_readers()

    def _all_readers(self) -> None:
        for rule in self.rules.readers_of_all:
            self._queue.owe(rule)
        for rule in self.rules.watchers_of_all:
            self._watch(rule, None)

    def _mark(self, cell: ResponseCell | RepeatSeries) -> None:
        cell.is_judged = False
        self.changed.add(cell.path)
        self.old_sections.add(cell.template.section)

    def _watch(self, rule: Rule, origin: ResponseCell | None) -> None:
        if rule in self._watched:
            return  # all its nodes are marked, and nobody has looked since
        nodes = self._nodes(rule, origin)
        if len(nodes) > 1:
            self._watched.add(rule)
        for cell in nodes:
            if rule.aspect is Aspect.READ_ONLY and cell.template.children:
                for below in cell.below():
                    self._mark(below)
            else:
                self._mark(cell)

    def _nodes(self, rule: Rule, origin: ResponseCell | None) -> Collection[ResponseCell | RepeatSeries]:
        """The nodes of a rule that a change at `origin` can concern."""
        found = same_entry(rule.template, origin) if origin is not None and rule.is_local else None
        return self.instances.get(rule.template, {}) if found is None else (found,)

    def _due_all_of(self, cell: ResponseCell | RepeatSeries) -> None:
        template = cell.template
        for rule in (template.relevant, template.count, template.choices, template.calculate):
            if rule is not None:
                self._queue.owe_one(rule, cell)

    def owe_everything(self) -> None:
        """For a new tree: every rule on every node."""
        self._queue.owe_all(self.rules.all)

    def owe_language(self) -> None:
        """After a change of language: the rules that use words."""
        for rule in self.rules.all:
            if rule.aspect.runs_at_once and rule.uses_words:
                self._queue.owe(rule)

    def _offered_at(self, path: TemplatePath, near: Node) -> tuple[ChoiceView, ...]:
        template = self.rules.by_path.get(path)
        if template is None:
            return ()
        found = same_entry(template, near.data) if isinstance(near.data, ResponseCell) else None
        if found is None:
            found = next(iter(self.instances.get(template, {})), None)
        return self.dynamic_choices.offered(found) if isinstance(found, ResponseCell) else ()

    # running

    def run(self) -> None:
        """Brings everything that is owed up to date; rules that chase each other without end are too much."""
        while (due := self._queue.next()) is not None:
            rule, cells = due
            step = self._steps[rule.aspect]
            for cell in cells:
                step(self, rule, cell)
        self._watched.clear()
        if self._queue.given_up:
            self._note_given_up()

    def _note_given_up(self) -> None:
        for rule in self._queue.given_up:
            for cell in self.instances.get(rule.template, ()):
                self._excesses.note(cell, rule.key, TooMuch(expression_error.NEVER_AT_REST))
        self._queue.given_up.clear()

    def _relevant(self, rule: Rule, cell: ResponseCell | RepeatSeries) -> None:
        if rule.constant is not None:
            now = rule.constant
        elif isinstance(cell, RepeatSeries) and rule.looks_into_entries:
            now = True  # each entry is asked for itself
        else:
            now = self.host.truth(rule, cell, otherwise=True)  # asked, rather than hidden
        if now is not cell.is_own_relevant:
            cell.is_own_relevant = now
            self._spread(cell)

    def _spread(self, cell: ResponseCell | RepeatSeries) -> None:
        """Passes relevance down: nothing is asked inside what is not asked."""
        if isinstance(cell, RepeatSeries):
            asked = cell.parent.is_asked and cell.is_own_relevant
            if asked is not cell.is_asked:
                cell.is_asked = asked
                self._mark(cell)
                for entry in cell.entries:
                    self._spread(entry)
            return
        above = cell.series if cell.series is not None else cell.parent
        asked = (above is None or above.is_asked) and cell.is_own_relevant
        if asked is cell.is_asked:
            return
        cell.is_asked = asked
        self._mark(cell)
        for child in cell.children.values():
            self._spread(child)
        if not cell.template.children:
            self._show_or_hide(cell)

    def _show_or_hide(self, cell: ResponseCell) -> None:
        seen = cell.effective
        if seen != cell.node.string_value():
            cell.node.set_text(seen)
            self._touch(cell)
        template = cell.template
        if cell.is_asked and template.choices is not None:
            self._queue.owe_one(template.choices, cell)
        if cell.is_asked and template.calculate is not None and template.calculate.keeps_value:
            self._queue.owe_one(template.calculate, cell)

    def _calculate(self, rule: Rule, cell: ResponseCell | RepeatSeries) -> None:
        if not isinstance(cell, ResponseCell) or (rule.keeps_value and not cell.is_asked):
            return
        text, before = self._calculated(rule, cell), cell.text
        if text != before:
            self.set_text(cell, text)
            self.on_calculated(cell, before)

    def _calculated(self, rule: Rule, cell: ResponseCell) -> str:
        try:
            text = self._worked_out(rule, cell)
        except TooMuch as error:
            self._excesses.note(cell, rule.key, error)
            return cell.text if rule.keeps_value else ""
        except ExpressionError:
            return ""
        if self._excesses.found:
            self._excesses.clear(cell, rule.key)
        return text

    def _worked_out(self, rule: Rule, cell: ResponseCell) -> str:
        context = self.host.context(cell.node, rule.weight)
        kind = cell.template.bind.data_type
        if kind == "string":
            text = rule.expression.as_string(context)
            return "" if text == "NaN" else text
        return _as_type(rule.expression.evaluate(context), rule.expression.as_string(context), kind)

    def _count(self, rule: Rule, series: ResponseCell | RepeatSeries) -> None:
        """Brings a counted repeat to its number of entries; those left over are parked with their answers."""
        if not isinstance(series, RepeatSeries):
            return
        wanted = self._wanted_entries(rule, series)
        surplus = series.entries[wanted:] if wanted is not None else []
        for entry in reversed(surplus):
            self._leave(entry)
            series.parked[entry.entry_id] = entry
        added = self._add_counted(series, wanted or 0)
        if surplus or added:
            self._structure_changed(series)

    def _wanted_entries(self, rule: Rule, series: RepeatSeries) -> int | None:
        """How many entries a count calls for; None where that is too much to tell: as many as there are."""
        try:
            wanted = rule.expression.as_number(self.host.context(series.node, rule.weight))
            if wanted > MOST_ENTRIES:
                self._excesses.note(
                    series, rule.key, TooMuch(expression_error.TOO_MANY_ENTRIES, limit=MOST_ENTRIES)
                )
                return MOST_ENTRIES if wanted < _SENSELESS else 0
        except TooMuch as error:
            self._excesses.note(series, rule.key, error)
            return None
        except ExpressionError:
            return 0
        if self._excesses.found:
            self._excesses.clear(series, rule.key)
        return max(0, int(wanted)) if wanted == wanted and wanted > -_SENSELESS else 0

    def _add_counted(self, series: RepeatSeries, wanted: int) -> bool:
        """Adds what is missing of counted entries, which are named by their place, so that two people's meet."""
        taken, number, added = set(series.ids()), 1, list[ResponseCell]()
        while len(series.entries) + len(added) < wanted:
            while str(number) in taken:
                number += 1
            parked = series.parked.get(str(number))
            if parked is None and not self.has_room(series):
                break
            added.append(self._next_counted(series, str(number)))
            taken.add(str(number))
        attach_last(series, added)
        for entry in added:
            self._enter(entry)
        return bool(added)

    def has_room(self, series: RepeatSeries) -> bool:
        """Whether the response may have another entry of this series; noted at the series where it may not."""
        template = series.template
        size = self._sizes.get(template)
        if size is None:
            size = self._sizes[template] = _size(template)
        self.host.meter.note(size * _STEPS_OF_A_CELL)
        if self._made + size > MOST_CELLS:
            key = (Aspect.COUNT, template.count.text if template.count is not None else template.path)
            self._excesses.note(series, key, TooMuch(expression_error.TOO_MANY_CELLS, limit=MOST_CELLS))
            return False
        self._made += size
        return True

    def _next_counted(self, series: RepeatSeries, name: str) -> ResponseCell:
        parked = series.parked.pop(name, None)
        if parked is not None:
            return parked
        entry = new_entry(series, name)
        self.begin_entry(entry)
        self.new_entries.append(entry)
        return entry

    def begin_entry(self, entry: ResponseCell) -> None:
        """Static defaults of a new entry, which is not in the tree yet."""
        for cell in entry.below():
            if isinstance(cell, ResponseCell) and cell.template.shape.text and not cell.template.children:
                cell.text = cell.template.shape.text
                cell.node.set_text(cell.effective)

    def _choices(self, rule: Rule, cell: ResponseCell | RepeatSeries) -> None:
        """What is offered has changed; it is found at once only where an answer may be lost by it."""
        if not isinstance(cell, ResponseCell):
            return
        self._mark(cell)
        before, cell.offered = cell.offered, None
        is_chosen = bool(cell.text or cell.withheld) and self.on_pruned is not None
        if not self.dynamic_choices.has_list(cell) or is_chosen:
            self.dynamic_choices.offered(cell)
        if is_chosen and cell.is_asked and self.on_pruned is not None:
            self._fit(cell, before or (), self.on_pruned)

    def _fit(
        self,
        cell: ResponseCell,
        before: tuple[ChoiceView, ...],
        on_pruned: Callable[[ResponseCell, str], None],
    ) -> None:
        """Leaves of an answer what is offered; what a filter took away comes back when it is offered again."""
        given = cell.withheld or cell.text
        left = self.dynamic_choices.without_withdrawn(cell, given, before)
        cell.withheld = given if left != given else ""
        if left != cell.text:
            on_pruned(cell, left)

    _steps: ClassVar[Mapping[Aspect, Callable[[RuleEngine, Rule, ResponseCell | RepeatSeries], None]]] = {
        Aspect.RELEVANT: _relevant,
        Aspect.CALCULATE: _calculate,
        Aspect.COUNT: _count,
        Aspect.CHOICES: _choices,
    }

    def take_changed(self) -> frozenset[AnswerPath]:
        """Paths of what may look different since the last call."""
        if self._regrouped:
            for series in self._regrouped:
                self.changed.update(entry.path for entry in series.entries)
            self._regrouped.clear()
        taken = frozenset(self.changed)
        self.changed.clear()
        return taken


_SENSELESS = 1e9
"""From here on a repeat_count means nothing at all, and there are no entries."""

_STEPS_OF_A_CELL = 8
"""What making a place for an answer costs, rules aside."""


def _size(template: RuleTemplate) -> int:
    """Cells of an entry, those in entries of repeats inside it left out."""
    return 1 + sum(1 if child.is_repeat else _size(child) for child in template.children)


def _ignore(_cell: ResponseCell, _before: str) -> None:
    pass


def _as_type(value: object, text: str, kind: str) -> str:
    """A calculated value as its bind's type stores it; what is no number is blank where one is wanted."""
    if kind in ("int", "decimal") and isinstance(value, float) and not math.isfinite(value):
        return ""
    return stored_as(text, kind)


def stored_as(text: str, kind: str) -> str:
    """A value that the form gives, as its bind's type stores it: of a moment, a date keeps the day."""
    match kind:
        case "int":
            return whole(text)
        case "date":
            return text[:10] if _DAY_OF_MOMENT.match(text) else text
        case _:
            return text


_DAY_OF_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")
