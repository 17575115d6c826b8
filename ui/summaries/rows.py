"""The mechanisms and where their summaries stand, as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from iscm_desktop.i18n import N_, _
from ui.theme import Theme, Tone
from ui.titles import short_respondent
from ui.widgets.badge import paint_badge
from ui.widgets.lines import paint_words

if TYPE_CHECKING:
    from iscm_desktop.workspace.documents.summary_service import SummaryRow

_ROW = Qt.ItemDataRole.UserRole
_WRAP = int(Qt.TextFlag.TextWordWrap)
_Index = QModelIndex | QPersistentModelIndex
_STATES = {
    "no_answers": (N_("No answers"), Tone.PLAIN),
    "draft": (N_("Draft"), Tone.ACCENT),
    "edited": (N_("Edited"), Tone.GOOD),
    "sources_changed": (N_("Sources changed"), Tone.WARN),
}


def state_of(row: SummaryRow) -> tuple[str, Tone]:
    words, tone = _STATES[row.state.value]
    return _(words), tone


class SummariesModel(QAbstractListModel):
    """In the order of the workspace: mechanisms that answered first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[SummaryRow, ...] = ()

    def show_rows(self, rows: tuple[SummaryRow, ...]) -> None:
        if [row.mechanism for row in rows] == [row.mechanism for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, at: int) -> SummaryRow:
        return self._rows[at]

    def row_of(self, mechanism: str) -> int:
        return next((at for at, row in enumerate(self._rows) if row.mechanism == mechanism), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return short_respondent(row.name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}: {state_of(row)[0]}"
        return None


class _Delegate(QStyledItemDelegate):
    """Name at the front, badge at the end; below each other where there is no room."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._view.viewport().width()
        name, _badge = self._measure(width, index)
        return QSize(width, name.height() + self._theme.px(16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        box: QRect = option.rect
        state = option.state
        tokens, px = self._theme.tokens, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(box).adjusted(1, 1, -1, -1)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(inner, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, 6, 6)
        name, badge = self._measure(box.width(), index)
        mirrored = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = box.right() - px(12) - name.width() if mirrored else box.left() + px(12)
        painter.setFont(self._bold())
        painter.setPen(QColor(tokens.text))
        place = QRect(left, box.top(), name.width(), box.height())
        paint_words(painter, place, str(index.data()), self._view.layoutDirection())
        words, tone = state_of(index.data(_ROW))
        painter.setFont(self._small())
        left = box.left() + px(10) if mirrored else box.right() - px(10) - badge.width()
        at = QRectF(left, box.center().y() - badge.height() / 2, badge.width(), badge.height())
        paint_badge(painter, at, words, self._theme, tone)
        painter.restore()

    def _measure(self, width: int, index: _Index) -> tuple[QSize, QSize]:
        """Room for the name, and for the badge."""
        px = self._theme.px
        small = QFontMetrics(self._small())
        words, _tone = state_of(index.data(_ROW))
        badge = QSize(small.horizontalAdvance(words) + px(18), small.height() + px(4))
        room = max(px(60), width - badge.width() - px(30))
        text = QFontMetrics(self._bold()).boundingRect(QRect(0, 0, room, 5000), _WRAP, str(index.data()))
        return QSize(room, max(text.height(), badge.height())), badge

    def _bold(self) -> QFont:
        font = QFont(self._view.font())
        font.setBold(True)
        return font

    def _small(self) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(self._theme.px(12))
        return font


class SummariesList(QListView):
    """Arrow keys choose."""

    def __init__(self, model: SummariesModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        self.setAccessibleName(_("Mechanisms"))
        self.setModel(model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(1)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # names break elsewhere now; Qt keeps the heights of before
