"""One process at a time: a lock by the store's name, and one in the store's file itself.

The first lies on a small file beside the store, at the end of all symbolic links; it is there before the store is and
stays while a backup takes the store's place. The second lies on a byte of the store, so that whoever comes by a hard
link, another mount or another spelling meets it: the name is another, the file is the same.

The operating system lets go of both when the process ends, however it ends, so nothing stale remains. Made of the
system calls themselves: the `filelock` package takes 20 ms to import, a fifth of what the program may need to start.
"""

from __future__ import annotations

import os
import struct
import sys
from contextlib import suppress
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.private_files import make_private_folder, open_private
from iscm_desktop.store.database.opened_file import Identity, identity_of

_BYTE = 0x4000_0000 + 2048
"""Of the store: on the page that SQLite keeps free for its own locks, behind those."""
_NOTE_AT, _NOTE_LENGTH = 16, 12

_held: set[Identity] = set()
"""Stores that this process has. The system's locks are the process's: it would not be refused what it has itself."""

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

    def _try_lock_byte(descriptor: int) -> None:
        os.lseek(descriptor, _BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    def _try_lock_byte(descriptor: int) -> None:
        """By a lock of the open file: those of the process go whenever it closes the file anywhere."""
        command = getattr(fcntl, "F_OFD_SETLK", None)
        if command is not None and sys.platform == "linux":  # elsewhere the name's lock has to do
            wanted = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, _BYTE, 1, 0)
            fcntl.fcntl(descriptor, command, wanted)


class StoreLock:
    """A lock that is held. It stays with this process: children do not inherit it."""

    def __init__(self, store: Path, descriptor: int) -> None:
        self._store = store
        self._descriptor = descriptor
        self._file: int | None = None
        self._identity: Identity | None = None

    @classmethod
    def take(cls, store: Path) -> StoreLock:
        """Takes the lock of a store, at once or not at all; of its file as well, where it is there.

        Args:
            store: Its path without links: what `Path.resolve` gives.

        Raises:
            IscmError: somebody else has the store, in this process or another; or the folder is read only.
        """
        try:
            make_private_folder(store.parent)
            descriptor = open_private(store.with_name(store.name + ".lock"), os.O_RDWR)
        except OSError as error:
            raise IscmError(StoreProblem.STORE_NOT_OPENED, store=store, reason=error.strerror) from error
        try:
            _try_lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise IscmError(StoreProblem.STORE_IN_USE, store=store) from error
        lock = cls(store, descriptor)
        if store.is_file():
            try:
                lock.take_file()
            except BaseException:
                lock.release()
                raise
        return lock

    def take_file(self) -> None:
        """Locks the file itself, once it is there.

        Raises:
            IscmError: somebody has it under another name, or it cannot be opened for writing.
        """
        if self._file is not None:
            return
        try:
            identity = identity_of(self._store)
            if identity in _held:
                raise IscmError(StoreProblem.STORE_IN_USE, store=self._store)
            self._file = os.open(self._store, os.O_RDWR)
        except OSError as error:
            raise IscmError(StoreProblem.STORE_NOT_OPENED, store=self._store, reason=error) from error
        try:
            _try_lock_byte(self._file)
        except OSError as error:
            self.release_file()
            raise IscmError(StoreProblem.STORE_IN_USE, store=self._store) from error
        self._identity = identity
        _held.add(identity)

    def release_file(self) -> None:
        """Lets go of the file and keeps its name: for whoever puts another in its place."""
        if self._identity is not None:
            _held.discard(self._identity)
        if self._file is not None:
            os.close(self._file)
        self._file = self._identity = None

    def release(self) -> None:
        """When nothing in this process has the store open any more.

        The file beside it stays: removing it would let two processes lock two files of the same name.
        """
        self.release_file()
        _unlock(self._descriptor)
        os.close(self._descriptor)

    @property
    def noted(self) -> int | None:
        """The save number that was last acknowledged under this name; None where nobody noted one."""
        with suppress(OSError, ValueError):
            os.lseek(self._descriptor, _NOTE_AT, os.SEEK_SET)
            return int(os.read(self._descriptor, _NOTE_LENGTH))
        return None

    def note(self, number: int) -> None:
        """Remembers the save number beside the store, so that a store that was set back is noticed.

        Without waiting for the disk: after a power cut an earlier number stands there, and that says less, not wrong.
        """
        with suppress(OSError):  # a full disk: the note is a help, and the save is done
            os.lseek(self._descriptor, _NOTE_AT, os.SEEK_SET)
            os.write(self._descriptor, str(number).rjust(_NOTE_LENGTH).encode())
