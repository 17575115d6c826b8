"""Items in the order of their paths, so that all that lies below one of them is found without asking every other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from iscm_desktop.store.objects.revision import ItemKey


class PathOrder:
    """Answers "what lies below this path?" in the time that the answer takes, however many items there are."""

    def __init__(self, keys: Iterable[ItemKey]) -> None:
        self._keys = sorted(keys, key=lambda key: key[1])
        self._paths = [key[1] for key in self._keys]

    def below(self, path: str) -> list[ItemKey]:
        """The items whose path begins with this one and a slash, in the order of their paths."""
        start = bisect_left(self._paths, f"{path}/")
        end = bisect_left(self._paths, f"{path}0", lo=start)  # "0" follows "/"
        return self._keys[start:end]
