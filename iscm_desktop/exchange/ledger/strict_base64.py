"""Base64 with one way to write each content: what two programs read differently is refused by both."""

from __future__ import annotations

import base64
import binascii


def decoded(text: str) -> bytes:
    """The bytes behind RFC 4648, section 4, padded and without anything else.

    Raises:
        ValueError: it is something else, or another text stands for the same bytes.
    """
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(error) from error
    if encoded(raw) != text:
        raise ValueError("not as base64 is written")
    return raw


def encoded(raw: bytes) -> str:
    """The inverse."""
    return base64.b64encode(raw).decode()
