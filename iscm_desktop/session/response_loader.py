"""Stored answers into a fresh tree, and what a form itself brings to a new response."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, answer_path, path_below
from iscm_desktop.questionnaire.model import Kind, Repeat
from iscm_desktop.questionnaire.rules import Rules, RuleTemplate
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell, attach, new_entry
from iscm_desktop.session.rule_engine import RuleEngine
from iscm_desktop.session.views import AnswerPath

_DEEPEST = 200
"""Names of a path that are looked at: no form is nested deeper."""


class ResponseLoader:
    """Puts stored answers where they belong; what belongs nowhere is `withdrawn`."""

    def __init__(
        self,
        engine: RuleEngine,
        answers: Mapping[AnswerPath, str],
        entries: Mapping[AnswerPath, Sequence[str]],
    ) -> None:
        self._engine = engine
        self._answers = {answer_path(path): text for path, text in answers.items()}
        self._entries = {answer_path(path): tuple(ids) for path, ids in entries.items()}
        self.withdrawn: tuple[tuple[AnswerPath, str], ...] = ()

    def load(self) -> None:
        """Entries first, then answers; to be called once, before any rule has run."""
        self._add_entries(self._engine.root)
        withdrawn = []
        for path, text in self._answers.items():
            cell = self._engine.by_path.get(path) or self._parked(path)
            if isinstance(cell, ResponseCell) and not cell.template.children and cell.template.is_stored:
                cell.text = text
                cell.node.set_text(cell.effective)
            elif not (isinstance(cell, ResponseCell) or _has_template(self._engine.rules, path)):
                withdrawn.append((path, text))
        self.withdrawn = tuple(withdrawn)

    def _add_entries(self, top: ResponseCell) -> None:
        for child in top.children.values():
            if isinstance(child, RepeatSeries):
                self._fill(child)
            else:
                self._add_entries(child)

    def _fill(self, series: RepeatSeries) -> None:
        ids = self._entries.get(series.path, ())
        if _is_fixed(series):
            ids = tuple(str(number) for number in range(1, len(series.template.shape.entries) + 1))
        for entry_id in dict.fromkeys(ids):
            if not self._engine.has_room(series):
                return
            entry = new_entry(series, entry_id)
            attach(entry, len(series.entries))
            self._engine.register(entry)
            self._add_entries(entry)
        if series.template.count is not None:
            for entry_id in self._ids_in_answers(series):
                if not self._engine.has_room(series):
                    return
                series.parked[entry_id] = entry = new_entry(series, entry_id)
                self._add_entries(entry)

    def _ids_in_answers(self, series: RepeatSeries) -> Iterator[str]:
        """Entries of a counted repeat are known from their answers alone."""
        taken = set(series.ids())
        return (entry_id for entry_id in self._names_below.get(series.path, ()) if entry_id not in taken)

    @cached_property
    def _names_below(self) -> dict[AnswerPath, dict[str, None]]:
        """The next names of all stored paths, by what they lie in; gathered once, for there may be many repeats."""
        found: dict[AnswerPath, dict[str, None]] = {}
        for path in (*self._answers, *self._entries):
            names = path.split("/", _DEEPEST)
            above = WHOLE_RESPONSE
            for name in names[:_DEEPEST]:
                found.setdefault(above, {})[name] = None
                above = path_below(above, name)
        return found

    def _parked(self, path: AnswerPath) -> ResponseCell | RepeatSeries | None:
        found: ResponseCell | RepeatSeries | None = self._engine.root
        for name in path.split("/"):
            if isinstance(found, RepeatSeries):
                found = self._engine.by_path.get(path_below(found.path, name)) or found.parked.get(name)
            else:
                found = found.children.get(name) if found is not None else None
        return found


def _is_fixed(series: RepeatSeries) -> bool:
    """Whether the entries are those of the form, whatever was stored."""
    return isinstance(series.template.item, Repeat) and series.template.item.is_fixed


def _has_template(rules: Rules, path: AnswerPath) -> bool:
    """Whether the questionnaire still has a node at a path, entries aside: then its entry was removed."""
    here: RuleTemplate | None = rules.root
    names = iter(path.split("/"))
    for name in names:
        here = next((child for child in here.children if child.name == name), None) if here else None
        if here is None:
            return False
        if here.is_repeat:
            next(names, None)
    return True


def add_constants(engine: RuleEngine) -> None:
    """Values in the form that nobody types or calculates: they follow the form, not the store."""
    for cell in engine.by_path.values():
        if isinstance(cell, ResponseCell) and not cell.text and _is_constant(cell.template):
            cell.text = cell.template.shape.text
            cell.node.set_text(cell.effective)


def _is_constant(template: RuleTemplate) -> bool:
    question = template.question
    is_silent = question is None or question.kind is Kind.CALCULATED
    return bool(is_silent and template.shape.text and not template.children and template.calculate is None)
