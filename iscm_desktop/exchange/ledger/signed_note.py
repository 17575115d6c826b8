"""Notes: texts that carry their signatures, as C2SP's signed-note says.

A signature names its key; those of unknown keys are passed over, one of a known key that does not verify refuses the
note. Source: https://c2sp.org/signed-note
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from iscm_desktop.exchange.ledger.strict_base64 import decoded, encoded

ED25519, COSIGNATURE = 0x01, 0x04
"""Kinds of signatures: over the text, and over the text with a time (C2SP's tlog-cosignature)."""
MAX_NOTE = 64 * 1024
"""In bytes; a checkpoint with its signatures has some hundred."""
MAX_SIGNATURES = 100

_DASH = "\N{EM DASH} "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_KEY_ID, _PUBLIC, _TIMESTAMP, _MAX_TIMESTAMP = 4, 32, 8, 2**63 - 1
_HEX_ID = re.compile(r"[0-9a-f]{8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A public key under the name by which signatures call it."""

    name: str
    algorithm: int  # ED25519 or COSIGNATURE
    public: bytes  # 32 bytes

    @property
    def id(self) -> bytes:
        """4 bytes, by which a signature names the key; no proof of anything."""
        head = self.name.encode() + b"\n" + bytes([self.algorithm])
        return hashlib.sha256(head + self.public).digest()[:_KEY_ID]

    @property
    def written(self) -> str:
        """The key as C2SP writes verifier keys: "name+id+key"."""
        return f"{self.name}+{self.id.hex()}+{encoded(bytes([self.algorithm]) + self.public)}"

    def is_signed(self, text: str, signature: bytes) -> bool:
        """Whether the signature, without the key's id before it, is this key's over the text."""
        if self.algorithm == COSIGNATURE:
            at = _timestamp(signature)
            if at is None:
                return False
            return _is_ed25519(self.public, signature[_TIMESTAMP:], cosigned_message(text, at))
        return _is_ed25519(self.public, signature, text.encode())


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """A signature line."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """As it stands in a note, with its line end."""
        return f"{_DASH}{self.name} {encoded(self.key_id + self.signature)}\n"

    @property
    def cosigned_at(self) -> int | None:
        """Of a cosignature, its time in seconds since 1970; None where it has none. Worth what the signature is."""
        return _timestamp(self.signature)

    def is_by(self, key: NoteKey) -> bool:
        """Whether it names this key; that does not say that it is the key's."""
        return (self.name, self.key_id) == (key.name, key.id)


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A text with its signatures, none of which has been verified."""

    text: str  # ends in a line end
    signatures: tuple[NoteSignature, ...]

    @property
    def written(self) -> str:
        """The note."""
        return f"{self.text}\n{''.join(one.line for one in self.signatures)}"

    def verified_by(self, keys: Iterable[NoteKey]) -> tuple[NoteKey, ...]:
        """Those of the keys that signed the note; () where none of them did, so that it says nothing.

        Raises:
            ValueError: a signature names one of the keys and is not its own.
        """
        found = []
        for key in keys:
            own = [one for one in self.signatures if one.is_by(key)]
            if not all(key.is_signed(self.text, one.signature) for one in own):
                raise ValueError(f"a signature of {key.name} is not its own")
            if own:
                found.append(key)
        return tuple(found)

    def with_signature(self, signature: NoteSignature) -> SignedNote:
        """The note with one signature more, in the place of one by the same key."""
        same = (signature.name, signature.key_id)
        others = tuple(one for one in self.signatures if (one.name, one.key_id) != same)
        return SignedNote(self.text, (*others, signature))


def signed(text: str, name: str, seed: bytes) -> SignedNote:
    """The note of a text, signed with the private key that has this seed of 32 bytes.

    Raises:
        ValueError: the text or the name cannot be in a note (a defect of the caller).
    """
    key = _private(seed)
    named = NoteKey(name, ED25519, key.public_key().public_bytes_raw())
    note = SignedNote(text, (NoteSignature(name, named.id, key.sign(text.encode())),))
    return read_note(note.written.encode())


def cosignature(text: str, name: str, seed: bytes, at: int) -> NoteSignature:
    """A signature over a text and a time, in seconds since 1970."""
    key = _private(seed)
    named = NoteKey(name, COSIGNATURE, key.public_key().public_bytes_raw())
    raw = at.to_bytes(_TIMESTAMP, "big") + key.sign(cosigned_message(text, at))
    return NoteSignature(name, named.id, raw)


def cosigned_message(text: str, at: int) -> bytes:
    """What a cosigner signs: no checkpoint of ours begins so, and no signature of the other kind is over it."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def read_note(data: bytes) -> SignedNote:
    """A note from a file.

    Raises:
        ValueError: it is none, or larger than any of ours.
    """
    if len(data) > MAX_NOTE:
        raise ValueError("too long for a note")
    whole = data.decode("utf-8")  # a UnicodeDecodeError is a ValueError
    text, blank, lines = whole.rpartition("\n\n")
    if _CONTROL.search(whole) or not blank or not lines.endswith("\n"):
        raise ValueError("not a note")
    signatures = lines[:-1].split("\n")
    if len(signatures) > MAX_SIGNATURES:
        raise ValueError("too many signatures")
    found: dict[tuple[str, bytes], NoteSignature] = {}
    for one in map(_signature, signatures):
        found.setdefault((one.name, one.key_id), one)
    return SignedNote(f"{text}\n", tuple(found.values()))


def read_key(text: str) -> NoteKey:
    """A key as `NoteKey.written` writes it.

    Raises:
        ValueError: it is none, or of a kind that is not used here.
    """
    name, _, rest = text.partition("+")
    id_, _, raw = rest.partition("+")
    content = decoded(raw)
    if not is_name(name) or len(content) != 1 + _PUBLIC or content[0] not in (ED25519, COSIGNATURE):
        raise ValueError("not a key")
    key = NoteKey(name, content[0], content[1:])
    if not _HEX_ID.fullmatch(id_) or key.id.hex() != id_:
        raise ValueError("the key and its id do not belong together")
    return key


def is_name(name: str) -> bool:
    """Whether a key may be called so."""
    return bool(name) and "+" not in name and not any(map(str.isspace, name)) and not _CONTROL.search(name)


def _signature(line: str) -> NoteSignature:
    name, space, raw = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not is_name(name):
        raise ValueError("not a signature line")
    content = decoded(raw)
    if len(content) <= _KEY_ID:
        raise ValueError("not a signature")
    return NoteSignature(name, content[:_KEY_ID], content[_KEY_ID:])


def _timestamp(signature: bytes) -> int | None:
    at = int.from_bytes(signature[:_TIMESTAMP], "big")
    return at if len(signature) == _TIMESTAMP + 64 and at <= _MAX_TIMESTAMP else None


def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


def _is_ed25519(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
