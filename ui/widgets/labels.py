"""Texts on the screen. All are plain text unless said otherwise: answers and file names are never markup."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from ui.widgets.layouts import follow_width, show_if
from ui.widgets.painted_text import paint_words, runs_right_to_left
from ui.widgets.plain_text import readable, set_tip

_TALL = ("\u0590", "\u08ff")
"""From the first to the last letter of Hebrew, Arabic and their neighbours."""
_TALL_SHARE = 4
"""Of the height of a line, what its marks may take above it, and as much below."""


_AROUND_ARROW = 3
"""How many times as wide as the arrow of a menu what it takes from the words is: itself, and what is free around it."""


class PlainLabel(QLabel):
    """Plain text at the leading edge of what surrounds it, whatever direction it runs in itself.

    An English label in an Arabic window belongs beside its badge at the right; Qt would put it at the left.
    """

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(readable(text), parent)
        self._is_tall = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._make_room(text)

    def setText(self, text: str) -> None:
        super().setText(readable(text))
        self._make_room(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of the label itself, once it has held tall letters: another font needs other room."""
        if watched is self and event.type() == QEvent.Type.FontChange and self._is_tall:
            self._keep_free(self.fontMetrics().height() // _TALL_SHARE)
        return super().eventFilter(watched, event)

    def _make_room(self, text: str) -> None:
        """Marks above and below Arabic letters reach over the line that the font itself asks for."""
        is_tall = self.layoutDirection() is Qt.LayoutDirection.RightToLeft  # all there, so that lines agree
        if not is_tall and not text.isascii():
            is_tall = any(_TALL[0] <= letter <= _TALL[1] for letter in text)
        if is_tall is self._is_tall:
            return
        self._is_tall = is_tall
        self._keep_free(self.fontMetrics().height() // _TALL_SHARE if is_tall else 0)
        if is_tall:
            self.installEventFilter(self)

    def _keep_free(self, height: int) -> None:
        margins = self.contentsMargins()
        self.setContentsMargins(margins.left(), height, margins.right(), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        direction = self.layoutDirection()
        is_plain = self.textFormat() is Qt.TextFormat.PlainText and self.buddy() is None
        is_fixed = self.textInteractionFlags() == Qt.TextInteractionFlag.LinksAccessibleByMouse
        is_usual = direction is Qt.LayoutDirection.LeftToRight and not runs_right_to_left(self.text())
        if is_usual or not (is_plain and is_fixed):
            super().paintEvent(event)
            return
        alignment = self.alignment()
        side = Qt.AlignmentFlag.AlignLeading
        for other in (Qt.AlignmentFlag.AlignTrailing, Qt.AlignmentFlag.AlignHCenter):
            side = other if alignment & other else side
        vertical = (
            Qt.AlignmentFlag.AlignTop
            if alignment & Qt.AlignmentFlag.AlignTop
            else Qt.AlignmentFlag.AlignVCenter
        )
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        paint_words(
            painter,
            self.contentsRect(),
            self.text(),
            direction,
            side,
            vertical,
            wraps=self.wordWrap(),
            may_reach_over=self._is_tall,
        )
        painter.end()


class ElidedLabel(PlainLabel):
    """One line that ends with an ellipsis where there is no room for all of it; the rest is in the tip."""

    def __init__(self, text: str, role: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), self.fontMetrics().averageCharWidth() * 6), whole.height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_rest()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        paint_words(painter, self.contentsRect(), self._shown(), self.layoutDirection(), wraps=False)
        painter.end()

    def _tell_rest(self) -> None:
        set_tip(self, self.text() if self._shown() != self.text() else "")

    def _shown(self) -> str:
        end = Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.text(), end, self.contentsRect().width())


class FittingButton(QPushButton):
    """Words for which there is no room end with an ellipsis, and are said in the tip."""

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        words = QStyle.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(words, option, self).width()
        if self.menu() is not None:  # Qt forgets the arrow, and the words stand in the middle
            arrow = self.style().pixelMetric(QStyle.PixelMetric.PM_MenuButtonIndicator, option, self)
            room -= _AROUND_ARROW * arrow
        if self._words_width() > room > 0:
            end, mnemonic = Qt.TextElideMode.ElideRight, Qt.TextFlag.TextShowMnemonic.value
            option.text = self.fontMetrics().elidedText(self.text(), end, room, mnemonic)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        words = self.text().replace("&", "")
        if self.sizeHint().width() > self.width():
            if not self.toolTip():
                set_tip(self, words)
        elif self.toolTip() == words:
            set_tip(self, "")

    def _words_width(self) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, self.text()).width()


def align_leading(label: QLabel) -> None:
    """For text that can be selected, which Qt paints: at the leading edge of the window, in its own direction."""
    mirrored = label.layoutDirection() is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


def text_label(text: str, role: str, parent: QWidget, *, wraps: bool = True) -> QLabel:
    """A label in one of the roles of the style sheet: title, heading, strong, muted, small, error…"""
    label = PlainLabel(text, parent)
    label.setProperty("role", role)
    label.setWordWrap(wraps)
    if wraps:
        policy = label.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        label.setSizePolicy(policy)
        follow_width(label)
        label.setMinimumWidth(1)
    return label


class LateLabel:
    """A text that is blank in most places: its label is made when there is first something to say.

    Args:
        role: As of `text_label`.
        owner: Whose child the label becomes.
        place: Puts it into a layout.
    """

    def __init__(
        self, role: str, owner: QWidget, place: Callable[[QLabel], object], *, wraps: bool = True
    ) -> None:
        self._role, self._owner, self._place, self._wraps = role, owner, place, wraps
        self.label: QLabel | None = None

    def text(self) -> str:
        """What it says; "" for nothing."""
        return "" if self.label is None else self.label.text()

    def show_text(self, text: str) -> None:
        """Says something else, or nothing: then it takes no room."""
        if self.label is None and text:
            self.label = text_label(text, self._role, self._owner, wraps=self._wraps)
            self._place(self.label)
        if self.label is not None:
            if self.label.text() != text:
                self.label.setText(text)
            if self._owner.isVisible():
                self.label.setVisible(bool(text))
            else:
                show_if(self.label, bool(text))


def button(text: str, parent: QWidget, role: str = "", *, name: str = "") -> QPushButton:
    """A button in a role of the style sheet ("", primary, link, quiet, nav, menu); tests find it by `name`."""
    made = FittingButton(text, parent)
    if role:
        made.setProperty("role", role)
    if role == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if name:
        made.setObjectName(name)
    return made


def hair_line(parent: QWidget, *, vertical: bool = False) -> QFrame:
    """A hair line."""
    line = QFrame(parent)
    line.setProperty("role", "rule")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def frame(role: str, parent: QWidget) -> QFrame:
    """A ground in a role of the style sheet: pane, head, foot, nav, backdrop."""
    made = QFrame(parent)
    made.setProperty("role", role)
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Sets a property that the style sheet asks for; styles are worked out anew only when it changes."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
