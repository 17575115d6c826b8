"""Whether a store's file and its log still hold what SQLite left in them: nobody overwrote, emptied or cut them short.

A file that is overwritten in place keeps its name and its number, and SQLite goes on with the index of the log that it
keeps in memory: it would call saved what nobody finds again. Looked at are sizes, the file's header (its save number
and its count of pages are in it), and the last frame of the log against the index: https://sqlite.org/walformat.html
"""

from __future__ import annotations

import os
import struct
import weakref
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

_HEADER = 100
_NUMBER = slice(60, 64)
_LOG_HEADER = 32
_FRAME_HEADER = 24
_INDEX = struct.Struct("=12xBBHI4x8s8s8x")
"""Of the index's first 48 bytes: initialized, order of bytes, size of pages, frames, check sum of the last, salt."""
_LARGEST_PAGE = 65536


@dataclass(frozen=True, slots=True)
class _Left:
    """A file and its log as they were left."""

    size: int
    header: bytes
    log_size: int

    def goes_on_from(self, before: _Left) -> bool:
        """SQLite lets neither shrink while they are open, and the save number only grows."""
        return (
            self.size >= before.size and self.log_size >= before.log_size and self._number >= before._number
        )

    @property
    def _number(self) -> int:
        return abs(int.from_bytes(self.header[_NUMBER], "big", signed=True))


class ContentWatch:
    """What was in a store's file and its log after the last transaction of ours; the caller sees to turns.

    The file and the index stay open for as long as the watch: to close them earlier would take SQLite's locks off.
    """

    def __init__(self, path: Path) -> None:
        self._log = Path(f"{path}-wal")
        self._index_path = Path(f"{path}-shm")
        self._finalizers: list[weakref.finalize[..., ContentWatch]] = []
        self._file = self._opened(path)
        self._index: int | None = None
        self._left = self._look()

    def is_as_left(self) -> bool:
        """Before a transaction of ours: a few system calls."""
        now = self._look()
        return now.size == self._left.size and now.header == self._left.header and self._has_whole_log(now)

    def note(self) -> bool:
        """After a transaction of ours, whether it succeeded or not; False where the files do not go on from before."""
        before, self._left = self._left, self._look()
        return self._left.goes_on_from(before) and self._has_whole_log(self._left)

    def close(self) -> None:
        """After the last connection was."""
        for finalizer in self._finalizers:
            finalizer()

    def _opened(self, path: Path) -> int:
        """A file for as long as this watch is there, whether anybody closes it or not."""
        number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._finalizers.append(weakref.finalize(self, os.close, number))
        return number

    def _look(self) -> _Left:
        os.lseek(self._file, 0, os.SEEK_SET)
        header = os.read(self._file, _HEADER)
        try:
            log_size = self._log.stat().st_size
        except FileNotFoundError:
            log_size = 0
        return _Left(os.fstat(self._file).st_size, header, log_size)

    def _has_whole_log(self, now: _Left) -> bool:
        """Whether the log's last frame is the one that the index says; it covers all frames before it."""
        index = self._read_index()
        if len(index) < _INDEX.size:
            return True  # nothing was written, or read, since the store was opened
        initialized, _order, page, frames, check_sum, salt = _INDEX.unpack(index)
        if not initialized or not frames:
            return True
        size = _LARGEST_PAGE if page == 1 else page
        at = _LOG_HEADER + (frames - 1) * (_FRAME_HEADER + size)
        if now.log_size < at + _FRAME_HEADER + size:
            return False
        with FileIO(self._log) as log:
            log.seek(at)
            frame = log.read(_FRAME_HEADER)
        return frame[8:16] == salt and frame[16:24] == _as_in_log(check_sum)

    def _read_index(self) -> bytes:
        if self._index is None:
            try:
                self._index = self._opened(self._index_path)
            except FileNotFoundError:
                return b""
        os.lseek(self._index, 0, os.SEEK_SET)
        return os.read(self._index, _INDEX.size)


def _as_in_log(check_sum: bytes) -> bytes:
    """Two numbers, in the computer's order in the index and with the first byte first in the log."""
    return struct.pack(">2I", *struct.unpack("=2I", check_sum))
