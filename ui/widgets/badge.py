"""A short word on a soft ground: the state of something."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look.colours import Tone
from ui.look.theme import WindowTheme


def paint_badge(
    painter: QPainter, box: QRectF, text: str, theme: WindowTheme, tone: Tone, *, is_on_lit: bool = False
) -> None:
    """Draws a badge that fills `box`; list rows use this too.

    Args:
        is_on_lit: The ground around it is lit, and could be taken for its own: a line keeps them apart.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.tokens.line_strong), 1) if is_on_lit else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(theme.tokens.ground(tone))
    box = box.adjusted(0.5, 0.5, -0.5, -0.5) if is_on_lit else box
    radius = min(box.height() / 2, theme.px(11))
    painter.drawRoundedRect(box, radius, radius)
    painter.setPen(theme.tokens.ink(tone))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class Badge(QWidget):
    """A badge as a widget of its own."""

    def __init__(self, text: str, tone: Tone, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._tone, self._text = theme, tone, text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def text(self) -> str:
        """What it says; hidden while ""."""
        return self._text

    @property
    def tone(self) -> Tone:
        """What it means."""
        return self._tone

    def show_text(self, text: str, tone: Tone) -> None:
        """Says something else; "" hides it."""
        if (text, tone) != (self._text, self._tone):
            self._text, self._tone = text, tone
            self._name()
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(
            metrics.horizontalAdvance(self._text) + self._theme.px(18), metrics.height() + self._theme.px(4)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_badge(painter, QRectF(self.rect()), self._text, self._theme, self._tone)
        painter.end()

    def _name(self) -> None:
        self.setAccessibleName(self._text)
        self.setVisible(bool(self._text))

    def _on_theme_changed(self) -> None:
        font = self.font()
        font.setPixelSize(self._theme.px(12))
        self.setFont(font)
        self.updateGeometry()
        self.update()
