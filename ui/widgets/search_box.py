"""A list of names with a box above it that finds them."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from ui.widgets.name_completer import NameCompleter
from ui.widgets.painted_text import paint_words
from ui.widgets.text_boxes import LineBox


class NameLine(LineBox):
    """A name that is too long for the box ends in an ellipsis while nobody types in it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect().adjusted(2, 0, -2, 0)
        text = self.text()
        if self.hasFocus() or self.fontMetrics().horizontalAdvance(text) <= room.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        short = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        paint_words(painter, room, short, self.layoutDirection(), wraps=False)
        painter.end()


class SearchBox(QComboBox):
    """A list with a box above it: typing a part of a name finds it. The wheel scrolls the page.

    Signals:
        name_taken(name): from the list that appears while typing.
        entered: the keyboard has come.
    """

    name_taken = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.line = NameLine(self)
        self.setLineEdit(self.line)
        self.names: NameCompleter | None = None
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.entered.emit()
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.entered.emit()
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def show_labels(self, labels: list[str]) -> None:
        """What can be chosen; shared as one list with the completer."""
        model = QStringListModel(labels, self)
        self.setModel(model)
        self.names = NameCompleter(model, self)
        self.names.activated.connect(self.name_taken)
        self.setCompleter(self.names)
        self.setCurrentIndex(-1)
