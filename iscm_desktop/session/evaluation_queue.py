"""Which rules have still to run, on which nodes, in the order of their rank."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from iscm_desktop.questionnaire.rules import Rule, RuleTemplate
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell

_PATIENCE = 50
"""How often one rule may run again, beyond once per node, before its form counts as never settling."""

Instances = dict[RuleTemplate, dict[ResponseCell | RepeatSeries, None]]


class EvaluationQueue:
    """Rules that are owed; each is taken once, however often it was owed.

    Attributes:
        given_up: Rules that keep changing what they depend on; they are not taken again until all others rest.
    """

    def __init__(self, instances: Instances) -> None:
        self._instances = instances
        self._due: dict[
            Rule, dict[ResponseCell | RepeatSeries, None] | None
        ] = {}  # None: all nodes of its template
        self._order: list[tuple[int, Rule]] = []
        self._patience: dict[Rule, int] = {}
        self.given_up: dict[Rule, None] = {}

    def owe(self, rule: Rule, origin: ResponseCell | None = None) -> None:
        """A rule on all nodes that a change at `origin` can concern; None: on all that there are."""
        if rule.constant is not None:
            return
        found = same_entry(rule.template, origin) if origin is not None and rule.is_local else None
        if found is not None:
            self.owe_one(rule, found)
            return
        if rule not in self._due:
            heapq.heappush(self._order, (rule.rank, rule))
        self._due[rule] = None

    def owe_one(self, rule: Rule, cell: ResponseCell | RepeatSeries) -> None:
        """A rule on one node; nothing changes where it is owed on all nodes already."""
        if rule not in self._due:
            self._due[rule] = {cell: None}
            heapq.heappush(self._order, (rule.rank, rule))
            return
        nodes = self._due[rule]
        if nodes is not None:
            nodes[cell] = None

    def owe_all(self, rules: Iterable[Rule]) -> None:
        """For a new tree: rules on all their nodes, constant ones too."""
        for rule in rules:
            if rule.aspect.runs_at_once:
                if rule not in self._due:
                    heapq.heappush(self._order, (rule.rank, rule))
                self._due[rule] = None

    def next(self) -> tuple[Rule, tuple[ResponseCell | RepeatSeries, ...]] | None:
        """The rule to run now with its nodes; None where nothing is owed any more."""
        while self._order:
            _rank, rule = heapq.heappop(self._order)
            due = self._due.pop(rule)
            all_nodes = self._instances.get(rule.template, {})
            left = self._patience.get(rule, _PATIENCE + len(all_nodes))
            if not left:
                self.given_up[rule] = None
                continue
            self._patience[rule] = left - 1
            return rule, tuple(all_nodes if due is None else due)
        self._patience.clear()
        return None


def same_entry(template: RuleTemplate, origin: ResponseCell) -> ResponseCell | RepeatSeries | None:
    """The node of `template` in the entry that `origin` lies in; None where the two share no entry."""
    repeat = template.repeat
    entry = origin.entry_of(repeat) if repeat is not None else None
    if repeat is None or entry is None:
        return None
    found: ResponseCell | RepeatSeries | None = entry
    for name in template.names[len(repeat.names) :]:
        found = found.children.get(name) if isinstance(found, ResponseCell) else None
    return found
