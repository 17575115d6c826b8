"""A strict look at a stranger's age file before a library works on it.

The library accepts stanzas without their final line, and starts on any work factor: a file of 200 bytes could
take gigabytes of memory and minutes. What passes here is a header as the specification has it, without armor.
Source: https://age-encryption.org/v1
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from enum import Enum

VERSION = b"age-encryption.org/v1"
MAX_HEADER = 256 * 1024
MAX_WORK_FACTOR = 20
"""2^20 rounds of scrypt take a gigabyte for some seconds."""

_ARMOR_BEGIN, _ARMOR_END = b"-----BEGIN AGE ENCRYPTED FILE-----", b"-----END AGE ENCRYPTED FILE-----"
_MAX_WHITESPACE = 1024
_COLUMNS, _BYTES = 64, 48
_SPACE = b" \t\r\n\v\f"
_ARGUMENT = re.compile(rb"[\x21-\x7e]+")
_WORK_FACTOR = re.compile(rb"[1-9][0-9]{0,3}")
_X25519_SHARE, _SALT, _WRAPPED_KEY, _MAC, _NONCE = 32, 16, 32, 32, 16
_HYBRID_SHARE = 1088 + 32  # ML-KEM-768's, then X25519's

X25519, SCRYPT, HYBRID = b"X25519", b"scrypt", b"mlkem768x25519"


class AgeFault(Enum):
    """What is wrong with an encrypted file, or with the keys tried on it."""

    ARMOR = "armor failure"
    HEADER = "header failure"
    NO_MATCH = "no match"
    MAC = "HMAC failure"
    PAYLOAD = "payload failure"


class AgeError(Exception):
    """A file that was not decrypted; nothing of its content was released."""

    def __init__(self, fault: AgeFault, kinds: frozenset[bytes] = frozenset()) -> None:
        self.fault = fault
        self.kinds = kinds  # of the stanzas, where the header could be read
        super().__init__(fault.value)


@dataclass(frozen=True, slots=True)
class Stanza:
    """One way to the file's key."""

    kind: bytes
    arguments: tuple[bytes, ...]
    body: bytes


def is_armored(data: bytes) -> bool:
    """Whether the file is in age's text form, white space before it passed over."""
    return data[:_MAX_WHITESPACE].lstrip(_SPACE).startswith(_ARMOR_BEGIN[:20])


def is_age(data: bytes) -> bool:
    """Whether this means to be an encrypted file, whatever it is called."""
    return data.startswith(b"age-encryption.org/") or is_armored(data)


def without_armor(data: bytes) -> bytes:
    """The file that an armored one stands for.

    Raises:
        AgeError: ARMOR.
    """
    lines = _without_leading(data)
    found = bytearray()
    for at, line in enumerate(lines):
        if line == _ARMOR_END:
            _check_trailing(lines, at)
            return bytes(found)
        if len(found) % _BYTES or not line or len(line) > _COLUMNS:  # only the last line may be short
            raise AgeError(AgeFault.ARMOR)
        found += _strict(line, AgeFault.ARMOR, pads=False)
    raise AgeError(AgeFault.ARMOR)


def _without_leading(data: bytes) -> list[bytes]:
    """The lines after the first marker, without their ends."""
    lines = data.split(b"\n")
    passed = 0
    for at, line in enumerate(lines):
        if line.strip(_SPACE):
            if line.removesuffix(b"\r") != _ARMOR_BEGIN:
                break
            return [each.removesuffix(b"\r") for each in lines[at + 1 :]]
        passed += len(line) + 1
        if passed > _MAX_WHITESPACE:
            break
    raise AgeError(AgeFault.ARMOR)


def _check_trailing(lines: list[bytes], end: int) -> None:
    rest = b"\n".join(lines[end + 1 :])
    if rest.strip(_SPACE) or len(rest) >= _MAX_WHITESPACE:
        raise AgeError(AgeFault.ARMOR)


def read_header(data: bytes) -> tuple[Stanza, ...]:
    """The stanzas of a file without armor, each checked as far as its kind is known.

    Raises:
        AgeError: HEADER.
    """
    lines = _Lines(data)
    if lines.next() != VERSION:
        raise AgeError(AgeFault.HEADER)
    stanzas: list[Stanza] = []
    line = lines.next()
    while line.startswith(b"-> "):
        stanzas.append(_stanza(line, lines))
        line = lines.next()
    mac = line.removeprefix(b"--- ")
    if not stanzas or mac == line or len(_strict(mac, AgeFault.HEADER)) != _MAC:
        raise AgeError(AgeFault.HEADER)
    if len(data) - lines.at < _NONCE:
        raise AgeError(AgeFault.HEADER)
    _check(stanzas)
    return tuple(stanzas)


class _Lines:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def next(self) -> bytes:
        end = self._data.find(b"\n", self.at, MAX_HEADER)
        if end < 0:
            raise AgeError(AgeFault.HEADER)
        line, self.at = self._data[self.at : end], end + 1
        return line


def _stanza(line: bytes, lines: _Lines) -> Stanza:
    words = line[3:].split(b" ")
    if not all(map(_ARGUMENT.fullmatch, words)):
        raise AgeError(AgeFault.HEADER)
    body = bytearray()
    while True:
        part = lines.next()
        if len(part) > _COLUMNS:
            raise AgeError(AgeFault.HEADER)
        body += _strict(part, AgeFault.HEADER)
        if len(part) < _COLUMNS:
            return Stanza(words[0], tuple(words[1:]), bytes(body))


def _check(stanzas: list[Stanza]) -> None:
    for stanza in stanzas:
        match stanza.kind, stanza.arguments:
            case b"X25519", (share,):
                is_sound = _is_share(share, _X25519_SHARE)
            case b"mlkem768x25519", (share,):
                is_sound = _is_share(share, _HYBRID_SHARE)
            case b"scrypt", (salt, factor):
                is_sound = len(stanzas) == 1 and len(_strict(salt, AgeFault.HEADER)) == _SALT
                is_sound = (
                    is_sound and bool(_WORK_FACTOR.fullmatch(factor)) and int(factor) <= MAX_WORK_FACTOR
                )
            case ((b"X25519" | b"mlkem768x25519" | b"scrypt"), _):
                is_sound = False
            case _:
                continue
        if not is_sound or len(stanza.body) != _WRAPPED_KEY:
            raise AgeError(AgeFault.HEADER)


def _is_share(text: bytes, length: int) -> bool:
    share = _strict(text, AgeFault.HEADER)
    return len(share) == length and not _is_of_low_order(share[-_X25519_SHARE:])


def _is_of_low_order(share: bytes) -> bool:
    """Whether anybody's key gives the same, known, shared secret with this point: all zeros."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    anybody = X25519PrivateKey.from_private_bytes(b"\x07" * 32)
    try:
        anybody.exchange(X25519PublicKey.from_public_bytes(share))
    except ValueError:
        return True
    return False


def _strict(text: bytes, fault: AgeFault, *, pads: bool = True) -> bytes:
    """Base64 in its one way: canonical, without padding (or, where `pads` is off, with its own)."""
    if pads and b"=" in text:
        raise AgeError(fault)
    padded = text + b"=" * (-len(text) % 4) if pads else text
    try:
        raw = base64.b64decode(padded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise AgeError(fault) from error
    if base64.b64encode(raw) != padded:
        raise AgeError(fault)
    return raw
