"""Breaking a paragraph into lines: in logical order first, then each line from left to right.

Breaks come after spaces, hyphens and slashes between letters, and between ideographs; a word wider than the
line is cut wherever it fits. Lines are not stretched: text is ragged at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from iscm_desktop.reports.typesetting import bidi
from iscm_desktop.reports.typesetting.bidi import Direction
from iscm_desktop.reports.typesetting.text_shaping import Shaped, shaped

_SPACE = " \u1680\u2000-\u2006\u2008-\u200b\u205f\u3000"
_TRAILING = re.compile(f"[{_SPACE}]+$")
_WORD = re.compile(f"[^{_SPACE}]*[{_SPACE}]*")
_IDEOGRAPH = "\u2e80-\u2fff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff21-\uff5a"
_NOT_FIRST = (  # closing punctuation and small kana
    "\u3001\u3002\u3005\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3041\u3043\u3045\u3047"
    "\u3049\u3063\u3083\u3085\u3087\u30fc\uff01\uff05\uff09\uff0c\uff0e\uff1a\uff1b\uff1f"
    "\uff3d\uff5d\u2026\u201d\u2019!),.:;?%"
)
_NOT_LAST = "\u3008\u300a\u300c\u300e\u3010\u3014\u3016\uff08\uff3b\uff5b\u201c\u2018([{"
_INSIDE = re.compile(
    r"(?<=[^\W\d_])[-\u2010/\u2013](?=[^\W\d_])"  # state-of-the-art, input/output
    r"|(?<=[^\s\u2014])\u2014(?=[^\u2014])"
    r"|(?<=[^/:])[/?&=](?=\w)(?=\S{12})"  # long addresses
    f"|(?:[{_IDEOGRAPH}][{re.escape(_NOT_FIRST)}]*|(?<=[{_IDEOGRAPH}])[{re.escape(_NOT_FIRST)}]+)(?=[{_IDEOGRAPH}{re.escape(_NOT_LAST)}\\w])"
    f"|[^\\W{_IDEOGRAPH}](?=[{_IDEOGRAPH}])"
)


@dataclass(frozen=True, slots=True)
class Ink:
    """How a run of text is printed; lengths in points."""

    size: float
    colour: str
    bold: bool = False
    italic: bool = False
    rise: float = 0
    link: str = ""
    note: str = ""  # key of the footnote that this run is the mark of
    line: float | None = None  # where a line is drawn along the run, in parts of the size above the baseline


class TextRun(NamedTuple):
    """A stretch of text in one ink."""

    text: str
    ink: Ink


class Atom(NamedTuple):
    """What is placed as one: a stretch in one face, one ink and one direction."""

    shaped: Shaped
    ink: Ink
    level: int
    width: float  # points


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A finished line, its atoms from left to right."""

    atoms: tuple[Atom, ...]
    width: float
    direction: Direction
    notes: tuple[str, ...] = ()
    missing: str = ""


class _Word(NamedTuple):
    """Atoms that stay together, and the space behind them, which vanishes at a line's end."""

    atoms: list[Atom]
    width: float
    space: list[Atom]
    space_width: float


@lru_cache(maxsize=3_000)
def broken(runs: tuple[TextRun, ...], width: float, direction: Direction | None) -> tuple[Line, ...]:
    """The lines of a text, at least one; a line feed always ends one.

    Args:
        runs: The text, without unprintable characters.
        width: Points that a line may take.
        direction: Of the paragraph; None takes that of its first letter.
    """
    lines: list[Line] = []
    for part in _hard_lines(runs):
        lines.extend(_Breaker(part, width, direction).lines())
    return tuple(lines)


@lru_cache(maxsize=3_000)
def measured(runs: tuple[TextRun, ...]) -> tuple[float, float]:
    """Points of the widest word, and of the widest line if none were broken."""
    word_width = line_width = 0.0
    for part in _hard_lines(runs):
        used = pending = 0.0
        for word in _Breaker(part, 0.0, None).words():
            word_width = max(word_width, word.width)
            used += pending + word.width
            pending = word.space_width
        line_width = max(line_width, used)
    return word_width, line_width


def _hard_lines(runs: Sequence[TextRun]) -> Iterator[list[TextRun]]:
    current: list[TextRun] = []
    for text, ink in runs:
        first, *rest = text.split("\n")
        current.append(TextRun(first, ink))
        for piece in rest:
            yield current
            current = [TextRun(piece, ink)]
    yield current


class _Breaker:
    """One paragraph on its way into lines."""

    def __init__(self, runs: Sequence[TextRun], width: float, direction: Direction | None) -> None:
        self._runs = [run for run in runs if run.text]
        self._text = "".join(run.text for run in self._runs)
        self._width = width
        self._direction: Direction = direction or bidi.base_direction(self._text)
        mixed = self._direction == "rtl" or bidi.has_right_to_left(self._text)
        self._levels = bidi.levels(self._text, self._direction) if mixed else None

    def lines(self) -> Iterator[Line]:
        current: list[Atom] = []
        pending: list[Atom] = []
        used = pending_width = 0.0
        for word in self.words():
            if current and used + pending_width + word.width > self._width + 0.01:
                yield self._line(current)
                current, used, pending, pending_width = [], 0.0, [], 0.0
            if word.width > self._width:
                *full, rest = self._cut(word.atoms)
                yield from (self._line(atoms) for atoms in full)
                word = word._replace(atoms=rest, width=sum(atom.width for atom in rest))
            current += pending + word.atoms
            used += pending_width + word.width
            pending, pending_width = word.space, word.space_width
        yield self._line(current)

    def _line(self, atoms: list[Atom]) -> Line:
        width = sum(atom.width for atom in atoms)
        notes = tuple(atom.ink.note for atom in atoms if atom.ink.note)
        missing = "".join(atom.shaped.missing for atom in atoms)
        if self._levels is not None:
            order = bidi.visual_order([atom.level for atom in atoms])
            atoms = [atoms[at] for at in order]
        return Line(tuple(atoms), width, self._direction, notes, missing)

    def words(self) -> Iterator[_Word]:
        starts = self._edges()
        for match in _WORD.finditer(self._text):
            end = match.end()
            if match.start() == end:
                break
            body = _TRAILING.sub("", match.group())
            start, stop = match.start(), match.start() + len(body)
            for cut in [start + inner.end() for inner in _INSIDE.finditer(body)]:
                if start < cut < stop:
                    atoms = self._atoms(start, cut, starts)
                    yield _Word(atoms, sum(atom.width for atom in atoms), [], 0.0)
                    start = cut
            atoms = self._atoms(start, stop, starts)
            space = self._atoms(stop, end, starts)
            yield _Word(atoms, sum(a.width for a in atoms), space, sum(a.width for a in space))

    def _edges(self) -> list[tuple[int, Ink]]:
        """Where each run begins, with its ink, and the end of all."""
        edges, at = [], 0
        for run in self._runs:
            edges.append((at, run.ink))
            at += len(run.text)
        return edges

    def _atoms(self, start: int, end: int, inks: list[tuple[int, Ink]]) -> list[Atom]:
        atoms: list[Atom] = []
        while start < end:
            while len(inks) > 1 and inks[1][0] <= start:
                del inks[0]
            ink = inks[0][1]
            stop = min(end, inks[1][0]) if len(inks) > 1 else end
            level = 0
            if self._levels is not None:
                level = self._levels[start]
                stop = next((at for at in range(start + 1, stop) if self._levels[at] != level), stop)
            for part in shaped(self._text[start:stop], ink.bold, ink.italic, level % 2 == 1):
                atoms.append(Atom(part, ink, level, part.width * ink.size / 1000))
            start = stop
        return atoms

    def _cut(self, atoms: list[Atom]) -> list[list[Atom]]:
        """A word wider than the line, in pieces that fit; the last one is open to what follows."""
        pieces: list[list[Atom]] = [[]]
        room = self._width
        for atom in atoms:
            for text in _fitting(atom, room, self._width):
                for part in shaped(text, atom.ink.bold, atom.ink.italic, atom.level % 2 == 1):
                    made = Atom(part, atom.ink, atom.level, part.width * atom.ink.size / 1000)
                    if made.width > room + 0.01 and pieces[-1]:
                        pieces.append([])
                        room = self._width
                    pieces[-1].append(made)
                    room -= made.width
        return pieces


def _fitting(atom: Atom, room: float, width: float) -> Iterator[str]:
    """The atom's text in pieces: the first fits into `room`, others into `width`; marks stay with letters."""
    advance = [0.0] * (len(atom.shaped.text) + 1)
    for glyph in atom.shaped.glyphs:
        advance[glyph.cluster] += glyph.advance * atom.ink.size / 1000
    begun = {glyph.cluster for glyph in atom.shaped.glyphs if glyph.advance}
    clusters = sorted(begun | {0, len(advance) - 1})
    start, used = 0, 0.0
    for here, after in pairwise(clusters):
        wide = sum(advance[here:after])
        if used + wide > room and here > start:
            yield atom.shaped.text[start:here]
            start, used, room = here, 0.0, width
        used += wide
    yield atom.shaped.text[start:]
