"""Which questions of a response somebody has asked about: for the flags in the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.page.page_context import PageContext

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath
    from iscm_desktop.workspace.colleagues.query_service import QueryRow


class ResponseQueries(QObject):
    """Signals:
    changed: queries came, were asked, or were replied to.
    reply_wanted(path): somebody wants to reply at this question.
    """

    changed = Signal()
    reply_wanted = Signal(str)

    def __init__(self, response_id: str, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._response_id, self._context = response_id, context
        self._rows: tuple[QueryRow, ...] = ()
        self._askable: frozenset[AnswerPath] | None = frozenset()

    def refresh(self) -> None:
        """Reads the queries as soon as no long work uses the store."""
        self._context.runner.when_idle(self._read)

    def at(self, path: AnswerPath) -> tuple[QueryRow, ...]:
        """The queries about a question: the open ones first, then the newest."""
        return tuple(row for row in self._rows if row.path == path and not row.is_withdrawn)

    def may_ask(self, path: AnswerPath) -> bool:
        """Whether somebody else answered at `path`, or the whole response: nobody is asked to ask themselves."""
        return self._askable is None or path in self._askable

    def open_by_section(self) -> dict[AnswerPath, int]:
        """How many open queries each section holds; sections without any are absent."""
        counts: dict[AnswerPath, int] = {}
        for row in self._rows:
            if row.is_open:
                counts[row.section] = counts.get(row.section, 0) + 1
        return counts

    def ask(self, path: AnswerPath, text: str) -> None:
        """Asks about the answer at `path`: on disk when this returns."""
        self._context.workspace.queries.ask(self._response_id, path, text)
        self._read()

    def reply(self, query: str, text: str) -> None:
        """Replies to a query, which closes it: on disk when this returns."""
        self._context.workspace.queries.reply(query, text)
        self._read()

    def _read(self) -> None:
        queries = self._context.workspace.queries
        rows, askable = queries.rows(self._response_id), queries.askable(self._response_id)
        if (rows, askable) != (self._rows, self._askable):
            self._rows, self._askable = rows, askable
            self.changed.emit()
