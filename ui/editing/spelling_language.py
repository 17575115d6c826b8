"""In which language the long texts of a response are looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from iscm_desktop.i18n import locale
from iscm_desktop.spelling.dictionaries import has_dictionary
from ui.page.page_context import PageContext
from ui.phrases.form_languages import language_code

if TYPE_CHECKING:
    from iscm_desktop.session.form_session import FormSession


class SpellingLanguage(QObject):
    """What somebody chose for the response; else the form's language, else that of the window.

    A form in English only is answered in other languages, too: so it can be chosen in the menu of each text.

    Signals:
        changed: another one was chosen.
    """

    changed = Signal()

    def __init__(self, response_id: str, session: FormSession, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._response_id, self._session, self._context = response_id, session, context

    @property
    def code(self) -> str:
        """ "fr"; "" where nothing is looked up."""
        chosen = self._context.preferences.spelling_language(self._response_id)
        if chosen is not None:
            return chosen
        code = language_code(self._session.language).partition("-")[0] or locale().language
        return code if has_dictionary(code) else ""

    def choose(self, code: str) -> None:
        """From now on, for this response on this computer; "" for none."""
        self._context.preferences.set_spelling_language(self._response_id, code)
        self.changed.emit()
