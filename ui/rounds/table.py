"""The table of a round's respondents; several can be chosen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from iscm_desktop.i18n import _
from ui.rounds.rows import INVITED, LANGUAGE, RESPONDENT, ROW, RespondentsModel, standing_of
from ui.theme import Theme
from ui.widgets.badge import paint_badge
from ui.widgets.lines import paint_words

_WRAP = int(Qt.TextFlag.TextWordWrap)
_Index = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    """Name over kind and contact; the standing as a badge."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        px, words = self._theme.px, str(index.data())
        if index.column() != RESPONDENT:
            return QSize(QFontMetrics(self._font(13)).horizontalAdvance(words) + px(44), px(40))
        first, _newline, second = words.partition("\n")
        width = self._table.columnWidth(RESPONDENT) - px(24)
        height = self._height(self._font(14, bold=True), first, width) + self._height(
            self._font(12), second, width
        )
        return QSize(width, height + px(18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        box: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        tokens, px = self._theme.tokens, self._theme.px
        painter.save()
        painter.fillRect(box, QColor(tokens.accent_soft if selected else tokens.surface))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(px(12), px(6), -px(12), -px(6))
        if index.column() == INVITED:
            self._paint_badge(painter, inner, index)
        else:
            self._paint_lines(painter, inner, str(index.data()), is_bold=index.column() == RESPONDENT)
        painter.restore()

    def _paint_badge(self, painter: QPainter, box: QRect, index: _Index) -> None:
        words, tone = standing_of(index.data(ROW))
        painter.setFont(self._font(12))
        metrics, px = painter.fontMetrics(), self._theme.px
        width = min(box.width(), metrics.horizontalAdvance(words) + px(18))
        height = metrics.height() + px(4)
        mirrored = self._table.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = box.right() - width if mirrored else box.left()
        place = QRectF(left, box.center().y() - height / 2, width, height)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width - px(12))
        paint_badge(painter, place, shown, self._theme, tone)

    def _paint_lines(self, painter: QPainter, box: QRect, text: str, *, is_bold: bool) -> None:
        first, _newline, second = text.partition("\n")
        upper, lower = self._font(14, bold=is_bold), self._font(12)
        above = self._height(upper, first, box.width())
        below = self._height(lower, second, box.width()) if second else 0
        top = box.top() + (box.height() - above - below) // 2
        direction = self._table.layoutDirection()
        painter.setFont(upper)
        painter.setPen(QColor(self._theme.tokens.text))
        paint_words(painter, QRect(box.left(), top, box.width(), above), first, direction)
        painter.setFont(lower)
        painter.setPen(QColor(self._theme.tokens.muted))
        paint_words(painter, QRect(box.left(), top + above, box.width(), below), second, direction)

    def _font(self, size: float, *, bold: bool = False) -> QFont:
        font = QFont(self._table.font())
        font.setPixelSize(self._theme.px(size))
        font.setBold(bold)
        return font

    def _height(self, font: QFont, text: str, width: int) -> int:
        return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 40), 5000), _WRAP, text).height()


class RespondentsTable(QTableView):
    """The name takes the width that the other columns leave."""

    def __init__(self, model: RespondentsModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setModel(model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName(_("Respondents"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self.fit)
        theme.changed.connect(self.fit)

    def chosen(self) -> list[int]:
        """Numbers of the rows that are selected, from above."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def fit(self) -> None:
        width, px = self.viewport().width(), self._theme.px
        standing = max(px(120), min(self.sizeHintForColumn(INVITED), round(width * 0.4)))
        language = max(px(70), min(self.sizeHintForColumn(LANGUAGE), round(width * 0.2)))
        self.setColumnHidden(LANGUAGE, width < px(520))
        self.setColumnWidth(INVITED, standing)
        self.setColumnWidth(LANGUAGE, language)
        rest = width - standing - (0 if self.isColumnHidden(LANGUAGE) else language)
        self.setColumnWidth(RESPONDENT, max(px(140), rest))
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
