"""Private keys: in the key store of the operating system or, where there is none, in a file of the user's own.

K-01  A key store that keeps what it is given is used, and no file is written.
K-02  Without one, or with one that fails or forgets, the key lies in a file that only the user can read.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError

from iscm_desktop.errors import IscmError, TrustProblem
from iscm_desktop.exchange.trust.key_store import SERVICE, KeyChain


class Keeping(KeyringBackend):
    """A key store as they should be."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class Forgetting(Keeping):
    """Takes everything and has nothing, like keyring's null back end."""

    def get_password(self, service: str, username: str) -> str | None:
        return None


class Locked(Keeping):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("the person pressed Cancel")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NoKeyringError("nobody is there")


def test_a_key_store_keeps_it(tmp_path: Path) -> None:
    """K-01."""
    ring = Keeping()
    KeyChain(tmp_path / "keys", ring).keep("device 1", "secret")
    assert ring.kept == {(SERVICE, "device 1"): "secret"}
    assert not (tmp_path / "keys").exists()
    assert KeyChain(tmp_path / "keys", ring).read("device 1") == "secret"


@pytest.mark.parametrize("ring", [Forgetting(), Locked()], ids=["forgetting", "locked"])
def test_without_one_it_lies_in_a_file(ring: Keeping, tmp_path: Path) -> None:
    """K-02."""
    KeyChain(tmp_path / "keys", ring).keep("device 1", "secret")
    (file,) = (tmp_path / "keys").iterdir()
    assert file.read_text() == "secret\n"
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert KeyChain(tmp_path / "keys", ring).read("device 1") == "secret"


def test_a_key_of_another_name_is_not_there(tmp_path: Path) -> None:
    chain = KeyChain(tmp_path, Locked())
    chain.keep("device 1", "secret")
    assert chain.read("device 2") is None


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_file_that_others_could_read_is_closed_again(tmp_path: Path) -> None:
    """K-02: after a copy that lost the mode."""
    KeyChain(tmp_path, Locked()).keep("device 1", "secret")
    (file,) = tmp_path.iterdir()
    file.chmod(0o644)
    assert KeyChain(tmp_path, Locked()).read("device 1") == "secret"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_key_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    """K-02: a file stands where the folder should be."""
    (tmp_path / "keys").write_text("in the way")
    with pytest.raises(IscmError) as caught:
        KeyChain(tmp_path / "keys", Locked()).keep("device 1", "secret")
    assert caught.value.problem is TrustProblem.KEY_NOT_KEPT


def test_the_same_key_again_replaces_the_file(tmp_path: Path) -> None:
    chain = KeyChain(tmp_path, Locked())
    chain.keep("device 1", "first")
    chain.keep("device 1", "second")
    assert [file.read_text() for file in tmp_path.iterdir()] == ["second\n"]
