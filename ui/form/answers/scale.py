"""How much, in five steps side by side, and "not known" apart from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.form.answers.choose_one import give_one_tab_stop, uncheck
from ui.form.answers.editor import AnswerEditor
from ui.form.filling import Filling
from ui.theme import Theme
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import button

if TYPE_CHECKING:
    from iscm_desktop.session.views import ChoiceView, QuestionView

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter)


class ScalePoint(QRadioButton):
    """One step: its number over its words. To the keyboard and to screen readers a radio button."""

    def __init__(self, number: str, words: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._number, self._words, self._theme = number, words, theme
        self.setAccessibleName(f"{number} {words}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        width = self._theme.px(88)
        words = self.fontMetrics().boundingRect(QRect(0, 0, width - 10, 1000), _WRAP, self._words)
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in self._words.split()), default=0)
        lines = max(1, round(words.height() / self.fontMetrics().lineSpacing()))
        height = self._theme.px(14 + (22 if self._number else 0)) + lines * self.fontMetrics().lineSpacing()
        return QSize(max(width, longest + 14), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, checked = self._theme.tokens, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = tokens.accent if checked or self.hasFocus() or self.underMouse() else tokens.line_strong
        painter.setPen(QPen(QColor(edge), 2.0 if self.hasFocus() else 1.0))
        painter.setBrush(QColor(tokens.accent_fill if checked else tokens.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        if checked and self.hasFocus():
            painter.setPen(QPen(QColor(tokens.surface), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 4, 4)
        painter.setPen(QColor("#ffffff" if checked else tokens.text if self.isEnabled() else tokens.muted))
        words = self.rect().adjusted(5, 4, -5, -4)
        if self._number:
            font = painter.font()
            font.setBold(True)
            font.setPixelSize(self._theme.px(16))
            painter.setFont(font)
            head = QRect(words.left(), words.top(), words.width(), self._theme.px(24))
            painter.drawText(head, int(Qt.AlignmentFlag.AlignCenter), self._number)
            painter.setFont(self.font())
            words.setTop(head.bottom())
        painter.drawText(words, _WRAP, self._words)
        painter.end()


class ScaleAnswer(AnswerEditor):
    """The steps in a row that breaks where the window is narrow."""

    is_typed = False

    def __init__(self, filling: Filling, view: QuestionView, parent: QWidget) -> None:
        super().__init__(filling, view, parent)
        self._choices: tuple[ChoiceView, ...] = ()
        self._points: dict[str, ScalePoint] = {}
        self._group = QButtonGroup(self)
        self._row = FlowLayout(None, filling.desk.theme.px(7))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._row)
        self.clear = button(_("Clear this answer"), self, "link")
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeading)
        self.clear.clicked.connect(lambda: self.forward(""))
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def controls(self) -> list[QWidget]:
        return list(self._points.values())

    def focus(self) -> None:
        chosen = self._group.checkedButton() or next(iter(self._points.values()), None)
        if chosen is not None:
            chosen.setFocus()

    def show_view(self, view: QuestionView) -> None:
        if view.choices != self._choices:
            self._rebuild(view.choices)
        if view.text not in self._points:
            uncheck(self._group)
        for value, point in self._points.items():
            point.setEnabled(not view.is_read_only)
            if value == view.text and not point.isChecked():
                point.setChecked(True)
        give_one_tab_stop(self._group)
        self.clear.setVisible(bool(view.text) and not view.is_required and not view.is_read_only)

    def _rebuild(self, choices: tuple[ChoiceView, ...]) -> None:
        for point in self._points.values():
            self._group.removeButton(point)
            self._row.removeWidget(point)
            point.hide()
            point.deleteLater()
        self._choices, self._points = choices, {}
        for choice in choices:
            number = choice.value if choice.value.isdecimal() else ""
            words = choice.label.removeprefix(number).lstrip(" –-.:") if number else choice.label
            point = ScalePoint(number, words, self.filling.desk.theme, self)
            point.setProperty("value", choice.value)
            point.clicked.connect(lambda _checked=False, value=choice.value: self.forward(value))
            self._group.addButton(point)
            self._row.addWidget(point)
            self._points[choice.value] = point
            point.show()
