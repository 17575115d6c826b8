"""What a question, group or repeat says of itself in our namespace: its role, what it feeds, its limits.

A coordinator writes these as columns `bind::iscm:…` of the workbook. They are read once, with the form, and
nowhere else by name; columns that this program does not know (`iscm:evidence`) stay in the form's source.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class OwnAttributes(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item's own attributes; what it does not say, or says in a way that cannot be read, is blank here."""

    role: str = (
        ""  # `as`: what the answer is to the summary ("fee"), or the repeat to the program ("memberships")
    )
    feeds: tuple[str, ...] = ()  # parts of the summary, such as "S1"; as people wrote them, in their order
    unit: str = ""  # stands behind the box
    format: str = ""  # of a text: "email", "url" or "period"
    suggest: tuple[
        str, ...
    ] = ()  # registers whose names are offered while one types: "partners", "territories"
    max_length: int | None = None  # characters; None: no limit
    advised_words: int | None = None  # of a long text: an advice, never a limit
    max_file_size: int | None = None  # of an attached file, in KiB; None: the program's own limit
    is_warning: bool = False  # of a note: shown because an answer looks odd
    names_respondent: bool = False  # `identity`: the answer is who answers
    entry_title: str = ""  # of a repeat: the question whose answer names an entry, or the word for one entry
    min_entries: int = 0
    max_entries: int | None = None  # None: any number


NOTHING_SAID = OwnAttributes()
"""Of most items. The one instance, since msgspec leaves a default out only where it is this very object."""


_LONGEST_NAME = 1000
_MOST_OFFICES = 50
_MOST_DIGITS = 9


def read_own_attributes(texts: Mapping[str, str]) -> OwnAttributes:
    """The attributes whose texts are given by name, prefix left out; numbers that are none count as not said."""
    said = OwnAttributes(
        role=texts.get("as", ""),
        feeds=tuple(texts.get("feeds", "").replace(";", " ").split()),
        unit=texts.get("unit", ""),
        format=texts.get("format", ""),
        suggest=tuple(texts.get("suggest", "").split()),
        max_length=_number(texts.get("max_length", "")),
        advised_words=_number(texts.get("advised_words", "")),
        max_file_size=_number(texts.get("max_file_size", "")),
        is_warning=texts.get("warning") == "yes",
        names_respondent=texts.get("identity") == "respondent",
        entry_title=texts.get("entry_title", ""),
        min_entries=_number(texts.get("min_entries", "")) or 0,
        max_entries=_number(texts.get("max_entries", "")),
    )
    return NOTHING_SAID if said == NOTHING_SAID else said


def _number(text: str) -> int | None:
    """A number in digits; one beyond all measure says nothing."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def clearance_named(text: str) -> tuple[str, ...]:
    """The offices whose agreement a form asks for: what its settings say, with ";" between; each once, in order."""
    named = dict.fromkeys(" ".join(part.split()) for part in text.split(";"))
    return tuple(whose for whose in named if 0 < len(whose) <= _LONGEST_NAME)[:_MOST_OFFICES]
