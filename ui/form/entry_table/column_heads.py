"""Titles over the columns of a table: on two lines where they need it, the whole in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.look.theme import WindowTheme
from ui.widgets.painted_text import paint_words, shortened

_LINES = 2


class ColumnHeads(QHeaderView):
    """Painted here, since Qt either wraps a title or ends it in an ellipsis."""

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(12))
        font.setBold(True)
        return font

    def sizeHint(self) -> QSize:
        lines = QFontMetrics(self._font()).lineSpacing() * _LINES
        return QSize(super().sizeHint().width(), lines + self._theme.px(8))

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        painter.save()
        painter.fillRect(rect, QColor(tokens.surface))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text = str(self.model().headerData(logical_index, Qt.Orientation.Horizontal) or "")
        if text:
            font = self._font()
            painter.setFont(font)
            painter.setPen(QColor(tokens.muted))
            box = rect.adjusted(px(9), px(2), -px(6), -px(2))
            paint_words(painter, box, self._fitting(text, QFontMetrics(font), box), self.layoutDirection())
        painter.restore()

    def _fitting(self, text: str, metrics: QFontMetrics, box: QRect) -> str:
        """As much of a title as fits on the lines there are, an ellipsis at its end."""
        room = QRect(0, 0, box.width(), 10**5)
        wrap = Qt.TextFlag.TextWordWrap.value
        longest, shown = len(text), text
        while longest > 1 and metrics.boundingRect(room, wrap, shown).height() > box.height():
            longest -= max(1, longest // 12)
            shown = shortened(text, longest)
        return shown
