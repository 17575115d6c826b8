"""Which choices are meant by words that somebody typed or pasted; several readings where the words allow them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from iscm_desktop.questionnaire.name_search import NameSearch
from iscm_desktop.session.views import ChoiceView

SEPARATOR = "; "
_BREAK = re.compile(r"[;\n]")
_ENOUGH = 2
"""Readings that are looked for: two are too many to choose from."""


class ChoiceWords:
    """The choices of a question by what they are called, and by their values."""

    def __init__(self, choices: Sequence[ChoiceView], search: NameSearch) -> None:
        self.search = search
        self._values = {choice.value for choice in choices}
        self._labelled: dict[str, list[str]] = {}
        for choice in choices:
            self._labelled.setdefault(choice.label.strip(), []).append(choice.value)
        self._most_breaks = max((len(_BREAK.findall(label)) for label in self._labelled), default=0)

    def one(self, words: str, *, is_typed: bool) -> tuple[str, ...]:
        """The values that `words` may mean: those that are shown so, one that is written so, else any called so.

        Args:
            is_typed: Somebody sees the choices while writing: what is shown so comes before what is written so.
        """
        shown = self._labelled.get(words) or self.search.shown_so(words)
        written = (words,) if words in self._values and not (is_typed and shown) else ()
        return tuple(dict.fromkeys((*shown, *written))) or self.search.called_so(words)

    def many(self, words: str, *, is_typed: bool) -> list[tuple[str, ...]]:
        """The choices that `words` may name together, in their order; [] where not all of it is choices.

        Between them are semicolons or line ends, blanks between values, or commas. A name may hold any of these.
        """
        blanks = [tuple(dict.fromkeys(words.split()))] if self._values.issuperset(words.split()) else []
        parts = self._parted(_BREAK.split(words), is_typed=is_typed)
        commas = self._parted(words.split(","), is_typed=is_typed)
        if is_typed:
            return parts or blanks or commas
        return list(dict.fromkeys((*blanks, *parts, *commas)))

    def _parted(self, parts: Sequence[str], *, is_typed: bool) -> list[tuple[str, ...]]:
        """Readings of parts, some of which may belong together as one name."""
        found: list[list[tuple[str, ...]]] = [[()]]  # of the parts before each place
        for end in range(1, len(parts) + 1):
            here: dict[tuple[str, ...], None] = {}
            for start in range(max(0, end - 1 - self._most_breaks), end):
                for meant in self._joined(parts[start:end], is_typed=is_typed) if found[start] else ():
                    here |= dict.fromkeys(tuple(dict.fromkeys((*before, *meant))) for before in found[start])
            found.append(list(here)[:_ENOUGH])
        return found[-1]

    def _joined(self, parts: Sequence[str], *, is_typed: bool) -> list[tuple[str, ...]]:
        if len(parts) > 1:  # names that hold a separator, as they are shown
            words = {mark.join(parts).strip() for mark in (";", "\n")}
            return [(value,) for each in sorted(words) for value in self._labelled.get(each, ())]
        words_of_one = parts[0].strip()
        return [(value,) for value in self.one(words_of_one, is_typed=is_typed)] if words_of_one else [()]
