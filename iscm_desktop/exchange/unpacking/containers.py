"""Files that hold files, and zip archives among them. Hostile until checked; names are data, never paths.

Whatever reads a holder gives its members one at a time, so that limits can stop it at any point.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import NamedTuple

from iscm_desktop.exchange.unpacking.mail_sender import MailSender
from iscm_desktop.exchange.unpacking.sent_names import SYSTEM, read_name

MAX_MEMBERS = 10_000
MAX_RATIO = 200
"""Text packs to a tenth, runs of blanks to a thousandth."""
RATIO_COUNTS_FROM = 1024 * 1024

Wanted = Callable[[str, bytes], bool | None]
"""Whether a member of this name that begins with these bytes is worth unpacking; None where nobody sent it."""

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_END_SEARCH = 65_557
_NO_PARTS = 0xFFFF
"""What stands for the number of a part in archives that are too large for it."""
_ENCRYPTED = 0x1
_NAME_LENGTH, _NAME_BYTES = 120, 140
"""Letters, and bytes in UTF-8: some encrypted disks take no more than 143."""
_ENDING_LENGTH = 10
_UNICODE_NAME = 0x7075
_IS_UTF8 = 0x800
_JOINERS = "\u200c\u200d"
"""Without them, words of Persian and Hindi look wrong."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_UNFIT = re.compile(r'[<>:"|?*]')


class Unreadable(Exception):
    """A holder, or one member of it, gives nothing."""


class Damaged(Unreadable):
    """It cannot be read, or is not what it says of itself."""


class Protected(Unreadable):
    """It asks for a password."""


class TooLarge(Unreadable):
    """It is larger, or would grow larger, than anything that is sent in a round."""


class NotUnpacked(Unreadable):
    """It is packed in a way that this program does not know, or is one part of several."""


class Member(NamedTuple):
    """One thing that lies in a holder."""

    name: str
    content: bytes | Unreadable | None  # or why there is none; None where it is left alone
    sender: MailSender | None = None  # of the message that it is attached to


def plain_name(name: str, otherwise: str) -> str:
    """The last part of a name, without what could lead elsewhere, hide its end, or trouble a file system."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(one for one in last if unicodedata.category(one)[0] != "C" or one in _JOINERS)
    kept = _UNFIT.sub("_", unicodedata.normalize("NFC", kept)).strip(f" .{_JOINERS}")
    if len(kept) > _NAME_LENGTH or len(kept.encode()) > _NAME_BYTES:
        kept = _shortened(kept)
    return f"_{kept}" if _RESERVED.match(kept) else kept or otherwise


def _shortened(name: str) -> str:
    stem, _dot, suffix = name.rpartition(".")
    stem, ending = (stem, f".{suffix}") if stem and len(suffix) < _ENDING_LENGTH else (name, "")
    begins = stem[: _NAME_LENGTH - _ENDING_LENGTH].encode()[: _NAME_BYTES - len(ending.encode())]
    return begins.decode("utf-8", "ignore").rstrip(" .") + ending


def passed_over(name: str, *, is_wanted: bool | None, sender: MailSender | None = None) -> Iterator[Member]:
    """The member without its content, where somebody sent it."""
    if is_wanted is not None:
        yield Member(name, None, sender)


def zip_names(data: bytes) -> list[str]:
    """The names in an archive.

    Raises:
        Damaged, TooLarge: its list of members cannot be read, or is endless.
    """
    with _zip(data) as archive:
        return archive.namelist()


def zip_members(data: bytes, most: int, is_wanted: Wanted) -> Iterator[Member]:
    """The members of an archive; without content what is not wanted.

    Args:
        most: So many bytes may one member have.

    Raises:
        Unreadable: all of it, or what is protected or packed in unknown ways; what could be read has been given.
    """
    with _zip(data) as archive:
        # not `is_dir`, which fails where there is no name
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
        if sum(info.compress_size for info in infos) > len(data):  # members lie over each other
            raise Damaged
        unpacked, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
        if unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * packed:
            raise TooLarge
        closed: list[Unreadable] = []
        for info in infos:
            if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
                yield Member(_zip_name(info), None)  # a link leads elsewhere; what it points to is no content
                continue
            try:
                yield from _zip_member(archive, info, most, is_wanted)
            except (Damaged, TooLarge) as error:
                yield Member(_zip_name(info), error)
            except (Protected, NotUnpacked) as error:  # it is seldom one member alone
                closed.append(error)
        if closed:
            raise closed[0]


def _zip(data: bytes) -> zipfile.ZipFile:
    tail = data[-_END_SEARCH:]
    place = tail.rfind(_END_MARK)
    if place < 0 or len(tail) - place < _END.size:
        raise Damaged
    _mark, part, _first, _here, members, *_rest = _END.unpack_from(tail, place)
    if members > MAX_MEMBERS:  # before the list itself is read, which takes a while
        raise TooLarge
    if part not in (0, _NO_PARTS):
        raise NotUnpacked
    try:
        with suppress(UnicodeDecodeError):
            return zipfile.ZipFile(io.BytesIO(data))
        return zipfile.ZipFile(io.BytesIO(_without_marks(data, len(data) - len(tail) + place)))
    except _UNREADABLE as error:
        raise Damaged from error


def _without_marks(data: bytes, end: int) -> bytes:
    """The archive, no name of which is marked as UTF-8: one that was is not."""
    changed = bytearray(data)
    at = end - _END.unpack_from(data, end)[5]
    before = at - _END.unpack_from(data, end)[6]  # bytes that somebody put before the archive
    while changed[at : at + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack_from("<3H", changed, at + 28)
        first = before + int.from_bytes(changed[at + 42 : at + 46], "little")
        for place in (at + 9, first + 7):
            changed[place : place + 1] = bytes(byte & ~(_IS_UTF8 >> 8) for byte in changed[place : place + 1])
        at += 46 + name + extra + comment
    return bytes(changed)


_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error,
    OSError,
)  # fmt: skip


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int, is_wanted: Wanted
) -> Iterator[Member]:
    name = _zip_name(info)
    if info.flag_bits & _ENCRYPTED:
        raise Protected
    try:
        with archive.open(info) as member:
            start = member.read(1024)
            if not (wanted := is_wanted(name, start)):
                yield from passed_over(name, is_wanted=wanted)
                return
            if info.file_size > most:
                raise TooLarge
            data = start + member.read(info.file_size + 1 - len(start))
    except NotImplementedError as error:
        raise NotUnpacked from error
    except _UNREADABLE as error:
        raise Damaged from error
    if len(data) != info.file_size:
        raise Damaged
    yield Member(name, data)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """As its sender saw it: `zipfile` takes what is not marked as UTF-8 for an encoding of 1981."""
    if info.flag_bits & _IS_UTF8:
        return info.orig_filename
    raw, extra = info.orig_filename.encode("cp437", "replace"), info.extra
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == _UNICODE_NAME and length > 5 and struct.unpack_from("<I", extra, 5)[0] == zlib.crc32(raw):
            return extra[9 : 4 + length].decode("utf-8", "replace")
        extra = extra[4 + length :]
    return read_name(raw, SYSTEM)
