"""Files that their owner alone can read, whatever the system's habits are: answers lie in them, or keys.

On POSIX the permissions say so, 0600 for files and 0700 for folders. On Windows a file inherits who may read it
from its folder, and a person's profile is theirs alone; permissions given here change nothing there.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700
_OF_OTHERS = 0o077
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would change line ends


def keep_new_files_private() -> None:
    """From now on whatever this process makes is its owner's alone, libraries' files included: for entry points."""
    os.umask(_OF_OTHERS)


def open_private(path: Path, flags: int) -> int:
    """Descriptor of a file that is its owner's alone from its first moment; one that was there becomes so.

    Args:
        flags: As of `os.open`; the file is made where it is missing.

    Raises:
        OSError: it cannot be opened.
    """
    descriptor = os.open(path, flags | os.O_CREAT | _BINARY, FILE_MODE)
    if os.name == "posix" and _is_open_to_others(os.fstat(descriptor)):
        with suppress(OSError):  # somebody else's, or a stick that knows no permissions
            os.fchmod(descriptor, FILE_MODE)
    return descriptor


def write_private(path: Path, data: bytes) -> None:
    """Writes a private file; it is on the disk when this returns.

    Raises:
        OSError: it cannot be written; what is there may be a part.
    """
    with os.fdopen(open_private(path, os.O_WRONLY | os.O_TRUNC), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def make_private(path: Path) -> None:
    """Takes a file that is there away from others; where that cannot be done, it stays as it is."""
    if os.name != "posix":
        return
    with suppress(OSError):
        if _is_open_to_others(path.stat()):
            path.chmod(FILE_MODE)


def _is_open_to_others(found: os.stat_result) -> bool:
    """Of files alone: a device or a pipe, such as /dev/null, is the whole computer's."""
    return stat.S_ISREG(found.st_mode) and bool(stat.S_IMODE(found.st_mode) & _OF_OTHERS)


def make_private_folder(folder: Path) -> None:
    """Makes a folder, and those above it that are missing, for their owner alone; one that is there stays as it is.

    Raises:
        OSError: it cannot be made.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(exist_ok=True, mode=FOLDER_MODE)


def sync_folder(folder: Path) -> None:
    """The names in a folder survive a power cut from now on, where the system can promise that."""
    if os.name != "posix":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
