"""Which rules must run again when an answer changes, in which order, and which of them chase each other."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

from iscm_desktop.garbage_collection import collection_paused
from iscm_desktop.questionnaire.expression import ExpressionError, References
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.rules import Aspect, Rule, Rules, RuleTemplate


def rules_of(questionnaire: Questionnaire) -> Rules:
    """The compiled rules, made once per questionnaire and kept with it."""
    found = questionnaire.memo.get("rules")
    if isinstance(found, Rules):
        return found
    with collection_paused():
        made = Rules(questionnaire)
        _Graph(made).settle()
    questionnaire.memo["rules"] = made
    return made


def circles(rules: Rules) -> tuple[tuple[Rule, ...], ...]:
    """Rules that need each other's result: each tuple is one circle. Empty for a form that can run."""
    return _Graph(rules).circles()


_MOST_EDGES = 500_000
"""Of which rules read what others decide. Of rules beyond them it counts as unknown what they read: they run last,
and at each change. The largest form known to us has 20,000."""


class _Graph:
    """Rules that run at once, and which of them must run before which."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._next: dict[Rule, dict[Rule, None]] = {
            rule: {} for rule in rules.all if rule.aspect.runs_at_once
        }
        self._reads: dict[Rule, References] = {}
        self._edges = self._readings = 0
        self._last: list[Rule] = []  # rules of which it cannot be told what they read
        for rule in rules.all:
            self._note(rule)

    def _note(self, rule: Rule) -> None:
        if rule.constant is not None:
            return
        try:
            reads = rule.references()
        except ExpressionError:
            return  # told as a fault of the form; it never gets to run
        self._reads[rule] = reads
        rule.looks_into_entries = rule.template.is_repeat and _reads_inside(reads, rule)
        if rule.aspect is Aspect.CALCULATE:
            rule.keeps_value = "once(" in rule.text or rule.template.names in reads.paths
        if not rule.aspect.runs_at_once:
            return
        if reads.everything or self._edges > _MOST_EDGES:
            self._reads[rule] = References(everything=True, volatile=reads.volatile)
            self._last.append(rule)
            return
        for template in self._templates(reads):
            for writer in self._writers(template, rule):
                self._edges += 1
                if not (writer is rule and rule.may_read_itself):
                    self._next[writer][rule] = None

    def _templates(self, reads: References) -> Iterator[RuleTemplate]:
        for names in reads.paths:
            template = self._rules.named(names)
            if template is not None:
                yield template

    def _writers(self, template: RuleTemplate, reader: Rule) -> Iterator[Rule]:
        """The rules that decide what is read at a template by the rule `reader`."""
        own = (template.calculate, template.choices, template.count)
        yield from (rule for rule in own if rule is not None)
        reader_around = set(reader.template.around())
        for around in template.around():
            # What holds both has no say in what one reads of the other: when it is hidden, both are.
            if around.relevant is not None and (around is template or around not in reader_around):
                yield around.relevant
            if around.count is not None and around not in reader_around:
                yield around.count
        if template.children and template not in reader_around:
            yield from (below.calculate for below in template.below() if below.calculate is not None)

    def settle(self) -> None:
        """Gives every rule its rank and every template its readers and watchers."""
        for place, rule in enumerate(self._ordered()):
            rule.rank = place
        for rule, reads in self._reads.items():
            self._subscribe(rule, reads)
        self._rules.readers_of_all.sort(key=lambda rule: rule.rank)

    def _subscribe(self, rule: Rule, reads: References) -> None:
        at_once = rule.aspect.runs_at_once
        if reads.everything or self._readings > _MOST_EDGES:
            (self._rules.readers_of_all if at_once else self._rules.watchers_of_all).append(rule)
            return
        for template in self._templates(reads):
            for below in template.below():
                self._readings += 1
                _add(below.readers, below.watchers, rule)
            for around in template.around():
                if around.is_repeat:
                    _add(around.structure_readers, around.structure_watchers, rule)
        for names in reads.positions:
            counted = self._rules.named(names)
            if counted is not None:
                _add(counted.structure_readers, counted.structure_watchers, rule)

    def _ordered(self) -> Iterator[Rule]:
        """What decides before what reads, form order otherwise; rules in a circle come where they must."""
        place = {rule: number for number, rule in enumerate(self._next)}
        waiting = dict.fromkeys(self._next, 0)
        for following in self._next.values():
            for rule in following:
                waiting[rule] += 1
        ready = [place[rule] for rule, count in waiting.items() if not count and rule not in self._last]
        heapq.heapify(ready)
        by_place = list(self._next)
        left = dict.fromkeys(self._next)
        while left:
            if not ready:
                ready.append(place[next(iter(left))])
            rule = by_place[heapq.heappop(ready)]
            if rule not in left:
                continue
            del left[rule]
            yield rule
            for following_rule in self._next[rule]:
                waiting[following_rule] -= 1
                if not waiting[following_rule] and following_rule in left:
                    heapq.heappush(ready, place[following_rule])

    def circles(self) -> tuple[tuple[Rule, ...], ...]:
        """Strongly connected parts with more than one rule, or with one that reads itself (Tarjan 1972).

        Left out are rules of one repeat that look at other entries, and questions that make way for each other
        (each relevant while the other is blank): both come to rest, and where they do not, the session says so.
        """
        found = []
        for part in _connected(self._next):
            looks_aside = self._looks_aside(part)
            makes_way = len(part) > 1 and all(rule.aspect is Aspect.RELEVANT for rule in part)
            is_circle = len(part) > 1 or part[0] in self._next[part[0]]
            if is_circle and not looks_aside and not makes_way:
                found.append(tuple(sorted(part, key=lambda rule: rule.template.path)))
        return tuple(found)

    def _looks_aside(self, part: list[Rule]) -> bool:
        """Whether rules of one and the same repeat look from entry to entry."""
        around = {rule.template.repeat for rule in part}
        return len(around) == 1 and any(self._reads[rule].positions for rule in part if rule in self._reads)


def _add(readers: list[Rule], watchers: list[Rule], rule: Rule) -> None:
    chosen = readers if rule.aspect.runs_at_once else watchers
    if not chosen or chosen[-1] is not rule:
        chosen.append(rule)


def _reads_inside(reads: References, rule: Rule) -> bool:
    """Whether what a repeat's own rule decides can differ from entry to entry."""
    repeat = rule.template
    if reads.everything or "position(" in rule.text or "current()" in rule.text:
        return True
    depth = len(repeat.names)
    return any(names[:depth] == repeat.names for names in (*reads.paths, *reads.positions))


def _connected(graph: dict[Rule, dict[Rule, None]]) -> list[list[Rule]]:
    """Strongly connected parts, without recursion: a form may chain thousands of calculations."""
    number: dict[Rule, int] = {}
    low: dict[Rule, int] = {}
    stack: list[Rule] = []
    on_stack: set[Rule] = set()
    parts: list[list[Rule]] = []
    work: list[tuple[Rule, Iterator[Rule]]] = []

    def enter(rule: Rule) -> None:
        number[rule] = low[rule] = len(number)
        stack.append(rule)
        on_stack.add(rule)
        work.append((rule, iter(graph[rule])))

    for start in graph:
        if start not in number:
            enter(start)
        while work:
            rule, following = work[-1]
            step = next(following, None)
            if step is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[rule])
                if low[rule] == number[rule]:
                    parts.append(_popped(stack, on_stack, rule))
            elif step not in number:
                enter(step)
            elif step in on_stack:
                low[rule] = min(low[rule], number[step])
    return parts


def _popped(stack: list[Rule], on_stack: set[Rule], until: Rule) -> list[Rule]:
    part: list[Rule] = []
    while not part or part[-1] is not until:
        part.append(stack.pop())
        on_stack.discard(part[-1])
    return part
