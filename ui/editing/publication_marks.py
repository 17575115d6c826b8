"""What of a response is not for publication: for the marks in the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.page.page_context import PageContext

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath


class PublicationMarks(QObject):
    """Signals:
    changed: something was marked, or a mark was lifted.
    """

    changed = Signal()

    def __init__(self, response_id: str, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._response_id, self._context = response_id, context
        self._paths: frozenset[AnswerPath] = frozenset()

    def refresh(self) -> None:
        """Reads the marks as soon as no long work uses the store."""
        self._context.runner.when_idle(self._read)

    def is_marked(self, path: AnswerPath) -> bool:
        """Whether this very path is marked."""
        return path in self._paths

    def covers(self, path: AnswerPath) -> bool:
        """Whether the path, or something around it, is marked."""
        return any(path == one or path.startswith(f"{one}/") for one in self._paths)

    def mark(self, path: AnswerPath, *, is_marked: bool) -> None:
        """Marks a path or lifts its mark, on disk as soon as no long work uses the store."""
        workspace, response_id = self._context.workspace, self._response_id

        def act() -> None:
            workspace.restrictions.restrict(response_id, path, is_lifted=not is_marked)
            self._read()

        self._context.runner.when_idle(act)

    def _read(self) -> None:
        paths = frozenset(row.path for row in self._context.workspace.restrictions.rows(self._response_id))
        if paths != self._paths:
            self._paths = paths
            self.changed.emit()
