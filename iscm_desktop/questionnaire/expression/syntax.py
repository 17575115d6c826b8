"""The syntax tree of an expression: what was written, before any meaning is given to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written: "12", ".5"."""

    value: float
    position: int


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in quotation marks, without them."""

    value: str
    position: int


@dataclass(frozen=True, slots=True)
class NameTest:
    """Names a step lets through: "a", "p:a", "p:*" or "*"."""

    prefix: str
    name: str  # "*" for any


@dataclass(frozen=True, slots=True)
class KindTest:
    """Kinds of node a step lets through: "node", "text", "comment" or "processing-instruction"."""

    kind: str
    target: str = ""  # of processing-instruction('…'); "" for any


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path, abbreviations written out: "@id" has the axis "attribute"."""

    axis: str
    test: NameTest | KindTest
    predicates: tuple[Syntax, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the root ("/a"), from the context node ("a", start None) or from a value ("f()/a")."""

    start: Syntax | None
    is_absolute: bool
    steps: tuple[Step, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A value with predicates: "(…)[1]"."""

    primary: Syntax
    predicates: tuple[Syntax, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function, known or not, with as many arguments as were written."""

    name: str
    arguments: tuple[Syntax, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Negation:
    """A minus sign in front of a value."""

    operand: Syntax
    position: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands joined by operators of one precedence, to be taken from the left: "a + b - c"."""

    operators: tuple[str, ...]  # one fewer than operands
    operands: tuple[Syntax, ...]
    position: int


Syntax = Number | Literal | Path | Filter | Call | Negation | Chain


def parts_of(syntax: Syntax) -> tuple[Syntax, ...]:
    """What a piece of the tree is made of, predicates of its steps included."""
    match syntax:
        case Path():
            start = () if syntax.start is None else (syntax.start,)
            return (*start, *(each for step in syntax.steps for each in step.predicates))
        case Filter():
            return (syntax.primary, *syntax.predicates)
        case Call():
            return syntax.arguments
        case Chain():
            return syntax.operands
        case Negation():
            return (syntax.operand,)
        case _:
            return ()


def pieces_of(syntax: Syntax) -> Iterator[Syntax]:
    """All pieces of the tree, itself included, in no order."""
    waiting = [syntax]
    while waiting:
        piece = waiting.pop()
        yield piece
        waiting.extend(parts_of(piece))


def depth_of(syntax: Syntax) -> int:
    """Levels of pieces inside each other."""
    deepest, waiting = 0, [(syntax, 1)]
    while waiting:
        piece, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((part, level + 1) for part in parts_of(piece))
    return deepest
