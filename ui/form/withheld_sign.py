"""The sign for what is not for publication, painted small: an eye with a stroke through it, and how many."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from ui.look.colours import Tone
from ui.look.theme import WindowTheme

WIDTH = 32
"""At 100 % text."""


def paint_withheld(painter: QPainter, box: QRect, count: int, theme: WindowTheme) -> None:
    """Paints the sign with its number behind it, in the direction of the window, in a box that is `WIDTH` wide."""
    px, ink = theme.px, theme.tokens.ink(Tone.WARN)
    is_mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    middle = QRectF(box).center().y()
    eye = QRectF(box.right() + 1 - px(15) if is_mirrored else box.x(), middle - px(5), px(15), px(10))
    painter.save()
    painter.setPen(QPen(ink, 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    lids = QPainterPath(QPointF(eye.left(), middle))
    lids.quadTo(QPointF(eye.center().x(), eye.top() - px(2)), QPointF(eye.right(), middle))
    lids.quadTo(QPointF(eye.center().x(), eye.bottom() + px(2)), QPointF(eye.left(), middle))
    painter.drawPath(lids)
    painter.drawEllipse(eye.center(), px(2), px(2))
    painter.drawLine(eye.bottomLeft() + QPointF(px(2), 0), eye.topRight() - QPointF(px(2), 0))
    font = painter.font()
    font.setPixelSize(px(12))
    font.setBold(False)
    painter.setFont(font)
    words = QRectF(
        box.x() if is_mirrored else eye.right() + px(3), box.y(), box.width() - px(18), box.height()
    )
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), str(count))
    painter.restore()
