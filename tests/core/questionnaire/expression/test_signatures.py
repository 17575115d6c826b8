"""extract-signed(): the message of a code that was signed, and nothing where it was tampered with.

The keys and signatures are those of RFC 8032, 7.1.
"""

from __future__ import annotations

import base64

import pytest

from iscm_desktop.questionnaire.expression import evaluate
from iscm_desktop.questionnaire.expression.signatures import is_signed

KEY = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
SIGNATURE = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def extracted(content: bytes, key: str = KEY) -> object:
    encoded, public = base64.b64encode(content).decode(), base64.b64encode(bytes.fromhex(key)).decode()
    return evaluate(f"extract-signed('{encoded}', '{public}')")


def test_a_signed_message_comes_out() -> None:
    assert extracted(bytes.fromhex(SIGNATURE) + b"r") == "r"


def test_the_vectors_of_the_standard() -> None:
    key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert is_signed(b"", signature, key)
    assert not is_signed(b"x", signature, key)


@pytest.mark.parametrize("place", [0, 31, 40, 63])
def test_a_changed_signature_gives_nothing(place: int) -> None:
    content = bytearray(bytes.fromhex(SIGNATURE) + b"r")
    content[place] ^= 1
    assert extracted(bytes(content)) == ""


def test_what_is_no_signature_gives_nothing() -> None:
    assert extracted(bytes.fromhex(SIGNATURE) + b"s") == ""
    assert extracted(b"short") == ""
    assert extracted(bytes.fromhex(SIGNATURE) + b"r", "ff" * 32) == ""
    assert evaluate("extract-signed('?', '?')") == ""


def test_the_same_signature_in_another_spelling_gives_nothing() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    signature = bytes.fromhex(SIGNATURE)
    scalar = int.from_bytes(signature[32:], "little") + order
    assert extracted(signature[:32] + scalar.to_bytes(32, "little") + b"r") == ""


@pytest.mark.parametrize("key", ["", KEY[:-2], KEY + "00", "02" + "00" * 31])
def test_a_key_that_is_none_gives_nothing(key: str) -> None:
    assert extracted(bytes.fromhex(SIGNATURE) + b"r", key) == ""
