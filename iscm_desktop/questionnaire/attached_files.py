"""A file as an answer. The answer is one line of text: which content, by its hash, and under which name.

The content itself is kept beside the answers, in the store and in packages, by that hash.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from iscm_desktop.questionnaire.model import Question

_WRITTEN = re.compile(r"sha256:([0-9a-f]{64}) (\S[^\r\n]*)", re.ASCII)
_LONGEST_NAME = 120
_NEVER_SHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""General categories of characters that a name does not need: one of them can make "fdp.exe" read "exe.pdf"."""

MEBIBYTE = 1024 * 1024
MAX_FILE_SIZE = 10 * MEBIBYTE
"""Of one file, where the form says nothing smaller."""
MAX_OF_RESPONSE = 40 * MEBIBYTE
"""Of all files of one response, so that a package can carry them."""

PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff"})
_SOUNDS = frozenset({"mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "aac", "amr"})
_FILMS = frozenset({"mp4", "m4v", "mov", "webm", "mkv", "avi", "3gp"})
_TEXTS = frozenset({"pdf", "txt", "csv", "rtf", "docx", "xlsx", "pptx", "odt", "ods", "odp"})
_BY_MEDIUM = {"image": PICTURES, "audio": _SOUNDS, "video": _FILMS}


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """Which content, and what it is called."""

    digest: str  # SHA-256 of the content: 64 hexadecimal digits
    name: str  # as people read it: "minutes-nairobi.pdf"; no folder, nothing unseen

    @property
    def text(self) -> str:
        """The answer."""
        return f"sha256:{self.digest} {self.name}"

    @property
    def ending(self) -> str:
        """What of the name says which kind of file it is, in small letters: "pdf"; "" without."""
        return ending_of(self.name)

    @property
    def is_picture(self) -> bool:
        """Whether its name says so; only its content shows whether it is one."""
        return self.ending in PICTURES

    @property
    def can_be_opened(self) -> bool:
        """Whether another program may be asked to show it: never for programs, nor for what is not known."""
        return self.ending in PICTURES | _SOUNDS | _FILMS | _TEXTS


def attached_file(text: str) -> AttachedFile | None:
    """The file that an answer names; None where it is another text, such as a name without content."""
    found = _WRITTEN.fullmatch(text)
    return None if found is None else AttachedFile(found[1], shown_name(found[2]))


def readable_answer(text: str) -> str:
    """An answer for people: of a file its name, any other text as it is."""
    file = attached_file(text)
    return text if file is None else file.name


def named_digests(text: str | None) -> tuple[str, ...]:
    """The contents that an answer needs: one, or none."""
    found = _WRITTEN.fullmatch(text) if text and text.startswith("sha256:") else None
    return () if found is None else (found[1],)


def new_attached_file(content: bytes, name: str) -> AttachedFile:
    """For a file of this content; of a name with folders the last part counts."""
    return AttachedFile(hashlib.sha256(content).hexdigest(), shown_name(name))


def shown_name(name: str) -> str:
    """A name without folders and without characters that nobody sees; cut in front of its ending where too long."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join("" if unicodedata.category(each) in _NEVER_SHOWN else each for each in last)
    kept = unicodedata.normalize("NFC", " ".join(kept.split())).strip(" .") or "file"
    if len(kept) > _LONGEST_NAME:
        ending = f".{ending_of(kept)}" if ending_of(kept) else ""
        kept = kept[: _LONGEST_NAME - len(ending) - 1] + "…" + ending
    return kept


def ending_of(name: str) -> str:
    """Behind the last dot of a name, in small letters; "" without, or where it is longer than endings are."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem and len(ending) <= 8 else ""


def accepted_endings(question: Question) -> frozenset[str]:
    """Endings that a question takes, by its media type; empty where it takes all."""
    return _BY_MEDIUM.get(question.parameters.get("mediatype", "").partition("/")[0], frozenset())


def largest_size(question: Question) -> int:
    """Bytes that a file for this question may have."""
    limit = question.own.max_file_size
    return MAX_FILE_SIZE if limit is None else min(MAX_FILE_SIZE, limit * 1024)
