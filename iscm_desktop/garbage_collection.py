"""When Python looks for cyclic garbage: not while thousands of objects are made that stay, nor while somebody types.

A form of a thousand questions is half a million objects. Looking through all of them takes up to a tenth of a
second, and would come at any key.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


class _Frozen:
    """Whether something was frozen for good: Python itself counts all the objects to tell."""

    is_any = False


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pauses the search for cyclic garbage.

    While a form of 5,000 questions opens, nothing becomes garbage, and searching for it again and again took
    half of the time: more than in proportion to the form's size.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # moves what was made past the young generations, unsearched…
            if not _Frozen.is_any:
                gc.unfreeze()  # …and into the oldest, where it is looked through now and then
            gc.enable()


def freeze_objects() -> None:
    """What is there now will stay: it is not looked through any more."""
    _Frozen.is_any = True
    gc.freeze()


def collect_garbage() -> None:
    """Something that came since the last freezing has gone: gives its memory back."""
    gc.collect()


def refreeze_objects() -> None:
    """Something large has gone that was to stay: gives its memory back, and settles the rest."""
    gc.unfreeze()
    gc.collect()
    freeze_objects()
