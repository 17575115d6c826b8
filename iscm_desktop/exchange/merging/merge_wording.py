"""A pile of files in one sentence: "312 files: 298 new, 9 the same, 4 newer, 1 in conflict, 0 refused"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from iscm_desktop.i18n import _, ngettext


class CountedFile(Protocol):
    """What is asked of a file; plans and reports have them."""

    @property
    def result(self) -> object: ...


_COUNTS: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("new", lambda count: ngettext("{count} new", "{count} new", count)),
    ("same", lambda count: ngettext("{count} the same", "{count} the same", count)),
    ("newer", lambda count: ngettext("{count} newer", "{count} newer", count)),
    ("conflict", lambda count: ngettext("{count} in conflict", "{count} in conflict", count)),
    ("refused", lambda count: ngettext("{count} refused", "{count} refused", count)),
)


def count_results(files: Sequence[CountedFile]) -> str:
    """Every result with its count, also where that is nought: it is asked for."""
    results = [getattr(file.result, "value", "") for file in files]
    counts = [words(results.count(key)).format(count=results.count(key)) for key, words in _COUNTS]
    whole = ngettext("{count} file: {counts}", "{count} files: {counts}", len(files))
    return whole.format(count=len(files), counts=_(", ").join(counts))
