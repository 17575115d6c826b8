"""One response while somebody fills it in: the session, saving by itself, and which question has the focus.

Cards tell it what is typed; it tells them what changed. What was typed is on disk within half a second, also
while the typing goes on, and at once when a question is left.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from iscm_desktop.presenters.entries.entry_actions import duplicate_entry
from iscm_desktop.presenters.missing_marks import MissingMarks
from iscm_desktop.presenters.undo_wording import MarkDeed
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from ui.editing.form_media import FormMedia
from ui.editing.last_round_offer import LastRoundOffer
from ui.editing.publication_marks import PublicationMarks
from ui.editing.response_conflicts import ResponseConflicts
from ui.editing.response_notes import ResponseNotes
from ui.editing.response_queries import ResponseQueries
from ui.editing.second_language import SecondLanguage
from ui.editing.spelling_language import SpellingLanguage
from ui.page.page_context import PageContext
from ui.page.timers import single_shot

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import datetime

    from iscm_desktop.session.form_session import FormSession
    from iscm_desktop.session.views import AnswerPath, Deed

SAVE_AFTER_MS = 350
_AGAIN_AFTER_MS = 40


class ResponseEditing(QObject):
    """What the widgets of a form share.

    Signals:
        changed(paths): the views at these paths may differ now.
        focused(path): this is the current question now, "" for none: the one with the ring, which whatever acts on
            a question acts on.
        checked(section): from now on its blank required questions are marked too.
        saving: all is about to be written; who holds something half typed answers it now.
        steps_changed: what can be undone is something else, though no answer has changed.
    """

    changed = Signal(object)
    focused = Signal(str)
    checked = Signal(str)
    saving = Signal()
    steps_changed = Signal()
    _committed = Signal()

    def __init__(self, response_id: str, session: FormSession, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self.response_id, self.session, self.context = response_id, session, context
        self.current = WHOLE_RESPONSE
        self.missing = MissingMarks(session.questionnaire)
        self.queries = ResponseQueries(response_id, context, self)
        self.conflicts = ResponseConflicts(response_id, context, self)
        self.marks = PublicationMarks(response_id, context, self)
        self.notes = ResponseNotes(response_id, context, self)
        self.spelling = SpellingLanguage(response_id, session, context, self)
        self.second = SecondLanguage(response_id, session, context, self)
        self.media = FormMedia(session, context, self)
        self.last_round = LastRoundOffer(response_id, session, context, self)
        self._is_reloading = False
        self._has_changes = False  # that the status line has not called saved yet
        self._timer = single_shot(self, SAVE_AFTER_MS, self._save_soon)
        self._commit: Future[datetime] | None = None
        self._saver = context.saver
        self._committed.connect(self._on_committed)
        session.on_changed.append(self._on_session_changed)
        self.marks.done.connect(self._on_done)
        self.notes.done.connect(self._on_done)

    @property
    def is_saved(self) -> bool:
        """Whether everything that was typed is on disk."""
        return not self._timer.isActive() and self._commit is None

    def answer(self, path: AnswerPath, text: str, *, is_stored: bool = False) -> None:
        """Hands an answer to the session, as it was typed or in stored form; "" clears it."""
        self.session.answer(path, text, is_stored=is_stored)

    def enter(self, path: AnswerPath) -> None:
        """The focus came to `path`; "" when it left the questions."""
        if path == self.current:
            return
        self.current = path
        self.session.commit_step()
        self.save_if_needed()
        self.focused.emit(path)

    def show_missing(self, path: AnswerPath) -> None:
        """Somebody asked what is missing in the section that holds `path`, or is it."""
        section = self.missing.show(path)
        if section is not None:
            self.checked.emit(section)

    def _on_done(self, deed: Deed) -> None:
        self.session.remember(deed)
        self.context.went_on.emit()
        self.steps_changed.emit()

    def save_if_needed(self) -> None:
        """Writes what was typed, where anything was: on disk when this returns."""
        if not self.is_saved:
            self.save()

    def _save_soon(self) -> None:
        """While somebody goes on typing, the disk is waited for on another thread."""
        if self._commit is not None:
            self._timer.start(_AGAIN_AFTER_MS)
            return
        self._timer.setInterval(SAVE_AFTER_MS)
        keep = self.context.workspace.responses.save_later(self.response_id, self.session)
        if keep is None:
            self.save()  # nothing is left to write, such as after another language was chosen: that is said, too
        else:
            self._commit = self._saver.submit(self._keep, keep)

    def _keep(self, keep: Callable[[], datetime]) -> datetime:
        """On the saver's thread."""
        try:
            return keep()
        finally:
            self._committed.emit()

    def _on_committed(self) -> None:
        commit = self._commit
        if commit is None:
            return  # somebody has waited for it
        self._commit = None
        at = commit.result()  # a failure is told as any other; the changes wait for the next time
        if not self._timer.isActive():
            self._has_changes = False
            self.context.saved.emit(at)

    def save(self) -> None:
        """Writes what was typed: on disk when this returns."""
        self.saving.emit()
        self._timer.stop()
        self._timer.setInterval(SAVE_AFTER_MS)
        commit, self._commit = self._commit, None
        if commit is not None:
            commit.exception()  # waits; what failed is tried again below
        at = self.context.workspace.responses.save(self.response_id, self.session)
        if self._has_changes:
            self._has_changes = False
            self.context.saved.emit(at)

    def reload(self) -> None:
        """A merge has brought other answers: what is typed from now on goes on from those."""
        self._is_reloading = True
        try:
            self.context.workspace.responses.refresh_session(self.response_id, self.session)
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

    def duplicate(self, entry: AnswerPath) -> AnswerPath:
        """Adds an entry with the same answers and the same marks, on disk at once; a step to undo."""
        with self.session.one_step():
            copy = duplicate_entry(self.session, entry)
            do_again = partial(self.marks.copy, entry, copy)
            do_again()
            self.session.remember(MarkDeed(copy, True, do_again, partial(self._lift_marks, copy)))
        self.session.commit_step()
        self.save_if_needed()
        return copy

    def _lift_marks(self, gone: AnswerPath) -> None:
        """Only once it is gone on disk, too: an entry is not there without its marks even for a moment."""
        self.save_if_needed()
        self.marks.lift_all(gone)

    def bring_back(self, path: AnswerPath, text: str) -> None:
        """Answers as it was answered before: a step like any other, on disk at once."""
        self.session.commit_step()
        self.then_save(partial(self.session.answer, path, text, is_stored=True))

    def undo(self) -> None:
        """Takes back the last step; what follows from it is shown where it stands."""
        if self.session.can_undo:
            self.session.undo()
            self.save_if_needed()
            self.steps_changed.emit()

    def redo(self) -> None:
        """Does again what was last taken back."""
        if self.session.can_redo:
            self.session.redo()
            self.save_if_needed()
            self.steps_changed.emit()

    def _leave_what_is_gone(self, paths: frozenset[AnswerPath]) -> None:
        """The current question is one that is asked: nothing is done to what nobody sees."""
        if self.current in paths:
            try:
                is_asked = self.session.view(self.current).is_asked
            except KeyError:
                is_asked = False
            if not is_asked:
                self.current = WHOLE_RESPONSE
                self.focused.emit(WHOLE_RESPONSE)

    def _on_session_changed(self, paths: frozenset[AnswerPath]) -> None:
        self._leave_what_is_gone(paths)
        if self._is_reloading:
            self.changed.emit(paths)
            return
        self._has_changes = True
        if not self._timer.isActive():  # not started anew by each key: long typing is saved on the way
            self._timer.start()
            self.context.unsaved.emit()
        self.changed.emit(paths)
