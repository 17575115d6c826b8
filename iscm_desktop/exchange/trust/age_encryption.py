"""Files in the age format: encrypted to coordinators' keys, or with a passphrase; decrypted after a look."""

from __future__ import annotations

from collections.abc import Sequence

import pyrage

from iscm_desktop.exchange.trust.age_header import (
    HYBRID,
    SCRYPT,
    AgeError,
    AgeFault,
    is_armored,
    read_header,
    without_armor,
)

_FAULTS = {
    "No matching keys found": AgeFault.NO_MATCH,
    "Decryption failed": AgeFault.NO_MATCH,  # a passphrase that is not the one
    "Header MAC is invalid": AgeFault.MAC,
    "Header is invalid": AgeFault.HEADER,
    "Excessive work parameter": AgeFault.HEADER,  # sixteen times what this computer does in a second
}
"""How pyrage begins, which has one class of error for everything; anything else is about the payload."""


def new_identity() -> str:
    """A coordinator's private key: "AGE-SECRET-KEY-1…"."""
    return str(pyrage.x25519.Identity.generate())


def recipient_of(identity: str) -> str | None:
    """The public half, "age1…", of a private key; None where the text is none."""
    try:
        return str(pyrage.x25519.Identity.from_str(identity).to_public())
    except pyrage.IdentityError:
        return None


def is_recipient(text: str) -> bool:
    """Whether the text is a public key, "age1…", to which files can be encrypted."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def encrypted(data: bytes, recipients: Sequence[str]) -> bytes:
    """The age file that each of the recipients can open."""
    return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(each) for each in recipients]))


def encrypted_with(data: bytes, passphrase: str) -> bytes:
    """The age file for whoever knows the passphrase; takes a second, and so does each attempt to guess."""
    return bytes(pyrage.passphrase.encrypt(data, passphrase))


def decrypted(
    data: bytes, identities: Sequence[str] = (), passphrase: str = "", *, armored: bool | None = None
) -> bytes:
    """The content of an age file.

    Args:
        armored: None looks whether the file is.

    Raises:
        AgeError: nothing was released.
    """
    if armored or (armored is None and is_armored(data)):
        data = without_armor(data)
    kinds = frozenset(stanza.kind for stanza in read_header(data))
    if SCRYPT in kinds and not passphrase:
        raise AgeError(AgeFault.NO_MATCH, kinds)
    try:
        if SCRYPT in kinds:
            return bytes(pyrage.passphrase.decrypt(data, passphrase))
        if not identities:
            raise AgeError(AgeFault.NO_MATCH, kinds)
        return bytes(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(each) for each in identities]))
    except pyrage.DecryptError as error:
        faults = [fault for words, fault in _FAULTS.items() if str(error).startswith(words)]
        raise AgeError(faults[0] if faults else AgeFault.PAYLOAD, kinds) from error


__all__ = [
    "HYBRID",
    "SCRYPT",
    "AgeError",
    "AgeFault",
    "decrypted",
    "encrypted",
    "encrypted_with",
    "is_recipient",
    "new_identity",
    "recipient_of",
]
