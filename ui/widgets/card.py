"""A framed ground for one subject. Its frame is painted here, so that a new state costs one repaint."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.look.colours import Tone
from ui.look.theme import WindowTheme


class Card(QFrame):
    """Rounded surface with a column of content; `tone` colours the frame.

    Args:
        is_soft: The ground has the soft colour of the tone.
        is_flat: Inside another card: no frame and no ground while the tone is plain.
    """

    def __init__(
        self, theme: WindowTheme, parent: QWidget, *, is_soft: bool = False, is_flat: bool = False
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._tone = Tone.PLAIN
        self._has_ring = False
        self._is_soft, self._is_flat = is_soft, is_flat
        self.column = QVBoxLayout(self)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    @property
    def tone(self) -> Tone:
        """What the frame means; PLAIN for nothing."""
        return self._tone

    def show_tone(self, tone: Tone) -> None:
        """Colours the frame."""
        if tone is not self._tone:
            self._tone = tone
            self.update()

    def show_ring(self, *, has_ring: bool) -> None:
        """Draws the frame stronger, whatever its colour: this is the one that things are done to."""
        if has_ring is not self._has_ring:
            self._has_ring = has_ring
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self.theme.tokens
        plain = self._tone is Tone.PLAIN
        if plain and self._is_flat:
            return
        width = 2.0 if self._has_ring else 1.0 if plain else 1.5
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.line) if plain else tokens.ink(self._tone), width))
        ground = tokens.ground(self._tone) if self._is_soft else QColor(tokens.surface)
        painter.setBrush(ground)
        edge = width / 2
        radius = self.theme.px(7)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), radius, radius)
        painter.end()

    def _on_theme_changed(self) -> None:
        px = self.theme.px
        if self._is_flat:
            self.column.setContentsMargins(px(9), px(6), px(9), px(7))
        else:
            self.column.setContentsMargins(px(16), px(13), px(16), px(14))
        self.column.setSpacing(px(6))
        self.update()
