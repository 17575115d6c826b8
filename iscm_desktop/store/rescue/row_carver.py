"""Records found in bytes by their shape, and believed when they come to their hash.

A revision begins with its subject (32 characters) and its id (64), which no other record does; the sizes of its texts
follow. What is found that way, in a page, in a freed one or in the log, is a revision if its content comes to its id.
Responses and questionnaires prove themselves alike. A record whose first four bytes were overwritten when its
place was freed is found too, for only sizes that are known stood there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from iscm_desktop.store.objects.revision import (
    ItemPath,
    Revision,
    RevisionId,
    SubjectId,
    response_id,
    revision_id,
)
from iscm_desktop.store.rescue.file_pages import FilePages

_ID_SIZE = b"\x81\x0d"
"""Serial type of a text of 64 characters."""
_SUBJECT_SIZE, _TIME_SIZE = 77, 67
_HEX = re.compile(rb"[0-9a-f]{96}")
_HEX64 = re.compile(rb"[0-9a-f]{64}")
_RESPONSE = re.compile(rb"\x4d(?=(?:[\x0d-\x7f]|[\x81-\x9f][\x00-\x7f]){4}\x81\x0d)")
_MOST_TAIL = 12
"""Bytes in a record's header for the columns behind those that are hashed."""
_FIXED = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
_MOST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CarvedResponse:
    """Whose response a subject is; its id follows from this."""

    round: str
    form_id: str
    respondent: str
    respondent_name: str
    questionnaire: str
    language: str


@dataclass(frozen=True, slots=True)
class CarvedQuestionnaire:
    """A form whose source comes to its hash."""

    form_id: str
    version: str
    title: str
    source: str


UNKNOWN = -1
"""In the place of the number of a package: a file that nothing is known of."""


@dataclass(slots=True)
class CarvedRows:
    """What was found, each proven by its hash."""

    revisions: dict[RevisionId, Revision] = field(default_factory=dict)
    packages: dict[RevisionId, int | None] = field(
        default_factory=dict
    )  # that brought each, as far as it says so
    responses: dict[SubjectId, CarvedResponse] = field(default_factory=dict)
    questionnaires: dict[str, CarvedQuestionnaire] = field(default_factory=dict)


def carve(pages: FilePages) -> CarvedRows:
    """Looks at every place of a file and its log at which a record may begin."""
    found = CarvedRows()
    for data in pages.stretches():
        at = data.find(_ID_SIZE)
        while at >= 0:
            _take_revision(data, at, pages, found)
            _take_questionnaire(data, at, pages, found)
            at = data.find(_ID_SIZE, at + 1)
        for match in _RESPONSE.finditer(data):
            _take_response(data, match.start(), found)
    return found


def _take_revision(data: bytes, at: int, pages: FilePages, found: CarvedRows) -> None:
    serials, end = _serials(data, at + len(_ID_SIZE), 7)
    if len(serials) < 7 or serials[6] != _TIME_SIZE or not all(map(_is_text, serials)):
        return
    sizes = [32, 64, *map(_size, serials)]
    wanted = sum(sizes)
    for tail in range(_MOST_TAIL):
        begin = end + tail
        if not _HEX.match(data, begin):
            continue
        start = at - 2  # of the record: one byte for the size of its header, one for that of its subject
        rest, _ = _serials(data, end, 99, end + tail)
        payload = begin - start + wanted + sum(map(_size, rest))
        for body in _bodies(data, start, begin, payload, pages.local_size(payload), pages):
            if one := _revision(body[:wanted], sizes, serials):
                found.revisions[one[0]] = one[1]
                found.packages[one[0]] = _number(rest, body[wanted:])
                return


def _bodies(
    data: bytes, start: int, begin: int, payload: int, local: int, pages: FilePages
) -> Iterator[bytes]:
    """The values of a record, without its header: as they lie there, or with what lies in other pages."""
    if payload > _MOST:
        return
    if local >= payload:
        yield data[begin : start + payload]
        return
    first = int.from_bytes(data[start + local : start + local + 4], "big")
    yield from pages.spilled(data[begin : start + local], first, payload - local)


def _revision(body: bytes, sizes: list[int], serials: list[int]) -> tuple[RevisionId, Revision] | None:
    texts = _texts(body, sizes)
    if texts is None:
        return None
    subject, id_, kind, path, value, parents, author, device, made_at = texts
    one = Revision(
        author, device, kind, made_at, tuple(parents.split(" ")) if parents else (), ItemPath(path), subject,
        None if serials[2] == 0 else value,
    )  # fmt: skip
    return (id_, one) if revision_id(one) == id_ else None


def _number(serials: list[int], body: bytes) -> int | None:
    """The whole number that stands in the first column behind the texts; UNKNOWN where none can be read there.

    None only where the column is blank as SQLite writes it, with a zero byte. No text has one, so that nothing which
    somebody hid in an answer comes out as made here.
    """
    if serials and serials[0] == 0:
        return None
    if not serials or serials[0] == 7 or serials[0] > 9:
        return UNKNOWN
    return (
        serials[0] - 8 if serials[0] >= 8 else int.from_bytes(body[: _FIXED[serials[0]]], "big", signed=True)
    )


def _take_questionnaire(data: bytes, at: int, pages: FilePages, found: CarvedRows) -> None:
    serials, end = _serials(data, at + len(_ID_SIZE), 4)
    if len(serials) < 4 or not all(map(_is_text, serials)) or not serials[3] or not _HEX64.match(data, end):
        return
    sizes = [64, *map(_size, serials)]
    # Its source is long, so the size of the header takes one byte and the header begins right before.
    start = at - 1
    payload = end - start + sum(sizes)
    for body in _bodies(data, start, end, payload, pages.local_size_in_table(payload), pages):
        texts = _texts(body, sizes)
        if texts and hashlib.sha256(texts[4].encode()).hexdigest() == texts[0]:
            found.questionnaires[texts[0]] = CarvedQuestionnaire(*texts[1:])
            return


def _take_response(data: bytes, at: int, found: CarvedRows) -> None:
    serials, end = _serials(data, at, 7)
    if len(serials) < 7 or not all(map(_is_text, serials)):
        return
    sizes = list(map(_size, serials))
    for tail in range(40):
        begin = end + tail
        texts = _texts(data[begin : begin + sum(sizes)], sizes)
        if texts and texts[0] == response_id(*texts[1:4]):
            found.responses[texts[0]] = CarvedResponse(*texts[1:])
            return


def _serials(data: bytes, at: int, count: int, end: int | None = None) -> tuple[list[int], int]:
    """So many numbers of a record's header, and where the next stands; fewer where the header or the bytes end."""
    found: list[int] = []
    while len(found) < count and at < len(data) and (end is None or at < end):
        number = 0
        for step in range(9):
            if at >= len(data):
                return found, at
            byte = data[at]
            at += 1
            number = number << 7 | byte & 0x7F
            if byte < 0x80 or step == 8:
                break
        found.append(number)
    return found, at


def _is_text(serial: int) -> bool:
    return serial == 0 or (serial >= 13 and serial % 2 == 1)


def _size(serial: int) -> int:
    return _FIXED[serial] if serial < 10 else max(0, (serial - 12) // 2)


def _texts(body: bytes, sizes: list[int]) -> list[str] | None:
    if len(body) < sum(sizes):
        return None
    texts, at = [], 0
    try:
        for size in sizes:
            texts.append(body[at : at + size].decode())
            at += size
    except UnicodeDecodeError:
        return None
    return texts
