"""The rules of a questionnaire, compiled, and which of them must run again when an answer changes.

A *template* stands for all nodes at one path without entry ids. A *rule* is one expression of one template.
Rules that change what other expressions read (relevance, calculation, number of entries, choices offered) run
at once, in the order of their rank; the others (required, read-only, constraint, labels) are looked up when
somebody looks, and are only marked as old. Leaves keeping answers and running rules to `session`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from iscm_desktop.questionnaire.expression import Expression, ExpressionError, References, compile_expression
from iscm_desktop.questionnaire.expression.budget import weight_of
from iscm_desktop.questionnaire.form_paths import FORM_ROOT, TemplatePath, path_below
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.model import (
    Bind,
    InstanceElement,
    Item,
    Question,
    Repeat,
    Translations,
)
from iscm_desktop.questionnaire.model import Output as ShownValue
from iscm_desktop.questionnaire.own_attributes import NOTHING_SAID, OwnAttributes


class Aspect(Enum):
    """What a rule decides. Those before REQUIRED change what other expressions read."""

    RELEVANT = "relevant"
    COUNT = "count"
    CHOICES = "choices"
    CALCULATE = "calculate"
    REQUIRED = "required"
    READ_ONLY = "read_only"
    CONSTRAINT = "constraint"
    LABEL = "label"

    @property
    def runs_at_once(self) -> bool:
        """Whether other rules may read what it decides, so that it cannot wait until somebody looks."""
        return self in _AT_ONCE


_AT_ONCE = frozenset({Aspect.RELEVANT, Aspect.COUNT, Aspect.CHOICES, Aspect.CALCULATE})
_CONSTANTS = {"true()": True, "false()": False, "1": True, "0": False}


class Rule:
    """One expression of one template, compiled when it first runs."""

    __slots__ = (
        "_expression", "_fault", "_namespaces", "aspect", "constant", "is_local", "keeps_value",
        "looks_into_entries", "may_read_itself", "rank", "template", "text", "uses_words", "weight",
    )  # fmt: skip

    def __init__(self, text: str, aspect: Aspect, template: RuleTemplate, namespaces: dict[str, str]) -> None:
        self.text = text
        self.aspect = aspect
        self.template = template
        self.rank = 0
        self.weight = weight_of(text)  # steps of running it once, whatever it finds
        self.constant = _CONSTANTS.get(text.replace(" ", ""))
        self.may_read_itself = any(mark in text for mark in _KEEPERS)
        self.keeps_value = False  # of a calculation: it goes by the value that its node has already
        self.is_local = template.repeat is not None and _stays_inside(text, template)
        self.uses_words = any(mark in text for mark in _WORDS)  # its value differs from language to language
        self.looks_into_entries = False  # of a repeat: it has to be asked of each entry
        self._namespaces = namespaces
        self._expression: Expression | None = None
        self._fault: ExpressionError | None = None

    @property
    def key(self) -> tuple[Aspect, str]:
        """What tells it from the other rules of its template."""
        return self.aspect, self.text

    @property
    def expression(self) -> Expression:
        """The compiled expression.

        Raises:
            ExpressionError: it cannot be read; the form's faults tell of it, and the rule is left out.
        """
        if self._expression is None:
            if self._fault is not None:
                raise self._fault
            try:
                self._expression = compile_expression(self.text, namespaces=self._namespaces)
            except ExpressionError as fault:
                self._fault = fault
                raise
        return self._expression

    def references(self) -> References:
        """What it reads, as names from the form's root; ExpressionError where it cannot be read."""
        return self.expression.references(self.template.names)

    def __repr__(self) -> str:
        return f"<{self.aspect.value} of {self.template.path}: {self.text}>"


_KEEPERS = ("once(", "coalesce(", "if(", "@")
"""Signs of a rule that reads its own node on purpose: to keep the value it has, or an attribute beside it."""

_WORDS = ("jr:choice-name", "jr:itext", "format-date")

_ABSOLUTE = re.compile(r"(?:^|[^\w.\]*)])\s*/")
_UPWARDS = re.compile(r"\.\.(?:\s*/\s*\.\.)*")
_FAR_AXES = ("[", "instance(", "indexed-repeat", "::", "pulldata", "current()")


def _stays_inside(text: str, template: RuleTemplate) -> bool:
    """Whether a rule reads nothing outside the entry that its node lies in; False if in doubt."""
    text = " ".join(text.split())  # a long row of blanks would be tried from each of its places
    if any(axis in text for axis in _FAR_AXES) or _ABSOLUTE.search(text):
        return False
    entry = template.repeat
    levels = len(template.names) - len(entry.names) if entry is not None else 0
    return all(match[0].count("..") <= levels for match in _UPWARDS.finditer(text))


class RuleTemplate:
    """All nodes at one path: what the form says about them, and what reads them."""

    __slots__ = (
        "bind", "calculate", "children", "choices", "constraint", "count", "is_repeat", "item", "labels",
        "name", "names", "parent", "path", "question", "read_only", "readers", "relevant", "repeat",
        "required", "rules", "section", "shape", "structure_readers", "structure_watchers", "watchers",
    )  # fmt: skip

    def __init__(self, shape: InstanceElement, path: TemplatePath, parent: RuleTemplate | None) -> None:
        self.shape = shape
        self.name = shape.name
        self.path = path
        self.parent = parent
        self.names: tuple[str, ...] = (shape.name,) if parent is None else (*parent.names, shape.name)
        self.is_repeat = shape.is_repeat
        self.repeat: RuleTemplate | None = (
            None if parent is None else parent if parent.is_repeat else parent.repeat
        )  # the nearest repeat around it
        self.item: Item | None = None
        self.question: Question | None = None
        self.section: TemplatePath | None = None  # path of the section that shows it
        self.bind = _NO_RULES
        self.children: tuple[RuleTemplate, ...] = ()
        self.rules: list[Rule] = []
        self.relevant: Rule | None = None
        self.calculate: Rule | None = None
        self.count: Rule | None = None
        self.choices: Rule | None = None
        self.required: Rule | None = None
        self.read_only: Rule | None = None
        self.constraint: Rule | None = None
        self.labels: dict[str, Rule] = {}  # by the text of the expression shown
        self.readers: list[Rule] = []  # rules that run at once when a value here changes
        self.watchers: list[Rule] = []  # the other rules that read a value here
        self.structure_readers: list[Rule] = []  # of a repeat: those that run when entries come, go or move
        self.structure_watchers: list[Rule] = []

    @property
    def own(self) -> OwnAttributes:
        """What the form's item here says of itself; nothing where it shows none."""
        return NOTHING_SAID if self.item is None else self.item.own

    @property
    def is_stored(self) -> bool:
        """Whether the text here is more than what the rules make of other answers.

        So are answers, and calculations that go by their own last value, such as `once(random())`.
        """
        return self.calculate is None or self.calculate.keeps_value

    @property
    def is_end(self) -> bool:
        """Whether the form keeps the time of the last change here."""
        return self.bind.preload == "timestamp end"

    def below(self) -> Iterator[RuleTemplate]:
        """This template and all inside it, outer ones first."""
        yield self
        for child in self.children:
            yield from child.below()

    def around(self) -> Iterator[RuleTemplate]:
        """This template and all around it, inner ones first."""
        here: RuleTemplate | None = self
        while here is not None:
            yield here
            here = here.parent

    def __repr__(self) -> str:
        return f"<template {self.path or self.name}>"


_NO_RULES = Bind()


class Rules:
    """All templates with their rules, ranked so that what a rule reads is up to date when it runs."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.by_path: dict[TemplatePath, RuleTemplate] = {}
        self.root = self._template(questionnaire, questionnaire.shape, FORM_ROOT, None)
        for template in self.by_path.values():
            _add_rules(template, questionnaire.namespaces)
        self._name_sections(questionnaire)
        self.all = [rule for template in self.by_path.values() for rule in template.rules]
        self.ends = tuple(template for template in self.by_path.values() if template.is_end)
        self.readers_of_all: list[Rule] = []  # of which it cannot be told what they read
        self.watchers_of_all: list[Rule] = []

    def named(self, names: tuple[str, ...]) -> RuleTemplate | None:
        """The template of this path from the topmost element, as expressions name it; None where there is none."""
        if names[:1] != self.root.names:
            return None
        return self.by_path.get(TemplatePath("/".join(names[1:])))

    def _name_sections(self, questionnaire: Questionnaire) -> None:
        for section in questionnaire.sections:
            for item in (section, *walk(section.items)):
                template = self.by_path.get(item.path)
                if template is not None:
                    template.section = section.path

    def _template(
        self,
        questionnaire: Questionnaire,
        shape: InstanceElement,
        path: TemplatePath,
        parent: RuleTemplate | None,
    ) -> RuleTemplate:
        template = RuleTemplate(shape, path, parent)
        self.by_path[path] = template
        if path in questionnaire:
            template.item = questionnaire.item(path)
            template.question = template.item if isinstance(template.item, Question) else None
        template.bind = questionnaire.bind(path) or _NO_RULES
        template.children = tuple(
            self._template(questionnaire, child, path_below(path, child.name), template)
            for child in shape.children
        )
        return template


def _add_rules(template: RuleTemplate, namespaces: dict[str, str]) -> None:
    def rule(text: str, aspect: Aspect) -> Rule | None:
        if not text:
            return None
        made = Rule(text, aspect, template, namespaces)
        template.rules.append(made)
        return made

    bind, item = template.bind, template.item
    template.relevant = rule(bind.relevant, Aspect.RELEVANT)
    template.calculate = rule(bind.calculate, Aspect.CALCULATE)
    template.required = rule(bind.required, Aspect.REQUIRED)
    template.read_only = rule(bind.read_only, Aspect.READ_ONLY)
    template.constraint = rule(bind.constraint, Aspect.CONSTRAINT)
    if isinstance(item, Repeat):
        template.count = rule(item.count, Aspect.COUNT)
    if template.question is not None and template.question.itemset is not None:
        template.choices = rule(template.question.itemset.nodeset, Aspect.CHOICES)
    for text in _shown_values(template):
        made = rule(text, Aspect.LABEL)
        if made is not None:
            template.labels[text] = made


def _shown_values(template: RuleTemplate) -> dict[str, None]:
    """The expressions that labels, hints and messages of a template show, each once."""
    item, bind = template.item, template.bind
    texts: list[Translations] = [bind.constraint_message, bind.required_message]
    if item is not None:
        texts += [item.label, item.hint]
    if isinstance(item, Question):
        texts.append(item.guidance)
    return dict.fromkeys(
        piece.expression
        for translations in texts
        for pieces in translations.values()
        for piece in pieces
        if isinstance(piece, ShownValue)
    )
