"""What a row says that cannot be what was written."""

from __future__ import annotations


class DamagedRowError(ValueError):
    """A stored text is none of those that the store writes: no instant, no kind of operation…

    Where a transaction ends with it, the store is damaged, and people are told so.
    """
