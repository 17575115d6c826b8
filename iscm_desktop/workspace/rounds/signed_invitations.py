"""Which invitations were signed here: only these can be made again without looking like a stranger's."""

from __future__ import annotations

from collections.abc import Iterable

from iscm_desktop.store.database.settings import Settings
from iscm_desktop.workspace.key_service import KeyService

_SIGNED = "invitations.{key}"


class SignedInvitations:
    """Ids of invitations by the key of this device, among what belongs to this computer.

    The store says who is invited and not by which computer: a shared one is used by several. A device whose key was
    lost has a new one, and signed nothing yet.
    """

    def __init__(self, settings: Settings, key_service: KeyService) -> None:
        self._settings, self._keys = settings, key_service

    def ids(self) -> frozenset[str]:
        """Of all invitations that the present key of this device signed."""
        return frozenset((self._settings.value(self._name) or "").split())

    def add(self, ids: Iterable[str]) -> None:
        """Remembers some more."""
        self._settings.put(self._name, " ".join(sorted({*self.ids(), *ids})))

    @property
    def _name(self) -> str:
        return _SIGNED.format(key=self._keys.device_key.public)
