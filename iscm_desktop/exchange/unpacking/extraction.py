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
from iscm_desktop.exchange.unpacking.file_kind import SUFFIXES, FileKind, is_picture, kind_of
from iscm_desktop.exchange.unpacking.mail_sender import MailSender
from iscm_desktop.exchange.unpacking.mails import mail_members, mail_sender, mailbox_messages
from iscm_desktop.exchange.unpacking.outlook_message import outlook_members, outlook_sender
from iscm_desktop.exchange.unpacking.signed_message import decoded_text, signed_content
from iscm_desktop.exchange.unpacking.winmail import winmail_members

MAX_FILE = 64 * 1024 * 1024
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_DEPTH = 10
"""A zip in a mail that is attached to a mail is three deep."""

_EMPTY, _PASSED_OVER = "HOLDER_EMPTY", "NOT_LOOKED_INTO"
_PROBLEMS: dict[type[containers.Unreadable], str] = {
    containers.Damaged: "PACKAGE_DAMAGED",
    containers.Protected: "HOLDER_PROTECTED",
    containers.TooLarge: "PACKAGE_TOO_LARGE",
    containers.NotUnpacked: "HOLDER_PACKED",
}


@dataclass(frozen=True, slots=True)
class FoundPackage:
    """A package, sealed or not, or an invitation, as it lay inside."""

    name: str
    within: tuple[str, ...]  # names of what it lay in, the outermost first; the file itself is not named
    data: bytes
    sender: MailSender | None = None  # of the mail in which it came


@dataclass(frozen=True, slots=True)
class RefusedMember:
    """Something inside, or the file itself, that cannot be used; `problem` names a sentence of `errors`."""

    name: str
    within: tuple[str, ...]
    problem: str
    sender: MailSender | None = None  # of the mail in which it came


Unpacked = FoundPackage | RefusedMember


@dataclass(slots=True)
class PackageExtractor:
    """One file being unpacked; counts what all of it comes to."""

    _left: int = field(default=MAX_UNPACKED)
    _sender: MailSender | None = None  # of the mail that is being unpacked

    def unpack(self, name: str, data: bytes, within: tuple[str, ...] = ()) -> Iterator[Unpacked]:
        """Everything in a file, in its order; what cannot be used is told beside what can."""
        self._left -= len(data)
        kind = kind_of(name, data[:1024])
        if len(data) > MAX_FILE or self._left < 0:
            yield RefusedMember(name, within, "PACKAGE_TOO_LARGE", self._sender)
            return
        if len(within) > MAX_DEPTH:
            yield RefusedMember(name, within, "HOLDER_TOO_DEEP", self._sender)
            return
        around = self._sender
        try:
            yield from self._unpack(kind, name, data, within)
        except (pdf_carrier.PdfTooLarge, MemoryError):
            yield RefusedMember(name, within, "PACKAGE_TOO_LARGE", self._sender)
        except containers.Unreadable as error:
            yield RefusedMember(name, within, _PROBLEMS[type(error)], self._sender)
        except pdf_carrier.PdfUnreadable as unreadable:
            problem = "HOLDER_PROTECTED" if unreadable.needs_password else "PDF_DAMAGED"
            yield RefusedMember(name, within, problem, self._sender)
        finally:
            self._sender = around

    def _unpack(self, kind: FileKind, name: str, data: bytes, within: tuple[str, ...]) -> Iterator[Unpacked]:
        match kind:
            case FileKind.PACKAGE | FileKind.SEALED:
                yield FoundPackage(name, within, data, self._sender)
            case FileKind.PDF:
                yield from self._pdf(name, data, within)
            case FileKind.ARCHIVE if {MANIFEST, INVITATION} & {*containers.zip_names(data)}:
                yield FoundPackage(name, within, data, self._sender)
            case FileKind.ARCHIVE:
                yield from self._all(
                    containers.zip_members(data, MAX_FILE, _is_wanted), name, within, is_archive=True
                )
            case FileKind.MAIL:
                yield from self._all(mail_members(data, _is_wanted), name, within, mail_sender(data))
            case FileKind.MAILBOX:
                yield from self._mailbox(name, data, within)
            case FileKind.SIGNED:
                yield from self._signed(name, data, within)
            case FileKind.OUTLOOK:
                yield from self._all(
                    outlook_members(data, MAX_FILE, _is_wanted), name, within, outlook_sender(data)
                )
            case FileKind.ENCODED:
                yield from self.unpack(name, decoded_text(data), within)
            case FileKind.WINMAIL:
                yield from self._all(winmail_members(data, _is_wanted), name, within)
            case FileKind.OTHER_ARCHIVE:
                yield RefusedMember(name, within, "HOLDER_PACKED", self._sender)
            case FileKind.ENCRYPTED:
                yield RefusedMember(name, within, "HOLDER_ENCRYPTED", self._sender)
            case FileKind.OTHER | FileKind.LITTER:
                yield RefusedMember(name, within, "PACKAGE_FOREIGN", self._sender)

    def _mailbox(self, name: str, data: bytes, within: tuple[str, ...]) -> Iterator[Unpacked]:
        """Mails that hold nothing are left out, unless all of them do."""
        messages = list(mailbox_messages(data))
        if len(messages) == 1:
            yield from self._all(
                mail_members(messages[0], _is_wanted), name, within, mail_sender(messages[0])
            )
            return
        is_empty, inside = True, (*within, name)
        for number, message in enumerate(messages, start=1):
            for one in self.unpack(f"{number}.eml", message, inside):
                if not _is_empty_holder(one, inside):
                    is_empty = False
                    yield one
        if is_empty:
            yield RefusedMember(name, within, _EMPTY, self._sender)

    def _signed(self, name: str, data: bytes, within: tuple[str, ...]) -> Iterator[Unpacked]:
        """A mail, or a file that was signed as it is: answers.iscm.p7m."""
        content = signed_content(data)
        inner = name.removesuffix(".p7m").removesuffix(".P7M")
        match kind_of(inner, content[:1024]):
            case FileKind.MAIL:
                yield from self._all(mail_members(content, _is_wanted), name, within, mail_sender(content))
            case FileKind.OTHER | FileKind.LITTER:
                yield RefusedMember(name, within, _EMPTY, self._sender)
            case _:
                yield from self.unpack(inner, content, (*within, name))

    def _pdf(self, name: str, data: bytes, within: tuple[str, ...]) -> Iterator[Unpacked]:
        is_empty = True
        for package in pdf_carrier.attached_packages(data):
            if self._is_package(package):
                is_empty = False
                yield FoundPackage(name, within, package, self._sender)
        if is_empty:
            yield RefusedMember(name, within, "PDF_WITHOUT_DATA", self._sender)

    def _is_package(self, data: bytes) -> bool:
        try:
            return MANIFEST in containers.zip_names(data)
        except (containers.Damaged, containers.TooLarge):
            return False

    def _all(
        self,
        members: Iterator[containers.Member],
        name: str,
        within: tuple[str, ...],
        sender: MailSender | None = None,
        *,
        is_archive: bool = False,
    ) -> Iterator[Unpacked]:
        is_empty, inside = True, (*within, name)
        passed_over: list[tuple[str, MailSender | None]] = []
        self._sender = whole = sender or self._sender
        for number, (inner, content, sender_of) in enumerate(members, start=1):
            plain = containers.plain_name(inner, f"{number}")
            known = sender_of or whole
            if content is None:
                passed_over += [(plain, known)] if is_archive or not is_picture(plain) else []
                continue
            self._sender = known
            for one in self._member(plain, content, inside):
                if _is_empty_holder(one, inside) and not plain.lower().endswith(SUFFIXES):
                    passed_over.append((plain, known))  # it merely looked as if something could lie in it
                else:
                    is_empty = False
                    yield one
            self._sender = whole
        if is_empty:
            yield RefusedMember(name, within, _EMPTY, whole)
        else:
            yield from (RefusedMember(one, inside, _PASSED_OVER, whose) for one, whose in passed_over)

    def _member(
        self, name: str, content: bytes | containers.Unreadable, within: tuple[str, ...]
    ) -> Iterator[Unpacked]:
        if isinstance(content, containers.Unreadable):
            yield RefusedMember(name, within, _PROBLEMS[type(content)], self._sender)
        else:
            yield from self.unpack(name, content, within)


def _is_empty_holder(one: Unpacked, within: tuple[str, ...]) -> bool:
    """Whether it is told of a member that lay right in these, not deeper, that it holds nothing."""
    return isinstance(one, RefusedMember) and (one.problem, one.within) == (_EMPTY, within)


def _is_wanted(name: str, start: bytes) -> bool | None:
    """What else is attached, such as office documents, is named at most; the text of a mail is no mail."""
    match kind_of(name, start):
        case FileKind.LITTER:
            return None
        case FileKind.OTHER:
            return False
        case FileKind.MAIL | FileKind.MAILBOX:
            return bool(name)
        case _:
            return True
