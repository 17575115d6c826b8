"""A list of names with a box above it that finds them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from iscm_desktop.presenters.choice_names import search_of
from iscm_desktop.questionnaire.name_search import NameSearch
from ui.widgets.list_box import ListBox
from ui.widgets.painted_text import paint_words
from ui.widgets.plain_text import one_line
from ui.widgets.text_boxes import LineBox
from ui.widgets.type_ahead import TypeAhead


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


class SearchBox(ListBox):
    """A list with a box above it: typing a part of a name finds it.

    Signals:
        name_taken(value): from the list that appears while typing; of plain labels the label.
        unlisted(text): somebody wants what they typed, which the list does not have.
        entered: the keyboard has come.
    """

    name_taken = Signal(str)
    unlisted = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.line = NameLine(self)
        self.setLineEdit(self.line)
        self.names: TypeAhead | None = None
        self._labels: Mapping[str, str] = {}
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)

    def setAccessibleName(self, name: str) -> None:
        """Of the line in it, too: some programs that read out come to the one, some to the other."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def setEditText(self, text: str) -> None:
        """The page shows another name: nobody typed it."""
        self.line.setText(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.entered.emit()
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.entered.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the list; Qt would choose what comes next in it, which nobody sees."""
        if event.key() == Qt.Key.Key_Down and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self.names is not None:
                self.names.show_all()
        elif event.key() == Qt.Key.Key_Up:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def show_labels(self, labels: list[str]) -> None:
        """What can be chosen, each under its own name only."""
        self.show_names({label: label for label in labels}, search_of(labels))

    def show_names(self, labels: Mapping[str, str], search: NameSearch) -> None:
        """What can be chosen, labels by value, and by which names it is found."""
        self.setModel(QStringListModel([one_line(label) for label in labels.values()], self))
        if self.names is None:
            self.names = TypeAhead(self.line, self)
            self.names.taken.connect(self._on_taken)
            self.names.unlisted.connect(self.unlisted)
        self._labels = labels
        self.names.offer(labels, search)
        self.setCurrentIndex(-1)

    def _on_taken(self, value: str) -> None:
        self.setEditText(self._labels.get(value, value))
        self.name_taken.emit(value)

    def showPopup(self) -> None:
        """As wide as its longest name, within the window."""
        view = self.view()
        wanted = view.sizeHintForColumn(0) + 3 * self.fontMetrics().height()
        view.setMinimumWidth(
            max(self.width(), min(wanted, self.window().width() - self.fontMetrics().height()))
        )
        super().showPopup()
