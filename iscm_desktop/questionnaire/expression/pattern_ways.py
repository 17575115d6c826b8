"""In how many ways a matcher that tries one after the other may read a text, judged from the pattern alone.

A repetition of anything but a fixed number of times may end in several places, and a choice may go on in several
ways: what follows is tried after each. Ways are counted as `factor * n ** exponent` for a text of n letters, always
rather too many than too few. A search that may begin at each letter has n ways before anything was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_MOST = 1_000_000
"""Beyond this many ways they are not told apart any more."""

_MANY = 50
"""Ends of one repetition beyond which they count as many as the text has letters, which is the truth for short ones."""

NO_END = 1 << 30
"""The most of a repetition that has no most."""


class Piece(NamedTuple):
    """A part of a pattern that cannot be taken apart: a class, an escape, a bracket, a repetition."""

    kind: str  # members, reference, escape, comment, opening, closing, choice, repetition, character
    text: str
    start: int
    end: int


class Ways(NamedTuple):
    """`factor * n ** exponent` ways of reading n letters."""

    exponent: int = 0
    factor: int = 1

    def times(self, other: Ways) -> Ways:
        """The ways of one thing after the other."""
        return Ways(self.exponent + other.exponent, min(self.factor * other.factor, _MOST))

    def plus(self, other: Ways) -> Ways:
        """The ways of either."""
        return Ways(max(self.exponent, other.exponent), min(self.factor + other.factor, _MOST))

    @property
    def is_one(self) -> bool:
        """Whether there is nothing to try again."""
        return self == _ONE


_ONE = Ways()


class _Alternative:
    """A sequence on its way: the ways so far, the work that they make, and the last thing read, to be repeated."""

    def __init__(self, before: Ways) -> None:
        self.ways = before
        self.work = before
        self.last: Ways | None = None
        self.last_looks_far = False

    def read(self, ways: Ways, *, looks_far: bool = False) -> None:
        """One more thing, which may turn out to be repeated."""
        self.settle()
        self.last, self.last_looks_far = ways, looks_far

    def settle(self) -> None:
        """The last thing is not repeated."""
        if self.last is not None:
            self.ways = self.ways.times(self.last)
            self.work = self.work.plus(self.ways)
            self.last = None


class _Group:
    """What stands between two brackets: its finished alternatives, and the one that is read."""

    def __init__(self, opening: str) -> None:
        self.opening = opening
        self.finished: list[_Alternative] = []
        self.alternative = _Alternative(_ONE)
        self.looks_far = False  # whether something in it looks ahead or behind over many letters

    def next_alternative(self) -> None:
        self.alternative.settle()
        self.finished.append(self.alternative)
        self.alternative = _Alternative(_ONE)

    def ways(self) -> Ways:
        """Of all alternatives together; what only looks has been decided once it was looked."""
        self.next_alternative()
        first, *others = [
            alternative.work if self.only_looks else alternative.ways for alternative in self.finished
        ]
        for other in others:
            first = first.plus(other)
        return first

    @property
    def only_looks(self) -> bool:
        return self.opening in ("(?=", "(?!", "(?<=", "(?<!")


def ways_of(pieces: Sequence[Piece]) -> Ways | None:
    """The ways of searching for a pattern; None where their number grows faster than any power of the text."""
    searched = _Group("")
    searched.alternative = _Alternative(_ONE if _begins_at_the_beginning(pieces) else Ways(1, 1))
    groups = [searched]
    looked = _ONE  # the work of looking ahead and behind, each time it is looked
    for piece in pieces:
        group = groups[-1]
        if piece.kind == "opening":
            groups.append(_Group(piece.text))
        elif piece.kind == "closing" and len(groups) > 1:
            inside, around = groups.pop(), groups[-1]
            ways = inside.ways()
            looks_far = inside.looks_far or (inside.only_looks and ways.exponent > 0)
            around.looks_far |= looks_far
            if inside.only_looks:
                around.alternative.settle()
                looked = looked.plus(_outer(groups).times(ways))
                ways = _ONE
            around.alternative.read(ways, looks_far=looks_far)
        elif piece.kind == "choice":
            group.next_alternative()
        elif piece.kind == "repetition":
            repeated = _repeated(group.alternative, piece.text)
            if repeated is None:
                return None
            group.alternative.last = repeated
        elif piece.kind == "reference":
            group.alternative.read(Ways(1, 1))
        elif piece.kind != "comment":
            group.alternative.read(_ONE)
    return searched.ways().plus(searched.finished[-1].work).plus(looked)


def _outer(groups: Sequence[_Group]) -> Ways:
    """In how many ways the present place may be come to."""
    ways = _ONE
    for group in groups:
        ways = ways.times(group.alternative.ways)
    return ways


def _begins_at_the_beginning(pieces: Sequence[Piece]) -> bool:
    """Whether a match can begin at the first letter only; in doubt it can begin anywhere."""
    depth = 0
    for piece in pieces:
        depth += (piece.kind == "opening") - (piece.kind == "closing")
        if piece.kind == "choice" and not depth:
            return False
    first = next((piece.text for piece in pieces if not _is_flags(piece)), "")
    has_lines = any(_is_flags(piece) and "m" in piece.text for piece in pieces)
    return first in ("^", r"\A") and not has_lines


def _is_flags(piece: Piece) -> bool:
    return piece.kind == "character" and piece.text.startswith("(?")


def _repeated(alternative: _Alternative, repetition: str) -> Ways | None:
    """The ways of the last thing read, repeated; None where that has several ways itself, and no end."""
    inside = alternative.last or _ONE
    least, most = _counts(repetition)
    if most > 1 and (inside.exponent or alternative.last_looks_far):
        return None
    if inside.is_one:
        ends = most - least + 1
        return Ways(1, 1) if ends > _MANY else Ways(0, ends)
    if most >= NO_END:
        return None
    factor = 1
    for _turn in range(most):
        factor = min(factor * inside.factor, _MOST)
        if factor == _MOST:
            break
    return Ways(inside.exponent, min(factor * (most - least + 1), _MOST))


def _counts(repetition: str) -> tuple[int, int]:
    """The least and the most of "*", "+", "?", "{3}", "{3,}", "{,5}" or "{3,5}", lazy and possessive ones too."""
    sign = repetition[0]
    if sign != "{":
        return {"*": (0, NO_END), "+": (1, NO_END), "?": (0, 1)}[sign]
    least, comma, most = repetition[1 : repetition.index("}")].partition(",")
    fewest = min(int(least[:9] or 0), NO_END)
    return fewest, fewest if not comma else min(int(most[:9]), NO_END) if most else NO_END
