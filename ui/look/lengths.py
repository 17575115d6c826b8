"""Lengths that were laid out at one text size, carried to another.

Pages say their margins and gaps once, when they are made: `theme.px(12)`. A step of the text size takes what was
laid out along, so that no page has to remember its lengths, and going back brings each to the pixel it had. Spacers
stay as they are, for PySide loses hold of objects when a layout is asked for its items: `add_gap` goes along.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLayout,
    QSplitter,
    QStyle,
    QWidget,
)

_KEPT = "lengths_at_100"
SAID = "gap_is_said"
"""Property of a layout whose gap was said, though it may be as wide as the usual one."""

_UNBOUNDED = 16777215  # QWIDGETSIZE_MAX
_HAIR = 3
"""Lines and frames up to this many pixels are as thin at any text size."""

_OF_THE_STYLE = ("_q_stylesheet_minw", "_q_stylesheet_minh", "_q_stylesheet_maxw", "_q_stylesheet_maxh")


def scaled(at_100: float, scale: int) -> int:
    """A length at a text size in per cent, in pixels."""
    return round(at_100 * scale / 100)


@dataclass(slots=True)
class _Kept:
    """What a widget's or a layout's lengths are at 100 %, and what they were made of these last, by name."""

    at_100: dict[str, float] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)


class _Step:
    """From one text size to another."""

    def __init__(self, before: int, after: int) -> None:
        self._before, self._after = before, after

    def carry(self, owner: QObject, name: str, length: int, show: Callable[[int], object]) -> bool:
        """Shows a length of `owner` as it is at the new size; gives whether it is another one."""
        kept = owner.property(_KEPT)
        if not isinstance(kept, _Kept):
            kept = _Kept()
            owner.setProperty(_KEPT, kept)
        if kept.shown.get(name) != length:  # said anew since the last step, or never seen
            if length <= _HAIR:
                return False
            kept.at_100[name] = self._at_100(length)
        kept.shown[name] = scaled(kept.at_100[name], self._after)
        if kept.shown[name] != length:
            show(kept.shown[name])
        return kept.shown[name] != length

    def _at_100(self, length: int) -> float:
        """Whole, as lengths are said, where rounding has not lost which it was."""
        exact = length * 100 / self._before
        return round(exact) if scaled(round(exact), self._before) == length else exact


def carry_lengths(root: QWidget, before: int, after: int) -> None:
    """Brings margins, gaps and fixed sizes below `root` from one text size to another, both in per cent."""
    step = _Step(before, after)
    for layout in root.findChildren(QLayout):
        _carry_layout(layout, step)
    for widget in root.findChildren(QWidget):
        if not any(widget.property(name) for name in _OF_THE_STYLE):
            _carry_widget(widget, step)


def _carry_layout(layout: QLayout, step: _Step) -> None:
    _carry_margins(layout, step)
    across, down = _usual_gaps()
    if isinstance(layout, QGridLayout | QFormLayout):
        if _is_said(layout, "across", layout.horizontalSpacing(), across):
            step.carry(layout, "across", layout.horizontalSpacing(), layout.setHorizontalSpacing)
        if _is_said(layout, "down", layout.verticalSpacing(), down):
            step.carry(layout, "down", layout.verticalSpacing(), layout.setVerticalSpacing)
        return
    if layout.property(SAID) or _is_said(layout, "gap", layout.spacing(), across | down):
        step.carry(layout, "gap", layout.spacing(), layout.setSpacing)


def _is_said(layout: QLayout, name: str, gap: int, usual: set[int]) -> bool:
    """Whether somebody said the gap, now or before it was carried to another size."""
    kept = layout.property(_KEPT)
    return gap not in usual or (isinstance(kept, _Kept) and kept.shown.get(name) == gap)


def _usual_gaps() -> tuple[set[int], set[int]]:
    """Gaps that nobody has said: Qt asks the style each time, pair by pair, and has to go on doing so."""
    style, metric = QApplication.style(), QStyle.PixelMetric
    across = style.pixelMetric(metric.PM_LayoutHorizontalSpacing)
    return {-1, across}, {-1, style.pixelMetric(metric.PM_LayoutVerticalSpacing)}


def _carry_margins(layout: QLayout, step: _Step) -> None:
    margins = layout.contentsMargins()
    found = [
        step.carry(layout, "left", margins.left(), margins.setLeft),
        step.carry(layout, "top", margins.top(), margins.setTop),
        step.carry(layout, "right", margins.right(), margins.setRight),
        step.carry(layout, "bottom", margins.bottom(), margins.setBottom),
    ]
    if any(found):
        layout.setContentsMargins(margins)


def _carry_widget(widget: QWidget, step: _Step) -> None:
    if widget.isWindow() or isinstance(widget, QLabel):  # a label's height is that of its words
        return
    least, most = widget.minimumSize(), widget.maximumSize()
    if most.width() < _UNBOUNDED:
        is_fixed = least.width() == most.width()
        step.carry(
            widget, "width", most.width(), widget.setFixedWidth if is_fixed else widget.setMaximumWidth
        )
    if most.height() < _UNBOUNDED:
        is_fixed = least.height() == most.height()
        step.carry(
            widget, "height", most.height(), widget.setFixedHeight if is_fixed else widget.setMaximumHeight
        )
    if isinstance(widget, QSplitter):
        step.carry(widget, "handle", widget.handleWidth(), widget.setHandleWidth)
