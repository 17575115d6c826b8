"""A thin bar that shows how far something is."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look.theme import WindowTheme


def paint_meter(
    painter: QPainter, box: QRectF, share: float, theme: WindowTheme, *, is_mirrored: bool
) -> None:
    """Draws the bar that fills `box`; `share` lies between 0 and 1."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.tokens.track))
    radius = box.height() / 2
    painter.drawRoundedRect(box, radius, radius)
    width = box.width() * max(0.0, min(1.0, share))
    if width > 0:
        left = box.right() - width if is_mirrored else box.left()
        painter.setBrush(QColor(theme.tokens.accent_fill))
        painter.drawRoundedRect(
            QRectF(left, box.top(), max(width, box.height()), box.height()), radius, radius
        )
    painter.restore()


class Meter(QWidget):
    """The bar as a widget."""

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._share = theme, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_share(self, done: int, total: int, words: str) -> None:
        """Fills the bar; `words` say the same to screen readers."""
        self._share = done / total if total else 0.0
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        paint_meter(painter, QRectF(self.rect()), self._share, self._theme, is_mirrored=mirrored)
        painter.end()
