"""The named colours of the light and the dark look, and what colours mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QColor


class Tone(Enum):
    """What a badge, a frame or a notice means."""

    PLAIN = "plain"
    ACCENT = "accent"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one look. Text on its ground contrasts at least 4.5 to 1 (a test measures it)."""

    page: str
    surface: str
    line: str
    line_strong: str
    text: str
    muted: str
    accent: str  # text and lines
    accent_fill: str  # the ground of what is to be pressed; white text stands on it
    accent_hover: str
    accent_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    plain_soft: str
    track: str
    hover: str

    def ink(self, tone: Tone) -> QColor:
        """The colour of words and lines with this meaning."""
        names = {Tone.PLAIN: self.muted, Tone.ACCENT: self.accent, Tone.GOOD: self.good}
        return QColor({**names, Tone.WARN: self.warn, Tone.BAD: self.bad}[tone])

    def ground(self, tone: Tone) -> QColor:
        """The soft colour behind words with this meaning."""
        names = {Tone.PLAIN: self.plain_soft, Tone.ACCENT: self.accent_soft, Tone.GOOD: self.good_soft}
        return QColor({**names, Tone.WARN: self.warn_soft, Tone.BAD: self.bad_soft}[tone])


LIGHT = Tokens(
    page="#f5f7f9",
    surface="#ffffff",
    line="#dfe3e9",
    line_strong="#b9c0cb",
    text="#1b2430",
    muted="#586272",
    accent="#0b5cad",
    accent_fill="#0b5cad",
    accent_hover="#094b8e",
    accent_soft="#e7f0fa",
    good="#19703f",
    good_soft="#e4f4ea",
    warn="#8a5200",
    warn_soft="#fdf1dc",
    bad="#b3261e",
    bad_soft="#fdeaea",
    plain_soft="#ebeef3",
    track="#e6e9ef",
    hover="#eef2f6",
)

DARK = Tokens(
    page="#14181e",
    surface="#1c222a",
    line="#323b47",
    line_strong="#566273",
    text="#e6eaf0",
    muted="#a5afbd",
    accent="#79b8f8",
    accent_fill="#2368b8",
    accent_hover="#296fc0",
    accent_soft="#1f3350",
    good="#74cf9e",
    good_soft="#1a3527",
    warn="#ecbc67",
    warn_soft="#3a2f17",
    bad="#ff978d",
    bad_soft="#432321",
    plain_soft="#2b333e",
    track="#323b47",
    hover="#242c36",
)
