"""From characters to placed glyphs: which face sets which part of a text, and how HarfBuzz shapes it.

Responsible for one stretch of text of one style and one direction. Lines, and their order from left to right,
are `line_breaking`. Shaped words are remembered, since documents repeat theirs, and a preview prints the same ones at
each key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import uharfbuzz

from iscm_desktop.errors import DocumentProblem, IscmError
from iscm_desktop.reports.typesetting import bidi
from iscm_desktop.reports.typesetting.typefaces import Face, chain, face, face_for

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\ufeff\ufff9-\ufffb\ud800-\udfff]")
_JOINING = frozenset(("Mn", "Me", "Mc", "Cf"))


class Glyph(NamedTuple):
    """One glyph, in thousandths of the type size."""

    id: int
    advance: float
    dx: float
    dy: float
    text: str  # what it stands for; "" for the rest of a cluster
    cluster: int  # where its characters begin in the shaped text


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """A stretch in one face, its glyphs from left to right."""

    face: Face
    text: str
    glyphs: tuple[Glyph, ...]
    width: float  # thousandths of the type size
    missing: str  # characters that the face lacks: printed as boxes
    is_thickened: bool


def cleaned(text: str) -> str:
    """`text` with line feeds as its only line ends, tabs as spaces, and no characters that print nothing."""
    if text.isascii() and text.isprintable():
        return text
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text).replace("\t", "    "))


@lru_cache(maxsize=40_000)
def shaped(text: str, bold: bool, italic: bool, is_rtl: bool) -> tuple[Shaped, ...]:
    """`text` (no line feeds) in as few faces as it takes, in logical order."""
    return tuple(
        _shape(text, start, end, name, bold, is_rtl) for name, start, end in _stretches(text, bold, italic)
    )


def _stretches(text: str, bold: bool, italic: bool) -> list[tuple[str, int, int]]:
    """Which face sets what: (name, start, end). Marks and signs stay with the letter before, if they can."""
    main = face(chain(bold, italic)[0])
    if main.characters.issuperset(map(ord, text)):
        return [(main.name, 0, len(text))]
    names: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        before = face(names[-1]) if names else None
        if before and (category in _JOINING or (category[0] in "PZ" and before.has_character(character))):
            names.append(before.name)
        else:
            found = face_for(character, bold, italic)
            names.append(found.name if found else main.name)
    edges = [0, *(at for at in range(1, len(names)) if names[at] != names[at - 1]), len(names)]
    return [(names[start], start, end) for start, end in pairwise(edges)]


def _shape(text: str, start: int, end: int, name: str, bold: bool, is_rtl: bool) -> Shaped:
    """Shapes text[start:end] knowing what is around it: an Arabic letter's form depends on that."""
    used = face(name)
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text, start, end - start)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if is_rtl else "ltr"
    uharfbuzz.shape(used.font, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    meant = _meant(text, end, infos, positions)
    glyphs = [
        Glyph(
            info.codepoint,
            position.x_advance * used.scale,
            position.x_offset * used.scale,
            position.y_offset * used.scale,
            stands_for,
            info.cluster - start,
        )
        for info, position, stands_for in zip(infos, positions, meant, strict=True)
    ]
    missing = "".join(glyph.text for glyph in glyphs if not glyph.id)
    if is_rtl:
        glyphs = _letters_first(glyphs)
    width = sum(glyph.advance for glyph in glyphs)
    return Shaped(used, text[start:end], tuple(glyphs), width, missing, bold and used.is_bold_missing)


def _meant(text: str, end: int, infos: Sequence[Any], positions: Sequence[Any]) -> list[str]:
    """The characters behind each glyph: of a cluster's glyphs the letter has all, its marks have none."""
    clusters = [info.cluster for info in infos]
    starts = sorted(set(clusters))
    stops = dict(zip(starts, [*starts[1:], end], strict=True))
    if len(starts) == len(clusters):
        return [text[cluster : stops[cluster]] for cluster in clusters]
    bearers: dict[int, int] = {}
    for at, cluster in enumerate(clusters):
        first = bearers.setdefault(cluster, at)
        if positions[at].x_advance and not positions[first].x_advance:
            bearers[cluster] = at
    return [text[c : stops[c]] if bearers[c] == at else "" for at, c in enumerate(clusters)]


def _letters_first(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The same picture with each letter before its marks, so that readers of the file find them in order."""
    ordered: list[Glyph] = []
    marks: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.advance and glyph.text and unicodedata.category(glyph.text[0]) == "Mn":
            marks.append(glyph)
            continue
        ordered.append(glyph)
        ordered.extend(mark._replace(dx=mark.dx - glyph.advance) for mark in reversed(marks))
        marks.clear()
    return ordered + marks


_SAMPLE = "عام 2027 (ABC)"
_SAMPLE_ORDER = "(ABC) 2027 ماع"


def check_shaping() -> None:
    """Sees to it that Arabic would come out joined and in the right order on this computer.

    Raises:
        IscmError: if not. Nothing may be printed then, since nobody would be warned.
    """
    joined = _forms("بب")
    alone = _forms("ب")
    levels = bidi.levels(_SAMPLE, "rtl")
    ordered = "".join(_SAMPLE[at] for at in bidi.visual_order(levels))
    if len(set(joined + alone)) != 3 or _mirrored(ordered, levels) != _SAMPLE_ORDER:
        raise IscmError(DocumentProblem.SHAPING_FAILS)


def _forms(letters: str) -> list[int]:
    return [glyph.id for glyph in shaped(letters, False, False, True)[0].glyphs]


def _mirrored(ordered: str, levels: list[int]) -> str:
    by_place = [levels[at] for at in bidi.visual_order(levels)]
    swap = {"(": ")", ")": "("}
    return "".join(swap.get(c, c) if level % 2 else c for c, level in zip(ordered, by_place, strict=True))
