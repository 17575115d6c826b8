"""The words of a text that are worth looking up, and the words that this field knows without any dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from iscm_desktop.questionnaire.registers.mechanism_register import mechanisms
from iscm_desktop.questionnaire.registers.name_suggestions import suggestions

_WORD = re.compile(r"[^\W\d_]+(?:['’\-\u2011][^\W\d_]+)*")
_RUN = re.compile(r"\S+")
_HOLDS_DIGITS = re.compile(r"\b\w*\d\w*(?:[.,:/\-]\w+)*")
_LONGEST = 60
"""Letters of a word; what has more is none, and would take a dictionary long to look for."""
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
"""What Arabic may write or leave out: vowels, and the line that stretches a word."""


def words_in(text: str) -> Iterator[tuple[int, str]]:
    """Each word to look up with its place; not addresses, nor what holds digits, nor acronyms."""
    for run in _RUN.finditer(text):
        if _is_address(run[0]):
            continue
        prose = _HOLDS_DIGITS.sub(lambda found: " " * len(found[0]), run[0])
        for found in _WORD.finditer(prose):
            word = found[0]
            if 1 < len(word) <= _LONGEST and not (word.isupper() and word.lower() != word):
                yield run.start() + found.start(), word


def _is_address(run: str) -> bool:
    """Whether what stands between two blanks is an address; told without going over it again and again."""
    name, at, host = run.partition("@")
    return bool(name and at and "." in host.strip(".")) or "://" in run or "www." in run


def looked_up(word: str) -> str:
    """A word as dictionaries write it: plain apostrophes and hyphens, Arabic without vowels."""
    return _MARKS.sub("", word.replace("’", "'").replace("\u2011", "-"))


@lru_cache(maxsize=8)
def register_words(language: str) -> frozenset[str]:
    """The words, in small letters, that names in the registers are made of: mechanisms, States, partners."""
    names = [*suggestions(("partners", "territories"), language)]
    for mechanism in mechanisms():
        names += [mechanism.acronym, mechanism.name(language), mechanism.name("en")]
    return frozenset(looked_up(word).casefold() for name in names for _at, word in words_in(name.title()))
