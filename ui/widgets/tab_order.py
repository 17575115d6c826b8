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
    """Moves the focus to the next or previous stop; from the last one to the first.

    Qt asks for it, too, where what has the focus is hidden or disabled: then it stays close by.
    """
    found = list(stops(window))
    if not found:
        return False
    focused = QApplication.focusWidget()
    if focused is not None and not (focused.isVisible() and focused.isEnabled()):
        (_beside(focused) or found[0]).setFocus(Qt.FocusReason.OtherFocusReason)
        return True
    here = next((at for at, stop in enumerate(found) if stop is focused), None)
    if here is None:
        here = -1 if forward else 0
    to = (here + (1 if forward else -1)) % len(found)
    found[to].setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def stops(widget: QWidget) -> Iterator[QWidget]:
    """Every widget below that Tab stops at, in reading order."""
    for inside in _content(widget):
        yield from _with_inner(inside)


def place_of_focus(page: QWidget) -> int:
    """At which stop of a page the keyboard is; -1 where it is at none."""
    focused = page.window().focusWidget()
    return next((at for at, stop in enumerate(stops(page)) if stop is focused), -1)


def focus_place(page: QWidget, at: int) -> None:
    """Puts the keyboard at the stop that `place_of_focus` told of, in a page that is made as that one was."""
    found = list(stops(page))
    if 0 <= at < len(found):
        found[at].setFocus(Qt.FocusReason.OtherFocusReason)


def _with_inner(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is None or not widget.isVisible() or not widget.isEnabled():
        return
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    if takes and not _is_passed_over(widget):
        yield widget
    yield from stops(widget)


def _beside(lost: QWidget) -> QWidget | None:
    """Of the stops closest around a widget the one before it, so that nothing is left out, or the one after."""
    inside, around = lost, lost.parentWidget()
    while around is not None:
        parts = list(_content(around))
        at = parts.index(inside) if inside in parts else 0
        before = [stop for part in parts[:at] for stop in _with_inner(part)]
        after = (stop for part in parts[at:] if part is not inside for stop in _with_inner(part))
        found = before[-1] if before else next(after, None)
        if found is not None or around.isWindow():
            return found
        inside, around = around, around.parentWidget()
    return None


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
