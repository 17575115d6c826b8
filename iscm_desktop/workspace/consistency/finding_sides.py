"""Puts contradictions into words: whose answer, which question, what it says, who said it and when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from iscm_desktop.exchange.package.public_edition import is_withheld
from iscm_desktop.i18n import current_language
from iscm_desktop.questionnaire.consistency_rule import in_language
from iscm_desktop.questionnaire.expression import Node
from iscm_desktop.questionnaire.form_paths import AnswerPath, TemplatePath, last_name, outside_repeats
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Choice, Question, Repeat
from iscm_desktop.questionnaire.numbering import numbering
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.store import times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.restrictions import restricted, subjects_with_marks
from iscm_desktop.store.objects.revision import RevisionId, SubjectId
from iscm_desktop.store.objects.round_contents import SaidWhen, said_in
from iscm_desktop.workspace.consistency.answer_tree import AnswerTree, tree_of
from iscm_desktop.workspace.consistency.findings import Finding, FindingSide, SideSource
from iscm_desktop.workspace.consistency.rule_application import Contradiction
from iscm_desktop.workspace.item_labels import ItemLabels

MOST_SIDES = 100
"""Of one finding that are told one by one."""

_encode = msgspec.json.Encoder().encode


@dataclass(slots=True)
class SideWriter:
    """Writes the findings of one round."""

    questionnaires: Mapping[str, Questionnaire]
    round: str  # its code
    device: str
    _labels: dict[tuple[SubjectId, str], ItemLabels] = field(default_factory=dict)

    def findings(self, db: Transaction, found: Sequence[Contradiction]) -> list[Finding]:
        """All of them; who said what is read in a few statements."""
        drawn = [self._finding(one) for one in found]
        trees: dict[SubjectId, AnswerTree] = {}
        for one in found:
            for node in (one.node, *one.others):
                if (tree := tree_of(node)) is not None and not tree.whose.is_offered:
                    trees[tree.whose.response] = tree
        facts = _Facts.read(db, trees, drawn, self.device)
        return [
            replace(
                each,
                side=self._with_facts(each.side, facts, trees),
                others=tuple(self._with_facts(side, facts, trees) for side in each.others),
            )
            for each in drawn
        ]

    def _finding(self, one: Contradiction) -> Finding:
        said, tree = one.rule.rule, one.tree
        side = self._side(one.node, one)
        others = [self._side(node, one) for node in one.others[:MOST_SIDES]]
        others += [self._missing(each, one.lacks) for each in one.lacking[:MOST_SIDES]]
        texts = [node.string_value() for node in one.others]
        places = sorted(_place(node) for node in one.others) + sorted(
            each.whose.response for each in one.lacking
        )
        identity = (tree.whose.form_id, said.name, tree.whose.response, _place(one.node), places)
        return Finding(
            hashlib.sha256(_encode(identity)).hexdigest()[:32],
            said.name,
            tree.whose.form_id,
            said.worded(current_language()),
            side,
            tuple(others),
            max(0, len(one.others) + len(one.lacking) - len(others)),
            hashlib.sha256(_encode((side.text, sorted(texts)))).hexdigest(),
        )

    def _side(self, node: Node, one: Contradiction) -> FindingSide:
        tree = tree_of(node)
        text = node.string_value()
        if tree is None or not isinstance(node.data, str):
            label = in_language(one.rule.rule.other_label, current_language())
            return FindingSide(SideSource.REGISTER, label, self._register_words(node, text, one), text)
        path = AnswerPath(node.data)
        labels = self._labels_of(tree)
        source = SideSource.ANSWER if tree.whose.round == self.round else SideSource.LAST_ROUND
        entry = self._entry_title(node, tree, labels)
        is_question = isinstance(self._item(tree, path), Question)
        return FindingSide(
            source,
            labels.label(path),
            labels.value(path, text) if is_question else entry,
            text if is_question else "",
            tree.whose.response,
            tree.whose.form_id,
            tree.whose.respondent,
            tree.whose.name,
            tree.whose.round,
            path,
            labels.number(path),
            entry if is_question else "",
            is_offered=tree.whose.is_offered,
        )

    def _missing(self, tree: AnswerTree, template: TemplatePath) -> FindingSide:
        form, labels = self.questionnaires[tree.whose.form_id], self._labels_of(tree)
        item = form.item(template)
        return FindingSide(
            SideSource.NO_ANSWER, labels.text(item.label) or last_name(template), "", "", tree.whose.response,
            tree.whose.form_id, tree.whose.respondent, tree.whose.name, tree.whose.round,
            outside_repeats(template), numbering(form).number(template, (), language=current_language()),
        )  # fmt: skip

    def _item(self, tree: AnswerTree, path: AnswerPath) -> object:
        form = self.questionnaires[tree.whose.form_id]
        template = template_path(form, path)
        return form.item(template) if template in form else None

    def _labels_of(self, tree: AnswerTree) -> ItemLabels:
        whose = (tree.whose.response, tree.whose.round)
        found = self._labels.get(whose)
        if found is None:
            form = self.questionnaires[tree.whose.form_id]
            found = ItemLabels(form, current_language(), tree.entries)
            self._labels[whose] = found
        return found

    def _entry_title(self, node: Node, tree: AnswerTree, labels: ItemLabels) -> str:
        """The first answer in the innermost entry around a node, or in the entry that it is."""
        above: Node | None = node
        while above is not None and isinstance(above.data, str):
            if isinstance(self._item(tree, AnswerPath(above.data)), Repeat):
                first = next((each for each in above.children if isinstance(each.data, str)), None)
                if first is None or first is node:
                    return ""
                path = AnswerPath(str(first.data))
                return labels.value(path, first.string_value())
            above = above.parent
        return ""

    def _register_words(self, node: Node, text: str, one: Contradiction) -> str:
        """A choice's label where the register's list has it, or the question that is compared offers it."""
        row = node.parent.data if node.parent is not None else None
        if isinstance(row, Choice) and row.value == text:
            return self._labels_of(one.tree).text(row.label) or text
        path = one.node.data
        is_question = isinstance(one.rule.item, Question) and isinstance(path, str)
        return self._labels_of(one.tree).value(AnswerPath(str(path)), text) if is_question else text

    def _with_facts(
        self, side: FindingSide, facts: _Facts, trees: Mapping[SubjectId, AnswerTree]
    ) -> FindingSide:
        if side.response is None or side.source is SideSource.NO_ANSWER:
            return side
        if side.is_offered:
            silent = facts.withheld.get(side.response, frozenset())
            return replace(side, is_withheld=is_withheld(side.path, silent))
        tree = trees[side.response]
        at = tree.stored_at.get(side.path, side.path)
        hidden = is_withheld(at, facts.withheld.get(side.response, frozenset()))
        if (draft := tree.drafts.get(at)) is not None:
            return replace(side, by=draft.author, at=draft.made_at, is_being_typed=True, is_withheld=hidden)
        heads = [
            facts.said[side.response, id_]
            for id_ in tree.heads.get(at, ())
            if (side.response, id_) in facts.said
        ]
        if not heads:
            return replace(side, is_withheld=hidden)
        labels, is_in_conflict = self._labels_of(tree), at in tree.conflicts
        rest = [labels.value(side.path, head.value) for head in heads[1:]] if is_in_conflict else []
        return replace(
            side,
            by=heads[0].author,
            at=times.read(heads[0].made_at),
            is_withheld=hidden,
            is_in_conflict=is_in_conflict,
            other_values=tuple(dict.fromkeys(value for value in rest if value != side.value)),
        )


@dataclass(frozen=True, slots=True)
class _Facts:
    said: Mapping[tuple[SubjectId, RevisionId], SaidWhen]
    withheld: Mapping[SubjectId, frozenset[AnswerPath]]

    @classmethod
    def read(
        cls, db: Transaction, trees: Mapping[SubjectId, AnswerTree], drawn: Iterable[Finding], device: str
    ) -> _Facts:
        wanted: set[tuple[SubjectId, RevisionId]] = set()
        for each in drawn:
            for side in (each.side, *each.others):
                if side.response is not None and side.response in trees:
                    tree = trees[side.response]
                    at = tree.stored_at.get(side.path, side.path)
                    wanted |= {(side.response, id_) for id_ in tree.heads.get(at, ())}
        marked = subjects_with_marks(db) & trees.keys()
        return cls(said_in(db, wanted), {subject: restricted(db, subject, device) for subject in marked})


def _place(node: Node) -> str:
    """Where a side stands, the same on every computer; of what no response holds, what it says."""
    tree = tree_of(node)
    if tree is None or not isinstance(node.data, str):
        return f"={node.string_value()}"
    return f"{tree.whose.response}/{node.data}"
