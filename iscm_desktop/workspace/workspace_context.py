"""What every service of a workspace works with: the store, the clock, and who types on which device."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.store.database.database import Database
from iscm_desktop.store.database.settings import PRACTICE, YES
from iscm_desktop.store.operations.operation_log import OperationLog
from iscm_desktop.store.rows import Person
from iscm_desktop.store.times import Clock

_DEVICE, _NAME, _ORGANIZATION = "device", "person.name", "person.organization"
_EDITION_SALT_KEY = "edition.secret"


@dataclass(frozen=True, slots=True)
class WorkspaceContext:
    """Passed to each service; holds no state of its own beside the store's."""

    database: Database
    clock: Clock
    device: str

    @classmethod
    def at(cls, database: Database, clock: Clock) -> WorkspaceContext:
        """The context of this computer; its device gets its id when the store is new."""
        device = database.settings.value(_DEVICE)
        if device is None:
            device = os.urandom(8).hex()
            database.settings.put(_DEVICE, device)
        return cls(database, clock, device)

    def now(self) -> datetime:
        """The present by the clock of this workspace, aware."""
        return self.clock()

    def edition_secret(self) -> bytes:
        """What salts public editions made here. It lies beside the answers that it hides, and in their backups."""
        secret = self.database.settings.value(_EDITION_SALT_KEY)
        if secret is None:
            secret = os.urandom(32).hex()
            self.database.settings.put(_EDITION_SALT_KEY, secret)
        return bytes.fromhex(secret)

    @property
    def is_practice(self) -> bool:
        """Whether nothing in this store counts."""
        return self.database.settings.value(PRACTICE) == YES

    @property
    def log(self) -> OperationLog:
        """Where actions that change the store are recorded, for this person."""
        return OperationLog(self.database, self.clock, self.person.signature, self.device)

    @property
    def person(self) -> Person:
        """Who works here, as they named themselves; blank names where nobody did."""
        settings = self.database.settings
        return Person(settings.value(_NAME) or "", settings.value(_ORGANIZATION) or "")

    def set_person(self, person: Person) -> None:
        """Remembers on this computer who works here."""
        self.database.settings.put(_NAME, person.name)
        self.database.settings.put(_ORGANIZATION, person.organization)
