"""A slider over steps with ticks and words under them; blank until somebody sets it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from ui.look.theme import WindowTheme
from ui.widgets.layouts import follow_width
from ui.widgets.list_box import PAGE_KEYS

_MOST_TICKS = 60
_KEYS = frozenset(
    {
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
    }
)  # fmt: skip


class StepSlider(QSlider):
    """To the keyboard and to screen readers a slider of Qt, drawn in the program's manner; mirrored in Arabic.

    Args:
        words: What stands under places, or beside them where the slider is upright: labels or numbers.
        ticks_every: Steps from tick to tick; 0: no ticks.

    Signals:
        chosen(place): somebody set it, also to where it stood before anything was set.
    """

    chosen = Signal(int)

    def __init__(
        self,
        count: int,
        words: Mapping[int, str],
        theme: WindowTheme,
        parent: QWidget,
        *,
        is_upright: bool = False,
        ticks_every: int = 1,
    ) -> None:
        super().__init__(Qt.Orientation.Vertical if is_upright else Qt.Orientation.Horizontal, parent)
        self._words, self._theme, self._every = words, theme, ticks_every
        self._is_upright = is_upright
        self.is_set = False
        self.placeholder: int | None = None
        self.setRange(0, count)
        self.setPageStep(max(1, count // 5))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        wide, high = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.setSizePolicy(high, high) if is_upright else self.setSizePolicy(wide, high)
        if not is_upright:
            follow_width(self)
        theme.changed.connect(self._on_theme_changed)

    def show_place(self, place: int | None) -> None:
        """Draws the mark at a place; None: nowhere."""
        self.is_set = place is not None
        self.blockSignals(True)
        self.setValue(place if place is not None else self.placeholder or 0)
        self.blockSignals(False)
        self.update()

    def sizeHint(self) -> QSize:
        px, line = self._theme.px, self.fontMetrics().lineSpacing()
        if self._is_upright:
            widest = max(map(self.fontMetrics().horizontalAdvance, self._words.values()), default=0)
            return QSize(px(50) + min(widest, px(360)), max(px(160), (len(self._words) + 1) * line))
        return QSize(px(300), self.heightForWidth(max(self.width(), px(300))))

    def hasHeightForWidth(self) -> bool:
        return not self._is_upright

    def heightForWidth(self, width: int) -> int:
        room = self._width_of_words(width)
        lines = max((self._lines(words, room) for words in self._words.values()), default=0)
        return self._theme.px(32 if lines else 28) + lines * self.fontMetrics().lineSpacing()

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return hint if self._is_upright else QSize(self._theme.px(120), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The first key sets it; Delete clears nothing here, that is the button's. Page keys scroll the page."""
        if event.key() in PAGE_KEYS:
            event.ignore()
            return
        if event.key() not in _KEYS:
            super().keyPressEvent(event)
            return
        was_set, before = self.is_set, self.value()
        if was_set:
            super().keyPressEvent(event)
        event.accept()
        if not was_set or self.value() != before:
            self.chosen.emit(self.value())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drag_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_groove(painter)
        self._paint_words(painter)
        if self.is_set or self.placeholder is not None:
            self._paint_mark(painter)
        elif self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self._groove()).adjusted(-4, -4, 4, 4), 6, 6)
        painter.end()

    def _drag_to(self, event: QMouseEvent) -> None:
        event.accept()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = self._nearest(event.position())
        if not self.is_set or place != self.value():
            self.show_place(place)
            self.chosen.emit(place)

    def _groove(self) -> QRect:
        px = self._theme.px
        half, thick = px(11), px(6)
        if self._is_upright:
            return QRect(self._edge(half - thick // 2, thick), half, thick, self.height() - 2 * half)
        return QRect(half, half - thick // 2 + px(2), self.width() - 2 * half, thick)

    def _edge(self, from_start: int, width: int) -> int:
        """Where something begins that lies so far from the side where reading starts."""
        return self.width() - from_start - width if self._is_mirrored() else from_start

    def _is_mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _at(self, place: int) -> QPointF:
        """The middle of a place on the groove."""
        groove, share = self._groove(), place / max(1, self.maximum())
        if self._is_upright:
            return QPointF(groove.center().x() + 0.5, groove.bottom() - share * groove.height())
        share = 1 - share if self._is_mirrored() else share
        return QPointF(groove.left() + share * groove.width(), groove.center().y() + 0.5)

    def _nearest(self, point: QPointF) -> int:
        groove = self._groove()
        if self._is_upright:
            share = (groove.bottom() - point.y()) / max(1, groove.height())
        else:
            share = (point.x() - groove.left()) / max(1, groove.width())
            share = 1 - share if self._is_mirrored() else share
        return round(min(1.0, max(0.0, share)) * self.maximum())

    def _paint_groove(self, painter: QPainter) -> None:
        tokens, groove = self._theme.tokens, QRectF(self._groove())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(groove, 3, 3)
        if self.is_set:
            painter.setBrush(QColor(tokens.accent_fill if self.isEnabled() else tokens.line_strong))
            painter.drawRoundedRect(QRectF(self._at(0), self._at(self.value())).normalized().adjusted(
                *((-3, 0, 3, 0) if self._is_upright else (0, -3, 0, 3))), 3, 3)  # fmt: skip
        if self._every and self.maximum() // self._every <= _MOST_TICKS:
            painter.setBrush(QColor(tokens.line_strong))
            for place in range(0, self.maximum() + 1, self._every):
                painter.drawEllipse(self._at(place), 2.0, 2.0)

    def _paint_words(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        for place, words in self._words.items():
            is_chosen = self.is_set and place == self.value()
            painter.setPen(QColor(tokens.text if is_chosen else tokens.muted))
            font = painter.font()
            font.setBold(is_chosen)
            painter.setFont(font)
            painter.drawText(self._room(place), self._flags(place), words)

    def _room(self, place: int) -> QRect:
        """Where the words of a place have room; those at the ends begin and end with the groove."""
        px, at = self._theme.px, self._at(place)
        if self._is_upright:
            line, width = self.fontMetrics().lineSpacing(), self.width() - px(30)
            return QRect(self._edge(px(30), width), round(at.y()) - line // 2, width, line)
        width, top = self._width_of_words(self.width()), self._groove().bottom() + px(12)
        left = round(at.x()) - width // 2
        left = min(max(0, left), self.width() - width)
        return QRect(left, top, width, self.height() - top)

    def _flags(self, place: int) -> int:
        if self._is_upright:
            return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
        at, half = self._at(place).x(), self._width_of_words(self.width()) / 2
        side = Qt.AlignmentFlag.AlignHCenter
        if at < half:
            side = Qt.AlignmentFlag.AlignLeft
        elif at + half > self.width():
            side = Qt.AlignmentFlag.AlignRight
        absolute = Qt.AlignmentFlag.AlignAbsolute
        return int(side | absolute | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)

    def _width_of_words(self, width: int) -> int:
        return max(self._theme.px(24), width // max(1, len(self._words)) - self._theme.px(6))

    def _lines(self, words: str, width: int) -> int:
        room = QRect(0, 0, width, 10**4)
        flags = int(Qt.TextFlag.TextWordWrap)
        bold = self.font()
        bold.setBold(True)  # as the words of the number that is chosen are
        metrics = QFontMetrics(bold)
        return max(1, round(metrics.boundingRect(room, flags, words).height() / metrics.lineSpacing()))

    def _paint_mark(self, painter: QPainter) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        at = self._at(self.value() if self.is_set else self.placeholder or 0)
        colour = QColor(tokens.accent_fill if self.isEnabled() else tokens.line_strong)
        painter.setPen(QPen(colour, 2.0))
        painter.setBrush(colour if self.is_set else QColor(tokens.surface))
        painter.drawEllipse(at, px(8), px(8))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, px(10.5), px(10.5))

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
