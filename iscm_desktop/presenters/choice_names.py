"""By which names the choices of a question are found while somebody types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from iscm_desktop.questionnaire.name_search import NameSearch

if TYPE_CHECKING:
    from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
    from iscm_desktop.session.views import ChoiceView, QuestionView


def choice_search(questionnaire: Questionnaire, view: QuestionView) -> NameSearch:
    """The choices as they are offered now, by label, by their labels in the form's other languages, and,
    where they are States or territories, by all the names that these go by.
    """
    return NameSearch({choice.value: names_of(choice, questionnaire, view) for choice in view.choices})


def names_of(choice: ChoiceView, questionnaire: Questionnaire, view: QuestionView) -> tuple[str, ...]:
    """All names of one choice, the shown one first."""
    known = questionnaire.choice(view.question, choice.value)
    labels = [] if known is None else [_literal(text) for text in known.label.values()]
    places = _places(view.choices).get(choice.value, ()) if len(choice.value) in (2, 3) else ()
    return tuple(dict.fromkeys((choice.label, *filter(None, labels), *places)))


def search_of(names: Sequence[str]) -> NameSearch:
    """Names that stand for themselves."""
    return NameSearch({name: (name,) for name in names})


def suggested_search(lists: Sequence[str], language: str) -> tuple[NameSearch, dict[str, str]]:
    """Names of the registers that are as good as any other text: how they are found, and each by itself."""
    from iscm_desktop.questionnaire import registers
    from iscm_desktop.questionnaire.registers.territory_other_names import other_names

    labels = {name: name for name in registers.suggestions(lists, language)}
    found: dict[str, tuple[str, ...]] = {name: (name,) for name in labels}
    if "territories" in lists:
        others = other_names()
        found |= {each.name: (each.name, *others[each.code]) for each in registers.territories(language)}
    return NameSearch(found), labels


def _literal(text: Sequence[object]) -> str:
    return "".join(piece for piece in text if isinstance(piece, str))


def _places(choices: tuple[ChoiceView, ...]) -> dict[str, tuple[str, ...]]:
    """Other names by value, where most of the choices are codes of States or territories."""
    if sum(len(choice.value) == 3 and choice.value.isupper() for choice in choices) * 2 < len(choices):
        return {}
    from iscm_desktop.questionnaire.registers.territory_other_names import other_names

    return other_names()
