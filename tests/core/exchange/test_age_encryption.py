"""Encrypted files, beside the reference tool; the format's own vectors are in tests/conformance.

C-01  The age tool opens what is encrypted here, with each recipient's key.
C-02  What the age tool encrypts opens here, with armor and without.
C-03  A passphrase opens what it closed, and no other does.
C-04  Whatever is thrown at it, the reader says what is wrong or gives the content; it never breaks down.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.exchange.trust.age_encryption import (
    SCRYPT,
    AgeError,
    AgeFault,
    decrypted,
    encrypted,
    encrypted_with,
    is_recipient,
    new_identity,
    recipient_of,
)
from tests.support.tools import run, tool

CONTENT = b"PK\3\4 some package " * 5000


def public(identity: str) -> str:
    found = recipient_of(identity)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def keys() -> tuple[str, str]:
    return new_identity(), new_identity()


def test_the_age_tool_opens_ours(keys: tuple[str, str], tmp_path: Path) -> None:
    """C-01."""
    (tmp_path / "some.age").write_bytes(encrypted(CONTENT, [public(key) for key in keys]))
    for key in keys:
        (tmp_path / "key").write_text(key + "\n")
        done = run("age", "-d", "-i", tmp_path / "key", tmp_path / "some.age")
        assert done.stdout == CONTENT, done.stderr


@pytest.mark.parametrize("armor", [[], ["-a"]], ids=["binary", "armored"])
def test_we_open_what_the_age_tool_made(armor: list[str], keys: tuple[str, str], tmp_path: Path) -> None:
    """C-02."""
    tool("age")
    (tmp_path / "plain").write_bytes(CONTENT)
    recipients = [part for key in keys for part in ("-r", public(key))]
    run("age", *armor, *recipients, "-o", tmp_path / "some.age", tmp_path / "plain")
    data = (tmp_path / "some.age").read_bytes()
    assert data.startswith(b"-----BEGIN") is bool(armor)
    for key in keys:
        assert decrypted(data, [new_identity(), key]) == CONTENT
    with pytest.raises(AgeError) as caught:
        decrypted(data, [new_identity()])
    assert caught.value.fault is AgeFault.NO_MATCH


def test_a_passphrase() -> None:
    """C-03."""
    closed = encrypted_with(b"keys", "four words are enough")
    assert decrypted(closed, passphrase="four words are enough") == b"keys"  # noqa: S106
    with pytest.raises(AgeError) as caught:
        decrypted(closed, passphrase="three words are")  # noqa: S106
    assert (caught.value.fault, caught.value.kinds) == (AgeFault.NO_MATCH, {SCRYPT})
    with pytest.raises(AgeError):
        decrypted(closed, [new_identity()])


def test_cut_short_anywhere_it_gives_nothing(keys: tuple[str, str]) -> None:
    """C-04."""
    closed = encrypted(b"some answers", [public(keys[0])])
    for length in range(len(closed)):
        with pytest.raises(AgeError):
            decrypted(closed[:length], [keys[0]])


@given(st.binary(max_size=300), st.booleans())
def test_anything_else_is_refused(junk: bytes, has_head: bool) -> None:
    """C-04."""
    data = b"age-encryption.org/v1\n-> " + junk if has_head else junk
    with pytest.raises(AgeError):
        decrypted(data, ["AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33"])


def test_public_keys_are_told_from_other_texts(keys: tuple[str, str]) -> None:
    assert is_recipient(public(keys[0]))
    assert not is_recipient(keys[0])
    assert not is_recipient("age1")
    assert recipient_of("AGE-SECRET-KEY-1") is None
