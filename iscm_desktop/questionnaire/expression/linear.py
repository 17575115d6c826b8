"""A matcher that follows all ways at once: its time grows with the text's length, whatever the pattern.

A pattern, parsed by Python's own parser, becomes a small program (Thompson's construction); the text is read
once with the set of places where the program may stand. Only whether there is a match is told, not where.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

_c: Any = importlib.import_module("re._constants")

REPEATS = (_c.MAX_REPEAT, _c.MIN_REPEAT)
_LONGEST = 5_000
"""Instructions of a program; "a{5000}" has as many."""

Accepts = Callable[[str], bool]
Holds = Callable[[str, int], bool]


class NotLinear(Exception):
    """The pattern needs what only trying can do: back references, looking ahead, or ignoring case."""


@dataclass(slots=True)
class _Place:
    """One instruction: to read a character, to hold at a position, or to go on in several places."""

    accepts: Accepts | None = None
    holds: Holds | None = None
    then: list[int] = field(default_factory=list)


def matcher(tree: Any) -> Callable[[str], bool]:
    """Tells whether a text holds a match of the parsed pattern. Raises NotLinear."""
    program = _Program()
    start = program.sequence(tree, program.place())
    return lambda text: _search(program.places, start, text)


class _Program:
    """Built from the end: each piece is told where to go on, and says where it begins. Place 0: a match."""

    def __init__(self) -> None:
        self.places: list[_Place] = []

    def place(self, accepts: Accepts | None = None, holds: Holds | None = None, *then: int) -> int:
        if len(self.places) >= _LONGEST:
            raise NotLinear
        self.places.append(_Place(accepts, holds, list(then)))
        return len(self.places) - 1

    def sequence(self, tree: Iterable[tuple[Any, Any]], after: int) -> int:
        for name, argument in reversed(list(tree)):
            after = self._piece(name, argument, after)
        return after

    def _piece(self, name: Any, argument: Any, after: int) -> int:
        if name in REPEATS:
            least, most, inner = argument
            return self._repeat(least, most, inner, after)
        if name is _c.BRANCH:
            return self.place(None, None, *[self.sequence(branch, after) for branch in argument[1]])
        if name is _c.SUBPATTERN:
            if argument[1] or argument[2]:
                raise NotLinear
            return self.sequence(argument[3], after)
        if name is _c.AT:
            return self.place(None, _at(argument), after)
        return self.place(_accepts(name, argument), None, after)

    def _repeat(self, least: int, most: int, inner: Any, after: int) -> int:
        if most == _c.MAXREPEAT:
            loop = self.place()
            self.places[loop].then = [self.sequence(inner, loop), after]
            after = loop
        else:
            end = after
            for _turn in range(most - least):
                after = self.place(None, None, self.sequence(inner, after), end)
        for _turn in range(least):
            after = self.sequence(inner, after)
        return after


def _accepts(name: Any, argument: Any) -> Accepts:
    if name is _c.LITERAL:
        literal = chr(argument)
        return lambda character: character == literal
    if name is _c.NOT_LITERAL:
        other = chr(argument)
        return lambda character: character != other
    if name is _c.ANY:
        return lambda character: character != "\n"
    if name is _c.IN:
        return _one_of(argument)
    raise NotLinear


def _one_of(members: Iterable[tuple[Any, Any]]) -> Accepts:
    is_negated, tests = False, list[Accepts]()
    for name, argument in members:
        if name is _c.NEGATE:
            is_negated = True
        elif name is _c.RANGE:
            tests.append(_between(*argument))
        elif name is _c.CATEGORY:
            tests.append(_category(argument))
        else:
            tests.append(_accepts(name, argument))
    return lambda character: any(test(character) for test in tests) is not is_negated


def _between(lowest: int, highest: int) -> Accepts:
    return lambda character: lowest <= ord(character) <= highest


def _is_digit(character: str) -> bool:
    return "0" <= character <= "9"


def _is_space(character: str) -> bool:
    return character in " \t\n\r\f\v"


def _is_word(character: str) -> bool:
    return character == "_" or (character.isascii() and character.isalnum())


def _category(category: Any) -> Accepts:
    positive: dict[Any, Accepts] = {
        _c.CATEGORY_DIGIT: _is_digit, _c.CATEGORY_SPACE: _is_space, _c.CATEGORY_WORD: _is_word,
    }  # fmt: skip
    if category in positive:
        return positive[category]
    negative: dict[Any, Accepts] = {
        _c.CATEGORY_NOT_DIGIT: _is_digit, _c.CATEGORY_NOT_SPACE: _is_space, _c.CATEGORY_NOT_WORD: _is_word,
    }  # fmt: skip
    test = negative[category]
    return lambda character: not test(character)


def _is_boundary(text: str, place: int) -> bool:
    before = place > 0 and _is_word(text[place - 1])
    return before is not (place < len(text) and _is_word(text[place]))


def _at(where: Any) -> Holds:
    if where in (_c.AT_BEGINNING, _c.AT_BEGINNING_STRING):
        return lambda _text, place: place == 0
    if where in (_c.AT_END, _c.AT_END_STRING):
        return lambda text, place: place == len(text)
    if where is _c.AT_BOUNDARY:
        return _is_boundary
    if where is _c.AT_NON_BOUNDARY:
        return lambda text, place: not _is_boundary(text, place)
    raise NotLinear


def _search(places: list[_Place], start: int, text: str) -> bool:
    reading: set[int] = set()
    for at in range(len(text) + 1):
        seen = _reached(places, reading | {start}, text, at)
        if 0 in seen:
            return True
        if at == len(text):
            return False
        character, reading = text[at], set[int]()
        for number in seen:
            accepts = places[number].accepts
            if accepts is not None and accepts(character):
                reading.update(places[number].then)
    return False


def _reached(places: list[_Place], starts: set[int], text: str, at: int) -> set[int]:
    """All places that can be stood on without reading another character."""
    seen, pending = set(starts), list(starts)
    while pending:
        place = places[pending.pop()]
        if place.accepts is not None or (place.holds is not None and not place.holds(text, at)):
            continue
        for following in place.then:
            if following not in seen:
                seen.add(following)
                pending.append(following)
    return seen
