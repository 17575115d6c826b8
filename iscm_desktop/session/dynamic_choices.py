"""Choices that an expression finds: filtered lists, entries of a repeat, files, random order."""

from __future__ import annotations

from iscm_desktop.questionnaire.expression import ExpressionError, Node, NodeKind
from iscm_desktop.questionnaire.expression.expression_error import TooMuch
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Choice
from iscm_desktop.session.expression_host import SessionHost
from iscm_desktop.session.label_media import label_media
from iscm_desktop.session.response_tree import ResponseCell
from iscm_desktop.session.views import ChoiceView


class DynamicChoices:
    """Finds what a question offers now, when somebody looks or an answer could be no longer offered."""

    def __init__(self, questionnaire: Questionnaire, host: SessionHost) -> None:
        self._questionnaire = questionnaire
        self._host = host

    def offered(self, cell: ResponseCell) -> tuple[ChoiceView, ...]:
        """The choices of a question with an itemset, in the language of the session; found once."""
        if cell.offered is None:
            cell.offered = self._found(cell)
        return cell.offered

    def _found(self, cell: ResponseCell) -> tuple[ChoiceView, ...]:
        question, rule = cell.template.question, cell.template.choices
        if question is None or question.itemset is None or rule is None:
            return ()
        try:
            nodes = rule.expression.as_nodes(self._host.context(cell.node, rule.weight))
            value, label = question.itemset.value, question.itemset.label
            made = (self._choice(node, value, label, cell) for node in nodes)
            found = tuple(choice for choice in made if choice is not None)
        except TooMuch as error:
            self._host.excesses.note(cell, rule.key, error)
            return ()
        except ExpressionError:
            return ()
        if self._host.excesses.found:
            self._host.excesses.clear(cell, rule.key)
        return found

    def _choice(self, node: Node, value: str, label: str, cell: ResponseCell) -> ChoiceView | None:
        if isinstance(node.data, Choice):
            known = node.data
            label_ = self._host.worded(known.label, cell.node) or known.value
            return ChoiceView(known.value, label_, label_media(known.media, self._host, cell.node))
        if node.kind is not NodeKind.ELEMENT:
            return None
        context = self._host.context(node)
        stored = self._host.expression(value).as_string(context).strip()
        if not stored:
            return None
        return ChoiceView(stored, self._host.expression(label).as_string(context) or stored)

    def has_list(self, cell: ResponseCell) -> bool:
        """Whether the values that could be offered are known without looking at other answers."""
        return cell.template.question is not None and bool(cell.template.question.choice_list)

    def without_withdrawn(self, cell: ResponseCell, given: str, before: tuple[ChoiceView, ...]) -> str:
        """An answer without values that were offered and are no longer; values never offered are kept.

        Args:
            given: The answer as it was chosen, before any filter took from it.
            before: What was offered until now, as far as anybody knows.
        """
        question = cell.template.question
        if question is None:
            return given
        chosen = given.split()
        now = {choice.value for choice in self.offered(cell)}
        once = {choice.value for choice in before} | (set(chosen) - set(cell.text.split()))
        kept = [
            value
            for value in chosen
            if value in now or not (value in once or self._questionnaire.choice(question, value) is not None)
        ]
        return given if len(kept) == len(chosen) else " ".join(kept)
