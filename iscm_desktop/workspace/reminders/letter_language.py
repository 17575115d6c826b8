"""The language of a letter: the respondent's, whichever the window speaks."""

from __future__ import annotations

import datetime
import json
from functools import cache

from iscm_desktop.i18n import LANGUAGES, shown_date, spoken_languages
from iscm_desktop.paths import resource
from iscm_desktop.summaries.document_language import DocumentLanguage


@cache
def letter_languages() -> tuple[str, ...]:
    """In which letters can be written."""
    spoken = spoken_languages()
    return tuple(each for each in LANGUAGES if each in spoken or _own_sentences(each))


class LetterLanguage:
    """Sentences and dates of one letter.

    The catalogues of the interface serve where there is one; the other languages of the United Nations have the
    sentences of letters alone, in `resources/letters`.

    Args:
        wanted: Code of the respondent's language; one without letters is written to in English.
    """

    def __init__(self, wanted: str) -> None:
        self.code = wanted if wanted in letter_languages() else LANGUAGES[0]
        self.gap = "" if self.code == "zh" else " "
        """Between two sentences."""
        self._own = _own_sentences(self.code)
        self._catalogue = DocumentLanguage(self.code)

    def say(self, sentence: str, **places: str) -> str:
        """The sentence in this language, with its places filled in."""
        if sentence in self._own:
            return self._own[sentence].format(**places)
        return self._catalogue.gettext(sentence, **places)

    def date(self, day: datetime.date) -> str:
        """ "30 April 2027"."""
        return shown_date(day, self.code)


@cache
def _own_sentences(language: str) -> dict[str, str]:
    file = resource("letters", f"{language}.json")
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}
