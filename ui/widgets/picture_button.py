"""A picture at the leading edge, as wide as there is room for: pressing it shows it larger."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.look.theme import WindowTheme
from ui.widgets.layouts import follow_width
from ui.widgets.pressing import is_plain
from ui.widgets.spoken_roles import Part, speak_as

_LEAST = 40


class PictureButton(QAbstractButton):
    """Its longer edge is at most `edge` at 100 %; a smaller picture is not drawn larger than it is.

    Args:
        edge: In pixels at 100 %.
        can_be_pressed: Else it is only looked at, and no stop for Tab.
    """

    def __init__(self, edge: int, theme: WindowTheme, parent: QWidget, *, can_be_pressed: bool) -> None:
        super().__init__(parent)
        self._edge, self._theme = edge, theme
        self._image = QImage()
        self._natural = QSize()
        self._can_be_pressed = can_be_pressed
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if can_be_pressed else Qt.FocusPolicy.NoFocus)
        if can_be_pressed:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            speak_as(self, Part.PICTURE)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        follow_width(self)
        theme.changed.connect(self._on_theme_changed)

    def show_image(self, image: QImage, scale: float) -> None:
        """Draws a picture; `scale` is how many of its pixels make one at 100 %."""
        self._image = image
        self._natural = QSize(round(image.width() / scale), round(image.height() / scale))
        self._on_theme_changed()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._drawn(width).height() + 2 * self._margin()

    def sizeHint(self) -> QSize:
        whole = self._drawn(10**5)
        return whole + QSize(2 * self._margin(), 2 * self._margin())

    def minimumSizeHint(self) -> QSize:
        least = self._theme.px(_LEAST)
        return QSize(least, self._drawn(least).height() + 2 * self._margin())

    def hitButton(self, pos: QPoint) -> bool:
        return self._can_be_pressed and self._place().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as any other button."""
        if self._can_be_pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_plain(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, place = QPainter(self), self._place()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        wanted = place.size() * ratio
        smooth = Qt.TransformationMode.SmoothTransformation
        drawn = self._image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        painter.drawImage(place, drawn)
        tokens, has_focus = self._theme.tokens, self.hasFocus()
        is_lit = has_focus or (self._can_be_pressed and self.underMouse())
        painter.setPen(QPen(QColor(tokens.accent if is_lit else tokens.line), 2 if has_focus else 1))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()

    def _margin(self) -> int:
        return 2

    def _drawn(self, width: int) -> QSize:
        """How large the picture is drawn where there are `width` pixels."""
        if self._image.isNull():
            return QSize(0, 0)
        size, edge = self._natural * self._theme.px(100) / 100, self._theme.px(self._edge)
        if max(size.width(), size.height()) > edge:
            size = size.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio)
        room = max(1, width - 2 * self._margin())
        if size.width() > room:
            size = QSize(room, max(1, round(size.height() * room / size.width())))
        return size

    def _place(self) -> QRect:
        size, margin = self._drawn(self.width()), self._margin()
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - margin - size.width() if is_mirrored else margin
        return QRect(QPoint(left, margin), size)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
