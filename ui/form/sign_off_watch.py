"""Who has signed off the response that is being filled in, and that a change reopens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from iscm_desktop.presenters.clearance_words import sign_off_words
from ui.look.colours import Tone
from ui.phrases.shown_moments import moment_of_sign_off

if TYPE_CHECKING:
    from iscm_desktop.workspace.row_types import SignOff
    from ui.page.page_context import PageContext


class SignOffWatch(QObject):
    """Says once, in a notice, that the sign-off no longer covers the answers: when the first change is on disk.

    Signals:
        changed: `words` are others.
    """

    changed = Signal()

    def __init__(self, response_id: str, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._response_id, self._context = response_id, context
        self._signed: SignOff | None = None
        context.saved.connect(self._on_saved)

    @property
    def words(self) -> str:
        """ "Signed off by Ann Lee, Director, 12 Nov 09:40.", with what was changed since; "" where nobody has."""
        return "" if self._signed is None else sign_off_words(self._signed, moment_of_sign_off(self._signed))

    def refresh(self) -> None:
        """Looks as soon as no long work uses the store."""
        self._context.runner.when_idle(self._look)

    def _look(self) -> None:
        self._signed = self._context.workspace.sign_offs.of(self._response_id)
        self.changed.emit()

    def _on_saved(self, _at: object) -> None:
        if self._signed is not None and self._signed.is_current:
            self._context.runner.when_idle(self._look_again)

    def _look_again(self) -> None:
        self._look()
        if self._signed is not None and not self._signed.is_current:
            self._context.say(self.words, Tone.WARN)
