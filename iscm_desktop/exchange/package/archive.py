"""Zip files from strangers: opened under limits, their names treated as data and never as paths.

Every oddity that a package never has is refused before anything is unpacked: encryption, links, doubled
names, members that overlap, and sizes or ratios that no questionnaire reaches.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from iscm_desktop.errors import AnswerProblem, FileProblem, IscmError

MAX_FILE = 64 * 1024 * 1024
MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 200
"""Text packs to a tenth, runs of blanks to a thousandth."""
RATIO_COUNTS_FROM = 1024 * 1024
MAX_MEMBERS = 1100

_LOCAL_HEADER = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_END = struct.Struct("<4s4H2LH")
_END_SEARCH = 65_557
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip file whose members may be read."""

    path: Path
    zip: zipfile.ZipFile
    sizes: dict[str, int]

    def read(self, name: str) -> bytes:
        """The content of a member.

        Raises:
            IscmError: it cannot be unpacked, or is not what the archive says of it.
        """
        try:
            with self.zip.open(name) as member:
                data = member.read(self.sizes[name] + 1)
        except _UNREADABLE as error:
            raise IscmError(FileProblem.PACKAGE_DAMAGED, file=self.path.name) from error
        if len(data) != self.sizes[name]:
            raise IscmError(FileProblem.PACKAGE_DAMAGED, file=self.path.name)
        return data

    def close(self) -> None:
        """Lets the file go; nothing can be read afterwards."""
        self.zip.close()


_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error,
    OSError,
)  # fmt: skip


def open_archive(path: Path, data: bytes | None = None) -> Archive:
    """Opens a zip file after checking how it is made.

    Args:
        data: What was inside the file where the file itself is a wrapping: encrypted, for instance.

    Raises:
        IscmError: it is no zip file, it is damaged, too large, or made in a way that no package is.
    """
    try:
        size = path.stat().st_size if data is None else len(data)
        with path.open("rb") if data is None else io.BytesIO(data) as file:
            _check_file(path, file, size)
        opened = zipfile.ZipFile(path if data is None else io.BytesIO(data))
    except FileNotFoundError as error:
        raise IscmError(AnswerProblem.FILE_MISSING, file=path) from error
    except _UNREADABLE as error:
        raise IscmError(FileProblem.PACKAGE_DAMAGED, file=path.name) from error
    try:
        return Archive(path, opened, _check_members(path, opened, size))
    except BaseException:
        opened.close()
        raise


def _check_file(path: Path, file: BinaryIO, size: int) -> None:
    start = file.read(len(_LOCAL_HEADER))
    if start != _LOCAL_HEADER and start != _EMPTY_ZIP:
        raise IscmError(FileProblem.PACKAGE_FOREIGN, file=path.name)
    if size > MAX_FILE:
        raise IscmError(FileProblem.PACKAGE_TOO_LARGE, file=path.name)
    file.seek(max(0, size - _END_SEARCH))
    tail = file.read()
    place = tail.rfind(_EMPTY_ZIP)
    if place < 0 or len(tail) - place < _END.size:
        raise IscmError(FileProblem.PACKAGE_DAMAGED, file=path.name)
    members = _END.unpack_from(tail, place)[4]
    if members > MAX_MEMBERS:  # before the list of members itself is read: 60,000 of them take a while
        raise IscmError(FileProblem.PACKAGE_TOO_LARGE, file=path.name)


def _check_members(path: Path, opened: zipfile.ZipFile, size: int) -> dict[str, int]:
    infos = opened.infolist()
    names = {info.filename for info in infos}
    if len(names) != len(infos) or any(_is_odd(info) for info in infos):
        raise IscmError(FileProblem.PACKAGE_ODD, file=path.name)
    packed = sum(info.compress_size for info in infos)
    unpacked = sum(info.file_size for info in infos)
    if packed > size:  # members lie over each other
        raise IscmError(FileProblem.PACKAGE_ODD, file=path.name)
    is_bomb = unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * packed
    if unpacked > MAX_UNPACKED or is_bomb:
        raise IscmError(FileProblem.PACKAGE_TOO_LARGE, file=path.name)
    return {info.filename: info.file_size for info in infos}


def _is_odd(info: zipfile.ZipInfo) -> bool:
    mode = info.external_attr >> 16
    return (
        bool(info.flag_bits & _ENCRYPTED)
        or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        or (stat.S_IFMT(mode) not in (0, stat.S_IFREG))
        or info.filename.endswith("/")
    )
