"""Putting the glyphs that a document uses into its PDF: one composite font per face, cut down by HarfBuzz.

ReportLab's own TrueType fonts address characters, at most 256 per font, and lay shaped glyphs on private
ones, so that Arabic could neither be searched nor copied out of the file. Here each code stands for one glyph
together with the text it means: what is printed is what was shaped, what is copied is what was typed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import uharfbuzz
from reportlab.pdfbase import pdfdoc

from iscm_desktop.reports.typesetting.text_shaping import Glyph, Shaped
from iscm_desktop.reports.typesetting.typefaces import Face

_UNUSED_TABLES = tuple(
    int.from_bytes(tag.ljust(4).encode("ascii"), "big")
    for tag in [
        "GSUB",
        "GPOS",
        "GDEF",
        "kern",
        "cmap",
        "name",
        "OS/2",
        "DSIG",
        "gasp",
        "STAT",
        "MATH",
        "vhea",
        "vmtx",
    ]
)
"""Of a face, not needed to print glyphs that are placed already."""
_SLIGHT = 0.05  # thousandths of the size; nobody sees less
_BFCHARS = 100  # the most that one block of a character map may hold


class EmbeddedFont:
    """The font of one face in one document. Fills up while pages are drawn; written when the document is."""

    def __init__(self, name: str, face: Face) -> None:
        self.fontName = self.resource = name  # ReportLab reads fontName
        self.face = face
        self._codes: dict[tuple[int, str], int] = {}
        self._glyphs: list[int] = [0]  # glyph of each code; 0 is the box for what is missing
        self._meant: list[str] = [""]
        self._strings: dict[Shaped, tuple[tuple[float, str], ...]] = {}

    def strings(self, part: Shaped) -> tuple[tuple[float, str], ...]:
        """Operands of TJ that print `part`, each with the rise (thousandths of the size) it wants."""
        found = self._strings.get(part)
        if found is None:
            found = self._strings[part] = tuple(self._encoded(part.glyphs))
        return found

    def _encoded(self, glyphs: Sequence[Glyph]) -> list[tuple[float, str]]:
        pieces: list[tuple[float, str]] = []
        out: list[str] = []
        rise = 0.0
        for glyph in glyphs:
            if glyph.dy != rise:
                if out:
                    pieces.append((rise, "".join(out)))
                    out = []
                rise = glyph.dy
            after = self.face.advance(glyph.id) + glyph.dx - glyph.advance
            before = _number(-glyph.dx) if abs(glyph.dx) > _SLIGHT else ""
            out.append(f"{before}<{self._code(glyph):04X}>{_number(after) if abs(after) > _SLIGHT else ''}")
        return [*pieces, (rise, "".join(out))] if out else pieces

    def _code(self, glyph: Glyph) -> int:
        key = (glyph.id, glyph.text)
        code = self._codes.get(key)
        if code is None:
            code = self._codes[key] = len(self._glyphs)
            self._glyphs.append(glyph.id)
            self._meant.append(glyph.text)
        return code

    def addObjects(self, document: Any) -> None:  # noqa: N802 - ReportLab calls it
        """Writes the font; ReportLab calls this once, when every page is drawn."""
        data, renumbered = self._subset()
        name = f"{_tag(data)}+{self.face.name}"
        descendant = self._descendant(document, name, data, renumbered)
        composite = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([descendant]),
                "ToUnicode": _stream(document, _unicode_map(self._meant)),
            }
        )
        document.idToObject["BasicFonts"].dict[self.resource] = document.Reference(composite)

    def _descendant(self, document: Any, name: str, data: bytes, renumbered: dict[int, int]) -> Any:
        """The font by glyph: how wide each code is, and which glyph of the subset it prints."""
        descriptor = self._descriptor(document, name, data)
        glyph_of_code = b"".join(renumbered[glyph].to_bytes(2, "big") for glyph in self._glyphs)
        advances = pdfdoc.PDFArray([self.face.advance(glyph) for glyph in self._glyphs])
        entries = {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": pdfdoc.PDFName(name),
            "CIDSystemInfo": _identity(),
            "FontDescriptor": descriptor,
            "W": pdfdoc.PDFArray([0, advances]),
            "CIDToGIDMap": _stream(document, glyph_of_code),
        }
        return document.Reference(pdfdoc.PDFDictionary(entries))

    def _subset(self) -> tuple[bytes, dict[int, int]]:
        """The face with the glyphs in use only, and their new numbers."""
        wanted = uharfbuzz.SubsetInput()
        wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
        wanted.glyph_set.update(self._glyphs)
        wanted.drop_table_tag_set.update(_UNUSED_TABLES)
        plan = uharfbuzz.SubsetPlan(self.face.face, wanted)
        return plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping)

    def _descriptor(self, document: Any, name: str, data: bytes) -> Any:
        stream = _stream(document, data, Length1=len(data))
        return document.Reference(
            pdfdoc.PDFDictionary(
                {
                    "Type": pdfdoc.PDFName("FontDescriptor"),
                    "FontName": pdfdoc.PDFName(name),
                    "Flags": 4 | (64 if "Italic" in name else 0),
                    "FontBBox": pdfdoc.PDFArray([-1000, self.face.descent, 2000, self.face.ascent]),
                    "ItalicAngle": -12 if "Italic" in name else 0,
                    "Ascent": self.face.ascent,
                    "Descent": self.face.descent,
                    "CapHeight": 714,
                    "StemV": 160 if "Bold" in name else 90,
                    "FontFile2": stream,
                }
            )
        )


def _identity() -> Any:
    return pdfdoc.PDFDictionary(
        {
            "Registry": pdfdoc.PDFString("Adobe"),
            "Ordering": pdfdoc.PDFString("Identity"),
            "Supplement": 0,
        }
    )


def _stream(document: Any, content: bytes, **entries: int) -> Any:
    stream = pdfdoc.PDFStream(
        dictionary=pdfdoc.PDFDictionary(dict(entries)), content=content, filters=[pdfdoc.PDFZCompress]
    )
    return document.Reference(stream)


def _tag(data: bytes) -> str:
    """Six capitals that stand for this subset, the same for the same glyphs."""
    digest = hashlib.sha256(data).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _unicode_map(meant: Sequence[str]) -> bytes:
    """What each code means, as a ToUnicode character map. Codes for the rest of a cluster mean nothing."""
    entries = [
        f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(meant) if text
    ]
    blocks = [entries[at : at + _BFCHARS] for at in range(0, len(entries), _BFCHARS)]
    listed = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{listed}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
