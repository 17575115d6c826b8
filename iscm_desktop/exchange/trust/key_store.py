"""Private keys of this computer: in the operating system's key store or, where there is none, in a file.

Whatever the key store says, a key counts as kept only after it was read back: some back ends take a secret
and forget it. The file lies in a folder of its own and only the user can read it.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from iscm_desktop.errors import IscmError, TrustProblem
from iscm_desktop.private_files import FILE_MODE, make_private_folder

SERVICE = "iscm-desktop"


class KeyringBackend(Protocol):
    """What is used of a `keyring` back end."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret kept under both names; None where there is none."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keeps a secret in the place of one that is there; may fail with an error of its own."""
        ...


class NoKeyring:
    """Where no key store is wanted."""

    def get_password(self, service: str, username: str) -> str | None:
        """Nothing, whatever is asked for."""
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keeps nothing, which `KeyChain` notices."""


class KeyChain:
    """Secrets by name, such as "device 0f3a…".

    Args:
        folder: Where the files go if the operating system has no key store.
        ring: The key store; None is the operating system's own.
    """

    def __init__(self, folder: Path, ring: KeyringBackend | None = None) -> None:
        self._folder = folder
        self._given_ring = ring
        self._read: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        """The secret; None where neither the key store nor a file has it."""
        if name not in self._read:
            found = self._from_ring(name) or self._from_file(name)
            if found is None:
                return None
            self._read[name] = found
        return self._read[name]

    def keep(self, name: str, secret: str) -> None:
        """Keeps a secret, for good when this returns.

        Raises:
            IscmError: neither key store nor folder takes it.
        """
        if not self._into_ring(name, secret):
            self._into_file(name, secret)
        self._read[name] = secret

    def _ring(self) -> KeyringBackend:
        if self._given_ring is None:
            import keyring  # asks all back ends at once: nobody waits for that before a key is wanted

            self._given_ring = keyring.get_keyring()
        return self._given_ring

    def _from_ring(self, name: str) -> str | None:
        with suppress(*_ring_failures()):
            return self._ring().get_password(SERVICE, name)
        return None

    def _into_ring(self, name: str, secret: str) -> bool:
        with suppress(*_ring_failures()):
            self._ring().set_password(SERVICE, name, secret)
            return self._ring().get_password(SERVICE, name) == secret
        return False

    def file(self, name: str) -> Path:
        """Where a secret lies that is kept in a file."""
        return self._folder / (re.sub(r"[^a-z0-9]+", "-", name) + ".key")

    def _from_file(self, name: str) -> str | None:
        file = self.file(name)
        try:
            if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
                file.chmod(FILE_MODE)  # came from a copy that lost the mode
            return file.read_text(encoding="ascii").strip() or None
        except (OSError, UnicodeDecodeError):
            return None

    def _into_file(self, name: str, secret: str) -> None:
        target = self.file(name)
        beside = target.with_suffix(".part")
        try:
            make_private_folder(self._folder)
            beside.unlink(missing_ok=True)
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secret + "\n")
                file.flush()
                os.fsync(file.fileno())
            beside.replace(target)
        except OSError as error:
            with suppress(OSError):
                beside.unlink()
            raise IscmError(
                TrustProblem.KEY_NOT_KEPT, folder=self._folder, reason=error.strerror or error
            ) from error


def _ring_failures() -> tuple[type[Exception], ...]:
    """What back ends raise: their own errors, and those of what they talk to (D-Bus, the Keychain)."""
    from keyring.errors import KeyringError

    return KeyringError, RuntimeError, OSError, ValueError
