"""One quiet look, light and dark: named colours, made into a palette and one style sheet for the program.

The style sheet is set when the colours or the text size change, never while somebody types. What changes with
an answer (a frame, a badge) is painted by the widget itself from the same colours.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ui.style_sheet import style_sheet

STYLED = "is_styled"
"""Set on an application that was made with STYLE: a style that comes later costs 7 ms."""

STYLE = ("-style", "fusion")
"""Arguments that choose the style while the application is made."""

BASE_PX = 14
"""Height of ordinary text at 100 %, in device-independent pixels."""

SCALES = (80, 90, 100, 110, 125, 150, 175, 200)
"""Text sizes on offer, in per cent."""


class Mode(Enum):
    """Which colours the person wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


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
        names = {Tone.PLAIN: self.muted, Tone.ACCENT: self.accent, Tone.GOOD: self.good}
        return QColor({**names, Tone.WARN: self.warn, Tone.BAD: self.bad}[tone])

    def ground(self, tone: Tone) -> QColor:
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


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(tokens.surface), QColor(tokens.page))
    for which, colour in (
        (role.Window, tokens.page),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.hover),
        (role.Text, tokens.text),
        (role.PlaceholderText, tokens.muted),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.bad),
        (role.ToolTipBase, tokens.surface),
        (role.ToolTipText, tokens.text),
        (role.Highlight, tokens.accent_fill),
        (role.HighlightedText, "#ffffff"),
        (role.Accent, tokens.accent_fill),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.Light, tokens.surface),
        (role.Midlight, tokens.line),
        (role.Mid, tokens.line_strong),
        (role.Dark, tokens.line_strong),
        (role.Shadow, tokens.line_strong),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.muted))
    return palette


class Theme(QObject):
    """Applies a look to the whole program.

    Signals:
        changed: the colours or the text size are others now; what paints by itself repaints.
    """

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode, scale: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app, self._mode, self._scale = app, mode, scale
        self._family = app.font().family()
        if not app.property(STYLED):
            app.setStyle("Fusion")
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_scheme_changed)
        self._apply()

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def scale(self) -> int:
        """Text size in per cent."""
        return self._scale

    @property
    def tokens(self) -> Tokens:
        return DARK if self._is_dark() else LIGHT

    def px(self, at_100: float) -> int:
        """A length that grows with the text."""
        return round(at_100 * self._scale / 100)

    def show_mode(self, mode: Mode) -> None:
        if mode is not self._mode:
            self._mode = mode
            self._apply()

    def show_scale(self, scale: int) -> None:
        scale = max(SCALES[0], min(SCALES[-1], scale))
        if scale != self._scale:
            self._scale = scale
            self._apply()

    def step_scale(self, steps: int) -> None:
        """The next larger or smaller text size on offer."""
        nearest = min(range(len(SCALES)), key=lambda at: abs(SCALES[at] - self._scale))
        self.show_scale(SCALES[max(0, min(len(SCALES) - 1, nearest + steps))])

    def _is_dark(self) -> bool:
        if self._mode is Mode.SYSTEM:
            return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._mode is Mode.DARK

    def _on_system_scheme_changed(self) -> None:
        if self._mode is Mode.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        font = QFont(self._app.font())
        font.setFamilies(_families(self._family))
        font.setPixelSize(self.px(BASE_PX))
        self._app.setFont(font)
        self._app.setPalette(_palette(self.tokens))
        self._app.setStyleSheet(style_sheet(self.tokens, self.px))
        self.changed.emit()


def _families(system: str) -> list[str]:
    """Noto Sans where Linux has it (the documents are set in it), else the system's own font.

    Not asked for beforehand: Qt takes 6 ms to say whether it is there, and none to go on with the next of the list.
    """
    return ["Noto Sans", system] if sys.platform.startswith("linux") else [system]
