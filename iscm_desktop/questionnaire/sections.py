"""Which section an item belongs to, and what chosen sections read of the others.

Somebody who fills in some sections only must see the same questions as somebody who has all of them. So what
their rules read elsewhere has to be at hand: `reach` says what that is, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from iscm_desktop.questionnaire.dependencies import rules_of
from iscm_desktop.questionnaire.expression import ExpressionError, References, compile_expression
from iscm_desktop.questionnaire.form_paths import FORM_ROOT, AnswerPath, TemplatePath, path_below
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Repeat
from iscm_desktop.questionnaire.rules import Rules, RuleTemplate


def template_path(questionnaire: Questionnaire, path: AnswerPath) -> TemplatePath:
    """The path without entry ids; it names nothing where the questionnaire lacks the item."""
    template = FORM_ROOT
    is_entry_next = False
    for part in path.split("/"):
        if is_entry_next:
            is_entry_next = False
            continue
        template = path_below(template, part)
        is_entry_next = template in questionnaire and isinstance(questionnaire.item(template), Repeat)
    return template


def section_of(questionnaire: Questionnaire, path: AnswerPath) -> TemplatePath | None:
    """The section that an answer or entry belongs to; None for what is in none.

    What another version of the questionnaire asked belongs to the section that it names.
    """
    template = rules_of(questionnaire).by_path.get(template_path(questionnaire, path))
    if template is not None:
        return template.section
    first = path.partition("/")[0]
    return next((section.path for section in questionnaire.sections if section.path == first), None)


@dataclass(frozen=True, slots=True)
class Reach:
    """What sections read elsewhere."""

    questions: frozenset[TemplatePath]
    repeats: frozenset[TemplatePath]  # whose entries count
    everything: bool = False  # an expression among them cannot be told apart: it may read all

    def has_question(self, template: TemplatePath) -> bool:
        """Whether the sections read the answers of a question."""
        return self.everything or template in self.questions

    def has_repeat(self, template: TemplatePath) -> bool:
        """Whether the sections read how many entries a repeat has, or in which order."""
        return self.everything or template in self.repeats


def reach(questionnaire: Questionnaire, sections: Collection[TemplatePath]) -> Reach:
    """What the rules of these sections read outside of them, also by way of other rules."""
    return _Walk(questionnaire, frozenset(sections)).reach()


class _Walk:
    """Follows rules to what they read, and from there to the rules that decide about it."""

    def __init__(self, questionnaire: Questionnaire, sections: frozenset[TemplatePath]) -> None:
        self._questionnaire, self._sections = questionnaire, sections
        self._rules: Rules = rules_of(questionnaire)
        self._read: set[RuleTemplate] = set()
        self._counted: set[RuleTemplate] = set()
        self._waiting: list[RuleTemplate] = []
        self._everything = False

    def reach(self) -> Reach:
        for template in self._own():
            for rule in template.rules:
                self._follow(rule.references)
        self._follow_actions()
        while self._waiting:
            self._decide(self._waiting.pop())
        outside = [each for each in self._read if each.section not in self._sections]
        repeats = {
            around for each in (*outside, *self._counted) for around in each.around() if around.is_repeat
        }
        return Reach(
            frozenset(each.path for each in outside if each.question is not None),
            frozenset(each.path for each in repeats if each.section not in self._sections),
            self._everything,
        )

    def _own(self) -> Iterator[RuleTemplate]:
        """All templates of the sections, and what they lie in."""
        own: dict[RuleTemplate, None] = {}
        for template in self._rules.by_path.values():
            if template.section in self._sections:
                own |= dict.fromkeys(template.around())
        return iter(own)

    def _follow_actions(self) -> None:
        for action in self._questionnaire.actions:
            template = self._rules.by_path.get(action.target)
            if template is None or template.section not in self._sections or not action.value:
                continue
            self._follow(partial(self._action_reads, action.value, template))

    def _action_reads(self, text: str, template: RuleTemplate) -> References:
        expression = compile_expression(text, namespaces=self._questionnaire.namespaces)
        return expression.references(template.names)

    def _follow(self, reading: Callable[[], References]) -> None:
        try:
            reads = reading()
        except ExpressionError:
            return  # told as a fault of the form; it never gets to run
        self._note(reads)

    def _note(self, reads: References) -> None:
        self._everything = self._everything or reads.everything
        for template in self._templates(reads.paths):
            for below in template.below():
                if below not in self._read:
                    self._read.add(below)
                    self._waiting.append(below)
        for template in self._templates(reads.positions):
            if template not in self._counted:
                self._counted.add(template)
                self._waiting.append(template)

    def _templates(self, paths: Iterable[tuple[str, ...]]) -> Iterator[RuleTemplate]:
        for names in paths:
            template = self._rules.named(names)
            if template is not None:
                yield template

    def _decide(self, template: RuleTemplate) -> None:
        """What says whether a template is asked, what it comes to, and how many there are of it."""
        for around in template.around():
            for rule in (around.relevant, around.count):
                if rule is not None:
                    self._follow(rule.references)
        for rule in (template.calculate, template.choices):
            if rule is not None:
                self._follow(rule.references)
