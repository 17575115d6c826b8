"""Signatures in minisign's format.

S-01  The reference tool accepts ours, and we accept its own.
S-02  A changed byte of data, signature, comment or key is noticed by both.
S-03  The same data and key give the same signature.
"""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.exchange.trust.signature import SigningKey, fingerprint, is_public_key, is_signed
from tests.support.tools import run, tool

DATA = b'{"format": "iscm-package"}\n'
COMMENT = "iscm-package 543d8d16849f29a3336d7dd1f2ff42df"


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return SigningKey.new()


def verified_by_minisign(folder: Path, data: bytes, signature: bytes, public: str) -> bool:
    (folder / "manifest.json").write_bytes(data)
    (folder / "manifest.json.minisig").write_bytes(signature)
    done = run("minisign", "-V", "-P", public, "-m", folder / "manifest.json")
    return done.returncode == 0


def test_minisign_accepts_ours(key: SigningKey, tmp_path: Path) -> None:
    """S-01."""
    signature = key.sign(DATA, COMMENT)
    (tmp_path / "manifest.json").write_bytes(DATA)
    (tmp_path / "manifest.json.minisig").write_bytes(signature)
    done = run("minisign", "-V", "-H", "-P", key.public, "-m", tmp_path / "manifest.json")
    assert done.returncode == 0, done.stderr
    assert COMMENT.encode() in done.stdout


def test_we_accept_minisigns(tmp_path: Path) -> None:
    """S-01, the other way: a key and a signature that the tool made."""
    tool("minisign")
    (tmp_path / "file").write_bytes(DATA)
    made = run("minisign", "-G", "-W", "-p", tmp_path / "public", "-s", tmp_path / "secret")
    assert made.returncode == 0, made.stderr
    run("minisign", "-S", "-s", tmp_path / "secret", "-m", tmp_path / "file", "-t", COMMENT)
    public = (tmp_path / "public").read_text().splitlines()[1]
    signature = (tmp_path / "file.minisig").read_bytes()
    assert is_signed(DATA, signature, public)
    assert not is_signed(DATA + b" ", signature, public)


def test_what_was_changed_is_noticed(key: SigningKey, tmp_path: Path) -> None:
    """S-02: our verdict and the tool's agree on every line of the signature."""
    signature = key.sign(DATA, COMMENT)
    lines = signature.split(b"\n")
    spoiled = {
        "data": (DATA.replace(b"package", b"Package"), signature, key.public),
        "signature": (DATA, signature.replace(lines[1][20:24], b"AAAA"), key.public),
        "comment": (DATA, signature.replace(b"iscm-package", b"iscm-Package"), key.public),
        "seal": (DATA, signature.replace(lines[3][20:24], b"AAAA"), key.public),
        "key": (DATA, signature, SigningKey.new().public),
    }
    for what, parts in spoiled.items():
        assert not is_signed(*parts), what
        assert not verified_by_minisign(tmp_path, *parts), what
    assert is_signed(DATA, signature, key.public)


def test_the_same_again(key: SigningKey) -> None:
    """S-03."""
    assert key.sign(DATA, COMMENT) == key.sign(DATA, COMMENT)
    assert SigningKey.read(key.written) == key


def test_signatures_without_prehash_are_not_ours(key: SigningKey) -> None:
    """Legacy ones are of another algorithm; nothing is guessed."""
    lines = key.sign(DATA, COMMENT).split(b"\n")
    raw = base64.b64decode(lines[1])
    lines[1] = base64.b64encode(b"Ed" + raw[2:])
    assert not is_signed(DATA, b"\n".join(lines), key.public)


@given(st.binary(max_size=400))
def test_anything_else_is_no_signature(junk: bytes) -> None:
    key = SigningKey(b"\1" * 8, b"\2" * 32)
    assert not is_signed(DATA, junk, key.public)
    assert not is_signed(DATA, key.sign(DATA, COMMENT), junk.decode("latin-1"))


def test_keys_have_a_fingerprint_to_read_out(key: SigningKey) -> None:
    assert is_public_key(key.public)
    assert not is_public_key(key.written)
    assert len(fingerprint(key.public).split()) == 5
    assert fingerprint(key.public) != fingerprint(SigningKey.new().public)
