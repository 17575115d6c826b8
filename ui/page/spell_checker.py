"""Which words are written as no dictionary has them: asked on a thread of its own, remembered, and told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from iscm_desktop.spelling.dictionaries import FILES, has_dictionary
from iscm_desktop.spelling.spelling_process import Speller
from iscm_desktop.spelling.written_words import looked_up, register_words
from ui.page.preferences import Preferences

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

LANGUAGES = tuple(FILES)


class SpellChecker(QObject):
    """One for the window. Nothing is asked, and no process runs, before somebody types in a long text.

    Signals:
        answered(language, words): these are not known; whatever else was asked about is.
        meant(word, list): what may be meant by a word.
        changed: checking was switched on or off, or a word was added.
    """

    answered = Signal(str, object)
    meant = Signal(str, object)
    changed = Signal()
    _looked_up = Signal(str, object, object)

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._speller = Speller()
        self._thread: ThreadPoolExecutor | None = None
        self._known: dict[tuple[str, str], bool] = {}
        self._asked: set[tuple[str, str]] = set()
        self._own = preferences.own_words
        self._looked_up.connect(self._on_looked_up)

    @property
    def is_on(self) -> bool:
        """Whether somebody wants words to be looked up."""
        return self._preferences.checks_spelling

    def switch(self, is_on: bool) -> None:
        """From now on they are, or are not."""
        self._preferences.checks_spelling = is_on
        self.changed.emit()

    def is_known(self, language: str, word: str) -> bool | None:
        """Whether a word is written right; None while nobody knows, and True where nothing is looked up."""
        if not self.is_on or not has_dictionary(language):
            return True
        plain = looked_up(word)
        return True if plain.casefold() in self._own else self._known.get((language, plain))

    def ask(self, language: str, words: Iterable[str]) -> None:
        """Looks up those words that were not; `answered` tells."""
        plain = {looked_up(word) for word in words}
        new = {word for word in plain if (language, word) not in self._asked}
        if new:
            self._asked.update((language, word) for word in new)
            self._worker.submit(self._look_up, language, sorted(new))

    def ask_meant(self, language: str, word: str) -> None:
        """Thinks of words that may be meant; `meant` tells."""
        self._worker.submit(self._think, language, word)

    def add(self, word: str) -> None:
        """This word is right from now on, in every language."""
        self.set_own_words(self._own | {looked_up(word).casefold()})

    def set_own_words(self, words: frozenset[str]) -> None:
        """These, in small letters, are the words that this person added."""
        self._own = words
        self._preferences.own_words = words
        self.changed.emit()

    def close(self) -> None:
        """Ends the thread and the process."""
        self._speller.close()
        if self._thread is not None:
            self._thread.shutdown(cancel_futures=True)

    @property
    def _worker(self) -> ThreadPoolExecutor:
        if self._thread is None:
            from concurrent.futures import ThreadPoolExecutor

            self._thread = ThreadPoolExecutor(1, "iscm-speller")
        return self._thread

    def _look_up(self, language: str, words: list[str]) -> None:
        """On the thread, which waits for the registers as well: they take longer than a key may."""
        unknown, names = self._speller.unknown(language, words), register_words(language)
        self._looked_up.emit(language, words, [word for word in unknown if word.casefold() not in names])

    def _think(self, language: str, word: str) -> None:
        """On the thread."""
        self.meant.emit(word, self._speller.meant(language, looked_up(word)))

    def _on_looked_up(self, language: str, words: list[str], unknown: list[str]) -> None:
        wrong = set(unknown)
        for word in words:
            self._known[language, word] = word not in wrong
        self.answered.emit(language, wrong)
