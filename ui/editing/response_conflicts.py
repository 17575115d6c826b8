"""Which answers of a response stand against each other: for the flags in the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.page.page_context import PageContext

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath


class ResponseConflicts(QObject):
    """Signals:
    changed: conflicts came, or were settled.
    """

    changed = Signal()

    def __init__(self, response_id: str, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._response_id, self._context = response_id, context
        self.paths: frozenset[AnswerPath] = frozenset()

    def refresh(self) -> None:
        """Reads the conflicts as soon as no long work uses the store."""
        self._context.runner.when_idle(self._read)

    def covers(self, path: AnswerPath) -> bool:
        """Whether the answer at a path is in conflict, or an entry around it."""
        return any(path == one or path.startswith(f"{one}/") for one in self.paths)

    def is_in(self, section: AnswerPath) -> bool:
        """Whether a section holds any."""
        return any(one.startswith(f"{section}/") for one in self.paths)

    def _read(self) -> None:
        paths = self._context.workspace.conflicts.unsettled_paths(self._response_id)
        if paths != self.paths:
            self.paths = paths
            self.changed.emit()
