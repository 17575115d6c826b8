"""Boxes to tick and buttons to choose whose words wrap: Qt's own draw one line and cut the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from ui.widgets.layouts import follow_width
from ui.widgets.painted_text import paint_words
from ui.widgets.plain_text import readable
from ui.widgets.spoken_presses import SpokenPress

if TYPE_CHECKING:
    _Button = QCheckBox  # radio buttons offer the same
else:
    _Button = object  # the button itself comes behind the mixin


_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
_LEAST = 60
_AROUND = 2
"""Free above and below a picture, so that two in a column do not touch."""
_SMALL = 12 / 14
"""Height of small text beside that of ordinary text."""


class _WrapsWords(_Button):
    """Takes the width it is given and as many lines as its words need."""

    element: QStyle.ControlElement
    indicator: QStyle.PixelMetric

    def __init__(self, text: str, parent: QWidget) -> None:
        self._heights: dict[tuple[int, str, str], int] = {}
        self._second = self._about = ""
        self._picture = QPixmap()
        super().__init__(text, parent)
        self._spoken = SpokenPress(self)
        self.setShortcut(QKeySequence())  # "R&D" is a label here, and not Alt+D
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        follow_width(self)

    def show_second(self, text: str) -> None:
        """The same in another language, small beneath; "" for nothing."""
        if text == self.text():
            text = ""
        if text != self._second:
            self._second = readable(text)
            self.setAccessibleDescription(self._about)
            self.updateGeometry()
            self.update()

    def show_picture(self, picture: QPixmap) -> None:
        """Between box and words; a null one takes it away."""
        if picture.cacheKey() != self._picture.cacheKey():
            self._picture = picture
            self._heights.clear()
            self.updateGeometry()
            self.update()

    def _picture_size(self) -> QSize:
        return self._picture.deviceIndependentSize().toSize()

    def setAccessibleDescription(self, description: str) -> None:
        """What is told about it, behind its words in the other language."""
        self._about = description
        super().setAccessibleDescription("\n".join(part for part in (self._second, description) if part))

    def _second_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(9, round(self.fontInfo().pixelSize() * _SMALL)))
        return font

    def _second_height(self, width: int) -> int:
        if not self._second:
            return 0
        room = QRect(0, 0, max(1, width), 10**5)
        return QFontMetrics(self._second_font()).boundingRect(room, _FLAGS, self._second).height()

    def setChecked(self, is_on: bool) -> None:
        """The page shows an answer: nobody pressed anything."""
        self._spoken.begin_telling()
        super().setChecked(is_on)
        self._spoken.end_telling()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Remembered: layouts ask several times for each that they draw."""
        key = (width, self.text(), self._second)
        if key not in self._heights:
            self._heights[key] = self._height(width)
        return self._heights[key]

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()
        super().changeEvent(event)

    def _height(self, width: int) -> int:
        metrics = self.fontMetrics()
        room = QRect(0, 0, max(1, width - self._indent() - 6), 10**5)
        words = metrics.boundingRect(room, _FLAGS, self.text()).height() + metrics.height() // 2
        height = max(words, super().sizeHint().height()) + self._second_height(room.width())
        return max(height, self._picture_size().height() + 2 * _AROUND)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(max(self.width(), _LEAST)))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style draws box or ring beside the first line; the words are ours."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.state &= (
            ~QStyle.StateFlag.State_HasFocus
        )  # its frame would end with the first line; ours is below
        painter = QPainter(self)
        metrics, one_line = self.fontMetrics(), super().sizeHint().height()
        line = metrics.height() + metrics.height() // 2
        above = self._top(one_line)
        option.rect = QRect(0, above, self.width(), min(self.height() - above, max(line, one_line)))
        self.style().drawControl(self.element, option, painter, self)
        self._paint_picture(painter)
        self._paint_text(painter, one_line, above)
        if self.hasFocus():
            _paint_focus(self, painter)
        painter.end()

    def _paint_text(self, painter: QPainter, one_line: int, above: int) -> None:
        direction = self.layoutDirection()
        top = above + max(0, (min(self.height(), one_line) - self.fontMetrics().height()) // 2)
        box = self.rect().adjusted(self._indent(), top, -6, 0)
        if direction is Qt.LayoutDirection.RightToLeft:
            box = self.rect().adjusted(6, top, -self._indent(), 0)
        palette = self.palette()
        painter.setPen((palette.text() if self.isEnabled() else palette.placeholderText()).color())
        paint_words(painter, box, self.text(), direction, vertical=Qt.AlignmentFlag.AlignTop)
        if self._second:
            words = self.fontMetrics().boundingRect(QRect(0, 0, box.width(), 10**5), _FLAGS, self.text())
            painter.setFont(self._second_font())
            painter.setPen(palette.placeholderText().color())
            below = box.adjusted(0, words.height(), 0, 0)
            paint_words(painter, below, self._second, direction, vertical=Qt.AlignmentFlag.AlignTop)

    def _indent(self) -> int:
        """Width of the box and the gap behind it."""
        metric = self.style().pixelMetric(self.indicator, None, self)
        return (
            metric
            + self._gap()
            + (0 if self._picture.isNull() else self._picture_size().width() + self._gap())
        )

    def _gap(self) -> int:
        return self.fontMetrics().height() // 2 + 4

    def _top(self, one_line: int) -> int:
        """How far below the upper edge box and first line begin: beside a picture they stand in its middle."""
        if self._picture.isNull():
            return 0
        room = max(1, self.width() - self._indent() - 6)
        words = self.fontMetrics().boundingRect(QRect(0, 0, room, 10**5), _FLAGS, self.text()).height()
        used = max(words + self._second_height(room), one_line)
        return max(0, (self.height() - used) // 2)

    def _paint_picture(self, painter: QPainter) -> None:
        if self._picture.isNull():
            return
        size = self._picture_size()
        left = self._indent() - self._gap() - size.width()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - size.width()
        painter.drawPixmap(left, max(_AROUND, (self.height() - size.height()) // 2), self._picture)


class WrappingCheck(_WrapsWords, QCheckBox):
    """A box to tick."""

    element = QStyle.ControlElement.CE_CheckBox
    indicator = QStyle.PixelMetric.PM_IndicatorWidth


class WrappingRadio(_WrapsWords, QRadioButton):
    """One of several."""

    element = QStyle.ControlElement.CE_RadioButton
    indicator = QStyle.PixelMetric.PM_ExclusiveIndicatorWidth


def _paint_focus(button: QAbstractButton, painter: QPainter) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setColor(button.palette().link().color())
    pen.setWidth(2)
    painter.setPen(pen)
    painter.drawRoundedRect(button.rect().adjusted(1, 1, -1, -1), 4, 4)
