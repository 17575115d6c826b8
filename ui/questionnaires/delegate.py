"""Paints the cells of the table of responses."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.questionnaires.rows import ACTION, CHANGED, PROGRESS, RESPONDENT, ROW, STATE, state_of
from ui.standing import share_of
from ui.theme import Theme
from ui.widgets.badge import paint_badge
from ui.widgets.lines import paint_words
from ui.widgets.meter import paint_meter

_Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.TextFlag.TextWordWrap)


class ResponseDelegate(QStyledItemDelegate):
    """Two-line names, a bar, a badge, and something that looks like the button it is."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table
        self._fonts: dict[tuple[int, bool], QFont] = {}  # by height in pixels and weight

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        px = self._theme.px
        if index.column() == RESPONDENT:
            name, _newline, title = str(index.data()).partition("\n")
            width = self._table.columnWidth(RESPONDENT) - px(24)
            height = self._height(self._font(14, bold=True), name, width) + self._height(
                self._font(12), title, width
            )
            return QSize(px(200), height + px(22))
        text = str(index.data())
        fonts = {STATE: self._font(12), CHANGED: self._font(13), PROGRESS: self._font(12)}
        width = self._width(fonts.get(index.column(), self._font(14, bold=index.column() == ACTION)), text)
        return QSize(width + px(54 if index.column() == ACTION else 36), px(52))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, is_selected=self._is_selected(index))
        inner = box.adjusted(self._theme.px(12), 0, -self._theme.px(12), 0)
        column, text = index.column(), str(index.data())
        if column == RESPONDENT:
            self._paint_names(painter, inner, text)
        elif column == PROGRESS:
            self._paint_progress(painter, inner, index)
        elif column == STATE:
            self._paint_state(painter, inner, index)
        elif column == ACTION:
            self._paint_button(painter, inner, text)
        else:
            muted = column == CHANGED
            self._paint_text(painter, inner, text, self._font(13 if muted else 14), is_muted=muted)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRect, *, is_selected: bool) -> None:
        tokens = self._theme.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(
            QColor(tokens.accent_soft if is_selected and self._table.hasFocus() else tokens.surface)
        )
        painter.drawRect(box)
        painter.setPen(QColor(tokens.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _paint_names(self, painter: QPainter, box: QRect, text: str) -> None:
        name, _newline, title = text.partition("\n")
        bold, small = self._font(14, bold=True), self._font(12)
        above, below = self._height(bold, name, box.width()), self._height(small, title, box.width())
        top = box.top() + (box.height() - above - below) // 2
        self._paint_text(painter, QRect(box.left(), top, box.width(), above), name, bold)
        self._paint_text(
            painter, QRect(box.left(), top + above, box.width(), below), title, small, is_muted=True
        )

    def _paint_progress(self, painter: QPainter, box: QRect, index: _Index) -> None:
        row, px = index.data(ROW), self._theme.px
        font = self._font(12)
        line = self._height(font, "0", box.width())
        top = box.top() + (box.height() - line - px(12)) // 2
        done, total = share_of(row.answered, row.missing)
        share = done / total if total else 0.0
        bar = QRectF(box.left(), top, box.width(), px(6))
        paint_meter(painter, bar, share, self._theme, is_mirrored=self._is_mirrored())
        below = QRect(box.left(), top + px(10), box.width(), line + 2)
        self._paint_text(painter, below, str(index.data()), font, is_muted=True)

    def _paint_state(self, painter: QPainter, box: QRect, index: _Index) -> None:
        words, tone = state_of(index.data(ROW))
        font = self._font(12)
        painter.setFont(font)
        width = min(self._width(font, words) + self._theme.px(18), box.width() + self._theme.px(12))
        height = painter.fontMetrics().height() + self._theme.px(4)
        left = box.right() - width + 1 if self._is_mirrored() else box.left()
        badge = QRectF(left, box.center().y() - height / 2, width, height)
        paint_badge(painter, badge, words, self._theme, tone)

    def _paint_button(self, painter: QPainter, box: QRect, text: str) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        height = px(34)
        frame = QRectF(box.left() - px(2), box.center().y() - height / 2, box.width() + px(4), height)
        painter.setPen(QPen(QColor(tokens.line_strong), 1))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRoundedRect(frame, 6, 6)
        painter.setFont(self._font(14))
        painter.setPen(QColor(tokens.text))
        painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_text(
        self, painter: QPainter, box: QRect, text: str, font: QFont, *, is_muted: bool = False
    ) -> None:
        tokens = self._theme.tokens
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted if is_muted else tokens.text))
        paint_words(painter, box, text, self._table.layoutDirection())

    def _is_selected(self, index: _Index) -> bool:
        # asked of the table, since QStyle takes 7 ms to import and the first window needs nothing else of it
        return self._table.selectionModel().isRowSelected(index.row(), QModelIndex())

    def _is_mirrored(self) -> bool:
        return self._table.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _font(self, size: float, *, bold: bool = False) -> QFont:
        key = (self._theme.px(size), bold)
        if key not in self._fonts:
            font = QFont(self._table.font())
            font.setPixelSize(key[0])
            font.setBold(bold)
            self._fonts[key] = font
        return self._fonts[key]

    def _height(self, font: QFont, text: str, width: int) -> int:
        return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 40), 5000), _WRAP, text).height()

    def _width(self, font: QFont, text: str) -> int:
        return QFontMetrics(font).horizontalAdvance(text)
