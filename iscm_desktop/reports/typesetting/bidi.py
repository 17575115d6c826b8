"""The Unicode Bidirectional Algorithm (UAX 9): which way each character runs, and each line's order.

Lines are broken in logical order, after which each is put into visual order by itself; so levels are needed,
not a reordered text. The packages at hand only give the latter, and forget which character went where.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from iscm_desktop.reports.typesetting.bidi_rules import resolve

Direction = Literal["ltr", "rtl"]

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_EXPLICIT = {"LRE": "L", "RLE": "R", "LRO": "L", "RLO": "R"}
_RIGHT = ("R", "AL")
_ISOLATES = ("LRI", "RLI", "FSI")
_REMOVED = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "BN"))
_DEEPEST = 125


def has_right_to_left(text: str) -> bool:
    """Whether anything could run from right to left; if not, a left-to-right paragraph needs no levels."""
    return _RIGHT_TO_LEFT.search(text) is not None


def is_all_against(text: str, direction: Direction) -> bool:
    """Whether a text has letters, and all of them run against a direction."""
    if direction == "ltr" and not has_right_to_left(text):
        return False
    found = {"rtl" if one in _RIGHT else "ltr" for one in bidi_classes(text) if one in ("L", *_RIGHT)}
    return bool(found) and direction not in found


def bidi_classes(text: str) -> list[str]:
    """Bidi class of each character, such as "AL"; "L" where Unicode has not assigned one."""
    return [unicodedata.bidirectional(character) or "L" for character in text]


def base_direction(text: str, otherwise: Direction = "ltr") -> Direction:
    """Direction of the first letter that has one (rules P2 and P3); isolated parts do not count."""
    level = _base_level(bidi_classes(text))
    return otherwise if level is None else ("rtl" if level else "ltr")


def levels(text: str, direction: Direction) -> list[int]:
    """Embedding level of each character of one paragraph: even runs to the right, odd to the left.

    Characters that the algorithm removes (embedding marks, other invisible ones) take the level before them.
    Trailing white space has no special level yet; `visual_order` sees to it line by line.
    """
    classes = bidi_classes(text)
    base = 1 if direction == "rtl" else 0
    explicit = _explicit_levels(classes, base)
    for sequence in _isolating_run_sequences(explicit, base):
        resolve(text, explicit.classes, explicit.levels, sequence)
    last = base
    for index, original in enumerate(classes):
        if original in _REMOVED:
            explicit.levels[index] = last
        last = explicit.levels[index]
    return explicit.levels


def visual_order(line: Sequence[int]) -> list[int]:
    """Indices of a line's pieces from left to right, given the level of each (rule L2)."""
    order = list(range(len(line)))
    if not order:
        return order
    lowest_odd = min((level for level in line if level % 2), default=0)
    for threshold in range(max(line), lowest_odd - 1, -1):
        if not threshold:
            break
        start = 0
        while start < len(line):
            end = start
            while end < len(line) and line[end] >= threshold:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = max(end, start + 1)
    return order


@dataclass(slots=True)
class _Explicit:
    """What rules X1 to X8 leave behind: classes after overrides, levels, and where isolates end."""

    originals: list[str]
    classes: list[str]
    levels: list[int]
    partner: dict[int, int] = field(default_factory=dict)  # isolate initiator -> its PDI
    removed: set[int] = field(default_factory=set)


def _levels_ahead(classes: Sequence[str], partners: dict[int, int]) -> list[int | None]:
    """For each place what `_base_level` says of the text from there to the end of the isolate that it lies in.

    All at once, from the end: a text of isolates alone would be read again from each of them.
    """
    closing = set(partners.values())
    ahead: list[int | None] = [None] * (len(classes) + 1)
    for index in range(len(classes) - 1, -1, -1):
        kind = classes[index]
        if kind in ("L", "R", "AL"):
            ahead[index] = 0 if kind == "L" else 1
        elif kind in _ISOLATES:
            partner = partners.get(index)
            ahead[index] = None if partner is None else ahead[partner + 1]
        elif index not in closing:
            ahead[index] = ahead[index + 1]
    return ahead


def _base_level(classes: Sequence[str]) -> int | None:
    depth = 0
    for kind in classes:
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth and kind in ("L", "R", "AL"):
            return 0 if kind == "L" else 1
    return None


def _isolate_partners(classes: Sequence[str]) -> dict[int, int]:
    """Rule BD9: each isolate initiator with its matching PDI, where it has one."""
    waiting: list[int] = []
    partners: dict[int, int] = {}
    for index, kind in enumerate(classes):
        if kind in _ISOLATES:
            waiting.append(index)
        elif kind == "PDI" and waiting:
            partners[waiting.pop()] = index
    return partners


def _next_level(level: int, is_right: bool) -> int:
    return level + 1 + level % 2 if is_right else level + 2 - level % 2


class _Stack:
    """The directional status stack of rules X1 to X7."""

    def __init__(self, base: int) -> None:
        self.entries: list[tuple[int, str, bool]] = [(base, "", False)]  # level, override, is an isolate
        self.overflow_isolates = self.overflow_embeddings = self.valid_isolates = 0

    @property
    def top(self) -> tuple[int, str, bool]:
        return self.entries[-1]

    def open(self, is_right: bool, override: str, is_isolate: bool) -> None:
        level = _next_level(self.top[0], is_right)
        if level <= _DEEPEST and not self.overflow_isolates and not self.overflow_embeddings:
            self.entries.append((level, override, is_isolate))
            self.valid_isolates += is_isolate
        elif is_isolate:
            self.overflow_isolates += 1
        elif not self.overflow_isolates:
            self.overflow_embeddings += 1

    def close_isolate(self) -> None:
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.valid_isolates:
            self.overflow_embeddings = 0
            while not self.top[2]:
                self.entries.pop()
            self.entries.pop()
            self.valid_isolates -= 1

    def close_embedding(self) -> None:
        if self.overflow_isolates:
            return
        if self.overflow_embeddings:
            self.overflow_embeddings -= 1
        elif not self.top[2] and len(self.entries) > 1:
            self.entries.pop()


def _explicit_levels(classes: list[str], base: int) -> _Explicit:
    """Rules X1 to X8, in one pass."""
    result = _Explicit(classes, list(classes), [base] * len(classes), _isolate_partners(classes))
    stack = _Stack(base)
    ahead = _levels_ahead(classes, result.partner) if "FSI" in classes else []
    for index, kind in enumerate(classes):
        if kind in _REMOVED:
            result.removed.add(index)
            if kind in _EXPLICIT:
                stack.open(_EXPLICIT[kind] == "R", _EXPLICIT[kind] if kind.endswith("O") else "", False)
            elif kind == "PDF":
                stack.close_embedding()
            continue
        if kind == "B":
            continue  # one paragraph at a time: a separator has the paragraph's own level
        if kind == "PDI":
            stack.close_isolate()
        level, override, _ = stack.top
        result.levels[index] = level
        if override:
            result.classes[index] = override
        if kind in _ISOLATES:
            inner = ahead[index + 1] if kind == "FSI" else None
            stack.open(kind == "RLI" or inner == 1, "", True)
    return result


def _isolating_run_sequences(explicit: _Explicit, base: int) -> list[tuple[list[int], int, str, str]]:
    """Rule X10: (indices, level, sos, eos) of each sequence; an isolate's inside is a sequence of its own."""
    kept = [index for index in range(len(explicit.levels)) if index not in explicit.removed]
    runs: list[list[int]] = []
    for index in kept:
        if runs and explicit.levels[runs[-1][-1]] == explicit.levels[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    run_of = {run[0]: run for run in runs}
    continued = set(explicit.partner.values())
    position = {index: at for at, index in enumerate(kept)}
    sequences = []
    for run in runs:
        if run[0] in continued:
            continue
        sequence = list(run)
        while (closing := explicit.partner.get(sequence[-1])) is not None:
            sequence += run_of[closing]
        level = explicit.levels[sequence[0]]
        at = position[sequence[0]]
        before = explicit.levels[kept[at - 1]] if at else base
        at = position[sequence[-1]]
        is_open = explicit.originals[sequence[-1]] in _ISOLATES and sequence[-1] not in explicit.partner
        after = base if is_open or at + 1 == len(kept) else explicit.levels[kept[at + 1]]
        sequences.append((sequence, level, _edge(before, level), _edge(after, level)))
    return sequences


def _edge(neighbour: int, level: int) -> str:
    return "R" if max(neighbour, level) % 2 else "L"
