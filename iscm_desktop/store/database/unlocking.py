"""The passphrase of a protected file, given and tried."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database.protected_files import (
    PAGE,
    FileKey,
    derived_key,
    is_given,
    is_of_key,
    know_as,
    recall_key,
    salt_of,
)

_MOST_COPIES = 3
"""Salts of copies that are tried, a third of a second each."""
_FIRST, _MOST = 8, 400
"""Pages that are tried: those at the beginning, and as many in all, spread over the file."""


def unlock(file: Path, passphrase: str) -> None:
    """Gives the passphrase of a protected file for as long as this process lives; nothing for any other file.

    Raises:
        IscmError: it is not the right one.
    """
    salt = salt_of(file)
    if salt is None or is_given(salt):
        return
    key = derived_key(salt, passphrase)
    if opens(file, key):
        recall_key(key)
        return
    for other in list(copies_near(file))[:_MOST_COPIES]:  # the salt itself may be what is damaged
        key = derived_key(other, passphrase)
        if opens(file, key):
            recall_key(key)
            know_as(salt, key)
            return
    raise IscmError(StoreProblem.PASSPHRASE_WRONG, store=file)


def copies_near(file: Path) -> dict[bytes, Path]:
    """Salts of protected files that may be copies of this one, by the places where this program lays such."""
    found: dict[bytes, Path] = {}
    own = salt_of(file)
    for folder in (file.with_name(f"{file.stem}-backups"), file.parent):
        with suppress(OSError):
            for each in sorted(folder.glob(f"*{file.suffix}"), reverse=True):
                salt = salt_of(each)
                if salt is not None and salt != own:
                    found.setdefault(salt, each)
    return found


def opens(file: Path, key: FileKey) -> bool:
    """Whether some page was written with this key: of a damaged file, too, or it could not be rescued.

    SQLite is not asked. It looks at the first page only, and may be kept from that by a lock or a folder.
    """
    tried = False
    try:
        for number, page in _pages(file):
            tried = True
            if is_of_key(page, number, key):
                return True
    except OSError:
        return True  # it cannot be read now; whoever opens it says so
    return not tried  # less than a page is left: no passphrase is at fault


def _pages(file: Path) -> Iterator[tuple[int, bytes]]:
    count = file.stat().st_size // PAGE
    step = max(1, count // _MOST)
    with file.open("rb") as opened:
        for number in sorted({*range(1, min(_FIRST, count) + 1), *range(1, count + 1, step)}):
            opened.seek((number - 1) * PAGE)
            page = opened.read(PAGE)
            if len(page) == PAGE:
                yield number, page
