"""Packages out of whatever holds them: PDFs, mails, archives, and these inside each other.

Pure and bounded: no file is written here and nothing is trusted. It still belongs into a process of its own
(`exchange.unpacker`), since the libraries underneath can be made to hang or to swell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from iscm_desktop.exchange import carrier, containers
from iscm_desktop.exchange.kinds import Kind, kind_of
from iscm_desktop.exchange.manifest import MANIFEST
from iscm_desktop.exchange.outlook import outlook_members

MAX_FILE = 64 * 1024 * 1024
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_DEPTH = 5
"""A zip in a mail that is attached to a mail is three deep."""

_HOLDERS = (Kind.ARCHIVE, Kind.PDF, Kind.MAIL, Kind.OUTLOOK)


@dataclass(frozen=True, slots=True)
class Found:
    """A package, sealed or not, as it lay inside."""

    name: str
    within: tuple[str, ...]  # names of what it lay in, the outermost first; the file itself is not named
    data: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """Something inside, or the file itself, that cannot be used; `problem` names a sentence of `errors`."""

    name: str
    within: tuple[str, ...]
    problem: str


Unpacked = Found | Refused


@dataclass(slots=True)
class Unpacking:
    """One file being unpacked; counts what all of it comes to."""

    _left: int = field(default=MAX_UNPACKED)

    def unpack(self, name: str, data: bytes, within: tuple[str, ...] = ()) -> Iterator[Unpacked]:
        """Everything in a file, in its order; what cannot be used is told beside what can."""
        self._left -= len(data)
        kind = kind_of(name, data[:1024])
        if len(data) > MAX_FILE or self._left < 0 or len(within) > MAX_DEPTH:
            yield Refused(name, within, "PACKAGE_TOO_LARGE")
            return
        try:
            yield from self._unpack(kind, name, data, within)
        except (containers.TooLarge, carrier.TooLarge, MemoryError):
            yield Refused(name, within, "PACKAGE_TOO_LARGE")
        except containers.Protected:
            yield Refused(name, within, "HOLDER_PROTECTED")
        except carrier.Unreadable as unreadable:
            yield Refused(name, within, "HOLDER_PROTECTED" if unreadable.needs_password else "PDF_DAMAGED")
        except containers.Damaged:
            yield Refused(name, within, "PACKAGE_DAMAGED")

    def _unpack(self, kind: Kind, name: str, data: bytes, within: tuple[str, ...]) -> Iterator[Unpacked]:
        match kind:
            case Kind.PACKAGE | Kind.SEALED:
                yield Found(name, within, data)
            case Kind.PDF:
                yield from self._pdf(name, data, within)
            case Kind.ARCHIVE if MANIFEST in containers.zip_names(data):
                yield Found(name, within, data)
            case Kind.ARCHIVE:
                yield from self._all(containers.zip_members(data, MAX_FILE, _is_wanted), name, within)
            case Kind.MAIL:
                yield from self._all(containers.mail_members(data, _is_wanted), name, within)
            case Kind.OUTLOOK:
                yield from self._all(outlook_members(data, MAX_FILE, _is_wanted), name, within)
            case Kind.OTHER:
                yield Refused(name, within, "PACKAGE_FOREIGN")

    def _pdf(self, name: str, data: bytes, within: tuple[str, ...]) -> Iterator[Unpacked]:
        is_empty = True
        for package in carrier.packages(data):
            if self._is_package(package):
                is_empty = False
                yield Found(name, within, package)
        if is_empty:
            yield Refused(name, within, "PDF_WITHOUT_DATA")

    def _is_package(self, data: bytes) -> bool:
        try:
            return MANIFEST in containers.zip_names(data)
        except (containers.Damaged, containers.TooLarge):
            return False

    def _all(
        self, members: Iterator[containers.Member], name: str, within: tuple[str, ...]
    ) -> Iterator[Unpacked]:
        is_empty = True
        for number, (inner, content) in enumerate(members, start=1):
            is_empty = False
            yield from self.unpack(containers.plain_name(inner, f"{number}"), content, (*within, name))
        if is_empty:
            yield Refused(name, within, "HOLDER_EMPTY")


def _is_wanted(name: str, start: bytes) -> bool:
    """What else is attached, such as pictures of a signature, is passed over; the text of a mail is no mail."""
    kind = kind_of(name, start)
    return kind is not Kind.OTHER and (kind is not Kind.MAIL or name.lower().endswith(".eml"))
