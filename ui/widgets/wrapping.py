"""Boxes to tick and buttons to choose whose words wrap: Qt's own draw one line and cut the rest."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from ui.widgets.lines import paint_words

_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
_LEAST = 60
_CHECK = (QStyle.ControlElement.CE_CheckBox, QStyle.PixelMetric.PM_IndicatorWidth)
_RADIO = (QStyle.ControlElement.CE_RadioButton, QStyle.PixelMetric.PM_ExclusiveIndicatorWidth)
_Kind = tuple[QStyle.ControlElement, QStyle.PixelMetric]


class WrappingCheck(QCheckBox):
    """Takes the width it is given and as many lines as its words need."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        _prepare(self)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(_words_height(self, _CHECK, width), super().sizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(max(self.width(), _LEAST)))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        _paint(self, option, _CHECK, super().sizeHint().height())


class WrappingRadio(QRadioButton):
    """The same for one of several."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        _prepare(self)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(_words_height(self, _RADIO, width), super().sizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(max(self.width(), _LEAST)))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        _paint(self, option, _RADIO, super().sizeHint().height())


def _prepare(button: QAbstractButton) -> None:
    button.setShortcut(QKeySequence())  # "R&D" is a label here, and not Alt+D
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)


def _words_height(button: QAbstractButton, kind: _Kind, width: int) -> int:
    metrics = button.fontMetrics()
    room = QRect(0, 0, max(1, width - _indent(button, kind) - 6), 10**5)
    return metrics.boundingRect(room, _FLAGS, button.text()).height() + metrics.height() // 2


def _paint(button: QAbstractButton, option: QStyleOptionButton, kind: _Kind, one_line: int) -> None:
    """The style draws box or ring beside the first line; the words are ours."""
    text, option.text = button.text(), ""
    painter = QPainter(button)
    metrics = button.fontMetrics()
    line = metrics.height() + metrics.height() // 2
    option.rect = QRect(0, 0, button.width(), min(button.height(), max(line, one_line)))
    button.style().drawControl(kind[0], option, painter, button)
    _paint_text(button, painter, kind, text, one_line)
    if button.hasFocus():
        _paint_focus(button, painter)
    painter.end()


def _paint_text(button: QAbstractButton, painter: QPainter, kind: _Kind, text: str, one_line: int) -> None:
    direction = button.layoutDirection()
    top = max(0, (min(button.height(), one_line) - button.fontMetrics().height()) // 2)
    box = button.rect().adjusted(_indent(button, kind), top, -6, 0)
    if direction is Qt.LayoutDirection.RightToLeft:
        box = button.rect().adjusted(6, top, -_indent(button, kind), 0)
    palette = button.palette()
    painter.setPen((palette.text() if button.isEnabled() else palette.placeholderText()).color())
    paint_words(painter, box, text, direction, vertical=Qt.AlignmentFlag.AlignTop)


def _paint_focus(button: QAbstractButton, painter: QPainter) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setColor(button.palette().link().color())
    pen.setWidth(2)
    painter.setPen(pen)
    painter.drawRoundedRect(button.rect().adjusted(1, 1, -1, -1), 4, 4)


def _indent(button: QAbstractButton, kind: _Kind) -> int:
    """Width of the box and the gap behind it."""
    metric = button.style().pixelMetric(kind[1], None, button)
    return metric + button.fontMetrics().height() // 2 + 4
