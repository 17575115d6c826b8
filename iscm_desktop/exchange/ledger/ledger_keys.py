"""Public keys as people hand them on, and the names under which they sign notes.

The key that signs packages and invitations signs checkpoints, too, so whoever has an invitation can check a receipt.
What is signed cannot be taken for one another: minisign signs the 64 bytes of a BLAKE2b hash, or a signature with a
comment behind it (its 64th byte is below 17, which no note may hold but as a line end), a checkpoint is a text that
begins with its origin, a cosignature begins with "cosignature/v1".
"""

from __future__ import annotations

import hashlib

from iscm_desktop.exchange.ledger.signed_note import COSIGNATURE, NoteKey, read_key
from iscm_desktop.exchange.ledger.strict_base64 import decoded
from iscm_desktop.exchange.trust.signature import is_public_key

_HEAD = 10
"""Of a public key in minisign's format: algorithm and key id, before the 32 bytes of Ed25519."""


def raw_key(text: str) -> bytes:
    """The 32 bytes of a public key, written as minisign or as C2SP's verifier keys are.

    Raises:
        ValueError: it is neither.
    """
    if is_public_key(text):
        return decoded(text)[_HEAD:]
    return read_key(text).public


def cosigner_key(public: bytes) -> NoteKey:
    """The key with which a coordinator cosigns; its name follows from it."""
    return NoteKey(f"iscm/cosigner/{hashlib.sha256(public).hexdigest()[:16]}", COSIGNATURE, public)
