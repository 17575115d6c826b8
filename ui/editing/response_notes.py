"""The notes that people leave at the questions of a response: read once, kept at hand, and a part of its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from iscm_desktop.presenters.undo_wording import NoteDeed
from ui.page.page_context import PageContext

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath


class ResponseNotes(QObject):
    """Signals:
    changed: a note reads otherwise than before, or the notes were read.
    done(deed): somebody wrote one, which can be taken back.
    """

    changed = Signal()
    done = Signal(object)

    def __init__(self, response_id: str, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._response_id, self._context = response_id, context
        self._texts: dict[AnswerPath, str] = {}

    def refresh(self) -> None:
        """Reads the notes as soon as no long work uses the store."""
        self._context.runner.when_idle(self._read)

    def at(self, path: AnswerPath) -> str:
        """The note at a question; "" where there is none."""
        return self._texts.get(path, "")

    def write(self, path: AnswerPath, text: str) -> None:
        """What a person wrote: kept as soon as no long work uses the store, and a step to undo."""
        before = self.at(path)
        if text != before:
            self._put(path, text)
            self.done.emit(NoteDeed(path, before, text, self._put))

    def _put(self, path: AnswerPath, text: str) -> None:
        self._texts[path] = text
        self._context.runner.when_idle(self._context.workspace.notes.put, self._response_id, path, text)
        self.changed.emit()

    def _read(self) -> None:  # what was typed while other work used the store is written before
        texts = self._context.workspace.notes.all(self._response_id)
        if texts != self._texts:
            self._texts = texts
            self.changed.emit()
