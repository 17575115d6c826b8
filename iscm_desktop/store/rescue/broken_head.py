"""A protected file whose beginning is damaged: its key by copies of it, and a head with which SQLite reads it."""

from __future__ import annotations

from pathlib import Path

from iscm_desktop.store.database.protected_files import (
    PAGE,
    READABLE_HEADER,
    FileKey,
    head_like,
    is_given,
    key_of,
    salt_of,
)
from iscm_desktop.store.database.unlocking import copies_near, opens

_BEGINNINGS = frozenset((0, 2, 5, 10, 13))
"""With one of these SQLite begins each page but those that go on from another."""


def key_of_broken(file: Path) -> FileKey | None:
    """The key of a broken file; None of one that needs none.

    Raises:
        IscmError: it is protected, and its passphrase, or that of the copies that tell its key, was not given.
    """
    if salt_of(file) is not None:
        return key_of(file)
    if not _looks_encrypted(file):
        return None
    copies = copies_near(file)
    for salt in sorted(copies, key=is_given, reverse=True):  # those first for which nobody has to be asked
        key = key_of(copies[salt])
        if key is not None and opens(file, key):
            return key
    return None


def mend_head(copy: Path, key: FileKey) -> None:
    """Gives a copy of a broken file a head that SQLite takes; what it held is of no account for reading."""
    with copy.open("r+b") as opened:
        pages = copy.stat().st_size // PAGE
        wanted, found = head_like(key, pages), opened.read(READABLE_HEADER)
        if found[:18] + found[20:24] + found[72:88] != wanted[:18] + wanted[20:24] + wanted[72:88]:
            opened.seek(0)
            opened.write(wanted)


def _looks_encrypted(file: Path) -> bool:
    """Whether pages begin as chance would have it."""
    with file.open("rb") as opened:
        found: list[int] = []
        for number in range(1, min(65, file.stat().st_size // PAGE)):
            opened.seek(number * PAGE)
            found += opened.read(1)
    return bool(found) and sum(each in _BEGINNINGS for each in found) * 2 < len(found)
