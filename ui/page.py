"""What a page is to the shell around it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.desk import Desk


class Page(QWidget):
    """One of the things that the window can show.

    Signals:
        status_changed(text): something to say in the status bar beside the saved state.
        can_undo_changed: undo or redo became possible or impossible.
    """

    status_changed = Signal(str)
    can_undo_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk

    @property
    def heading(self) -> str:
        """For the title of the window."""
        raise NotImplementedError

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

    @property
    def can_undo(self) -> bool:
        return False

    @property
    def can_redo(self) -> bool:
        return False
