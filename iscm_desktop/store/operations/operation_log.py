"""The log of all actions that change what a store holds, after Jujutsu's operation log.

An action that takes a while has its row from the beginning, without an outcome; what ended with the program is
found by the next start. A row that has its outcome is never changed again: that something was taken back, or put
back, follows from later rows (`operations_in_effect`). All of it by prepared queries, for a start looks for such rows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from iscm_desktop.errors import IscmError
from iscm_desktop.store import times
from iscm_desktop.store.database import prepared_queries
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.operations.operation_digests import beginning_digest, close, is_running
from iscm_desktop.store.operations.operation_kinds import OperationKind, OperationOutcome
from iscm_desktop.text_limits import storable


@dataclass(slots=True)
class RunningOperation:
    """An operation whose block runs; whoever stops early says so."""

    number: int
    outcome: OperationOutcome = OperationOutcome.DONE


@dataclass(frozen=True, slots=True)
class UnfinishedOperation:
    """An operation without an outcome."""

    number: int
    kind: OperationKind
    parameters: Mapping[str, str]
    files: int  # of a merge, those that were merged


@dataclass(frozen=True, slots=True)
class OperationLog:
    """Writes the log of one store, for one person at one device."""

    database: Database
    clock: times.Clock
    person: str
    device: str

    def record(
        self, db: Transaction, kind: OperationKind, parameters: Mapping[str, str], about: int | None = None
    ) -> int:
        """Records an action that is done when the transaction is; gives its number."""
        return self._add(db, kind, parameters, about, OperationOutcome.DONE)

    @contextmanager
    def running(self, kind: OperationKind, parameters: Mapping[str, str]) -> Iterator[RunningOperation]:
        """Records an action of several transactions, for as long as the block runs; an error stops it."""
        with self.database.write() as db:
            running = RunningOperation(self._add(db, kind, parameters, None, None))
        try:
            yield running
        except BaseException:
            with suppress(IscmError, sqlite3.Error):  # of a full disk; the next start finds the row
                self.finish(running.number, OperationOutcome.STOPPED)
            raise
        self.finish(running.number, running.outcome)
        with suppress(IscmError, sqlite3.Error):  # all of it is on disk; this only gathers it in one file
            self.database.complete_file()

    def unfinished(self) -> tuple[UnfinishedOperation, ...]:
        """Those that run, or ran when the program was killed: of this device, where others use the store too."""
        device = self.device if self.database.is_shared else None
        with self.database.read() as db:
            rows = db.run(prepared_queries.RUNNING_OPERATIONS, {"device": device})
        return tuple(
            UnfinishedOperation(number, OperationKind(kind), json.loads(parameters), files)
            for number, kind, parameters, files in rows
        )

    def finish(self, number: int, outcome: OperationOutcome) -> None:
        """Gives an operation its outcome; one that has it already keeps it."""
        values = {"which": number, "outcome": outcome.value, "ended_at": times.written(self.clock())}
        with self.database.write() as db:
            if is_running(db, number):
                db.run(prepared_queries.FINISH_OPERATION, values)
                close(db, number)

    def _add(
        self,
        db: Transaction,
        kind: OperationKind,
        parameters: Mapping[str, str],
        about: int | None,
        outcome: OperationOutcome | None,
    ) -> int:
        """Whoever writes is alone, so the next number is nobody else's."""
        last = db.run(prepared_queries.LAST_OPERATION)
        before, digest = last[0] if last else (0, "")
        number = int(before) + 1
        now = times.written(self.clock())
        values: dict[str, object] = {
            "number": number, "kind": kind.value, "started_at": now, "person": self.person,
            "device": self.device, "parameters": storable(json.dumps(parameters, ensure_ascii=False)), "about": about,
            "outcome": outcome and outcome.value, "ended_at": outcome and now,
            "closing": "",
        }  # fmt: skip
        values["digest"] = beginning_digest(
            digest, number, kind.value, now, self.person, self.device, values["parameters"], about
        )
        db.run(prepared_queries.ADD_OPERATION, values)
        if outcome is not None:
            close(db, number)
        return number
