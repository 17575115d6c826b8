"""The passphrase of a protected file, given and tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database.protected_files import (
    PAGE,
    FileKey,
    drop_key,
    is_given,
    is_of_key,
    salt_of,
    take_key,
)

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
    if not _opens(file, take_key(salt, passphrase)):
        drop_key(salt)
        raise IscmError(StoreProblem.PASSPHRASE_WRONG, store=file)


def _opens(file: Path, key: FileKey) -> bool:
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
