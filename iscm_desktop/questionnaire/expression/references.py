"""What an expression reads, told without evaluating it: the edges of a session's dependency graph."""

from __future__ import annotations

from dataclasses import dataclass, field

from iscm_desktop.questionnaire.expression.functions import XFORMS
from iscm_desktop.questionnaire.expression.syntax import (
    Call,
    Chain,
    Filter,
    Literal,
    NameTest,
    Negation,
    Number,
    Path,
    Step,
    Syntax,
)

Template = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class References:
    """What an expression reads.

    Attributes:
        paths: Nodes whose text it may read, as names from the topmost element; a group or repeat stands for
            all below it. Who reads a path inside a repeat from outside depends on the repeat's entries too.
        positions: Nodes whose place among, or number of, siblings it reads.
        everything: What it reads cannot be told, so it depends on all.
        volatile: Its value changes though nothing it reads does: now(), random()…
    """

    paths: frozenset[Template] = frozenset()
    positions: frozenset[Template] = frozenset()
    everything: bool = False
    volatile: bool = False


_ELSEWHERE: Template = ("*elsewhere*",)
"""Stands for nodes of secondary instances, which never change while a response is filled."""

_BELOW: Template = ("*",)
"""Ends a template that stands for all nodes below it."""

_MOST_FOLLOWED = 20_000
"""Templates that are followed for one expression; of one with more it is not told what it reads."""

_COUNTS = frozenset({"count", "count-non-empty", "position", "last"})


def references(syntax: Syntax, context_path: Template) -> References:
    """What `syntax` reads when its context is the node at `context_path`."""
    reader = _Reader(context_path)
    reader.read(syntax, {context_path})
    return References(
        frozenset(reader.paths), frozenset(reader.positions), reader.everything, reader.volatile
    )


def _told(found: set[Template]) -> set[Template]:
    """Templates of the instance itself, those that stand for all below them without their mark."""
    kept = {path for path in found if path[:1] != _ELSEWHERE}
    return {path[:-1] if path[-1:] == _BELOW else path for path in kept} - {()}


@dataclass(slots=True)
class _Reader:
    current: Template
    paths: set[Template] = field(default_factory=set)
    positions: set[Template] = field(default_factory=set)
    everything: bool = False
    volatile: bool = False
    followed: int = 0  # templates from which a step was taken

    def read(self, syntax: Syntax, contexts: set[Template]) -> None:
        """Notes all that is read when the value of `syntax` is taken."""
        match syntax:
            case Number() | Literal():
                pass
            case Negation():
                self.read(syntax.operand, contexts)
            case Chain():
                for operand in syntax.operands:
                    self.read(operand, contexts)
            case Call():
                self._call(syntax, contexts)
            case Path() | Filter():
                self._note(self.nodes(syntax, contexts))

    def _note(self, found: set[Template]) -> None:
        self.paths.update(_told(found))

    def _call(self, call: Call, contexts: set[Template]) -> None:
        known = XFORMS.get(call.name)
        if known is not None and known.is_volatile:
            self.volatile = True
        if known is not None and known.depends_on_context(call) and call.name not in ("position", "last"):
            self._note(contexts)
        if call.name == "id":
            self.everything = True
        if call.name in ("position", "last") and not call.arguments:
            self.positions.update(_told(contexts))
        for place, argument in enumerate(call.arguments):
            self._argument(call, place, argument, contexts)

    def _argument(self, call: Call, place: int, argument: Syntax, contexts: set[Template]) -> None:
        is_repeat = call.name == "indexed-repeat" and place % 2 == 1
        if isinstance(argument, Path | Filter) and (call.name in _COUNTS or is_repeat):
            found = self.nodes(argument, contexts)
            self.positions.update(_told(found))
            if call.name == "count-non-empty":
                self._note(found)
        else:
            self.read(argument, contexts)

    def nodes(self, syntax: Syntax, contexts: set[Template]) -> set[Template]:
        """The templates of the nodes that a path finds; notes what its predicates read on the way."""
        match syntax:
            case Path():
                found = self._start(syntax, contexts)
                for step in syntax.steps:
                    found = self._stepped(step, found)
                return found
            case Filter():
                found = self.nodes(syntax.primary, contexts)
                self._predicates(syntax.predicates, found)
                return found
            case Chain() if syntax.operators[0] == "|":
                return set().union(*(self.nodes(operand, contexts) for operand in syntax.operands))
            case Call(name="current"):
                return {self.current}
            case Call(name="instance"):
                return {_ELSEWHERE}
            case Call(name="randomize"):
                self.read(syntax, contexts)
                return self.nodes(syntax.arguments[0], contexts)
            case Call(name="if"):
                self.read(syntax.arguments[0], contexts)
                return self.nodes(syntax.arguments[1], contexts) | self.nodes(syntax.arguments[2], contexts)
            case _:
                self.read(syntax, contexts)
                return set()

    def _start(self, path: Path, contexts: set[Template]) -> set[Template]:
        if path.start is not None:
            return self.nodes(path.start, contexts)
        return {()} if path.is_absolute else contexts

    def _stepped(self, step: Step, found: set[Template]) -> set[Template]:
        self.followed += len(found)
        if self.followed > _MOST_FOLLOWED:
            self.everything = True
            return set()
        taken: set[Template] = set()
        for path in found:
            if path[:1] == _ELSEWHERE:
                taken.add(_ELSEWHERE)
            else:
                taken.update(self._from(step, path))
        self._predicates(step.predicates, taken)
        return taken

    def _from(self, step: Step, path: Template) -> set[Template]:
        """Where a step leads from one template; below an end of "*" lies what cannot be told apart."""
        if step.axis in ("self", "attribute", "namespace"):
            return {path}
        if step.axis == "parent":
            return ({path[:-1]} if path else set()) | ({path} if path[-1:] == _BELOW else set())
        if path[-1:] == _BELOW and (step.axis == "child" or step.axis.startswith("descendant")):
            return {path}
        test = step.test
        if step.axis == "child" and isinstance(test, NameTest) and test.name != "*":
            return {(*path, test.name)}
        if path and (step.axis == "child" or step.axis.startswith("descendant")):
            below = path + _BELOW
            return {path, below} if step.axis == "descendant-or-self" else {below}
        self.everything = True
        return {path}

    def _predicates(self, predicates: tuple[Syntax, ...], found: set[Template]) -> None:
        for predicate in predicates:
            if isinstance(predicate, Number):
                self.positions.update(_told(found))
            self.read(predicate, found)
