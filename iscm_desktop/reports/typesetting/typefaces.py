"""The typefaces that documents are set in, and which of them has a character.

Responsible for finding faces and for their measures. Shaping is `text_shaping`, embedding is `font_embedding`. A
face is opened when a document first needs it: Arabic and Chinese cost nothing where nobody writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import uharfbuzz

from iscm_desktop.paths import resource

_SANS = {
    (False, False): "NotoSans-Regular",
    (True, False): "NotoSans-Bold",
    (False, True): "NotoSans-Italic",
    (True, True): "NotoSans-BoldItalic",
}
_ARABIC = {False: "NotoNaskhArabic-Regular", True: "NotoNaskhArabic-Bold"}
_CHINESE = "DroidSansFallbackFull"
_SIGNS = ("NotoSansSymbols2", "NotoSansMath", "NotoSansSymbols", "NotoSansMono", "NotoSansYi")


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One font file. Measures are in thousandths of the type size."""

    name: str
    face: Any  # uharfbuzz.Face
    font: Any  # uharfbuzz.Font
    characters: frozenset[int]
    scale: float  # font units to thousandths
    ascent: int
    descent: int  # negative
    advances: dict[int, int]  # by glyph, as far as they were asked for
    is_bold_missing: bool  # the family has no bold: letters are thickened instead

    def advance(self, glyph: int) -> int:
        """The glyph's own advance in whole thousandths, before any kerning."""
        found = self.advances.get(glyph)
        if found is None:
            found = self.advances[glyph] = round(self.font.get_glyph_h_advance(glyph) * self.scale)
        return found

    def has_character(self, character: str) -> bool:
        """Whether the font maps this one character to a glyph."""
        return ord(character) in self.characters


@cache
def face(name: str) -> Face:
    """The face in `resources/fonts/{name}.ttf`."""
    blob = uharfbuzz.Blob.from_file_path(str(resource("fonts", f"{name}.ttf")))
    opened = uharfbuzz.Face(blob)
    font = uharfbuzz.Font(opened)
    extents = font.get_font_extents("ltr")
    scale = 1000 / opened.upem
    return Face(
        name,
        opened,
        font,
        frozenset(opened.unicodes),
        scale,
        round(extents.ascender * scale),
        round(extents.descender * scale),
        {},
        is_bold_missing=name == _CHINESE or name.endswith("-Signs"),
    )


@cache
def chain(bold: bool, italic: bool) -> tuple[str, ...]:
    """Names of the faces to try, in order, for text of this style."""
    return (_SANS[bold, italic], _ARABIC[bold], _CHINESE, *(f"{name}-Signs" for name in _SIGNS))


@cache
def face_for(character: str, bold: bool, italic: bool) -> Face | None:
    """The first face that has `character`; None where no font has it."""
    return next(
        (found for name in chain(bold, italic) if (found := face(name)).has_character(character)), None
    )
