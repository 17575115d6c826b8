"""One response while somebody fills it in: the session, saving by itself, and which question has the focus.

Cards tell it what is typed; it tells them what changed. What was typed is on disk within half a second, also
while the typing goes on, and at once when a question is left.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui.colleagues.flags import Flags
from ui.desk import Desk
from ui.last_round.offers import Offers
from ui.publication.marks import Marks

if TYPE_CHECKING:
    from iscm_desktop.session.form_session import FormSession
    from iscm_desktop.session.views import AnswerPath

SAVE_AFTER_MS = 400


class Filling(QObject):
    """What the widgets of a form share.

    Signals:
        changed(paths): the views at these paths may differ now.
        focused(path): the keyboard is in this question now.
        checked: from now on blank required questions are marked too.
    """

    changed = Signal(object)
    focused = Signal(str)
    checked = Signal()

    def __init__(self, response_id: str, session: FormSession, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.response_id, self.session, self.desk = response_id, session, desk
        self.current: AnswerPath = ""
        self.marks_missing = False
        self.flags = Flags(response_id, desk, self)
        self.marks = Marks(response_id, desk, self)
        self.offers = Offers(response_id, session, desk, self)
        self._is_reloading = False
        self._has_changes = False  # that the status line has not called saved yet
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)
        session.on_changed.append(self._on_session_changed)

    @property
    def is_saved(self) -> bool:
        return not self._timer.isActive()

    def answer(self, path: AnswerPath, text: str) -> None:
        self.session.answer(path, text)

    def enter(self, path: AnswerPath) -> None:
        """The focus came to `path`; "" when it left the questions."""
        if path == self.current:
            return
        self.current = path
        self.session.commit_step()
        self.save_if_needed()
        if path:
            self.focused.emit(path)

    def mark_missing(self) -> None:
        """Somebody asked what is left to do."""
        if not self.marks_missing:
            self.marks_missing = True
            self.checked.emit()

    def save_if_needed(self) -> None:
        if self._timer.isActive():
            self.save()

    def save(self) -> None:
        """Writes what was typed. The store lets this in between the steps of a long job."""
        self._timer.stop()
        at = self.desk.workspace.save(self.response_id, self.session)
        if self._has_changes:
            self._has_changes = False
            self.desk.saved.emit(at)

    def reload(self) -> None:
        """A merge has brought other answers: what is typed from now on goes on from those."""
        self._is_reloading = True
        try:
            self.desk.workspace.refresh(self.response_id, self.session)
        finally:
            self._is_reloading = False

    def end(self) -> None:
        """The form is being closed."""
        self.save()
        if self._on_session_changed in self.session.on_changed:
            self.session.on_changed.remove(self._on_session_changed)

    def then_save(self, act: Callable[[], object]) -> None:
        """For single actions, such as adding an entry: done, and on disk."""
        act()
        self.session.commit_step()
        self.save_if_needed()

    def undo(self) -> None:
        """Takes back the last step; what follows from it is shown where it stands."""
        if self.session.can_undo:
            self.session.undo()
            self.save_if_needed()

    def redo(self) -> None:
        if self.session.can_redo:
            self.session.redo()
            self.save_if_needed()

    def _on_session_changed(self, paths: frozenset[AnswerPath]) -> None:
        if self._is_reloading:
            self.changed.emit(paths)
            return
        self._has_changes = True
        if not self._timer.isActive():  # not started anew by each key: long typing is saved on the way
            self._timer.start()
            self.desk.unsaved.emit()
        self.changed.emit(paths)
