"""Fingerprints of keys in words, for the telephone: eight words of a list of 2048 are 88 bits of a SHA-256.

They say the same as the fingerprint in hexadecimal digits, and eight bits more. English in every language of the
program: two people have to read out the same.
"""

from __future__ import annotations

import hashlib
from functools import cache

from iscm_desktop import paths
from iscm_desktop.exchange.trust.signature import fingerprint

_WORDS = 8
_BITS = 11


def key_words(public: str) -> str:
    """ "ribbon ocean …", of a public key as it is written."""
    digest = int.from_bytes(hashlib.sha256(public.encode()).digest(), "big")
    top = digest >> (256 - _WORDS * _BITS)
    return " ".join(_list()[top >> _BITS * (_WORDS - 1 - at) & 2**_BITS - 1] for at in range(_WORDS))


def is_fingerprint(said: str, public: str) -> bool:
    """Whether what somebody typed is the whole fingerprint of a key, in words or digits; in any capitals."""
    typed = "".join(said.split()).casefold()
    return typed in {
        "".join(whole.split()).casefold() for whole in (key_words(public), fingerprint(public), public)
    }


@cache
def _list() -> tuple[str, ...]:
    words = tuple(paths.resource("words", "english.txt").read_text(encoding="utf-8").split())
    if len(words) != 2**_BITS:
        raise ValueError("the list of words is not as it shipped")
    return words
