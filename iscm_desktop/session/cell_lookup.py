"""Finds the cell that a path, or a name, means."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property

from iscm_desktop.questionnaire.form_paths import (
    TemplatePath,
    answer_path,
    last_name,
    outside_repeats,
    path_around,
)
from iscm_desktop.questionnaire.name_search import folded
from iscm_desktop.questionnaire.rules import RuleTemplate
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell
from iscm_desktop.session.rule_engine import RuleEngine
from iscm_desktop.session.view_builder import is_free_to_change
from iscm_desktop.session.views import AnswerPath, Declaration


class CellLookup:
    """Looks cells up in one response; each method raises KeyError where there is nothing of the kind.

    Args:
        sections: Where it looks; None: everywhere.
    """

    def __init__(self, engine: RuleEngine, sections: Collection[TemplatePath] | None = None) -> None:
        self._engine = engine
        self._sections = sections

    def _found(self, path: AnswerPath) -> ResponseCell | RepeatSeries | None:
        cell = self._engine.by_path.get(answer_path(path))
        return cell if cell is not None and self._is_in_reach(cell.template) else None

    def anything(self, path: AnswerPath) -> ResponseCell | RepeatSeries | None:
        """What lies at a path, within reach; None where nothing does."""
        return self._found(path)

    def _is_in_reach(self, template: RuleTemplate) -> bool:
        return self._sections is None or template.section in self._sections

    def called(self, words: str, number: Callable[[AnswerPath], str]) -> AnswerPath:
        """What a person names as they see it: by path, by a name or by a number that only one thing has.

        A section and the repeat that is all of it have one number: that is the section's.

        Args:
            number: Of what lies at a path.
        """
        wanted = answer_path(words).removeprefix(f"{self._engine.questionnaire.root}/")
        paths = self._paths()
        if wanted in paths:
            return AnswerPath(wanted)
        named = [path for path in paths if last_name(path) == wanted]
        found = named or [path for path in paths if folded(number(path)) == folded(wanted)]
        if not folded(wanted) or not found or not all(path.startswith(f"{found[0]}/") for path in found[1:]):
            raise KeyError(words)
        return found[0]

    def _paths(self) -> dict[AnswerPath, None]:
        """Of all that people may name, in reach."""
        sections = self._engine.questionnaire.sections
        own = (
            section.path for section in sections if self._sections is None or section.path in self._sections
        )
        cells = (
            path for path, cell in self._engine.by_path.items() if path and self._is_in_reach(cell.template)
        )
        return dict.fromkeys((*map(outside_repeats, own), *cells))

    def question(self, path: AnswerPath) -> ResponseCell:
        """By path, or by name where that is unique outside repeats."""
        cell = self._found(path) or self._named(path)
        if not isinstance(cell, ResponseCell) or cell.template.question is None:
            raise KeyError(path)
        return cell

    def _named(self, name: str) -> ResponseCell | RepeatSeries | None:
        if "/" in name:
            return None
        fitting = (
            template
            for template in self._engine.instances
            if template.name == name and template.repeat is None and self._is_in_reach(template)
        )
        found = list(fitting)
        return next(iter(self._engine.instances[found[0]]), None) if len(found) == 1 else None

    def shown(self, path: AnswerPath) -> ResponseCell | RepeatSeries:
        """A question, group or repeat, by path."""
        cell = self._found(path)
        if cell is None:
            raise KeyError(path)
        return cell

    def series(self, path: AnswerPath) -> RepeatSeries:
        """By path, or by name where that is unique outside repeats."""
        series = self._found(path) or self._named(path)
        if not isinstance(series, RepeatSeries):
            raise KeyError(path)
        return series

    def declared_place(self, declaration: Declaration, path: AnswerPath) -> ResponseCell | RepeatSeries:
        """The section or repeat of which there may be nothing to report, or the repeat whose entry is not ours."""
        if declaration is Declaration.NOT_OURS:
            return self.series(path_around(path))
        place = self._found(path)
        if isinstance(place, RepeatSeries):
            return self.free(place)
        if place is None or place.template.path not in self._section_paths:
            raise KeyError(path)
        return place

    @cached_property
    def _section_paths(self) -> frozenset[TemplatePath]:
        return frozenset(section.path for section in self._engine.questionnaire.sections)

    def entry(self, path: AnswerPath) -> tuple[ResponseCell, RepeatSeries]:
        """An entry that people may remove or move, with its repeat."""
        cell = self._found(path)
        if not isinstance(cell, ResponseCell) or cell.series is None:
            raise KeyError(path)
        return cell, self.free(cell.series)

    def free(self, series: RepeatSeries) -> RepeatSeries:
        """The series itself.

        Raises:
            ValueError: the form, not the person, decides about its entries.
        """
        if not is_free_to_change(series):
            raise ValueError(f"the form decides how many entries '{series.path}' has")
        return series


def has_answers(place: ResponseCell | RepeatSeries, given: Mapping[AnswerPath, str]) -> bool:
    """Whether anything below is answered by a person, or says whose response it is."""
    for cell in place.below():
        if isinstance(cell, RepeatSeries):
            if cell.entries and is_free_to_change(cell):
                return True
            continue
        question = cell.template.question
        if question is None or not question.kind.is_answered:
            continue
        if question.own.names_respondent or (cell.text and given.get(cell.path) != cell.text):
            return True
    return False


def place_after(series: RepeatSeries, after: str | None) -> int:
    """The place behind the entry named; None: the front, "last": the end."""
    if after is None:
        return 0
    if after == "last":
        return len(series.entries)
    if after not in series.ids():
        raise KeyError(after)
    return series.index(after) + 1
