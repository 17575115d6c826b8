"""What every service of a workspace works with: the store, the clock, and who types on which device."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.store import startup_queries
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.rows import Person
from iscm_desktop.store.times import Clock

_DEVICE, _NAME, _ORGANIZATION = "device", "person.name", "person.organization"


@dataclass(frozen=True, slots=True)
class WorkspaceContext:
    """Passed to each service; holds no state of its own beside the store's."""

    database: Database
    clock: Clock
    device: str

    @classmethod
    def at(cls, database: Database, clock: Clock) -> WorkspaceContext:
        """The context of this computer; its device gets its id when the store is new."""
        with database.local() as plain:
            device = startup_queries.setting(plain, _DEVICE)
            if device is None:
                device = os.urandom(8).hex()
                startup_queries.set_setting(plain, _DEVICE, device)
        return cls(database, clock, device)

    def now(self) -> datetime:
        return self.clock()

    @property
    def person(self) -> Person:
        with self.database.local() as plain:
            return Person(
                startup_queries.setting(plain, _NAME) or "",
                startup_queries.setting(plain, _ORGANIZATION) or "",
            )

    def set_person(self, person: Person) -> None:
        with self.database.local() as plain:
            startup_queries.set_setting(plain, _NAME, person.name)
            startup_queries.set_setting(plain, _ORGANIZATION, person.organization)
