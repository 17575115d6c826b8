"""Files that hold files: zip archives and saved e-mails. Hostile until checked; names are data, never paths.

Each function gives the members as (name, bytes), one at a time, so that limits can stop it at any point.
"""

from __future__ import annotations

import email
import email.header
import email.message
import email.policy
import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

MAX_MEMBERS = 10_000
MAX_RATIO = 200
"""Text packs to a tenth, runs of blanks to a thousandth."""
RATIO_COUNTS_FROM = 1024 * 1024
MAX_PARTS = 5_000
MAX_NESTING = 50
"""Boundaries of multipart messages; each is compared with every line, so many of them would take for ever."""

Member = tuple[str, bytes]
Wanted = Callable[[str, bytes], bool]
"""Whether a member of this name that begins with these bytes is worth unpacking."""

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_END_SEARCH = 65_557
_ENCRYPTED = 0x1
_NAME_LENGTH = 120
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_UNFIT = re.compile(r'[<>:"|?*]')


class Damaged(Exception):
    """It cannot be read, or is not what it says of itself."""


class Protected(Exception):
    """It asks for a password."""


class TooLarge(Exception):
    """It is larger, or would grow larger, than anything that is sent in a round."""


def plain_name(name: str, otherwise: str) -> str:
    """The last part of a name, without what could lead elsewhere, hide its end, or trouble a file system."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    kept = _UNFIT.sub("_", unicodedata.normalize("NFC", kept)).strip(" .")
    if len(kept) > _NAME_LENGTH:
        stem, _dot, suffix = kept.rpartition(".")
        kept = f"{stem[: _NAME_LENGTH - 10]}.{suffix[:9]}"
    return f"_{kept}" if _RESERVED.match(kept) else kept or otherwise


def zip_names(data: bytes) -> list[str]:
    """The names in an archive.

    Raises:
        Damaged, TooLarge: its list of members cannot be read, or is endless.
    """
    with _zip(data) as archive:
        return archive.namelist()


def zip_members(data: bytes, most: int, is_wanted: Wanted) -> Iterator[Member]:
    """The members of an archive that are wanted.

    Args:
        most: So many bytes may one member have.

    Raises:
        Damaged, Protected, TooLarge: as their names say.
    """
    with _zip(data) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if sum(info.compress_size for info in infos) > len(data):  # members lie over each other
            raise Damaged
        unpacked, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
        if unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * packed:
            raise TooLarge
        for info in infos:
            if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
                continue  # a link leads elsewhere; what it points to is no content
            if info.flag_bits & _ENCRYPTED:
                raise Protected
            yield from _zip_member(archive, info, most, is_wanted)


def _zip(data: bytes) -> zipfile.ZipFile:
    tail = data[-_END_SEARCH:]
    place = tail.rfind(_END_MARK)
    if place < 0 or len(tail) - place < _END.size:
        raise Damaged
    if _END.unpack_from(tail, place)[4] > MAX_MEMBERS:  # before the list itself is read, which takes a while
        raise TooLarge
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _UNREADABLE as error:
        raise Damaged from error


_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error,
    OSError,
)  # fmt: skip


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int, is_wanted: Wanted
) -> Iterator[Member]:
    try:
        with archive.open(info) as member:
            start = member.read(1024)
            if not is_wanted(info.filename, start):
                return
            if info.file_size > most:
                raise TooLarge
            data = start + member.read(info.file_size + 1 - len(start))
    except _UNREADABLE as error:
        raise Damaged from error
    if len(data) != info.file_size:
        raise Damaged
    yield info.filename, data


def mail_members(data: bytes, is_wanted: Wanted) -> Iterator[Member]:
    """What is attached to a message, at any depth of forwarding.

    Raises:
        Damaged, TooLarge: it cannot be read as a message, or nests without measure.
    """
    if len(re.findall(rb"boundary", data, re.IGNORECASE)) > MAX_NESTING:
        raise TooLarge
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = list(_parts(message))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Damaged from error
    for number, part in enumerate(parts, start=1):
        if number > MAX_PARTS:
            raise TooLarge
        content = _payload(part)
        name = _attached_name(part)
        if content and is_wanted(name, content[:1024]):
            yield name, content


def _parts(message: email.message.Message) -> Iterator[email.message.Message]:
    """The parts that are no containers themselves; a forwarded message counts by its own parts."""
    return (part for part in message.walk() if not part.is_multipart())


def _payload(part: email.message.Message) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError):
        return b""
    return found if isinstance(found, bytes) else b""


def _attached_name(part: email.message.Message) -> str:
    try:
        name = part.get_filename() or ""
        return str(email.header.make_header(email.header.decode_header(name)))
    except (ValueError, LookupError, TypeError):
        return ""
