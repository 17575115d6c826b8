"""What a file is, by how it begins: names are changed on the way, first bytes are not."""

from __future__ import annotations

import re
from enum import Enum

LOOKED_AT = 1024
"""So many first bytes are enough."""


class FileKind(Enum):
    """Kinds of files that answers come in."""

    PACKAGE = "package"  # by its name alone; a zip without that name may still turn out to be one
    SEALED = "sealed"  # a package encrypted with age
    ARCHIVE = "archive"  # any zip file
    PDF = "pdf"
    MAIL = "mail"  # a message as mail programs save it (RFC 5322)
    OUTLOOK = "outlook"  # a message as Outlook saves it
    OTHER = "other"


SUFFIXES = (".iscm", ".age", ".pdf", ".zip", ".eml", ".msg")
"""Of the files in a folder, these are looked at."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_AGE = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")
_OFFICE = (
    ".doc", ".docx", ".dot", ".xls", ".xlsx", ".ppt", ".pptx", ".pps", ".odt", ".ods", ".odp", ".vsd", ".pub",
    ".epub", ".jar",
)  # fmt: skip
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = re.compile(
    rb"\s*(From |(Received|Return-Path|Delivered-To|From|To|Subject|Date|Message-ID|MIME-Version|Content-Type"
    rb"|DKIM-Signature|ARC-[\w-]+|X-[\w-]+):)",
    re.IGNORECASE,
)


def is_pdf(start: bytes) -> bool:
    """Whether a file that begins so is a PDF."""
    return b"%PDF-" in start[:LOOKED_AT]


def kind_of(name: str, start: bytes) -> FileKind:
    """The kind of a file with this name and these first bytes."""
    lower = name.lower()
    if lower.endswith(_OFFICE):  # archives and compound files too, but none that answers come in
        return FileKind.OTHER
    if start.startswith(_ZIP):
        return FileKind.PACKAGE if lower.endswith(".iscm") else FileKind.ARCHIVE
    if start.startswith(_AGE):
        return FileKind.SEALED
    if is_pdf(start):
        return FileKind.PDF
    if start.startswith(_COMPOUND_FILE):
        return FileKind.OUTLOOK
    if lower.endswith((".iscm", ".iscm.age")):
        return FileKind.PACKAGE  # damaged, perhaps; reading it will say how
    if lower.endswith(".eml") or _HEADER.match(start):
        return FileKind.MAIL
    return FileKind.OTHER
