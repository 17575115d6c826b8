"""The answers of one response as a tree that rules of consistency are evaluated in.

A tree holds what is answered, readable and asked: what the questionnaire's own rules hide is not in it, nor is what
nobody has answered. Names that no rule mentions are left out, so that thousands of responses fit into memory.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from iscm_desktop.questionnaire.answer_values import seen
from iscm_desktop.questionnaire.consistency_rule import COLUMNS
from iscm_desktop.questionnaire.expression import (
    Context,
    Expression,
    ExpressionError,
    Host,
    Node,
    NodeKind,
    compile_expression,
)
from iscm_desktop.questionnaire.expression.budget import Meter, weight_of
from iscm_desktop.questionnaire.form_paths import (
    FORM_ROOT,
    WHOLE_RESPONSE,
    AnswerPath,
    TemplatePath,
    last_name,
    path_below,
)
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.model import Item, Kind, Question, Repeat
from iscm_desktop.store.objects.drafts import Draft
from iscm_desktop.store.objects.responses import FilledAnswers
from iscm_desktop.store.objects.revision import RevisionId, SubjectId
from iscm_desktop.workspace.responses.given_answers import identity

RESPONDENT = "respondent"
"""The first child of each response's root element: its respondent's code, by which expressions find it."""

_NAME = re.compile(r"[\w.\-]+")


@dataclass(frozen=True, slots=True)
class WhoseAnswers:
    """Of which response a tree is."""

    response: SubjectId
    form_id: str
    respondent: str
    name: str  # of the respondent
    round: str  # its code
    is_offered: bool = False  # the answers of an earlier round, as somebody took them in to go by


@dataclass(slots=True)
class AnswerTree:
    """One response."""

    whose: WhoseAnswers
    top: Node  # above the root element; its `data` is this tree
    by_template: dict[TemplatePath, list[Node]] = field(default_factory=dict)
    """Elements by the path of what they are about, in form order; the `data` of each is its `AnswerPath`."""
    entries: Mapping[AnswerPath, tuple[str, ...]] = field(default_factory=dict)
    stored_at: Mapping[AnswerPath, AnswerPath] = field(default_factory=dict)
    """Where the store has what another version of the questionnaire asked elsewhere."""
    heads: dict[AnswerPath, tuple[RevisionId, ...]] = field(default_factory=dict)  # by the path in the store
    conflicts: frozenset[AnswerPath] = frozenset()  # likewise
    drafts: Mapping[AnswerPath, Draft] = field(default_factory=dict)  # likewise

    @property
    def root(self) -> Node:
        """The root element."""
        return self.top.children[0]


def tree_of(node: Node) -> AnswerTree | None:
    """The response that a node belongs to; None for what the registers or an expression gave."""
    data = node.root().data
    return data if isinstance(data, AnswerTree) else None


class TreeBuilder:
    """Makes the trees of all responses to one questionnaire."""

    def __init__(self, questionnaire: Questionnaire, texts: Iterable[str], host: Host) -> None:
        """`texts` are the expressions of all rules, of whichever questionnaire."""
        self.questionnaire = questionnaire
        self._host = host
        self._meter = Meter()
        self._wanted = _wanted(questionnaire, texts)
        repeats = [item for item in walk(questionnaire.items) if isinstance(item, Repeat)]
        self._repeats = frozenset(item.path for item in repeats)
        self._counted = frozenset(item.path for item in repeats if item.count or item.is_fixed)

    def tree(self, whose: WhoseAnswers, filled: FilledAnswers) -> AnswerTree:
        """The answers of a response, by the paths of this questionnaire."""
        form = self.questionnaire
        top = Node(NodeKind.ROOT)
        root = top.append(Node(name=form.root))
        root.data = WHOLE_RESPONSE
        root.append(Node(name=RESPONDENT, text=whose.respondent))
        entries = self._entries(filled)
        top.data = made = AnswerTree(whose, top, entries=entries)
        answers = identity(form, whose.respondent, whose.name) | filled.answers
        self._meter.begin_turn()
        self._add(form.items, root, WHOLE_RESPONSE, answers, entries, made)
        self._meter.begin_turn()
        self._prune(form.items, made)
        return made

    def _add(
        self,
        items: tuple[Item, ...],
        parent: Node,
        around: AnswerPath,
        answers: Mapping[AnswerPath, str],
        entries: Mapping[AnswerPath, tuple[str, ...]],
        made: AnswerTree,
    ) -> None:
        for item in items:
            path = path_below(around, last_name(item.path))
            if isinstance(item, Question):
                text = answers.get(path, "") if item.path in self._wanted else ""
                if text and (text := seen(item.kind, text)):
                    self._element(item, parent, path, made, text)
                elif item.kind is Kind.CALCULATED and item.path in self._wanted:
                    self._element(item, parent, path, made)
            elif isinstance(item, Repeat):
                for entry in entries.get(path, ()):
                    at = path_below(path, entry)
                    self._add(item.items, self._element(item, parent, at, made), at, answers, entries, made)
            elif item.path in self._wanted:
                self._add(item.items, self._element(item, parent, path, made), path, answers, entries, made)

    def _element(self, item: Item, parent: Node, path: AnswerPath, made: AnswerTree, text: str = "") -> Node:
        node = parent.append(Node(name=last_name(item.path), text=text))
        node.data = path
        made.by_template.setdefault(item.path, []).append(node)
        return node

    def _entries(self, filled: FilledAnswers) -> Mapping[AnswerPath, tuple[str, ...]]:
        """With those of repeats that the form itself counts: nothing but their answers tells of them."""
        if not self._counted:
            return filled.entries
        found = {path: dict.fromkeys(ids) for path, ids in filled.entries.items()}
        for path in filled.answers:
            template, around, parts = FORM_ROOT, WHOLE_RESPONSE, iter(path.split("/"))
            for part in parts:
                template, around = path_below(template, part), path_below(around, part)
                if template in self._repeats and (entry := next(parts, "")):
                    if template in self._counted:
                        found.setdefault(around, {})[entry] = None
                    around = path_below(around, entry)
        return {path: tuple(ids) for path, ids in found.items()}

    def _prune(self, items: tuple[Item, ...], made: AnswerTree) -> None:
        """Takes out what is not asked, and works out calculations, in the order of the form."""
        for item in items:
            nodes = made.by_template.get(item.path)
            if not nodes:
                continue
            relevant = item.bind.relevant if isinstance(item, Question) else item.relevant
            if relevant:
                for node in [each for each in nodes if not self._is_asked(relevant, each, made)]:
                    _take_out(node, made)
            if isinstance(item, Question):
                if item.kind is Kind.CALCULATED:
                    for node in made.by_template.get(item.path, ()):
                        self._calculate(item.bind.calculate, node, made)
            else:
                self._prune(item.items, made)

    def _is_asked(self, relevant: str, node: Node, made: AnswerTree) -> bool:
        """Whether a node's rule says so; what cannot be told counts as asked, as in a form."""
        try:
            return self._expression(relevant).as_boolean(self._context(relevant, node, made))
        except ExpressionError:
            return True

    def _calculate(self, calculate: str, node: Node, made: AnswerTree) -> None:
        try:
            if calculate:
                node.set_text(self._expression(calculate).as_string(self._context(calculate, node, made)))
        except ExpressionError:
            return

    def _expression(self, text: str) -> Expression:
        return compile_expression(text, namespaces=self.questionnaire.namespaces)

    def _context(self, text: str, node: Node, made: AnswerTree) -> Context:
        self._meter.begin(weight_of(text))
        return Context(node, made.top, self._host)


def _take_out(node: Node, made: AnswerTree) -> None:
    parent = node.parent
    if parent is None:
        return
    gone = {id(each) for each in (node, *node.walk())}
    parent.remove(node)
    for template, nodes in made.by_template.items():
        if any(id(each) in gone for each in nodes):
            made.by_template[template] = [each for each in nodes if id(each) not in gone]


def _wanted(form: Questionnaire, texts: Iterable[str]) -> Collection[TemplatePath]:
    """The paths of the items that rules, or what these hang on, mention by name, with all that is around them."""
    words = {word for text in texts for word in _NAME.findall(text)}
    by_name: dict[str, list[Item]] = {}
    for item in walk(form.items):
        by_name.setdefault(last_name(item.path), []).append(item)
    found: dict[TemplatePath, None] = {}
    waiting = [item for name in words & by_name.keys() for item in by_name[name]]
    while waiting:
        item = waiting.pop()
        if item.path in found:
            continue
        found[item.path] = None
        waiting += _needed(item, form, by_name)
    return found.keys()


def _needed(item: Item, form: Questionnaire, by_name: Mapping[str, list[Item]]) -> list[Item]:
    around = item.path.rpartition("/")[0]
    needed = [form.item(TemplatePath(around))] if around else []
    rules = [item.bind.relevant, item.bind.calculate] if isinstance(item, Question) else [item.relevant]
    for rule in filter(None, rules):
        needed += [each for name in set(_NAME.findall(rule)) & by_name.keys() for each in by_name[name]]
    return needed


def texts_of_rules(questionnaires: Iterable[Questionnaire]) -> list[str]:
    """All that their rules say in expressions and names."""
    return [
        text
        for form in questionnaires
        for rule in form.consistency
        for column in COLUMNS
        if (text := getattr(rule, column))
    ]
