"""Finding names while somebody types: how they begin comes before what is in them, and accents do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

_ALONE = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": "", "ء": "",
        "ё": "е",
    }
)  # fmt: skip
_BREAKS = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """A name as it is compared: small letters without accents, words with one blank between them.

    Of Arabic, the vowel signs and the forms of alef, yeh and teh marbuta are the same.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_ALONE))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_ALONE)
    return _BREAKS.sub(" ", plain).strip()


class NameSearch:
    """Values, each under several names: the one that is shown comes first among its names.

    Args:
        names: Names by value, in the order in which the values are shown; the first name is the one that is.
    """

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._names = {value: tuple(map(folded, each)) for value, each in names.items()}
        self._shown: dict[str, list[str]] = {}
        self._called: dict[str, list[str]] = {}
        for value, all_names in self._names.items():
            for at, name in enumerate(dict.fromkeys(all_names)):
                if name and at == 0:
                    self._shown.setdefault(name, []).append(value)
                if name:
                    self._called.setdefault(name, []).append(value)

    def shown_so(self, typed: str) -> tuple[str, ...]:
        """The values whose shown name this is, whole."""
        return tuple(self._shown.get(folded(typed), ()))

    def called_so(self, typed: str) -> tuple[str, ...]:
        """The values that have this name, whole, shown or not."""
        return tuple(self._called.get(folded(typed), ()))

    def meant(self, typed: str) -> str:
        """The one value that has this name, whole; "" where none has, or several and none is shown so."""
        shown, called = self.shown_so(typed), self.called_so(typed)
        return shown[0] if shown else called[0] if len(called) == 1 else ""

    def found(self, typed: str) -> list[str]:
        """The values that a part of a name finds, best first; all for a blank text.

        First those that have just this name, those whose shown name begins with it, then whose other names
        do, then those with a word that
        begins with it, then with all its words as beginnings, at last those that have it anywhere inside.
        """
        sought = folded(typed)
        if not sought:
            return list(self._names)
        words = sought.split()
        ranked = ((_rank(names, sought, words), value) for value, names in self._names.items())
        return [value for rank, value in sorted(_matching(ranked), key=_by_rank)]


def _rank(names: Sequence[str], sought: str, words: Sequence[str]) -> int:
    """The smaller the better; 99 where nothing fits."""
    if sought in names:
        return -1
    shown, others = names[:1], names[1:]
    for rank, group in ((0, shown), (1, others)):
        if any(name.startswith(sought) for name in group):
            return rank
    for rank, group in ((2, shown), (3, others)):
        if any(f" {sought}" in name for name in group):
            return rank
    for rank, group in ((4, shown), (5, others)):
        if any(all(f" {word}" in f" {name}" for word in words) for name in group):
            return rank
    for rank, group in ((6, shown), (7, others)):
        if any(sought in name for name in group):
            return rank
    return 99


def _matching(ranked: Iterable[tuple[int, str]]) -> Iterable[tuple[int, str]]:
    return (each for each in ranked if each[0] < 99)


def _by_rank(each: tuple[int, str]) -> int:
    return each[0]
