"""Rules W1 to I2 of the Unicode Bidirectional Algorithm, for one isolating run sequence.

`bidi` finds the sequences; here digits, punctuation, brackets and spaces take their direction.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

Sequence_ = tuple[list[int], int, str, str]
"""Indices in the text, embedding level, and the direction assumed before and after (sos, eos)."""

_NEUTRAL = frozenset(("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"))
_DEEPEST_BRACKETS = 63


def resolve(text: str, classes: list[str], levels: list[int], sequence: Sequence_) -> None:
    """Raises `levels` at the sequence's indices, given the classes that rules X1 to X8 left."""
    indices, level, before, after = sequence
    kinds = [classes[index] for index in indices]
    _weak(kinds, before)
    own = "R" if level % 2 else "L"
    _brackets([text[index] for index in indices], [classes[index] for index in indices], kinds, own, before)
    _neutrals(kinds, own, before, after)
    for index, kind in zip(indices, kinds, strict=True):
        if level % 2:
            levels[index] = level + (kind in ("L", "EN", "AN"))
        else:
            levels[index] = level + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)


def _weak(kinds: list[str], before: str) -> None:
    _marks_and_numbers(kinds, before)
    _separators(kinds)
    strong = before
    for at, kind in enumerate(kinds):  # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"


def _marks_and_numbers(kinds: list[str], before: str) -> None:
    """W1 to W3: marks join their letter, and digits after an Arabic letter are Arabic numbers."""
    previous = before
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = "ON" if previous in ("LRI", "RLI", "FSI", "PDI") else previous
        previous = kinds[at]
    strong = before
    for at, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]


def _separators(kinds: list[str]) -> None:
    """W4 to W6: separators between two numbers and signs beside one belong to it; others are neutral."""
    for at in range(1, len(kinds) - 1):
        left, kind, right = kinds[at - 1 : at + 2]
        if left == right and ((kind in ("ES", "CS") and left == "EN") or (kind == "CS" and left == "AN")):
            kinds[at] = left
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if end > at and ((at and kinds[at - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")):
            kinds[at:end] = ["EN"] * (end - at)
        at = max(end, at + 1)
    kinds[:] = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]


def _strong(kind: str) -> str:
    """Direction that N0 to N2 see in a class; "" for neutrals."""
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""


def _brackets(characters: list[str], originals: list[str], kinds: list[str], own: str, before: str) -> None:
    """N0: both brackets of a pair run the way of what they enclose, so that they stay a pair."""
    seen, context = 0, before  # the direction that the text before the opening bracket has
    for opening, closing in _pairs(characters, kinds):
        while seen < opening:
            context = _strong(kinds[seen]) or context
            seen += 1
        inside = {_strong(kind) for kind in kinds[opening + 1 : closing]} - {""}
        if own in inside:
            direction = own
        elif not inside:
            continue
        else:
            direction = context if context != own else own
        for at in (opening, closing):
            kinds[at] = direction
            following = at + 1
            while following < len(kinds) and originals[following] == "NSM":
                kinds[following] = direction
                following += 1


def _pairs(characters: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """BD16: positions of paired brackets, in order of the opening ones."""
    waiting: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for at, (character, kind) in enumerate(zip(characters, kinds, strict=True)):
        if kind != "ON":
            continue
        closes = _bracket_partners().get(character)
        if closes:
            if len(waiting) == _DEEPEST_BRACKETS:
                return sorted(found)
            waiting.append((closes, at))
            continue
        plain = _canonical(character)
        for depth in range(len(waiting) - 1, -1, -1):
            if waiting[depth][0] == plain:
                found.append((waiting[depth][1], at))
                del waiting[depth:]
                break
    return sorted(found)


def _canonical(character: str) -> str:
    return {"\u2329": "\u3008", "\u232a": "\u3009"}.get(character, character)


@cache
def _bracket_partners() -> dict[str, str]:
    """Each opening bracket with its closing one (canonical form), from their Unicode names."""
    return dict(_named_pairs())


_BRACKET_RANGES = (
    (0x28, 0x7E),
    (0x2045, 0x2046),
    (0x207D, 0x208E),
    (0x2308, 0x2E5D),
    (0x3008, 0x301B),
    (0xFE59, 0xFF63),
)


def _named_pairs() -> Iterator[tuple[str, str]]:
    # Named without "left" and "right":
    yield from (("\u0f3a", "\u0f3b"), ("\u0f3c", "\u0f3d"), ("\u169b", "\u169c"))
    for character in (chr(code) for first, last in _BRACKET_RANGES for code in range(first, last)):
        if unicodedata.category(character) != "Ps" or not unicodedata.mirrored(character):
            continue
        try:
            closing = unicodedata.lookup(unicodedata.name(character).replace("LEFT", "RIGHT"))
        except KeyError:
            continue
        if closing != character:
            yield character, _canonical(closing)


def _neutrals(kinds: list[str], own: str, before: str, after: str) -> None:
    """N1 and N2: neutrals between two of one direction take it, others that of the embedding."""
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > at:
            left = _strong(kinds[at - 1]) if at else before
            right = _strong(kinds[end]) if end < len(kinds) else after
            kinds[at:end] = [left if left == right else own] * (end - at)
        at = max(end, at + 1)
