"""What a page is to the shell around it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.page.page_context import PageContext

NARROW = 800
"""A page less wide than this, at 100 % text, is laid out in one column."""


class WindowPage(QWidget):
    """One of the things that the window can show.

    Signals:
        status_changed(text): something to say in the status bar beside the saved state.
        can_undo_changed: undo or redo became possible or impossible.
        jumped(before, after): somebody went from one place of the page to another, and may want to go back.
    """

    status_changed = Signal(str)
    can_undo_changed = Signal()
    jumped = Signal(str, str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self._is_narrow = False
        context.theme.changed.connect(self._check_width)

    @property
    def heading(self) -> str:
        """For the title of the window."""
        raise NotImplementedError

    @property
    def topic(self) -> str:
        """The chapter of the guide that F1 opens here: the name of its file without the ending."""
        return "01-first-steps"

    @property
    def place(self) -> str:
        """Where on the page one is, for coming back; "" where that makes no difference."""
        return ""

    def show_place(self, place: str) -> None:
        """Comes back to a place."""

    def arrive(self) -> None:
        """The page is being shown; what it lists may have changed meanwhile."""

    def leave(self) -> None:
        """Another page, or the end of the program, is next: whatever is typed must be on disk afterwards."""

    def panes(self) -> list[QWidget]:
        """Where F6 goes, in order; hidden ones are passed over."""
        return [self]

    def search(self) -> None:
        """Ctrl+F."""

    def undo(self) -> None:
        """Ctrl+Z."""

    def redo(self) -> None:
        """Ctrl+Shift+Z."""

    def show_narrow(self, is_narrow: bool) -> None:
        """There is no room for columns beside each other, or there is again. `fit` follows."""

    def fit(self) -> None:
        """The width of the page, or of its text, is another one now."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._check_width()

    def _check_width(self) -> None:
        is_narrow = self.width() < self.context.theme.px(NARROW)
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self.show_narrow(is_narrow)
        self.fit()

    @property
    def undo_words(self) -> str:
        """What Ctrl+Z would take back, in words such as "Undo “March 2025”"; "" for nothing."""
        return ""

    @property
    def redo_words(self) -> str:
        """What Ctrl+Shift+Z would do again; "" for nothing."""
        return ""
