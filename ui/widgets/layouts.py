"""Rows and columns: their margins, how widgets come into them, and how they leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.look.lengths import SAID

L = TypeVar("L", bound=QLayout)
_Scale = Callable[[float], int]
_Margins = tuple[int, int, int, int]


def bare_column(owner: QWidget | None, gap: int | None = None) -> QVBoxLayout:
    """A column without margins; `gap` in pixels between its parts, None for the usual one."""
    return _spaced(QVBoxLayout() if owner is None else QVBoxLayout(owner), (0, 0, 0, 0), gap)


def bare_row(owner: QWidget | None, gap: int | None = None) -> QHBoxLayout:
    """A row without margins; `gap` in pixels between its parts, None for the usual one."""
    return _spaced(QHBoxLayout() if owner is None else QHBoxLayout(owner), (0, 0, 0, 0), gap)


def padded_column(owner: QWidget, px: _Scale, margins: _Margins, gap: int | None = None) -> QVBoxLayout:
    """A column with margins (left, top, right, bottom); these and `gap` at 100 %, made pixels by `px`."""
    return _spaced(QVBoxLayout(owner), margins, gap, px)


def padded_row(owner: QWidget, px: _Scale, margins: _Margins, gap: int | None = None) -> QHBoxLayout:
    """A row with margins (left, top, right, bottom); these and `gap` at 100 %, made pixels by `px`."""
    return _spaced(QHBoxLayout(owner), margins, gap, px)


def _spaced(layout: L, margins: _Margins, gap: int | None, px: _Scale = round) -> L:
    layout.setContentsMargins(*map(px, margins))
    if gap is not None:
        layout.setSpacing(px(gap))
        layout.setProperty(SAID, True)
    return layout


def add_gap(layout: QBoxLayout, length: int) -> None:
    """More room before the next part, in pixels; unlike Qt's own spacing it follows the text size."""
    gap = QWidget()
    gap.setFixedSize(length, length)
    layout.addWidget(gap)


def show_if(widget: QWidget, is_shown: bool) -> None:
    """Hides a part, or shows it again; what nobody hid yet comes with what it is part of, and is laid out once."""
    if not is_shown or widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
        widget.setVisible(is_shown)


def show_now(widget: QWidget) -> None:
    """At once, unless somebody hid it; a layout would show it a turn later, when the keyboard has gone elsewhere.

    Out of sight until the layout has placed it.
    """
    if not widget.isVisible() and not widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
        widget.move(-widget.width(), -widget.height())
        widget.show()


def is_put_away(widget: QWidget) -> bool:
    """Whether somebody hid it; Qt calls everything hidden that has not been on the screen."""
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


STRETCH = None
"""Among the parts of `fill`: what is left of the width or height goes here."""


def fill(layout: QBoxLayout, *parts: QWidget | QLayout | None) -> None:
    """Adds widgets, other layouts, and STRETCH, in order."""
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def follow_width(widget: QWidget) -> None:
    """Layouts ask the widget from now on how high it is at the width there is."""
    policy = widget.sizePolicy()
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


def discard(widget: QWidget, layout: QLayout | None = None) -> None:
    """Takes a widget out of view, and out of `layout`; it is gone with the next turn of the event loop."""
    if layout is not None:
        layout.removeWidget(widget)
    widget.hide()
    last = widget.focusWidget()
    if last is not None:
        last.clearFocus()  # a page that comes back to the front before would give it the keyboard again
    widget.deleteLater()


def empty_layout(layout: QLayout) -> None:
    """Takes all widgets out of a layout; they are gone with the next turn of the event loop."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            discard(widget)
