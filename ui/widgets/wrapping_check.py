"""A box to tick whose words wrap: Qt's own draws one line and cuts the rest."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton, QWidget

_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)


class WrappingCheck(QCheckBox):
    """Takes the width it is given and as many lines as its words need."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words = self.fontMetrics().boundingRect(
            QRect(0, 0, max(1, width - self._indent() - 6), 10**5), _FLAGS, self.text()
        )
        return max(words.height() + self.fontMetrics().height() // 2, super().sizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(max(self.width(), 60)))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        text, option.text = option.text, ""
        painter = QPainter(self)
        line = self.fontMetrics().height() + self.fontMetrics().height() // 2
        option.rect = QRect(0, 0, self.width(), min(self.height(), max(line, super().sizeHint().height())))
        self.style().drawControl(QStyle.ControlElement.CE_CheckBox, option, painter, self)
        self._paint_text(painter, text)
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def _paint_text(self, painter: QPainter, text: str) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        top = max(0, (min(self.height(), super().sizeHint().height()) - self.fontMetrics().height()) // 2)
        box = self.rect().adjusted(self._indent(), top, -6, 0)
        if mirrored:
            box = self.rect().adjusted(6, top, -self._indent(), 0)
        role = self.palette().text() if self.isEnabled() else self.palette().placeholderText()
        painter.setPen(role.color())
        side = Qt.AlignmentFlag.AlignLeft  # the painter mirrors
        painter.drawText(box, int(Qt.TextFlag.TextWordWrap | side | Qt.AlignmentFlag.AlignTop), text)

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setColor(self.palette().link().color())
        pen.setWidth(2)
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    def _indent(self) -> int:
        """Width of the box and the gap behind it."""
        metric = self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, self)
        return metric + self.fontMetrics().height() // 2 + 4
