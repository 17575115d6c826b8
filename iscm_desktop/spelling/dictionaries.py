"""The dictionaries that come with the program: Hunspell's, packed, one or two for a language."""

from __future__ import annotations

import lzma
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from iscm_desktop.paths import resource

FILES = {"en": ("en-gb", "en-us"), "fr": ("fr",), "es": ("es",), "ru": ("ru",), "ar": ("ar",)}
"""By the code of the language. A word is right where one of them has it: organizations write "programme" and "-ize".
Chinese has none: it has no spaces to tell words by, and what is typed through an input method is always a word."""

_MOST_SUGGESTIONS = 6


class WordList(Protocol):
    """What Hunspell offers."""

    def spell(self, word: str) -> bool:
        """Whether the word is written so."""

    def suggest(self, word: str) -> tuple[str, ...]:
        """Words that may be meant, the likeliest first."""


def has_dictionary(language: str) -> bool:
    """Whether words of this language can be looked up."""
    return language in FILES and _has_hunspell()


@cache
def _has_hunspell() -> bool:
    """There is none for the Macs of before 2020; texts are not underlined there."""
    return find_spec("hunspell") is not None


class SpellingDictionary:
    """One language, loaded when made, which takes up to a second."""

    def __init__(self, language: str) -> None:
        self._lists = tuple(_load(name) for name in FILES.get(language, ()))

    def knows(self, word: str) -> bool:
        """Whether a word is written so; of a compound with hyphens, whether its parts are. True without lists."""
        if not self._lists or any(each.spell(word) for each in self._lists):
            return True
        parts = [part for part in word.split("-") if len(part) > 1]
        return "-" in word and all(self.knows(part) for part in parts)

    def suggest(self, word: str) -> list[str]:
        """Words that may be meant, the likeliest first."""
        found = [each for words in self._lists for each in words.suggest(word)]
        return list(dict.fromkeys(found))[:_MOST_SUGGESTIONS]


def _load(name: str) -> WordList:
    """Hunspell reads files only, and only while it loads: what is unpacked for it is gone afterwards."""
    from hunspell import Hunspell

    with TemporaryDirectory(prefix="iscm-spelling-") as folder:
        for ending in ("aff", "dic"):
            packed = resource("spelling", f"{name}.{ending}.xz").read_bytes()
            Path(folder, f"{name}.{ending}").write_bytes(lzma.decompress(packed))
        loaded: WordList = Hunspell(name, hunspell_data_dir=folder)
        return loaded
