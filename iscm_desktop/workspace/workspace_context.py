"""What every service of a workspace works with: the store, the clock, and who types on which device."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.i18n import _
from iscm_desktop.store import startup_queries
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.rows import Person, RoundRow
from iscm_desktop.store.times import Clock

_DEVICE, _NAME, _ORGANIZATION, _ROUND = "device", "person.name", "person.organization", "round"


@dataclass(frozen=True, slots=True)
class WorkspaceContext:
    """Passed to each service; holds no state of its own beside the store's."""

    database: Database
    clock: Clock
    device: str

    @classmethod
    def at(cls, database: Database, clock: Clock) -> WorkspaceContext:
        """The desk of this computer; its device gets its id when the store is new."""
        device = database.settings.value(_DEVICE)
        if device is None:
            device = os.urandom(8).hex()
            database.settings.put(_DEVICE, device)
        return cls(database, clock, device)

    def now(self) -> datetime:
        return self.clock()

    @property
    def person(self) -> Person:
        settings = self.database.settings
        return Person(settings.value(_NAME) or "", settings.value(_ORGANIZATION) or "")

    def set_person(self, person: Person) -> None:
        self.database.settings.put(_NAME, person.name)
        self.database.settings.put(_ORGANIZATION, person.organization)

    def rounds(self) -> tuple[RoundRow, ...]:
        with self.database.read() as db:
            return startup_queries.rounds(db)

    def new_round(self, row: RoundRow) -> None:
        """Adds a round and makes it the current one."""
        with self.database.write() as db:
            startup_queries.add_round(db, row)
        self.use_round(row.code)

    def use_round(self, code: str) -> None:
        """Makes a round that is in the store the current one."""
        self.database.settings.put(_ROUND, code)

    def round(self, code: str | None) -> RoundRow:
        """The round with this code; None means the current one.

        Raises:
            IscmError: the store has no such round.
        """
        if code is None:
            return self.current_round()
        for row in self.rounds():
            if row.code == code:
                return row
        raise IscmError(Problem.ROUND_UNKNOWN, round=code)

    def current_round(self) -> RoundRow:
        """The one chosen last, else the newest; the first is made on first need."""
        found = self.round_in_use()
        if found is not None:
            return found
        now = self.now()
        first = RoundRow(str(now.year), _("Assessment {year}").format(year=now.year), None, now)
        self.new_round(first)
        return first

    def round_in_use(self) -> RoundRow | None:
        """The one chosen last, else the newest; None while the store has no round. Makes none: looking at a file
        must not decide in which round somebody works."""
        rounds = self.rounds()
        chosen = self.database.settings.value(_ROUND)
        return next((row for row in rounds if row.code == chosen), rounds[0] if rounds else None)
