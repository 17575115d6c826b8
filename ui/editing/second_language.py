"""A second language under each question, for those who answer together: which one, and what is said in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from iscm_desktop.session.views import ItemWords
from ui.page.page_context import PageContext

if TYPE_CHECKING:
    from iscm_desktop.session.form_session import FormSession
    from iscm_desktop.session.views import AnswerPath

_NOTHING = ItemWords()


class SecondLanguage(QObject):
    """Kept for the response, on this computer.

    Signals:
        changed: another one is shown now, or none.
    """

    changed = Signal()

    def __init__(self, response_id: str, session: FormSession, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._response_id, self._session, self._context = response_id, session, context
        kept = context.preferences.second_language(response_id)
        self._language = kept if kept in session.questionnaire.languages else ""

    @property
    def language(self) -> str:
        """As the form names it; "" where none is shown. Never the one that the form is in."""
        return self._language if self._language != self._session.language else ""

    @property
    def others(self) -> tuple[str, ...]:
        """Those that can be shown beside the one that the form is in."""
        return tuple(each for each in self._session.questionnaire.languages if each != self._session.language)

    def choose(self, language: str) -> None:
        """Shows this language under each question from now on; "" for none."""
        self._language = language
        self._context.preferences.set_second_language(self._response_id, language)
        self.changed.emit()

    def words(self, path: AnswerPath) -> ItemWords:
        """What an item says in it; nothing at all where none is shown."""
        if not self.language:
            return _NOTHING
        try:
            return self._session.words(path, self.language)
        except KeyError:  # an entry that has gone meanwhile
            return _NOTHING

    def label(self, path: AnswerPath, first: str) -> str:
        """An item's label in it, unless that says the same as the `first`."""
        said = self.words(path).label
        return "" if said == first else said
