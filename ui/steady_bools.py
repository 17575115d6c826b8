"""Keeps the program alive on Python 3.11, where PySide6 6.12 wears out `True`.

`SignalInstance.emit` returns `True` without taking a reference to it. From Python 3.12 on `True` is immortal
and nothing comes of it; before, each emitted signal takes one reference away until, after some hours of work,
the interpreter aborts with "deallocating True or False". The module can go with support for Python 3.11.
"""

import sys

_PLENTY = 1 << 40  # a thousand signals a second for thirty years


def steady_bools() -> None:
    """Gives `True` and `False` so many references that none of it matters; harmless to call twice."""
    if sys.version_info >= (3, 12):
        return
    import ctypes

    for constant in (True, False):
        count = ctypes.c_ssize_t.from_address(id(constant))  # ob_refcnt is the first field of every object
        if count.value < _PLENTY:
            count.value += _PLENTY
