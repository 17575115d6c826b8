"""How an item is called and how its stored value reads, without a form session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.answer_readings import shown_answer
from iscm_desktop.questionnaire.attached_files import readable_answer
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Kind, Question, Text
from iscm_desktop.questionnaire.numbering import numbering
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.session.expression_host import chosen_language, language_code
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.workspace import known_questionnaires

_SEVERAL = {Kind.SELECT_MANY, Kind.RANKING}


class ItemLabels:
    """Labels of one questionnaire in one language."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        language: str,
        entries: Mapping[AnswerPath, Sequence[str]] | None = None,
    ) -> None:
        """`entries` are the ids of the entries that stand, in order, by the path of their repeat."""
        self._questionnaire = questionnaire
        self._entries = entries or {}
        self._language = chosen_language(questionnaire, language)

    def label(self, path: AnswerPath) -> str:
        """The label of a question or repeat; the path itself where this version of the form has neither."""
        template = template_path(self._questionnaire, path)
        if template not in self._questionnaire:
            return path
        return self.text(self._questionnaire.item(template).label) or template.rpartition("/")[2]

    def number(self, path: AnswerPath) -> str:
        """What people call a question or entry by, as the form does: "E20", "C1.3"; "" where it has no number.

        Where the entry does not stand, or nobody knows how entries are ordered, whatever the entry: "C03".
        """
        template = template_path(self._questionnaire, path)
        code = language_code(self._language)
        return numbering(self._questionnaire).number(template, self._places(path), language=code)

    def _places(self, path: AnswerPath) -> tuple[int, ...]:
        """Which entry it lies in, from 1, in each repeat around, outer ones first."""
        parts = path.split("/")
        around = ((AnswerPath("/".join(parts[:at])), parts[at]) for at in range(1, len(parts)))
        return tuple(
            self._entries[repeat].index(entry) + 1
            for repeat, entry in around
            if entry in self._entries.get(repeat, ())
        )

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


def labels_of(db: Transaction, response: SubjectId, language: str, device: str) -> ItemLabels:
    """For a response of the store, as its form is on this device."""
    used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
    return ItemLabels(
        used, language, known_questionnaires.standing_entries(db, response, used.form_id, device)
    )
