"""A box that opens a list: nothing is chosen in it but by a press or a key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from ui.widgets.plain_text import set_tip

PAGE_KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ListBox(QComboBox):
    """The wheel scrolls the page: a box that comes to lie under the pointer neither changes nor takes the keyboard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setItemDelegate(QStyledItemDelegate(self))  # the own one knows no room around the words
        self._told: QLabel | None = None
        self._is_cut = False

    def setAccessibleName(self, name: str) -> None:
        """On Linux Qt says of a list what is chosen in it, and leaves its name to a label: one that is only heard."""
        super().setAccessibleName(name)
        if self._told is None:
            self._told = QLabel(self.parentWidget())
            self._told.hide()
            self._told.setBuddy(self)
        self._told.setAccessibleName(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """What has no room ends with an ellipsis, and is read whole in a tooltip."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        words = option.currentText
        option.currentText = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, field.width())
        is_cut = option.currentText != words
        if is_cut or self._is_cut:
            set_tip(self, words if is_cut else "")
        self._is_cut = is_cut
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def showPopup(self) -> None:
        """As wide as its longest words."""
        around = 2 * self.view().frameWidth() + self.view().verticalScrollBar().sizeHint().width()
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + around)
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down scroll the page, too."""
        if event.key() in PAGE_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
