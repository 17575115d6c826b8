"""One process at a time: a lock on a small file beside the store.

The operating system lets go of the lock when the process ends, however it ends, so nothing stale remains.
Made of the two system calls themselves: the `filelock` package takes 20 ms to import, a fifth of what the
program may need to start.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


class StoreLock:
    """A lock that is held. It stays with this process: children do not inherit it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, store: Path) -> StoreLock:
        """Takes the lock of a store, at once or not at all.

        Raises:
            IscmError: somebody else has the store, in this process or another; or the folder is read only.
        """
        try:
            store.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(store.with_name(store.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise IscmError(StoreProblem.STORE_NOT_OPENED, store=store, reason=error.strerror) from error
        try:
            _try_lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise IscmError(StoreProblem.STORE_IN_USE, store=store) from error
        return cls(descriptor)

    def release(self) -> None:
        """The file stays: removing it would let two processes lock two files of the same name."""
        _unlock(self._descriptor)
        os.close(self._descriptor)
