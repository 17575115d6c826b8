"""What items say in a language that is not the session's, to be shown beside it; the session's own stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from iscm_desktop.questionnaire.form_paths import TemplatePath
from iscm_desktop.questionnaire.model import Group, Language, Question, Translations
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.session.cell_lookup import CellLookup
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell
from iscm_desktop.session.rule_engine import RuleEngine
from iscm_desktop.session.views import AnswerPath, ItemWords


class OtherWords:
    """Words are found when somebody asks: most people show one language only."""

    def __init__(self, engine: RuleEngine, lookup: CellLookup) -> None:
        self._engine, self._lookup, self._host = engine, lookup, engine.host

    def at(self, path: AnswerPath, language: Language) -> ItemWords:
        """Label, hint and choices of an item.

        Raises:
            KeyError: there is nothing of the kind at this path, or it is out of reach.
        """
        cell = self._cell(path)
        item = cell.template.item if cell is not None else self._layout_group(path)
        if item is None:
            raise KeyError(path)
        with self._speaking(language):
            return ItemWords(
                self._worded(item.label, language, cell),
                self._worded(item.hint, language, cell),
                self._choices(cell, item, language) if isinstance(item, Question) else {},
            )

    def _cell(self, path: AnswerPath) -> ResponseCell | RepeatSeries | None:
        """None for groups that only serve the layout, which have no cell."""
        try:
            return self._lookup.shown(path)
        except KeyError:
            return None

    def _layout_group(self, path: AnswerPath) -> Group | None:
        form = self._engine.questionnaire
        template: TemplatePath = template_path(form, path)
        item = form.item(template) if template in form else None
        return item if isinstance(item, Group) else None

    def _worded(
        self, texts: Translations, language: Language, cell: ResponseCell | RepeatSeries | None
    ) -> str:
        if language not in texts:
            return ""
        return self._host.worded(texts, cell.node if cell is not None else None)

    def _choices(
        self, cell: ResponseCell | RepeatSeries | None, item: Question, language: Language
    ) -> dict[str, str]:
        if item.itemset is None:
            found = self._engine.questionnaire.choice_lists.get(item.choice_list, ())
            return {choice.value: self._worded(choice.label, language, cell) for choice in found}
        if not isinstance(cell, ResponseCell):
            return {}
        before, cell.offered = cell.offered, None
        try:
            return {choice.value: choice.label for choice in self._engine.dynamic_choices.offered(cell)}
        finally:
            cell.offered = before

    @contextmanager
    def _speaking(self, language: Language) -> Iterator[None]:
        before, self._host.form_language = self._host.form_language, language
        try:
            yield
        finally:
            self._host.form_language = before
