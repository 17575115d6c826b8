"""What a file is by what it holds, of all kinds that the program knows: names are changed on the way, content is not.

Looks only, under limits, and trusts nothing: whoever opens the file next checks it whole.
"""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path

from iscm_desktop.exchange.ledger.checkpoint import read_checkpoint
from iscm_desktop.exchange.ledger.signed_note import read_note
from iscm_desktop.exchange.ledger.tlog_proof import HEADER
from iscm_desktop.exchange.package.manifest import INVITATION, MANIFEST
from iscm_desktop.exchange.unpacking import containers
from iscm_desktop.exchange.unpacking.extraction import MAX_FILE
from iscm_desktop.exchange.unpacking.file_kind import LOOKED_AT, FileKind, kind_of
from iscm_desktop.store.database.protected_files import is_open_here


class FileContent(Enum):
    """Kinds of files that somebody may open."""

    PACKAGE = "package"
    SEALED = "sealed"  # encrypted with age: what is inside, only its reader can tell
    INVITATION = "invitation"
    HOLDER = "holder"  # a PDF, a mail, an archive: packages and invitations may lie in it
    WORKBOOK = "workbook"
    XFORM = "xform"
    RESPONDENTS = "respondents"  # a list of them, as a table
    STORE = "store"  # or a backup of one
    RECEIPT = "receipt"
    CHECKPOINT = "checkpoint"
    FOLDER = "folder"
    OTHER = "other"


_STORE = b"SQLite format 3\0"
_XFORMS = b"http://www.w3.org/2002/xforms"
_BEGINNING = 64 * 1024
_SHEET_PARTS = ("xl/workbook.xml", "xl/workbook.bin")
_XLS_STREAM = "Workbook".encode("utf-16-le")
_SHEET_NAME = re.compile(r'^\s*"?\|?\s*(survey|choices|settings)\s*"?\s*[,;|]', re.IGNORECASE | re.MULTILINE)
_BY_ENDING = {
    ".iscm": FileContent.PACKAGE,
    ".iscminvite": FileContent.INVITATION,
    ".xlsx": FileContent.WORKBOOK,
    ".xlsm": FileContent.WORKBOOK,
}
_RESPONDENT_COLUMNS = frozenset({"questionnaire", "respondent"})


def content_of(path: Path) -> FileContent:
    """What the file is.

    Raises:
        OSError: it is not there, or cannot be read.
    """
    if path.is_dir():
        return FileContent.FOLDER
    if not path.is_file():  # a pipe or a device would keep its reader waiting for ever
        path.stat()
        return FileContent.OTHER
    if is_open_here(path):
        return FileContent.STORE
    with path.open("rb") as file:
        start = file.read(_BEGINNING)
    return _by_beginning(start) or _by_kind(path, start)


def _by_beginning(start: bytes) -> FileContent | None:
    if start.startswith(_STORE):
        return FileContent.STORE
    if start.startswith(HEADER.encode()):
        return FileContent.RECEIPT
    if _is_checkpoint(start):
        return FileContent.CHECKPOINT
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _XFORMS in start:
        return FileContent.XFORM
    return None


def _by_kind(path: Path, start: bytes) -> FileContent:
    if start.startswith(b"PK"):
        return _archive(path)
    if path.name.lower().endswith(".xls") and _is_workbook(path, start):
        return FileContent.WORKBOOK
    match kind_of(path.name, start[:LOOKED_AT]):
        case FileKind.PACKAGE:
            return FileContent.PACKAGE
        case FileKind.SEALED:
            return FileContent.SEALED
        case FileKind.OUTLOOK:
            return FileContent.WORKBOOK if _is_workbook(path, start) else FileContent.HOLDER
        case FileKind.ARCHIVE | FileKind.LITTER | FileKind.OTHER:
            return _table(start)
        case _:  # packages may lie in it, or a sentence of its own says how to come to them
            return FileContent.HOLDER


def _archive(path: Path) -> FileContent:
    """By the names of its members; one whose list cannot be read is what its name says, and its reader says more."""
    if path.stat().st_size > MAX_FILE:
        return FileContent.HOLDER
    try:
        names = containers.zip_names(path.read_bytes())
    except (containers.Damaged, containers.TooLarge):
        return _BY_ENDING.get(path.suffix.lower(), FileContent.HOLDER)
    if MANIFEST in names:
        return FileContent.PACKAGE
    if INVITATION in names:
        return FileContent.INVITATION
    if any(part in names for part in _SHEET_PARTS):
        return FileContent.WORKBOOK
    is_office = kind_of(path.name, b"PK\x03\x04") is FileKind.OTHER
    return FileContent.OTHER if is_office or "mimetype" in names else FileContent.HOLDER


def _is_workbook(path: Path, start: bytes) -> bool:
    """Whether a compound file is one of Excel, and not a message of Outlook."""
    if _XLS_STREAM in start:
        return True
    if path.stat().st_size > MAX_FILE:
        return False
    return _XLS_STREAM in path.read_bytes()


def _is_checkpoint(start: bytes) -> bool:
    if len(start) >= _BEGINNING:
        return False
    try:
        read_checkpoint(read_note(start).text)
    except ValueError:
        return False
    return True


def _table(start: bytes) -> FileContent:
    """A form written as one table, or a list of respondents."""
    try:
        text = start.decode("utf-8-sig", "strict" if len(start) < _BEGINNING else "ignore")
    except UnicodeDecodeError:
        return FileContent.OTHER
    head = re.split(r"[,;]", text.partition("\n")[0].lower())
    if {cell.strip().strip('"') for cell in head} >= _RESPONDENT_COLUMNS:
        return FileContent.RESPONDENTS
    return FileContent.WORKBOOK if _SHEET_NAME.search(text) else FileContent.OTHER
