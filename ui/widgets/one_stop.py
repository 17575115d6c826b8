"""A group of buttons as one stop for the Tab key, within which the arrow keys walk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class OneStop(QObject):
    """Of its widgets only one is reached by Tab: the one that had the keyboard last, at first the first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widgets: list[QWidget] = []
        self._stop: QWidget | None = None

    def hold(self, widgets: Sequence[QWidget], stop: QWidget | None = None) -> None:
        """Takes over these widgets, in the order in which they are read; `stop` is where Tab comes to."""
        for each in widgets:
            if each not in self._widgets:
                each.installEventFilter(self)
        self._widgets = list(widgets)
        if self._stop not in self._widgets:
            self._stop = None
        self._choose(self._stop or stop or next(iter(self._widgets), None))

    @property
    def stop(self) -> QWidget | None:
        """Where Tab comes to."""
        return self._stop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._choose(watched)
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            target = self._target(watched, event)
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _choose(self, stop: QWidget | None) -> None:
        if stop not in self._widgets:
            return
        self._stop = stop
        for each in self._widgets:
            policy = Qt.FocusPolicy.StrongFocus if each is stop else Qt.FocusPolicy.ClickFocus
            if each.focusPolicy() is not policy:
                each.setFocusPolicy(policy)

    def _target(self, watched: QObject, event: QKeyEvent) -> QWidget | None:
        """Where a key leads; the widget itself at the end of a row, so that no key leaves the group."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or watched not in self._widgets:
            return None
        there = [each for each in self._widgets if each.isVisibleTo(each.window()) and each.isEnabled()]
        if not isinstance(watched, QWidget) or watched not in there:
            return None
        if key in _ENDS:
            return there[_ENDS[key]]
        if key in _DOWN:
            return _nearest(watched, there, _DOWN[key]) or _beside(watched, there, _DOWN[key])
        if key in _ACROSS:
            turned = -1 if watched.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
            return _beside(watched, there, _ACROSS[key] * turned)
        return None


def _beside(widget: QWidget, there: list[QWidget], step: int) -> QWidget:
    """The next or previous one in reading order, the widget itself at either end."""
    at = there.index(widget) + step
    return there[at] if 0 <= at < len(there) else widget


def _nearest(widget: QWidget, there: list[QWidget], step: int) -> QWidget | None:
    """The nearest one in the rows above or below; None where there is no such row."""
    here = _middle(widget)
    rows = [(each, _middle(each)) for each in there if each is not widget]
    ahead = [(each, at) for each, at in rows if (at.y() - here.y()) * step > widget.height() // 2]
    if not ahead:
        return None
    return min(ahead, key=lambda pair: (abs(pair[1].y() - here.y()), abs(pair[1].x() - here.x())))[0]


def _middle(widget: QWidget) -> QPoint:
    return widget.mapTo(widget.window(), widget.rect().center())
