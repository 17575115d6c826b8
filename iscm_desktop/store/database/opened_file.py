"""Whether a path still leads to the file that was opened there.

An open file goes on when its name is taken away, so that a program could save for hours into a store that nobody will
find again. Device and file number tell; Windows has both on NTFS, and does not let an open store be moved at all.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem

Identity = tuple[int, int]
"""Device and number of a file: the same whatever name or way leads to it."""


def identity_of(path: Path) -> Identity:
    """Follows links.

    Raises:
        OSError: nothing is there.
    """
    found = path.stat()
    return found.st_dev, found.st_ino


class OpenedFile:
    """A store's file and its log, as they were when the store was opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = Path(f"{path}-wal")
        found = path.stat()
        self._identity, self._names = (found.st_dev, found.st_ino), found.st_nlink
        self._identity_of_log: Identity | None = None

    def check(self) -> None:
        """Three looks at names, a few microseconds: before each transaction that writes, and after it.

        Raises:
            IscmError: the path leads elsewhere by now, or nowhere, or the file got another name as well.
        """
        try:
            found = os.lstat(self._path)
            log = self._look_at_log()
        except OSError as error:
            raise IscmError(StoreProblem.STORE_MOVED, store=self._path) from error
        if stat.S_ISLNK(found.st_mode) or (found.st_dev, found.st_ino) != self._identity:
            raise IscmError(StoreProblem.STORE_MOVED, store=self._path)
        if not found.st_size:  # a new connection would delete the log of an empty file
            raise IscmError(StoreProblem.STORE_OVERWRITTEN, store=self._path)
        if found.st_nlink > self._names:
            raise IscmError(StoreProblem.STORE_LINKED, store=self._path)
        if log is not None and log != self._identity_of_log:
            raise IscmError(StoreProblem.STORE_LOG_LOST, store=self._path, log=self._log.name)

    def _look_at_log(self) -> Identity | None:
        """The first look remembers what it finds; None until there is a log."""
        if self._identity_of_log is None:
            try:
                self._identity_of_log = identity_of(self._log)
            except FileNotFoundError:
                return None
        try:
            return identity_of(self._log)
        except FileNotFoundError as error:
            raise IscmError(StoreProblem.STORE_LOG_LOST, store=self._path, log=self._log.name) from error
