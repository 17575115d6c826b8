"""One quiet look, light and dark: named colours, made into a palette and one style sheet for the program.

The style sheet is set when the colours or the text size change, never while somebody types. What changes with
an answer (a frame, a badge) is painted by the widget itself from the same colours.
"""

from __future__ import annotations

import sys
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ui.look.colours import DARK, LIGHT, Tokens
from ui.look.lengths import carry_lengths, scaled
from ui.look.style_sheet import style_sheet

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


class WindowTheme(QObject):
    """Applies a look to the whole program.

    Signals:
        about_to_change: the next thing is that every widget is styled anew; what can be made again later goes now.
        changed: the colours or the text size are others now; what paints by itself repaints.
    """

    about_to_change = Signal()
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
        """What the person chose; SYSTEM follows the system."""
        return self._mode

    @property
    def scale(self) -> int:
        """Text size in per cent."""
        return self._scale

    @property
    def tokens(self) -> Tokens:
        """The colours that are shown now."""
        return DARK if self._is_dark() else LIGHT

    def px(self, at_100: float) -> int:
        """A length that grows with the text."""
        return scaled(at_100, self._scale)

    def show_mode(self, mode: Mode) -> None:
        """Changes the colours of the whole program."""
        if mode is not self._mode:
            self._mode = mode
            self._apply()

    def show_scale(self, scale: int) -> None:
        """Changes the text size of the whole program, in per cent, within what is on offer."""
        scale = max(SCALES[0], min(SCALES[-1], scale))
        if scale != self._scale:
            before, self._scale = self._scale, scale
            self._apply(before)

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

    def _apply(self, scale_before: int | None = None) -> None:
        """Puts the look on everything there is.

        Without a style sheet in between: Qt takes one away and puts another on in a third of the time in which it
        exchanges them, for then it styles each widget once.
        """
        if self._app.styleSheet():
            self.about_to_change.emit()
            self._app.setStyleSheet("")
        font = QFont(self._app.font())
        font.setFamilies(_families(self._family))
        font.setPixelSize(self.px(BASE_PX))
        self._app.setFont(font)
        self._app.setPalette(_palette(self.tokens))
        if scale_before is not None:
            for window in self._app.topLevelWidgets():
                carry_lengths(window, scale_before, self._scale)
        self._app.setStyleSheet(style_sheet(self.tokens, self.px))
        self.changed.emit()


def _families(system: str) -> list[str]:
    """Noto Sans where Linux has it (the documents are set in it), else the system's own font.

    Not asked for beforehand: Qt takes 6 ms to say whether it is there, and none to go on with the next of the list.
    """
    return ["Noto Sans", system] if sys.platform.startswith("linux") else [system]
