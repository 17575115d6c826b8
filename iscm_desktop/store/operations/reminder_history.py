"""Who was reminded, when and by whom: from the operations that say so, and without a table of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.operations.operation_kinds import OperationKind, OperationOutcome
from iscm_desktop.store.operations.operation_list import list_operations

_ROUND, _REMINDED = "round", "reminded"


@dataclass(frozen=True, slots=True)
class Reminded:
    """Somebody of whom an operation says that they were reminded."""

    form_id: str
    respondent: str
    name: str


@dataclass(frozen=True, slots=True)
class ReminderEvent:
    """That a reminder to somebody was written."""

    operation: str
    at: datetime
    person: str


def reminder_parameters(round_: str, reminded: Iterable[Reminded]) -> Mapping[str, str]:
    """What an operation is recorded with."""
    listed = [[one.form_id, one.respondent, one.name] for one in reminded]
    return {_ROUND: round_, _REMINDED: json.dumps(listed, ensure_ascii=False, separators=(",", ":"))}


def reminded_by(parameters: Mapping[str, str]) -> tuple[Reminded, ...]:
    """The same, read again; () where it says nothing that can be read."""
    try:
        listed = json.loads(parameters.get(_REMINDED, "[]"))
        return tuple(Reminded(str(form_id), str(code), str(name)) for form_id, code, name in listed)
    except (ValueError, TypeError):
        return ()


def reminders_of(db: Transaction, round_: str) -> dict[tuple[str, str], list[ReminderEvent]]:
    """By questionnaire and respondent, the reminders of a round that stand: the newest first."""
    found: dict[tuple[str, str], list[ReminderEvent]] = {}
    for row in list_operations(db, frozenset({OperationKind.REMIND})):
        if (
            row.outcome is not OperationOutcome.DONE
            or row.taken_back_by
            or row.parameters.get(_ROUND) != round_
        ):
            continue
        event = ReminderEvent(row.id, row.started_at, row.person)
        for one in reminded_by(row.parameters):
            found.setdefault((one.form_id, one.respondent), []).append(event)
    return found
