"""What a file is, by how it begins: names are changed on the way, first bytes are not."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import PurePosixPath

from iscm_desktop.exchange.package.manifest import MANIFEST
from iscm_desktop.exchange.unpacking.mails import is_mailbox, readable_text, without_count

LOOKED_AT = 1024
"""So many first bytes are enough."""


class FileKind(Enum):
    """Kinds of files that answers come in, and of those that people believe they come in."""

    PACKAGE = "package"  # by its name alone; a zip without that name may still turn out to be one
    SEALED = "sealed"  # a package encrypted with age
    ARCHIVE = "archive"  # any zip file
    PDF = "pdf"
    MAIL = "mail"  # a message as mail programs save it (RFC 5322)
    MAILBOX = "mailbox"  # messages one after the other
    SIGNED = "signed"  # what a signature hides, in mails and elsewhere
    OUTLOOK = "outlook"  # a message as Outlook saves it
    ENCODED = "encoded"  # a package or PDF as mails carry it, in base64, saved as it was
    WINMAIL = "winmail"  # attachments as Outlook wraps them for other Outlooks
    OTHER_ARCHIVE = "other archive"  # it has to be unpacked first
    ENCRYPTED = "encrypted"  # for a mail program, which has the key
    LITTER = "litter"  # what systems put beside files, and signatures beside what is signed: nobody sent it
    OTHER = "other"


SUFFIXES = (".iscm", ".age", ".pdf", ".zip", ".eml", ".emlx", ".mbox", ".msg", ".p7m", "winmail.dat")
"""Names of files that are sent with answers in them."""

HOLDERS = frozenset(
    {
        FileKind.ARCHIVE, FileKind.PDF, FileKind.MAIL, FileKind.MAILBOX, FileKind.SIGNED, FileKind.OUTLOOK,
        FileKind.ENCODED, FileKind.WINMAIL, FileKind.OTHER_ARCHIVE, FileKind.ENCRYPTED,
    }
)  # fmt: skip
"""In these, packages may lie, or people believe so: each is unpacked, or has a sentence of its own."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ZIP_NAME = 30
"""Where the name of an archive's first member stands."""
_AGE = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")
_OFFICE = (
    ".doc", ".docx", ".dot", ".dotx", ".docm", ".xls", ".xlsx", ".xlsm", ".xlsb", ".xltx", ".ppt", ".pptx", ".pptm",
    ".pps", ".ppsx", ".odt", ".ods", ".odp", ".odg", ".vsd", ".vsdx", ".pub", ".mpp", ".epub", ".jar", ".apk", ".kmz",
    ".iscmdb",
)  # fmt: skip
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODED = re.compile(
    rb"(?:UEsDB|JVBERi0|YWdlLWVuY3J5cHRpb24ub3JnL|LS0tLS1CRUdJTiBBR0Ug)[A-Za-z0-9+/\r\n]{50}"
)
"""In base64: a zip archive, a PDF, what age encrypted, and the same as text."""
_WINMAIL = b"\x78\x9f\x3e\x22"
_OTHER_ARCHIVES = (
    b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"MSCF\0\0\0\0",
    b"\x1f\x9d", b"\x60\xea", b"LZIP\x01",
)  # fmt: skip
_TAR, _TAR_AT = b"ustar", 257
_OTHER_ARCHIVE_NAMES = (
    ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz", ".zst", ".cab", ".lzh", ".lha",
    ".arj", ".ace", ".sit", ".sitx", ".dmg", ".iso", ".wim",
)  # fmt: skip
_PART = re.compile(r"\.(zip|7z|rar)\.\d{3}$|\.z\d\d$|\.r\d\d$")
"""Archives that were split for the way."""
_CMS = re.compile(
    rb"\x30(?:[\x00-\x80]|\x81.|\x82..|\x83...|\x84....)\x06"
    rb"(?:\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07(\x02|\x03)|\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17)",
    re.DOTALL,
)
"""Signed, enveloped or authenticated data (RFC 5652)."""
_CMS_TEXT = re.compile(rb"-----BEGIN (PKCS7|CMS)-----|MI[A-Za-z0-9+/\r\n]{60}")
_PGP = b"-----BEGIN PGP MESSAGE-----"
_ENCRYPTED_NAMES = (".pgp", ".gpg", ".rpmsg")
_SIGNATURE_NAMES = (".p7s", ".sig")
_PGP_SIGNATURE = b"-----BEGIN PGP SIGNATURE-----"
_MAC = (b"\x00\x05\x16\x07", b"\x00\x05\x16\x00")
"""What a Mac keeps of a file beside the file, under its name with "._" before it."""
_LITTER_NAMES = frozenset(
    {".ds_store", ".localized", ".directory", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"}
)
_LITTER_FOLDERS = frozenset(
    {
        "__macosx", ".trashes", ".fseventsd", ".spotlight-v100", ".temporaryitems", ".documentrevisions-v100",
        "system volume information", "$recycle.bin",
    }
)  # fmt: skip
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".svg", ".emz", ".wmz")
_MAIL_NAMES = (".eml", ".emlx")
_MAILBOX_NAMES = (".mbox", ".mbx")
_HEADER = re.compile(rb"([!-9;-~]+):[^\n]*(?:\n[ \t][^\n]*)*(?:\n|\Z)")
_TECHNICAL = re.compile(
    rb"(received|return-path|delivered-to|envelope-to|message-id|mime-version|content-type|authentication-results"
    rb"|dkim-signature|arc-[\w-]+|x-[\w-]+)",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    rb"(from|to|cc|bcc|sender|reply-to|subject|date|in-reply-to|references|importance|priority|organi[sz]ation|thread-\w+"
    rb"|list-[\w-]+|resent-[\w-]+|user-agent|autocrypt|status|content-[\w-]+)",
    re.IGNORECASE,
)
"""Headers that may begin a letter as well: of these, a message has two."""


def is_picture(name: str) -> bool:
    """Whether a file of this name in a mail is likely to belong to its text, or to the sender's signature."""
    return name.lower().endswith(_PICTURES)


def is_pdf(start: bytes) -> bool:
    """Whether a file that begins so is a PDF."""
    return b"%PDF-" in start[:LOOKED_AT]


def is_litter(name: str) -> bool:
    """Whether a system put this beside people's files; `name` may have folders before it."""
    path = PurePosixPath(name.replace("\\", "/").lower())
    return path.name in _LITTER_NAMES or any(part in _LITTER_FOLDERS for part in path.parts)


def kind_of(name: str, start: bytes) -> FileKind:
    """The kind of a file with this name and these first bytes."""
    lower = name.lower()
    if start.startswith(_MAC) or is_litter(name):
        return FileKind.LITTER
    return _by_content(lower, start) or _by_name(lower, start)


def _by_content(lower: str, start: bytes) -> FileKind | None:
    if start.startswith(_ZIP) and start[_ZIP_NAME:].startswith(MANIFEST.encode()):
        return FileKind.PACKAGE if lower.endswith(".iscm") else FileKind.ARCHIVE
    if lower.endswith(_OFFICE):  # archives and compound files too, but none that answers come in
        return FileKind.OTHER
    if _PART.search(lower):
        return FileKind.OTHER_ARCHIVE
    if start.startswith(_ZIP):
        return FileKind.PACKAGE if lower.endswith(".iscm") else FileKind.ARCHIVE
    if start.startswith(_AGE):
        return FileKind.SEALED
    if is_pdf(start):
        return FileKind.PDF
    if start.startswith(_COMPOUND_FILE):
        return FileKind.OUTLOOK
    if _ENCODED.match(readable_text(start)):
        return FileKind.ENCODED
    if start.startswith(_WINMAIL):
        return FileKind.WINMAIL
    if start.startswith(_OTHER_ARCHIVES) or start[_TAR_AT:].startswith(_TAR):
        return FileKind.OTHER_ARCHIVE
    return _by_signature(lower, start)


def _by_signature(lower: str, start: bytes) -> FileKind | None:
    if lower.endswith(_SIGNATURE_NAMES) or start.startswith(_PGP_SIGNATURE):
        return FileKind.LITTER
    if found := _CMS.match(start):
        return FileKind.SIGNED if found[1] == b"\x02" else FileKind.ENCRYPTED
    if lower.endswith(".p7m") and _CMS_TEXT.match(start):
        return FileKind.SIGNED
    if readable_text(start).startswith(_PGP) or lower.endswith(_ENCRYPTED_NAMES):
        return FileKind.ENCRYPTED
    return None


def _by_name(lower: str, start: bytes) -> FileKind:
    last = PurePosixPath(lower.replace("\\", "/")).name
    if lower.endswith((".iscm", ".iscm.age")):  # damaged, perhaps; reading it will say how
        return FileKind.LITTER if last.startswith("._") else FileKind.PACKAGE
    if is_mailbox(start) or lower.endswith(_MAILBOX_NAMES):
        return FileKind.MAILBOX
    if lower.endswith(_MAIL_NAMES) or _is_mail(start):
        return FileKind.LITTER if last.startswith("._") else FileKind.MAIL
    if lower.endswith(_OTHER_ARCHIVE_NAMES):
        return FileKind.OTHER_ARCHIVE
    return FileKind.LITTER if last.startswith("._") else FileKind.OTHER


def _is_mail(start: bytes) -> bool:
    text = without_count(readable_text(start))
    at = written = 0
    while header := _HEADER.match(text, at):
        if _TECHNICAL.fullmatch(header[1]):
            return True
        written += _WRITTEN.fullmatch(header[1]) is not None
        if not written:  # a calendar and a card have lines of this shape, too
            return False
        at = header.end()
    return written > 1
