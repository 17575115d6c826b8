"""Drawing onto a page of a PDF: colours, areas, lines of glyphs, live links."""

from __future__ import annotations

import io
from typing import Any

from iscm_desktop.reports.typesetting import styles
from iscm_desktop.reports.typesetting.bidi import Direction
from iscm_desktop.reports.typesetting.font_embedding import EmbeddedFont
from iscm_desktop.reports.typesetting.line_breaking import Atom, Ink, Line
from iscm_desktop.reports.typesetting.page_rows import (
    DrawnFill,
    DrawnPicture,
    DrawnRule,
    PageOf,
    Paint,
    TextAt,
)
from iscm_desktop.reports.typesetting.typefaces import Face

_ROUND = 3.2  # radius of a panel's corners
_CURVE = 0.5523  # of the radius: a quarter circle by a Bézier curve
_STROKE = 0.055  # of the size: the line along what was struck out or is underlined
_THICKENING = 0.022  # of the size, around letters that have no bold


class Fonts:
    """The fonts that one document embeds, each under its name in the file."""

    def __init__(self, canvas: Any) -> None:
        self._document = canvas._doc  # ReportLab has no public way to add a font of one's own
        self._fonts: dict[Face, EmbeddedFont] = {}

    def embedded(self, face: Face) -> EmbeddedFont:
        """The document's font for `face`; added to the file at the first call."""
        font = self._fonts.get(face)
        if font is None:
            font = self._fonts[face] = EmbeddedFont(f"F{len(self._fonts) + 1}", face)
            self._document.delayedFonts.append(font)
        return font


class Pen:
    """Draws on the canvas's current page; x runs with the document's reading direction from its margin."""

    def __init__(self, canvas: Any, fonts: Fonts, direction: Direction) -> None:
        self._canvas, self._fonts = canvas, fonts
        self._is_rtl = direction == "rtl"
        self._operators: list[str] = []

    def finish_page(self) -> None:
        """Writes what was drawn and turns to a new page; an empty page is written, too."""
        self._canvas.addLiteral("\n".join(self._operators))
        self._operators.clear()
        self._canvas.showPage()

    def draw(self, paint: Paint, top: float) -> None:
        """Draws one paint of a row whose upper edge is `top` points below the page's."""
        match paint:
            case TextAt():
                self._text(paint, top)
            case DrawnRule(x, y, width, colour, thickness):
                self._area(self._left(x, width), top + y - thickness / 2, width, thickness, colour)
            case DrawnFill():
                self._fill(paint, top)
            case DrawnPicture():
                self._picture(paint, top)
            case PageOf():
                raise AssertionError("page numbers are put in before drawing")

    def _left(self, x: float, width: float) -> float:
        return styles.MARGIN + (styles.WIDTH - x - width if self._is_rtl else x)

    def _area(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        bottom = styles.PAGE_HEIGHT - top - height
        self._operators.append(f"{_rgb(colour)} rg {left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re f")

    def _fill(self, fill: DrawnFill, top: float) -> None:
        left = self._left(fill.x, fill.width)
        if not fill.top and not fill.bottom:
            # Areas of neighbouring rows overlap a little, or viewers show a seam.
            self._area(left, top + fill.y - 0.2, fill.width, fill.height + 0.4, fill.colour)
            return
        high = styles.PAGE_HEIGHT - top - fill.y
        low = high - fill.height
        path = _rounded(left, low, left + fill.width, high, fill.top, fill.bottom)
        self._operators.append(f"{_rgb(fill.colour)} rg {path} f")

    def _picture(self, picture: DrawnPicture, top: float) -> None:
        from reportlab.lib.utils import ImageReader  # late: few documents have pictures

        left, low = (
            self._left(picture.x, picture.width),
            styles.PAGE_HEIGHT - top - picture.y - picture.height,
        )
        reader = ImageReader(io.BytesIO(picture.content))
        self._canvas.drawImage(reader, left, low, picture.width, picture.height)

    def _text(self, at: TextAt, top: float) -> None:
        line = at.line
        if not line.atoms:
            return
        x = at.x + (at.width - line.width if at.at_end else 0.0)
        left = self._left(x, line.width)
        baseline = styles.PAGE_HEIGHT - top - at.y
        self._operators.append(f"BT 1 0 0 1 {left:.2f} {baseline:.2f} Tm {self._glyphs(line)} ET")
        self._links(line, left, baseline)
        self._marks(line, left, baseline)

    def _glyphs(self, line: Line) -> str:
        """Text operators for the line's atoms, with runs of one look printed in one go."""
        out: list[str] = []
        look: tuple[Any, ...] = ()
        pending: list[str] = []
        for atom in line.atoms:
            font, ink = self._fonts.embedded(atom.shaped.face), atom.ink
            for rise, string in font.strings(atom.shaped):
                here = (
                    font,
                    ink.size,
                    ink.colour,
                    ink.rise + rise * ink.size / 1000,
                    atom.shaped.is_thickened,
                )
                if here != look:
                    _flush(pending, out)
                    out.append(_look(here, look))
                    look = here
                pending.append(string)
        _flush(pending, out)
        if look and look[3]:
            out.append("0 Ts")
        if look and look[4]:
            out.append("0 Tr")
        return " ".join(out)

    def _marks(self, line: Line, left: float, baseline: float) -> None:
        """The lines through what was struck out and below what is underlined, runs of one ink in one stroke."""
        x = start = left
        ink: Ink | None = None
        for atom in (*line.atoms, None):
            if ink is not None and (atom is None or atom.ink != ink):
                if ink.line is not None:
                    top = styles.PAGE_HEIGHT - baseline - ink.line * ink.size
                    self._area(start, top, x - start, ink.size * _STROKE, ink.colour)
                start = x
            ink = atom.ink if atom is not None else None
            x += atom.width if atom is not None else 0.0

    def _links(self, line: Line, left: float, baseline: float) -> None:
        start, target = left, ""
        x = left
        for atom in (*line.atoms, None):
            link = atom.ink.link if atom else ""
            if link != target:
                if target:
                    self._link(target, start, x, baseline, line.atoms[0])
                start, target = x, link
            x += atom.width if atom else 0.0

    def _link(self, target: str, left: float, right: float, baseline: float, atom: Atom) -> None:
        size = atom.ink.size
        self._canvas.linkURL(target, (left, baseline - size * 0.25, right, baseline + size * 0.8), relative=0)


def _look(here: tuple[Any, ...], before: tuple[Any, ...]) -> str:
    font, size, colour, rise, thick = here
    parts = []
    if not before or before[:2] != here[:2]:
        parts.append(f"/{font.resource} {size:g} Tf")
    if not before or before[2] != colour:
        parts.append(f"{_rgb(colour)} rg")
    if (before[3] if before else 0) != rise:
        parts.append(f"{rise:.2f} Ts")
    if (before[4] if before else False) != thick or (thick and before[:2] != here[:2]):
        parts.append(f"{_rgb(colour)} RG 2 Tr {size * _THICKENING:.3f} w" if thick else "0 Tr")
    return " ".join(parts)


def _flush(pending: list[str], out: list[str]) -> None:
    if pending:
        out.append(f"[{''.join(pending)}] TJ".replace("><", ""))
        pending.clear()


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))


def _rounded(left: float, low: float, right: float, high: float, top: bool, bottom: bool) -> str:
    """Path of a rectangle with rounded corners at its top, its bottom, or both."""
    up, down = (_ROUND if top else 0.0), (_ROUND if bottom else 0.0)
    u, d = up * (1 - _CURVE), down * (1 - _CURVE)
    points = [
        f"{left + down:.2f} {low:.2f} m {right - down:.2f} {low:.2f} l",
        f"{right - d:.2f} {low:.2f} {right:.2f} {low + d:.2f} {right:.2f} {low + down:.2f} c",
        f"{right:.2f} {high - up:.2f} l",
        f"{right:.2f} {high - u:.2f} {right - u:.2f} {high:.2f} {right - up:.2f} {high:.2f} c",
        f"{left + up:.2f} {high:.2f} l",
        f"{left + u:.2f} {high:.2f} {left:.2f} {high - u:.2f} {left:.2f} {high - up:.2f} c",
        f"{left:.2f} {low + down:.2f} l",
        f"{left:.2f} {low + d:.2f} {left + d:.2f} {low:.2f} {left + down:.2f} {low:.2f} c h",
    ]
    return " ".join(points)
