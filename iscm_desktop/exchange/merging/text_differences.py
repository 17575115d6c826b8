"""Where two texts differ, word by word, in any script; and both in one text, with their authors.

Words are runs of letters with their marks and digits, so an Arabic word keeps its vowels and a Latin one its
accents, however they are encoded. Scripts without blanks are compared sign by sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from enum import Enum

_MOST_WORK = 20_000_000
"""Pairs of equal words, or lines, that are looked at: beyond that, what changed counts as changed whole.

Two long texts of a few words over and over would have more of them than anybody can wait for.
"""
_JOINERS = "\u200c\u200d\u0640'’-"
_WITHOUT_BLANKS = (
    ("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u2e80", "\u9fff"), ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?…؟۔।。！？])(?:\s+|(?<=[。！？]))|\n+")


class TextChange(Enum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Some words that share one fate."""

    text: str
    change: TextChange


@dataclass(frozen=True, slots=True)
class TextSide:
    """What one person wrote."""

    author: str  # as shown to people
    text: str


def differences(before: str, after: str) -> tuple[TextPiece, ...]:
    """How `before` became `after`: without the added pieces it reads as before, without the removed as after."""
    pieces: list[TextPiece] = []
    for old, new in _aligned(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if old == new:
            pieces.append(TextPiece("".join(old), TextChange.SAME))
        else:
            pieces += _by_words("".join(old), "".join(new))
    return tuple(_joined(_without_islands(_joined(pieces))))


def combined(sides: Sequence[TextSide]) -> str:
    """All that the sides say in one text: what they share once, what they do not under their names.

    A draft for a person to edit. Sides that agree give their text as it is.
    """
    if len({side.text for side in sides}) == 1:
        return sides[0].text
    units: list[tuple[str, list[str]]] = []
    for side in sides:
        units = _folded(units, side)
    everybody = len({side.author for side in sides})
    blocks: list[str] = []
    last: list[str] | None = None
    for text, authors in units:
        if authors == last:
            blocks[-1] += f" {text}"
        else:
            blocks.append(
                text if len(set(authors)) == everybody else f"[{', '.join(dict.fromkeys(authors))}] {text}"
            )
        last = authors
    return "\n\n".join(blocks)


def same_but_for_spaces(one: str, other: str) -> bool:
    """Whether nobody would see a difference in print."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _folded(units: list[tuple[str, list[str]]], side: TextSide) -> list[tuple[str, list[str]]]:
    """The units so far with another side's sentences put among them, where they belong."""
    own = [sentence for sentence in (part.strip() for part in _SENTENCE.split(side.text)) if sentence]
    found: list[tuple[str, list[str]]] = []
    for tag, a, b, c, d in _steps([_plain(text) for text, _ in units], [_plain(text) for text in own]):
        if tag == "equal":
            found += [(text, [*authors, side.author]) for text, authors in units[a:b]]
        else:
            found += units[a:b]
            found += [(text, [side.author]) for text in own[c:d]]
    return found


def _aligned(before: list[str], after: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    for _tag, a, b, c, d in _steps(before, after):
        yield before[a:b], after[c:d]


class _Endless(Exception):
    """More work than anybody waits for."""


class _BoundedMatcher(SequenceMatcher[str]):
    """Counts the pairs that it looks at; numbers decide, so that everybody sees the same differences."""

    def __init__(self, before: list[str], after: list[str]) -> None:
        super().__init__(None, before, after, autojunk=False)
        self._before, self._left = before, _MOST_WORK
        self._times = Counter(after)

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """As difflib has it; _Endless once too many pairs were looked at."""
        self._left -= sum(self._times[each] + 1 for each in self._before[alo:ahi])
        if self._left < 0:
            raise _Endless
        return super().find_longest_match(alo, ahi, blo, bhi)


def _steps(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    """How one list becomes the other, as difflib has it; where that is endless, what lies between equal ends."""
    try:
        return list(_BoundedMatcher(before, after).get_opcodes())
    except _Endless:
        most = min(len(before), len(after))
        head = next((at for at in range(most) if before[at] != after[at]), most)
        tail = next((at for at in range(most - head) if before[-1 - at] != after[-1 - at]), most - head)
        old, new = len(before) - tail, len(after) - tail
        return [
            ("equal", 0, head, 0, head),
            ("replace", head, old, head, new),
            ("equal", old, len(before), new, len(after)),
        ]


def _by_words(before: str, after: str) -> list[TextPiece]:
    old, new = words(before), words(after)
    pieces: list[TextPiece] = []
    for tag, a, b, c, d in _steps([_alike(word) for word in old], [_alike(word) for word in new]):
        if tag == "equal" and old[a:b] == new[c:d]:
            pieces.append(TextPiece("".join(old[a:b]), TextChange.SAME))
        else:
            pieces += [
                TextPiece("".join(old[a:b]), TextChange.REMOVED),
                TextPiece("".join(new[c:d]), TextChange.ADDED),
            ]
    return [piece for piece in pieces if piece.text]


def _alike(word: str) -> str:
    return word if word.isascii() else unicodedata.normalize("NFC", word)


def words(text: str) -> list[str]:
    """The text in words, runs of blanks, and single signs; joined together they are the text again."""
    found: list[str] = []
    kind_before = ""
    for sign in text:
        kind = _kind(sign)
        if found and (kind == "mark" or (kind == kind_before and kind in ("word", "blank"))):
            found[-1] += sign
            kind = kind_before if kind == "mark" else kind
        else:
            found.append(sign)
        kind_before = kind
    return found


def _kind(sign: str) -> str:
    if sign.isspace():
        return "blank"
    category = unicodedata.category(sign)
    if category[0] == "M" or sign in _JOINERS[:3]:
        return "mark"
    if category[0] in "LN" or sign in _JOINERS:
        return "sign" if category == "Lo" and _is_without_blanks(sign) else "word"
    return "sign"


def _is_without_blanks(sign: str) -> bool:
    """Han, kana and the scripts of mainland South-East Asia."""
    return any(first <= sign <= last for first, last in _WITHOUT_BLANKS)


def _joined(pieces: Sequence[TextPiece]) -> list[TextPiece]:
    """Removed before added between two unchanged pieces, each in one."""
    found: list[TextPiece] = []
    removed = added = ""
    for piece in (*pieces, TextPiece("", TextChange.SAME)):
        if piece.change is TextChange.REMOVED:
            removed += piece.text
        elif piece.change is TextChange.ADDED:
            added += piece.text
        elif piece.text or removed or added:
            found += [TextPiece(removed, TextChange.REMOVED)] if removed else []
            found += [TextPiece(added, TextChange.ADDED)] if added else []
            removed = added = ""
            if piece.text and found and found[-1].change is TextChange.SAME:
                found[-1] = TextPiece(found[-1].text + piece.text, TextChange.SAME)
            elif piece.text:
                found.append(piece)
    return found


def _without_islands(pieces: Sequence[TextPiece]) -> list[TextPiece]:
    """A lone blank between two changes changes with them: phrases are read more easily than single words."""
    found: list[TextPiece] = []
    for at, piece in enumerate(pieces):
        is_island = (
            piece.change is TextChange.SAME and piece.text in (" ", "\u00a0") and 0 < at < len(pieces) - 1
        )
        if is_island:
            found += [TextPiece(piece.text, TextChange.REMOVED), TextPiece(piece.text, TextChange.ADDED)]
        else:
            found.append(piece)
    return found
