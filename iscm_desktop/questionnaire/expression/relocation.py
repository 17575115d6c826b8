"""Absolute paths seen from inside a repeat: "/data/member/name" there means the name in the same entry.

Forms are written so, and JavaRosa evaluates them so, while plain XPath would take the first entry of all. The
syntax tree is rewritten once, for the place where the expression stands; evaluating costs nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .syntax import Call, Chain, Filter, KindTest, Literal, NameTest, Negation, Number, Path, Step, Syntax

Template = tuple[str, ...]


def relocated(syntax: Syntax, context_path: Template, repeats: frozenset[Template]) -> Syntax:
    """The same expression, reaching into the entries that hold the node at `context_path`.

    Args:
        repeats: Those repeats that hold that node.
    """
    return _Relocation(context_path, repeats).of(syntax)


class _Relocation:
    def __init__(self, context_path: Template, repeats: frozenset[Template]) -> None:
        self._context_path = context_path
        self._repeats = repeats

    def of(self, syntax: Syntax) -> Syntax:
        match syntax:
            case Number() | Literal():
                return syntax
            case Negation():
                return replace(syntax, operand=self.of(syntax.operand))
            case Chain():
                return replace(syntax, operands=self._all(syntax.operands))
            case Call():
                return self._call(syntax)
            case Filter():
                return replace(
                    syntax, primary=self.of(syntax.primary), predicates=self._all(syntax.predicates)
                )
            case Path():
                return self._path(syntax)

    def _all(self, several: Iterable[Syntax]) -> tuple[Syntax, ...]:
        return tuple(self.of(one) for one in several)

    def _call(self, call: Call) -> Call:
        """indexed-repeat() names its entries itself, so its paths stay as they are."""
        if call.name != "indexed-repeat":
            return replace(call, arguments=self._all(call.arguments))
        kept = [
            self.of(argument) if place > 0 and place % 2 == 0 else argument
            for place, argument in enumerate(call.arguments)
        ]
        return replace(call, arguments=tuple(kept))

    def _path(self, path: Path) -> Path:
        steps = tuple(replace(step, predicates=self._all(step.predicates)) for step in path.steps)
        start = None if path.start is None else self.of(path.start)
        moved = replace(path, start=start, steps=steps)
        if not path.is_absolute:
            return moved
        shared = self._shared(steps)
        if shared == 0:
            return moved
        position = path.position
        up = Step("parent", KindTest("node"), (), position)
        ups = (up,) * (len(self._context_path) - shared)
        return Path(Call("current", (), position), False, ups + steps[shared:], position)

    def _shared(self, steps: tuple[Step, ...]) -> int:
        """How many steps lead to the innermost repeat that holds both the context and the path's end."""
        names = tuple(_plain_names(steps))
        return max(
            (len(repeat) for repeat in self._repeats if names[: len(repeat)] == repeat != names), default=0
        )


def _plain_names(steps: Iterable[Step]) -> Iterable[str]:
    """Names of the leading steps that only go down, with the last of them even if it has a predicate."""
    for step in steps:
        if step.axis != "child" or not isinstance(step.test, NameTest) or step.test.name == "*":
            return
        if step.predicates:
            return
        yield step.test.name
