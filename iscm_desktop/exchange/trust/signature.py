"""Signatures in minisign's format, prehashed: Ed25519 over the BLAKE2b-512 of the file.

`minisign -V -P KEY -m manifest.json -x manifest.json.minisig` checks what is written here.
Source: https://jedisct1.github.io/minisign/#signature-format
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_KEY_ALGORITHM = b"Ed"
_PREHASHED = b"ED"
_KEY_ID, _SEED, _SIGNATURE = 8, 32, 64
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_COMMENT = re.compile(r"[\x20-\x7e]{0,1024}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its id. The text form is ours alone: it goes into the key chain."""

    id: bytes
    seed: bytes

    @classmethod
    def new(cls) -> SigningKey:
        """A key that nobody has had before, from the operating system's random source."""
        return cls(os.urandom(_KEY_ID), os.urandom(_SEED))

    @classmethod
    def read(cls, text: str) -> SigningKey | None:
        """What `written` wrote; None for anything else."""
        raw = _decoded(text, _KEY_ID + _SEED)
        return None if raw is None else cls(raw[:_KEY_ID], raw[_KEY_ID:])

    @property
    def written(self) -> str:
        """The key as text, for the key chain; the inverse of `read`."""
        return base64.b64encode(self.id + self.seed).decode()

    @property
    def public(self) -> str:
        """The public key as minisign writes it: one line of base64."""
        raw = self._private.public_key().public_bytes_raw()
        return base64.b64encode(_KEY_ALGORITHM + self.id + raw).decode()

    def sign(self, data: bytes, comment: str) -> bytes:
        """The signature file; `comment` is covered by the signature. The same again for the same data."""
        signature = self._private.sign(_prehash(data))
        seal = self._private.sign(signature + comment.encode())
        lines = (
            f"{_UNTRUSTED}signature from ISCM Desktop",
            base64.b64encode(_PREHASHED + self.id + signature).decode(),
            f"{_TRUSTED}{comment}",
            base64.b64encode(seal).decode(),
        )
        return "".join(f"{line}\n" for line in lines).encode()

    def seal(self, text: bytes) -> str:
        """A bare signature over a text that says itself what it is for, in base64. The same again for the same."""
        return base64.b64encode(self._private.sign(text)).decode()

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def is_public_key(text: str) -> bool:
    """Whether the text is a public key as minisign writes it, on one line."""
    raw = _decoded(text, len(_KEY_ALGORITHM) + _KEY_ID + _SEED)
    return raw is not None and raw.startswith(_KEY_ALGORITHM)


def fingerprint(public: str) -> str:
    """Short enough to read out on the telephone: "4F2A 90C1 …", 80 bits of the key's SHA-256."""
    digest = hashlib.sha256(public.encode()).hexdigest()[:20].upper()
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def is_signed(data: bytes, signature: bytes, public: str) -> bool:
    """Whether `signature` is this key's over `data`, its trusted comment included."""
    key = _decoded(public, len(_KEY_ALGORITHM) + _KEY_ID + _SEED)
    parts = _parts(signature)
    if key is None or parts is None or not key.startswith(_KEY_ALGORITHM):
        return False
    head, comment, seal = parts
    key_id, raw = key[2:10], key[10:]
    if head[:2] != _PREHASHED or head[2:10] != key_id:
        return False
    checker = Ed25519PublicKey.from_public_bytes(raw)
    try:
        checker.verify(head[10:], _prehash(data))
        checker.verify(seal, head[10:] + comment.encode())
    except InvalidSignature:
        return False
    return True


def is_sealed(text: bytes, signature: str, public: str) -> bool:
    """Whether `signature` is this key's seal over `text`."""
    key, raw = _decoded(public, len(_KEY_ALGORITHM) + _KEY_ID + _SEED), _decoded(signature, _SIGNATURE)
    if key is None or raw is None or not key.startswith(_KEY_ALGORITHM):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key[10:]).verify(raw, text)
    except InvalidSignature:
        return False
    return True


def _parts(signature: bytes) -> tuple[bytes, str, bytes] | None:
    """Algorithm with key id and signature, trusted comment, and the signature over both."""
    try:
        lines = signature.decode("ascii").split("\n")
    except UnicodeDecodeError:
        return None
    if (
        len(lines) != 5
        or lines[4]
        or not lines[0].startswith(_UNTRUSTED)
        or not lines[2].startswith(_TRUSTED)
    ):
        return None
    head, seal = _decoded(lines[1], 2 + _KEY_ID + _SIGNATURE), _decoded(lines[3], _SIGNATURE)
    comment = lines[2].removeprefix(_TRUSTED)
    if head is None or seal is None or not _COMMENT.fullmatch(comment):
        return None
    return head, comment, seal


def _decoded(text: str, length: int) -> bytes | None:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == length and base64.b64encode(raw).decode() == text else None


def _prehash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=64).digest()
