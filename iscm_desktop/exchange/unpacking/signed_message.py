"""What was signed, out of a message that is signed as a whole (`smime.p7m`, RFC 8551): the signature hides it.

The signature itself is not looked at: packages carry their own. Of ASN.1 (X.690) only as much is read as leads to the
content, in all the lengths that mail programs write.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from iscm_desktop.exchange.unpacking.containers import Damaged

_INDEFINITE = 0x80
_OCTETS, _OCTETS_IN_PIECES = 0x04, 0x24
_MAX_NESTING = 16

Element = tuple[int, int, int, int]
"""Its tag, where its content begins and ends, where the next one begins."""


def signed_content(data: bytes) -> bytes:
    """What was signed; empty where the signature goes beside its content.

    Raises:
        Damaged: it cannot be read.
    """
    if not data.startswith(b"\x30"):
        data = decoded_text(data)
    try:
        _kind, wrapped = _inside(data, _element(data, 0))
        (signed,) = _inside(data, wrapped)
        content = _inside(data, _inside(data, signed)[2])
        return b"".join(_octets(data, _inside(data, content[1])[0])) if len(content) > 1 else b""
    except (IndexError, ValueError) as error:
        raise Damaged from error


def decoded_text(data: bytes) -> bytes:
    """What stands in a text in base64, with or without lines that say what it is.

    Raises:
        Damaged: it is no base64.
    """
    lines = [line for line in data.splitlines() if not line.startswith(b"-----")]
    try:
        return base64.b64decode(b"".join(lines))
    except binascii.Error as error:
        raise Damaged from error


def _element(data: bytes, at: int, depth: int = 0) -> Element:
    if depth > _MAX_NESTING:
        raise Damaged
    tag, length, begin = data[at], data[at + 1], at + 2
    if length == _INDEFINITE:
        end = begin
        while data[end] or data[end + 1]:  # two zeros end it
            end = _element(data, end, depth + 1)[3]
        return tag, begin, end, end + 2
    if length > _INDEFINITE:
        digits = length - _INDEFINITE
        length, begin = int.from_bytes(data[begin : begin + digits], "big"), begin + digits
    if begin + length > len(data):
        raise Damaged
    return tag, begin, begin + length, begin + length


def _inside(data: bytes, element: Element) -> list[Element]:
    _tag, at, end, _next = element
    found = []
    while at < end:
        found.append(_element(data, at))
        at = found[-1][3]
    return found


def _octets(data: bytes, element: Element, depth: int = 0) -> Iterator[bytes]:
    tag, begin, end, _next = element
    if depth > _MAX_NESTING or tag not in (_OCTETS, _OCTETS_IN_PIECES):
        raise Damaged
    if tag == _OCTETS:
        yield data[begin:end]
        return
    for piece in _inside(data, element):
        yield from _octets(data, piece, depth + 1)
