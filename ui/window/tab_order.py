"""Tab goes through the window as the eye does: in the order of the layouts, wherever widgets were made since.

Qt keeps the order in which widgets came to be. Questions, entries and conflicts are made later than what stands
below them, so the order is read from the layouts instead, at each press of the key.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLayout,
    QRadioButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QStatusBar,
    QWidget,
)


def step_focus(window: QWidget, *, forward: bool) -> bool:
    """Moves the focus to the next or previous stop; from the last one to the first."""
    found = list(stops(window))
    if not found:
        return False
    focused = QApplication.focusWidget()
    here = next((at for at, stop in enumerate(found) if stop is focused), None)
    if here is None:
        here = -1 if forward else 0
    to = (here + (1 if forward else -1)) % len(found)
    found[to].setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def stops(widget: QWidget) -> Iterator[QWidget]:
    """Every widget below that Tab stops at, in reading order."""
    for inside in _content(widget):
        if inside is None or not inside.isVisible() or not inside.isEnabled():
            continue
        takes = inside.focusPolicy() & Qt.FocusPolicy.TabFocus and inside.focusProxy() is None
        if takes and not _is_passed_over(inside):
            yield inside
        yield from stops(inside)


def _is_passed_over(widget: QWidget) -> bool:
    """Of buttons that exclude each other, the chosen one is the stop; arrow keys walk to the others.

    Qt says so of a group only from the first choice on, and forgets it where buttons come and go.
    """
    if not isinstance(widget, QRadioButton) or not widget.autoExclusive():
        return False
    group, around = widget.group(), widget.parentWidget()
    others = group.buttons() if group is not None else around.findChildren(QRadioButton) if around else []
    usable = [each for each in others if each.isVisible() and each.isEnabled()]
    if group is None:
        usable = [each for each in usable if each.parentWidget() is around and each.group() is None]
    chosen = next((each for each in usable if each.isChecked()), usable[0] if usable else widget)
    return chosen is not widget


def _content(widget: QWidget) -> Iterator[QWidget | None]:
    if isinstance(widget, QScrollArea):
        yield widget.widget()
    elif isinstance(widget, QSplitter):
        yield from (widget.widget(at) for at in range(widget.count()))
    elif isinstance(widget, QStackedWidget):
        yield widget.currentWidget()
    elif isinstance(widget, QStatusBar):
        # It makes its layout anew for each message; PySide would take what comes to lie there for what lay there.
        yield from widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    else:
        layout = widget.layout()
        if layout is not None:
            yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)
