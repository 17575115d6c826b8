"""A number in a store's file that grows with every transaction that wrote: which of two copies is the later one.

It is SQLite's `user_version`, four bytes in the file's header, so it can be read without opening the store and goes
along with every copy. Clocks, names and times of files tell nothing so surely.

In the file it is negative from before the first save that went into the log (`-wal`) until the log is back in the
file: a file that says so was copied or left without its log, and may lack saves. SQLite itself, which sees the log,
reads the same number with either sign.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

LARGEST = 2**31 - 1
_AT, _LENGTH = 60, 4


def in_file(path: Path) -> int:
    """What the file alone says, without its log: 0 where it has no number, or there is no file."""
    try:
        with path.open("rb") as file:
            file.seek(_AT)
            return int.from_bytes(file.read(_LENGTH), "big", signed=True)
    except OSError:
        return 0


def seen_by(store: sqlite3.Connection) -> int:
    """What the store says, its log included."""
    return int(store.execute("PRAGMA user_version").fetchone()[0])


def put(store: sqlite3.Connection, number: int) -> None:
    """Writes it, as a part of the transaction at hand."""
    store.execute(f"PRAGMA user_version = {max(-LARGEST, min(LARGEST, number))}")
