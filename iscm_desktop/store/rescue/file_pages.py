"""A SQLite file and its log as plain bytes: pages by number, whatever of them is left.

After https://www.sqlite.org/fileformat2.html. Nothing is believed but sizes: pages may be zeroed, cut off, or
not where they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from iscm_desktop.store.database.protected_files import PAGE, RESERVED, FileKey, decrypted_page

MAGIC = b"SQLite format 3\0"
_USUAL_SIZE = 4096
_WAL_MAGIC = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_WAL_HEADER, _FRAME_HEADER = 32, 24
_MOST_CHOICES = 64
"""A page may be in the file and several times in the log; so many ways to follow a chain are tried."""


class FilePages:
    """Bytes to look through, and the pages that long records go on in."""

    def __init__(self, path: Path, key: FileKey | None = None) -> None:
        self._data = path.read_bytes()
        log = path.with_name(f"{path.name}-wal")
        self._log = log.read_bytes() if log.is_file() else b""
        self.size = PAGE if key is not None else _page_size(self._data, self._log)
        self.usable = self.size if key is None else self.size - RESERVED
        if key is not None:
            self._data = _readable(self._data, self.size, key)
            self._log = _readable_log(self._log, self.size, key)
        self._frames: dict[int, list[bytes]] = {}
        for number, page in self._log_pages():
            self._frames.setdefault(number, []).append(page)

    def stretches(self) -> Iterator[bytes]:
        """All that may hold records: the file as a whole, then each page in the log."""
        yield self._data
        for pages in self._frames.values():
            yield from pages

    def spilled(self, head: bytes, first: int, missing: int) -> Iterator[bytes]:
        """The whole of a record whose beginning is `head` and that goes on at page `first`: each way to read it."""
        waiting = [(head, first, missing)]
        tried = 0
        while waiting and tried < _MOST_CHOICES:
            data, number, left = waiting.pop()
            if left <= 0:
                tried += 1
                yield data[: len(data) + left] if left < 0 else data
                continue
            if tried + len(waiting) > _MOST_CHOICES or not number:
                continue
            for page in self._pages(number):
                following = int.from_bytes(page[:4], "big")
                part = page[4 : self.usable]
                waiting.append((data + part, following, left - len(part)))

    def local_size(self, payload: int) -> int:
        """So many bytes of a record of an index lie in its own page."""
        most = (self.usable - 12) * 64 // 255 - 23
        return self._local(payload, most)

    def local_size_in_table(self, payload: int) -> int:
        """Likewise, of a record of a table."""
        return self._local(payload, self.usable - 35)

    def _local(self, payload: int, most: int) -> int:
        if payload <= most:
            return payload
        least = (self.usable - 12) * 32 // 255 - 23
        fitting = least + (payload - least) % (self.usable - 4)
        return fitting if fitting <= most else least

    def _pages(self, number: int) -> Iterator[bytes]:
        yield from reversed(self._frames.get(number, ()))
        at = (number - 1) * self.size
        if at >= 0 and at + self.size <= len(self._data):
            yield self._data[at : at + self.size]

    def _log_pages(self) -> Iterator[tuple[int, bytes]]:
        step = _FRAME_HEADER + self.size
        for at in range(_WAL_HEADER, len(self._log) - _FRAME_HEADER, step):
            page = self._log[at + _FRAME_HEADER : at + step]
            yield int.from_bytes(self._log[at : at + 4], "big"), page


def _readable(data: bytes, size: int, key: FileKey) -> bytes:
    """A protected file with each of its pages decrypted by itself; a page that is damaged becomes noise."""
    pages = (data[at : at + size] for at in range(0, len(data) - size + 1, size))
    return b"".join(decrypted_page(page, key, is_first=number == 0) for number, page in enumerate(pages))


def _readable_log(log: bytes, size: int, key: FileKey) -> bytes:
    step, out = _FRAME_HEADER + size, [log[:_WAL_HEADER]]
    for at in range(_WAL_HEADER, len(log) - step + 1, step):
        head, page = log[at : at + _FRAME_HEADER], log[at + _FRAME_HEADER : at + step]
        out += [head, decrypted_page(page, key, is_first=int.from_bytes(head[:4], "big") == 1)]
    return b"".join(out)


def _page_size(data: bytes, log: bytes) -> int:
    sizes = []
    if data[:16] == MAGIC:
        sizes.append(int.from_bytes(data[16:18], "big"))
    if log[:4] in _WAL_MAGIC:
        sizes.append(int.from_bytes(log[8:12], "big"))
    for size in sizes:
        if size == 1:
            return 65536
        if 512 <= size <= 65536 and not size & (size - 1):
            return size
    return _USUAL_SIZE
