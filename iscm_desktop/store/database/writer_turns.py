"""Writers of one store take turns within this process, and none of them ever waits for itself.

The order of everything that is waited for is the same everywhere: first this turn, then the database's own lock of
writers. Whoever holds both waits for no other thread: it reads the store and the settings, for which nobody waits.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class WriterTurns:
    """One at a time; a second transaction within the first would wait for ever, so it is a defect at once."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._writer: int | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Waits for those before, and lets the next one write when the block ends."""
        if self._writer == threading.get_ident():
            raise RuntimeError("a transaction that writes was begun within another")
        with self._turn:
            self._writer = threading.get_ident()
            try:
                yield
            finally:
                self._writer = None
