"""A table of rows with two-line names and badges, whose first column takes the width that the others leave."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.widgets.badge import paint_badge
from ui.widgets.painted_text import paint_words
from ui.widgets.row_model import Index, RowTableModel

_WRAP = int(Qt.TextFlag.TextWordWrap)


class RowDelegate(QStyledItemDelegate):
    """Paints the ground of a row, and in its cells a badge or up to two texts below each other."""

    padding = 20
    """Height above and below the texts of a cell together, at 100 %."""

    stays_lit = False
    """Whether chosen rows are marked while the keyboard is elsewhere."""

    def __init__(self, theme: WindowTheme, table: QTableView) -> None:
        super().__init__(table)
        self.theme, self.table = theme, table
        self._fonts: dict[tuple[int, bool], QFont] = {}  # by height in pixels and weight

    def badge_tone(self, index: Index) -> Tone | None:
        """What the badge of a cell means; None for cells that show plain text."""
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self.table.columnWidth(index.column()) - self.theme.px(24)
        above, below = self._heights(str(index.data()), width, is_bold=index.column() == 0)
        return QSize(width, above + below + self.theme.px(self.padding))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        painter.save()
        self._paint_ground(painter, box, is_chosen=self._is_chosen(index))
        self.paint_cell(painter, box.adjusted(self.theme.px(12), 0, -self.theme.px(12), 0), index)
        painter.restore()

    def paint_cell(self, painter: QPainter, box: QRect, index: Index) -> None:
        """Draws what is in a cell; the first column is bold."""
        tone = self.badge_tone(index)
        if tone is not None:
            is_on_lit = self._is_chosen(index) and (self.stays_lit or self.table.hasFocus())
            self._paint_badge(painter, box, str(index.data()), tone, is_on_lit=is_on_lit)
        else:
            self._paint_lines(painter, box, str(index.data()), is_bold=index.column() == 0)

    def paint_text(self, painter: QPainter, box: QRect, text: str, font: QFont, *, is_muted: bool) -> None:
        """Draws a text in the middle of the height of `box`."""
        tokens = self.theme.tokens
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted if is_muted else tokens.text))
        paint_words(painter, box, text, self.table.layoutDirection())

    def font(self, size: float, *, bold: bool = False) -> QFont:
        """The table's font; `size` in pixels at 100 %."""
        key = (self.theme.px(size), bold)
        if key not in self._fonts:
            font = QFont(self.table.font())
            font.setPixelSize(key[0])
            font.setBold(bold)
            self._fonts[key] = font
        return self._fonts[key]

    def width(self, font: QFont, text: str) -> int:
        """Pixels that a text takes on one line."""
        return QFontMetrics(font).horizontalAdvance(text)

    def height(self, font: QFont, text: str, width: int) -> int:
        """Pixels that a text takes when it is wrapped at `width`."""
        return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 40), 5000), _WRAP, text).height()

    @property
    def is_mirrored(self) -> bool:
        """Whether the table runs from right to left."""
        return self.table.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _heights(self, text: str, width: int, *, is_bold: bool) -> tuple[int, int]:
        first, _newline, second = text.partition("\n")
        below = self.height(self.font(12), second, width) if second else 0
        return self.height(self.font(14, bold=is_bold), first, width), below

    def _paint_ground(self, painter: QPainter, box: QRect, *, is_chosen: bool) -> None:
        tokens = self.theme.tokens
        is_lit = is_chosen and (self.stays_lit or self.table.hasFocus())
        painter.fillRect(box, QColor(tokens.accent_soft if is_lit else tokens.surface))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _paint_badge(self, painter: QPainter, box: QRect, words: str, tone: Tone, *, is_on_lit: bool) -> None:
        px = self.theme.px
        painter.setFont(self.font(12))
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(words) + px(18), box.width() + px(12))
        height = metrics.height() + px(4)
        left = box.right() - width + 1 if self.is_mirrored else box.left()
        place = QRectF(left, box.center().y() - height / 2, width, height)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width - px(8))
        paint_badge(painter, place, shown, self.theme, tone, is_on_lit=is_on_lit)

    def _paint_lines(self, painter: QPainter, box: QRect, text: str, *, is_bold: bool) -> None:
        first, _newline, second = text.partition("\n")
        above, below = self._heights(text, box.width(), is_bold=is_bold)
        upper = QRect(box.left(), box.top() + (box.height() - above - below) // 2, box.width(), above)
        self.paint_text(painter, upper, first, self.font(14, bold=is_bold), is_muted=False)
        lower = QRect(box.left(), upper.top() + above, box.width(), below)
        self.paint_text(painter, lower, second, self.font(12), is_muted=True)

    def _is_chosen(self, index: Index) -> bool:
        # asked of the table, since QStyle takes 7 ms to import and the first window needs nothing else of it
        return self.table.selectionModel().isRowSelected(index.row(), QModelIndex())


class RowTable(QTableView):
    """Whole rows are chosen; columns are as wide as `fit` says, rows as high as their texts need.

    Args:
        name: For screen readers.
    """

    def __init__(
        self,
        model: RowTableModel[Any],
        delegate: type[RowDelegate],
        theme: WindowTheme,
        parent: QWidget,
        *,
        name: str,
        chooses_many: bool = False,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setModel(model)
        self.setItemDelegate(delegate(theme, self))
        self.setAccessibleName(name)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(modes.ExtendedSelection if chooses_many else modes.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self.measure)
        theme.changed.connect(self.measure)

    def measure(self) -> None:
        """The rows or the size of the text are others now."""
        self.fit()

    def fit(self) -> None:
        """Shares the width between the columns."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
