"""Names for files that are made of names for people: they work on every system, and differ where those differ."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from pathlib import Path

_MOST_BYTES = 120
"""Of a stem in UTF-8: systems take 255 of a name, and endings, days and a number come behind it."""
_LONGEST_ENDING = 8
_KEPT = frozenset("LMN")
"""Of the general categories of characters: letters, marks, numbers."""
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{at}" for port in ("com", "lpt") for at in range(10))}
)
"""Devices, as Windows has it, whatever ending follows."""


def file_stem(*parts: str, between: str = "-") -> str:
    """A name without ending, of these parts: "2027-state-CAN".

    Letters and digits of all scripts stay, and so do hyphens, dots and underscores; whatever else there is becomes a
    hyphen. What is too long is cut and gets a part of its hash, so that names that begin alike stay apart.
    """
    whole = unicodedata.normalize("NFC", between.join(filter(None, parts)))
    kept = "".join(character if _is_kept(character) else " " for character in whole)
    stem = "-".join(kept.split()).strip("-. ") or "-"
    if len(stem.encode()) > _MOST_BYTES:
        tail = "-" + hashlib.sha256(stem.encode()).hexdigest()[:8]
        stem = stem.encode()[: _MOST_BYTES - len(tail)].decode("utf-8", "ignore") + tail
    return f"_{stem}" if stem.partition(".")[0].lower() in _RESERVED else stem


def new_stem(stem: str, taken: set[str]) -> str:
    """The stem, or it with a number behind it: unlike those taken, also where capitals do not count; and takes it."""
    found, count = stem, 1
    while _alike(found) in taken:
        count += 1
        found = f"{stem}-{count}"
    taken.add(_alike(found))
    return found


def stem_and_ending(name: str) -> tuple[str, str]:
    """A name that somebody else gave, in two parts that every system takes: ("minutes", ".pdf"), ("minutes", "")."""
    stem, dot, ending = name.rpartition(".")
    is_ending = dot and stem and ending.isalnum() and len(ending) <= _LONGEST_ENDING
    return (file_stem(stem), f".{ending.lower()}") if is_ending else (file_stem(name), "")


def stems_in(folder: Path) -> set[str]:
    """What is taken in a folder, for `new_stem`; nothing where it cannot be read."""
    try:
        return {_alike(file.stem) for file in folder.iterdir()}
    except OSError:
        return set()


def shown_file(name: object) -> str:
    """The name of a file, for people and for the store: what of it is no text becomes the sign for lost characters."""
    return str(name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def stems(wanted: Iterable[tuple[str, ...]]) -> list[str]:
    """A stem for each, all of them different."""
    taken: set[str] = set()
    return [new_stem(file_stem(*parts), taken) for parts in wanted]


def _is_kept(character: str) -> bool:
    return character in "-._" or unicodedata.category(character)[0] in _KEPT


def _alike(stem: str) -> str:
    return unicodedata.normalize("NFKC", stem.casefold())
