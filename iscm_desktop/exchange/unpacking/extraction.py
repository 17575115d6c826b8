"""Packages out of whatever holds them: PDFs, mails, archives, and these inside each other.

Pure and bounded: no file is written here and nothing is trusted. It still belongs into a process of its own
(`exchange.unpacking.unpacker_process`), since the libraries underneath can be made to hang or to swell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from iscm_desktop.exchange.package import pdf_carrier
from iscm_desktop.exchange.package.manifest import INVITATION, MANIFEST
from iscm_desktop.exchange.unpacking import containers
from iscm_desktop.exchange.unpacking.file_kind import FileKind, kind_of
from iscm_desktop.exchange.unpacking.outlook_message import outlook_members

MAX_FILE = 64 * 1024 * 1024
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_DEPTH = 5
"""A zip in a mail that is attached to a mail is three deep."""

_HOLDERS = (FileKind.ARCHIVE, FileKind.PDF, FileKind.MAIL, FileKind.OUTLOOK)


@dataclass(frozen=True, slots=True)
class FoundPackage:
    """A package, sealed or not, or an invitation, as it lay inside."""

    name: str
    within: tuple[str, ...]  # names of what it lay in, the outermost first; the file itself is not named
    data: bytes


@dataclass(frozen=True, slots=True)
class RefusedMember:
    """Something inside, or the file itself, that cannot be used; `problem` names a sentence of `errors`."""

    name: str
    within: tuple[str, ...]
    problem: str


Unpacked = FoundPackage | RefusedMember


@dataclass(slots=True)
class PackageExtractor:
    """One file being unpacked; counts what all of it comes to."""

    _left: int = field(default=MAX_UNPACKED)

    def unpack(self, name: str, data: bytes, within: tuple[str, ...] = ()) -> Iterator[Unpacked]:
        """Everything in a file, in its order; what cannot be used is told beside what can."""
        self._left -= len(data)
        kind = kind_of(name, data[:1024])
        if len(data) > MAX_FILE or self._left < 0 or len(within) > MAX_DEPTH:
            yield RefusedMember(name, within, "PACKAGE_TOO_LARGE")
            return
        try:
            yield from self._unpack(kind, name, data, within)
        except (containers.TooLarge, pdf_carrier.PdfTooLarge, MemoryError):
            yield RefusedMember(name, within, "PACKAGE_TOO_LARGE")
        except containers.Protected:
            yield RefusedMember(name, within, "HOLDER_PROTECTED")
        except pdf_carrier.PdfUnreadable as unreadable:
            yield RefusedMember(
                name, within, "HOLDER_PROTECTED" if unreadable.needs_password else "PDF_DAMAGED"
            )
        except containers.Damaged:
            yield RefusedMember(name, within, "PACKAGE_DAMAGED")

    def _unpack(self, kind: FileKind, name: str, data: bytes, within: tuple[str, ...]) -> Iterator[Unpacked]:
        match kind:
            case FileKind.PACKAGE | FileKind.SEALED:
                yield FoundPackage(name, within, data)
            case FileKind.PDF:
                yield from self._pdf(name, data, within)
            case FileKind.ARCHIVE if {MANIFEST, INVITATION} & {*containers.zip_names(data)}:
                yield FoundPackage(name, within, data)
            case FileKind.ARCHIVE:
                yield from self._all(containers.zip_members(data, MAX_FILE, _is_wanted), name, within)
            case FileKind.MAIL:
                yield from self._all(containers.mail_members(data, _is_wanted), name, within)
            case FileKind.OUTLOOK:
                yield from self._all(outlook_members(data, MAX_FILE, _is_wanted), name, within)
            case FileKind.OTHER:
                yield RefusedMember(name, within, "PACKAGE_FOREIGN")

    def _pdf(self, name: str, data: bytes, within: tuple[str, ...]) -> Iterator[Unpacked]:
        is_empty = True
        for package in pdf_carrier.attached_packages(data):
            if self._is_package(package):
                is_empty = False
                yield FoundPackage(name, within, package)
        if is_empty:
            yield RefusedMember(name, within, "PDF_WITHOUT_DATA")

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
            yield RefusedMember(name, within, "HOLDER_EMPTY")


def _is_wanted(name: str, start: bytes) -> bool:
    """What else is attached, such as pictures of a signature, is passed over; the text of a mail is no mail."""
    kind = kind_of(name, start)
    return kind is not FileKind.OTHER and (kind is not FileKind.MAIL or name.lower().endswith(".eml"))
