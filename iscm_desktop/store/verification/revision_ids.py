"""Every revision's id recomputed from its content: the one check that needs no other row.

Rows are read in the order of their key, a part at a time, and no object is kept: a store of ten thousand
responses holds a million of them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from iscm_desktop.store.objects.revision import Revision, RevisionId, SubjectId
from iscm_desktop.store.verification.store_reader import StoreReader, reading_file

_AT_ONCE = 20_000
_TEXTS = """
    SELECT subject, id, kind, path, value, parents, author, device, made_at, package, is_hidden """
_BYTES = """
    SELECT CAST(subject AS BLOB), CAST(id AS BLOB), CAST(kind AS BLOB), CAST(path AS BLOB),
           CAST(value AS BLOB), CAST(parents AS BLOB), CAST(author AS BLOB), CAST(device AS BLOB),
           CAST(made_at AS BLOB), package, is_hidden """
_AFTER = "FROM revision WHERE (subject, id) > (:subject, :id) ORDER BY subject, id LIMIT :count"
_OF_SUBJECT = "FROM revision WHERE subject = :subject ORDER BY id"

_encode = msgspec.json.Encoder().encode
_sha256 = hashlib.sha256

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class DamagedRevision:
    """A row whose content does not come to its id; the texts are what can be read of it."""

    subject: SubjectId
    id: RevisionId
    kind: str
    path: str
    value: str | None
    author: str
    device: str
    made_at: str
    package: int | None  # that brought it first, so whoever sent it has it; None: made here


@dataclass(slots=True)
class RevisionCheck:
    """What reading all revisions came to."""

    total: int = 0  # rows that could be read
    damaged: list[DamagedRevision] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    """Subjects whose rows the database cannot read; "" where not even these are known."""

    @property
    def is_sound(self) -> bool:
        """Every row was read, and every one is what it was."""
        return not self.damaged and not self.unreadable


def verify_ids(path: Path) -> RevisionCheck:
    """Recomputes the ids of all revisions in a store's file that nobody changes meanwhile.

    Raises:
        sqlite3.DatabaseError: it cannot be read as a store at all.
    """
    with reading_file(path) as store:
        return check_ids(store)


Seen = Callable[[Sequence[Row], AbstractSet[int]], None]
"""Is handed rows, and at which places among them stand those that are damaged."""


def check_ids(store: StoreReader, seen: Seen | None = None) -> RevisionCheck:
    """Recomputes the ids of all revisions of a store.

    Args:
        seen: Is handed all rows, part by part, in the order of their key, for what else they are needed for:
            subject, id, kind, path, value, parents, author, device, made_at, package, is_hidden.
    """
    found = RevisionCheck()
    for rows in _parts(store, found):
        found.total += len(rows)
        bad = {at for at, row in enumerate(rows) if not is_sound(row)}
        found.damaged += [damaged_row(rows[at]) for at in sorted(bad)]
        if seen is not None:
            seen(rows, bad)
    return found


def is_sound(row: Row) -> bool:
    """Whether a row, its columns as in the table, is the very revision that its id names."""
    return bool(content_id(row) == row[1])


def content_id(row: Row) -> RevisionId | None:
    """The id to which a row's content comes; None where it is no revision's content."""
    try:
        subject, _id, kind, path, value, parents, author, device, made_at = row[:9]
        named = tuple(parents.split(" ")) if parents else ()
        line = _encode(Revision(author, device, kind, made_at, named, path, subject, value))
    except (UnicodeError, AttributeError, TypeError):  # half a character, or no text at all
        return None
    return _sha256(line).hexdigest() if isinstance(parents, str) else None


def rows_of(store: StoreReader, subject: SubjectId) -> list[Row]:
    """All rows of one subject in the order of their ids; what is no text any more stands as bytes.

    Raises:
        sqlite3.DatabaseError: the file is damaged there.
    """
    return _read(store, _OF_SUBJECT, subject=subject)


def _parts(store: StoreReader, found: RevisionCheck) -> Iterator[Sequence[Row]]:
    after: tuple[object, object] = ("", "")
    while True:
        try:
            rows, are_texts = _read_either(store, _AFTER, subject=after[0], id=after[1], count=_AT_ONCE)
        except sqlite3.DatabaseError:
            yield from _by_subject(store, found, _text(after[0]), _text(after[1]))
            return
        if not rows or rows[-1][:2] == after:
            return
        yield rows
        # A key that is bytes in the table sorts behind all texts, and is compared as bytes.
        subject, id_ = rows[-1][:2]
        after = (subject, id_) if are_texts else (_text(subject), _text(id_))


def _by_subject(store: StoreReader, found: RevisionCheck, subject: str, id_: str) -> Iterator[Sequence[Row]]:
    """What can be read behind a key where the table as a whole cannot: subject by subject."""
    try:
        subjects = store.rows("SELECT id FROM subject WHERE id >= :subject ORDER BY id", subject=subject)
    except sqlite3.DatabaseError:
        found.unreadable.append("")
        return
    for (one,) in subjects:
        try:
            rows = rows_of(store, one)
        except sqlite3.DatabaseError:
            found.unreadable.append(_text(one))
            continue
        yield [row for row in rows if (row[0], _text(row[1])) > (subject, id_)]


def _read(store: StoreReader, rest: str, **values: object) -> list[Row]:
    return _read_either(store, rest, **values)[0]


def _read_either(store: StoreReader, rest: str, **values: object) -> tuple[list[Row], bool]:
    """Rows, and whether all their texts could be read as such."""
    try:
        return store.rows(_TEXTS + rest, **values), True
    except (
        sqlite3.OperationalError
    ) as error:  # a text that is none: these rows as bytes, each decoded by itself
        if "decode" not in str(error):
            raise
    return [_decoded(row) for row in store.rows(_BYTES + rest, **values)], False


def _decoded(row: Row) -> Row:
    return tuple(_decoded_text(value) for value in row)


def _decoded_text(value: object) -> object:
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value


def damaged_row(row: Row) -> DamagedRevision:
    """What can be read of a row that is not the revision which its id names."""
    subject, id_, kind, path, value, _parents, author, device, made_at, package, _is_hidden = row
    return DamagedRevision(
        _text(subject), _text(id_), _text(kind), _text(path), None if value is None else _text(value),
        _text(author), _text(device), _text(made_at), package if isinstance(package, int) else None,
    )  # fmt: skip


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
