"""F6 goes from part to part of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def step_pane(panes: list[QWidget], step: int) -> None:
    """Focuses the first thing in the part behind (1) or before (-1) the one that has the keyboard."""
    shown = [pane for pane in panes if pane.isVisible()]
    focused = QApplication.focusWidget()
    here = next((at for at, pane in enumerate(shown) if focused and _holds(pane, focused)), 0)
    _focus_first(shown[(here + step) % len(shown)])


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _focus_first(pane: QWidget) -> None:
    """Focuses the pane, or the first thing in it that takes the keyboard."""
    reason = Qt.FocusReason.TabFocusReason
    if pane.focusPolicy() is not Qt.FocusPolicy.NoFocus or pane.focusProxy() is not None:
        (pane.focusProxy() or pane).setFocus(reason)
        return
    walked = pane.nextInFocusChain()
    while walked is not None and walked is not pane:
        takes = walked.focusPolicy() & Qt.FocusPolicy.TabFocus and walked.isEnabled()
        if takes and walked.isVisible() and pane.isAncestorOf(walked):
            walked.setFocus(reason)
            return
        walked = walked.nextInFocusChain()
