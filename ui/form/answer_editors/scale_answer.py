"""How much, in five steps side by side, and "not known" apart from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.one_choice import ExclusiveAnswer
from ui.look.theme import WindowTheme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.layouts import follow_width
from ui.widgets.spoken_presses import SpokenRadio

if TYPE_CHECKING:
    from iscm_desktop.session.views import ChoiceView, QuestionView

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter)
_UNDER = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)


class ScalePoint(SpokenRadio):
    """One step: its number over its words. To the keyboard and to screen readers a radio button."""

    def __init__(self, number: str, words: str, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._number, self._words, self._theme = number, words, theme
        self.peers: tuple[ScalePoint, ...] = ()
        """The points of the same scale: all are as high as the highest."""
        self._known_height = ("", 0)
        self._picture = QPixmap()
        self.setAccessibleName(f"{number} {words}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    @property
    def is_numbered(self) -> bool:
        """Whether it is a step, not what stands beside the steps, such as "not known"."""
        return bool(self._number)

    def show_picture(self, picture: QPixmap) -> None:
        """Above number and words; a null one takes it away."""
        if picture.cacheKey() != self._picture.cacheKey():
            self._picture = picture
            self._known_height = ("", 0)
            for each in (self, *self.peers):
                each.updateGeometry()
            self.update()

    def _picture_height(self) -> int:
        return 0 if self._picture.isNull() else round(self._picture.deviceIndependentSize().height()) + 4

    def sizeHint(self) -> QSize:
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in self._words.split()), default=0)
        height = max((each.own_height() for each in self.peers), default=self.own_height())
        return QSize(max(self._theme.px(88), longest + 14), height)

    def own_height(self) -> int:
        """What its own number and words need."""
        key = f"{self._theme.px(88)} {self.font().key()}"
        if self._known_height[0] != key:
            metrics = self.fontMetrics()
            words = metrics.boundingRect(QRect(0, 0, self._theme.px(88) - 10, 1000), _WRAP, self._words)
            lines = max(1, round(words.height() / metrics.lineSpacing())) if self._words else 0
            height = self._theme.px(14 + (22 if self._number else 0)) + lines * metrics.lineSpacing()
            self._known_height = (key, height + self._picture_height())
        return self._known_height[1]

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
        if not self._picture.isNull():
            across = self._picture.deviceIndependentSize().width()
            painter.drawPixmap(round((self.width() - across) / 2), words.top(), self._picture)
            words.setTop(words.top() + self._picture_height())
        if self._number:
            font = painter.font()
            font.setBold(True)
            font.setPixelSize(self._theme.px(16))
            painter.setFont(font)
            head = QRect(words.left(), words.top(), words.width(), self._theme.px(24))
            painter.drawText(head, int(Qt.AlignmentFlag.AlignCenter), self._number)
            painter.setFont(self.font())
            words.setTop(head.bottom())
        painter.drawText(words, _UNDER if self._number else _WRAP, self._words)
        painter.end()


class ScaleAnswer(ExclusiveAnswer):
    """The steps in a row that breaks where the window is narrow."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent, FlowLayout(None, editing.context.theme.px(7)), None)
        follow_width(self)

    def show_view(self, view: QuestionView) -> None:
        super().show_view(view)
        points = tuple(each for each in self.controls() if isinstance(each, ScalePoint) and each.is_numbered)
        for point in points:
            point.peers = points

    def make_button(self, choice: ChoiceView) -> QAbstractButton:
        number = choice.value if choice.value.isdecimal() else ""
        words = choice.label.removeprefix(number).lstrip(" –-.:") if number else choice.label
        return ScalePoint(number, words, self.editing.context.theme, self)
