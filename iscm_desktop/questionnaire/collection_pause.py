"""Making thousands of objects that stay, without looking for garbage among them meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
            if not gc.get_freeze_count():
                gc.freeze()  # moves what was made past the young generations, unsearched…
                gc.unfreeze()  # …and into the oldest, where it is looked through now and then
            gc.enable()
