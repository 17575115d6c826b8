"""Says that the questionnaire of a response has a newer version, moves the response there, and back again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from iscm_desktop.i18n import _
from iscm_desktop.presenters.newer_version import moved_back_words, moved_words, offer_words
from ui.look.colours import Tone
from ui.page.notices import Notice
from ui.page.page_context import PageContext

if TYPE_CHECKING:
    from iscm_desktop.workspace.responses.version_service import QuestionnaireVersions


class NewerVersion(QObject):
    """Asks nothing: the notice offers, and what was done can be undone.

    Args:
        save: Puts what was typed on disk.
    """

    def __init__(
        self, response_id: str, context: PageContext, save: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._response_id, self._context, self._save = response_id, context, save

    def offer(self) -> None:
        """Looks as soon as no long work uses the store."""
        self._context.runner.when_idle(self._look)

    def _look(self) -> None:
        words = offer_words(self._context.workspace.versions.of(self._response_id))
        if words:
            self._context.noticed.emit(Notice(words, Tone.ACCENT, _("Use the newer version"), self._move))

    def _move(self) -> None:
        self._then(self._context.workspace.versions.move_to_newest, self._say_moved)

    def _move_back(self) -> None:
        self._then(self._context.workspace.versions.move_back, self._say_moved_back)

    def _then(
        self, move: Callable[[str], QuestionnaireVersions], say: Callable[[QuestionnaireVersions], None]
    ) -> None:
        self._context.runner.when_idle(self._act, move, say)

    def _act(
        self, move: Callable[[str], QuestionnaireVersions], say: Callable[[QuestionnaireVersions], None]
    ) -> None:
        self._save()
        versions = move(self._response_id)
        self._context.responses_changed.emit()
        self._context.reload_wanted.emit(self._response_id)
        say(versions)

    def _say_moved(self, versions: QuestionnaireVersions) -> None:
        withdrawn = len(self._context.workspace.versions.withdrawn_answers(self._response_id))
        words = moved_words(versions, withdrawn)
        self._context.noticed.emit(Notice(words, Tone.GOOD, _("Go back"), self._move_back))

    def _say_moved_back(self, versions: QuestionnaireVersions) -> None:
        self._context.say(moved_back_words(versions))
