"""Checking Ed25519 signatures (RFC 8032), for extract-signed(). It makes no keys or signatures."""

from __future__ import annotations


def is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """Whether the signature of 64 bytes over `message` was made by the owner of the key of 32 bytes.

    Other lengths, and bytes that are no point of the curve, are a signature of nobody.
    """
    # Late: hardly any form has signed codes, and every start would pay for it.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
