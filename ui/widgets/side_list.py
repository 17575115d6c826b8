"""A list at the side of a page whose rows break their names and are painted by a delegate."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.look.theme import WindowTheme
from ui.widgets.row_model import RowListModel


class SideListDelegate(QStyledItemDelegate):
    """Base of what paints rows: the ground of the chosen one, and a frame around the one with the keyboard."""

    def __init__(self, theme: WindowTheme, view: QListView) -> None:
        super().__init__(view)
        self.theme, self.view = theme, view

    @property
    def is_mirrored(self) -> bool:
        """Whether the list runs from right to left."""
        return self.view.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Draws what lies below the words of a row."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner, tokens, state = QRectF(option.rect).adjusted(1, 1, -1, -1), self.theme.tokens, option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(inner, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus and self.view.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, 6, 6)


class SideList(QListView):
    """Rows are as high as their names need at the width there is.

    Args:
        name: For screen readers.
    """

    def __init__(
        self,
        model: RowListModel[Any],
        delegate: type[SideListDelegate],
        theme: WindowTheme,
        parent: QWidget,
        *,
        name: str,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(delegate(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(1)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # names break elsewhere now; Qt keeps the heights of before
