"""Attachments as Outlook wraps them for other Outlooks (`winmail.dat`): only what is attached is read.

The layout is Microsoft's [MS-OXTNEF]: attributes one after the other, and within one of them the properties that tell
an attachment's whole name or hold a message that is attached.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from iscm_desktop.exchange.unpacking.containers import Damaged, Member, Wanted, passed_over
from iscm_desktop.exchange.unpacking.sent_names import MAIL, read_name

_BEGINNING = 6
_ATTRIBUTE = struct.Struct("<BII")
_CHECKSUM = 2
_BEGINS, _TITLE, _CONTENT, _PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_PROPERTY = struct.Struct("<HH")
_COUNT = struct.Struct("<I")
_SIZES = {2: 4, 3: 4, 4: 4, 10: 4, 11: 4, 5: 8, 6: 8, 7: 8, 20: 8, 64: 8, 72: 16}
"""Bytes that a value of each type takes, where all take as many."""
_EIGHT_BIT, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_IS_LIST, _IS_NAMED = 0x1000, 0x8000
_LONG_NAME, _DATA = 0x3707, 0x3701
_INTERFACE = 16
"""Bytes before an attached message that say of which kind the object is."""


def winmail_members(data: bytes, is_wanted: Wanted) -> Iterator[Member]:
    """What is attached; an attached message is such a file itself.

    Raises:
        Damaged: it cannot be read; what was whole before that has been given.
    """
    for attached in _attachments(data):
        properties = dict(_properties(attached.get(_PROPERTIES, b"")))
        name = properties.get(_LONG_NAME) or attached.get(_TITLE, b"").partition(b"\0")[0]
        content = attached.get(_CONTENT) or properties.get(_DATA, b"")
        shown = read_name(name, MAIL)
        if wanted := is_wanted(shown, content[:1024]):
            yield Member(shown, content)
        else:
            yield from passed_over(shown, is_wanted=wanted)


def _attachments(data: bytes) -> Iterator[dict[int, bytes]]:
    """The attributes of each; one begins with an attribute of its own or, in some files, when one comes again."""
    found: dict[int, bytes] = {}
    at = _BEGINNING
    while at < len(data):
        if at + _ATTRIBUTE.size > len(data):
            raise Damaged
        _level, attribute, length = _ATTRIBUTE.unpack_from(data, at)
        at += _ATTRIBUTE.size
        if at + length > len(data):
            raise Damaged
        if attribute == _BEGINS or attribute in found:
            if found:
                yield found
            found = {}
        if attribute in (_TITLE, _CONTENT, _PROPERTIES):
            found[attribute] = data[at : at + length]
        at += length + _CHECKSUM
    if found:
        yield found


def _properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Those that matter here, as far as they can be read; names in UTF-8."""
    at = _COUNT.size
    try:
        while at < len(data):
            kind, name = _PROPERTY.unpack_from(data, at)
            at += _PROPERTY.size
            if name & _IS_NAMED:
                at = _after_name(data, at + 16)
            values, at = _values(data, at, kind)
            if name == _LONG_NAME and values:
                yield (
                    name,
                    values[0].decode("utf-16-le", "replace").encode() if kind == _UNICODE else values[0],
                )
                continue
            if name == _DATA and values:
                yield name, values[0][_INTERFACE:] if kind == _OBJECT else values[0]
    except (struct.error, KeyError):
        return


def _after_name(data: bytes, at: int) -> int:
    (is_text,) = _COUNT.unpack_from(data, at)
    (length,) = _COUNT.unpack_from(data, at + 4)
    return at + 8 + (_padded(length) if is_text else 0)


def _values(data: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    base = kind & ~_IS_LIST
    is_long = base in (_EIGHT_BIT, _UNICODE, _OBJECT, _BINARY)
    count = 1
    if is_long or kind & _IS_LIST:
        (count,) = _COUNT.unpack_from(data, at)
        at += _COUNT.size
    if not is_long:
        return [], at + _padded(_SIZES[base] * count)
    values = []
    for _number in range(count):
        (length,) = _COUNT.unpack_from(data, at)
        at += _COUNT.size
        values.append(data[at : at + length].rstrip(b"\0") if base == _EIGHT_BIT else data[at : at + length])
        at += _padded(length)
    return values, at


def _padded(length: int) -> int:
    return length + -length % 4
