"""Where two texts differ, word by word, in any script; and both in one text.

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
from itertools import pairwise

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

_PARAGRAPH, _ENDS_WITHOUT_BLANK = "\n\n", ("。", "！", "？")


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
class _Sentence:
    text: str
    gap: str  # what stands before it: a blank, a new paragraph


def differences(before: str, after: str) -> tuple[TextPiece, ...]:
    """How `before` became `after`: without the added pieces it reads as before, without the removed as after."""
    pieces: list[TextPiece] = []
    for old, new in _aligned(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if old == new:
            pieces.append(TextPiece("".join(old), TextChange.SAME))
        else:
            pieces += _by_words("".join(old), "".join(new))
    return tuple(_joined(_without_islands(_joined(pieces))))


def combined(texts: Sequence[str]) -> str:
    """All that the texts say in one: what they share once, what they do not one after the other, paragraphs kept.

    A draft for a person to edit, with no word that nobody wrote. Texts that agree give theirs as it is.
    """
    if len(set(texts)) == 1:
        return texts[0]
    found: list[_Sentence] = []
    for text in texts:
        found = _folded(found, _sentences(text))
    return "".join(one.gap + one.text for one in found).strip()


def same_but_for_spaces(one: str, other: str) -> bool:
    """Whether nobody would see a difference in print."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _sentences(text: str) -> list[_Sentence]:
    """What a text says, sentence by sentence, or line by line where lines have no full stops."""
    found: list[_Sentence] = []
    gap, begin = "", 0
    ends = [(each.start(), each.end()) for each in _SENTENCE.finditer(text)]
    for end, next_ in [*ends, (len(text), len(text))]:
        piece = text[begin:end]
        sentence = piece.strip()
        gap += piece[: len(piece) - len(piece.lstrip())]
        if sentence:
            found.append(_Sentence(sentence, gap))
            gap = ""
        gap += text[end:next_]
        begin = next_
    return found


def _folded(found: list[_Sentence], own: list[_Sentence]) -> list[_Sentence]:
    """The sentences so far with those of another text put among them, where they belong."""
    folded: list[_Sentence] = []
    steps = _steps([_plain(one.text) for one in found], [_plain(one.text) for one in own])
    for tag, a, b, c, d in steps:
        if tag == "equal":
            folded += map(_further_apart, found[a:b], own[c:d])
        elif len(steps) == 1:
            folded += _one_after_the_other(found, own, least=_PARAGRAPH)
        else:
            folded += _by_paragraphs(found[a:b], own[c:d])
    return [*folded[:1], *(_set_off(one, before) for before, one in pairwise(folded))]


def _further_apart(one: _Sentence, other: _Sentence) -> _Sentence:
    """A sentence that both have, with the paragraph that either begins there."""
    return max(one, other, key=_breaks)


def _breaks(one: _Sentence) -> int:
    return one.gap.count("\n")


def _by_paragraphs(first: list[_Sentence], second: list[_Sentence]) -> list[_Sentence]:
    """What differs between two sentences that both have: paragraph by paragraph where there are as many."""
    pair = _paragraphs(first), _paragraphs(second)
    if len(pair[0]) != len(pair[1]):
        widest = max((one.gap for one in first[1:]), key=lambda gap: gap.count("\n"), default="")
        return _one_after_the_other(first, second, least=widest if "\n" in widest else "")
    return [one for both in zip(*pair, strict=True) for part in both for one in part]


def _paragraphs(sentences: list[_Sentence]) -> list[list[_Sentence]]:
    found: list[list[_Sentence]] = []
    for one in sentences:
        if found and not _breaks(one):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _one_after_the_other(first: list[_Sentence], second: list[_Sentence], *, least: str) -> list[_Sentence]:
    """Both, so far apart at least."""
    begin = [_further_apart(one, _Sentence(one.text, least)) for one in second[:1]] if first else second[:1]
    return [*first, *begin, *second[1:]]


def _set_off(one: _Sentence, before: _Sentence) -> _Sentence:
    """The same, with a blank where nothing else stands between it and what is before it now."""
    is_apart = one.gap or before.text.endswith(_ENDS_WITHOUT_BLANK)
    return one if is_apart else _Sentence(one.text, " ")


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
