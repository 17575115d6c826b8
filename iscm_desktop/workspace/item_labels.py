"""How an item is called and how its stored value reads, without a form session."""

from __future__ import annotations

from collections.abc import Mapping

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.answer_readings import shown_answer
from iscm_desktop.questionnaire.attached_files import readable_answer
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Kind, Question, Text
from iscm_desktop.questionnaire.numbering import number_of
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.session.expression_host import chosen_language, language_code
from iscm_desktop.session.views import AnswerPath

_SEVERAL = {Kind.SELECT_MANY, Kind.RANKING}


class ItemLabels:
    """Labels of one questionnaire in one language."""

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self._questionnaire = questionnaire
        self._language = chosen_language(questionnaire, language)

    def label(self, path: AnswerPath) -> str:
        """The label of a question or repeat; the path itself where this version of the form has neither."""
        template = template_path(self._questionnaire, path)
        if template not in self._questionnaire:
            return path
        return self.text(self._questionnaire.item(template).label) or template.rpartition("/")[2]

    def number(self, path: AnswerPath) -> str:
        """What people call a question by, whatever the entry: "E20", "C03"; "" where it has no number."""
        return number_of(self._questionnaire, path, language=language_code(self._language))

    def value(self, path: AnswerPath, value: str | None) -> str:
        """A stored value for people, as the form shows it: labels for the codes of choices, dates and numbers as the
        language writes them; "" for what was cleared.
        """
        if value is None:
            return ""
        template = template_path(self._questionnaire, path)
        item = self._questionnaire.item(template) if template in self._questionnaire else None
        if isinstance(item, Question) and item.kind is Kind.ATTACHMENT:
            return readable_answer(value)
        if not isinstance(item, Question):
            return value
        if not item.choice_list:
            return shown_answer(item, value, language_code(self._language) or "en")
        parts = value.split() if item.kind in _SEVERAL else [value]
        return "; ".join(self._choice(item, part) for part in parts)

    def entry(self, value: str | None) -> str:
        """What became of a repeat entry."""
        return _("removed") if value is None else _("kept")

    def nothing(self, value: str | None) -> str:
        """What was said of a section or repeat."""
        return _("taken back: there is something to report") if value is None else _("nothing to report")

    def _choice(self, question: Question, value: str) -> str:
        choice = self._questionnaire.choice(question, value)
        return (self.text(choice.label) if choice else "") or value

    def text(self, translations: Mapping[str, Text]) -> str:
        """A label in this language, or in another one where it has none; values shown inside it are left out."""
        text = translations.get(self._language) or next(iter(translations.values()), ())
        return "".join(piece for piece in text if isinstance(piece, str))
