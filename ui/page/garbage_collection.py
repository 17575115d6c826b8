"""When Python looks for garbage: after something large was made or thrown away, and not while somebody types.

A form of a thousand questions is half a million objects. Looking through all of them takes up to a tenth of a
second, and would come at any key.
"""

from __future__ import annotations

import gc


def freeze_objects() -> None:
    """What is there now will stay: it is not looked through any more."""
    gc.freeze()


def collect_garbage() -> None:
    """Something large has gone: gives its memory back, and settles the rest."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
