"""Widgets in rows that break like words."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget

from ui.look.lengths import SAID

_LEAST = 120
"""Narrower than one long item may be: it is cut rather than the page around it widened."""

_Row = list[tuple[QLayoutItem, QSize]]


class FlowLayout(QLayout):
    """Puts its items beside each other and begins a new row where the width ends; mirrored in Arabic.

    Args:
        gap: Between items and between rows, in pixels.
        is_centred: Lower items stand in the middle of their row, not at its top.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 6, *, is_centred: bool = False) -> None:
        super().__init__(parent)
        self._is_centred = is_centred
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self.setProperty(SAID, True)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        room = width - margins.left() - margins.right()
        return self._lay_out(QRect(0, 0, room, 0), is_trial=True) + margins.top() + margins.bottom()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay_out(rect.marginsRemoved(self.contentsMargins()), is_trial=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return QSize(min(size.width(), _LEAST), size.height()).grownBy(self.contentsMargins())

    def add_stretch(self) -> None:
        """What is free in its row goes here: what follows stands at the trailing edge."""
        self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))

    def _lay_out(self, rect: QRect, *, is_trial: bool) -> int:
        y = rect.y()
        for row in self._rows(max(rect.width(), 1)):
            height = max(size.height() for _item, size in row)
            if not is_trial:
                self._place(row, QRect(rect.x(), y, rect.width(), height))
            y += height + self.spacing()
        return max(y - self.spacing() - rect.y(), 0)

    def _rows(self, width: int) -> list[_Row]:
        rows: list[_Row] = []
        x, stretch = 0, None
        for item in self._items:
            if isinstance(item, QSpacerItem):
                stretch = item
                continue
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            size = QSize(min(hint.width(), width), hint.height())
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if not rows or x + size.width() > width:
                rows.append([])
                x = 0
            if stretch is not None:
                rows[-1].append((stretch, QSize()))
                stretch = None
            rows[-1].append((item, size))
            x += size.width() + self.spacing()
        return rows

    def _place(self, row: _Row, rect: QRect) -> None:
        around = self.parentWidget()
        mirrored = around is not None and around.layoutDirection() is Qt.LayoutDirection.RightToLeft
        shown = [size.width() for item, size in row if not isinstance(item, QSpacerItem)]
        free = max(rect.width() - sum(shown) - self.spacing() * (len(shown) - 1), 0)
        x = rect.x()
        for item, size in row:
            if isinstance(item, QSpacerItem):
                x += free
                continue
            left = rect.right() + 1 - (x - rect.x()) - size.width() if mirrored else x
            top = rect.y() + ((rect.height() - size.height()) // 2 if self._is_centred else 0)
            item.setGeometry(QRect(QPoint(left, top), size))
            x += size.width() + self.spacing()


def flow_row(gap: int, *parts: QWidget | None, owner: QWidget | None = None) -> FlowLayout:
    """Parts in one row, in the middle of its height, as long as there is room: in several where there is not.

    Args:
        gap: Between parts and between rows, in pixels.
        parts: In order; those behind STRETCH stand at the trailing edge.
        owner: Whose layout it becomes; None where it goes into another layout.
    """
    row = FlowLayout(owner, gap, is_centred=True)
    for part in parts:
        if part is None:
            row.add_stretch()
        else:
            row.addWidget(part)
    return row
