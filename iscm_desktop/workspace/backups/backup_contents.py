"""What is in a backup, and how it stands to the store now: looked at without opening it as a store."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store import times
from iscm_desktop.store.damage import DamagedRowError
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.verification.store_reader import reading_file


class Standing(Enum):
    """How a response in a backup stands to the one in the store."""

    SAME = "same"
    OLDER = "older"  # the store has gone on since
    NEWER = "newer"  # the store was set back since
    ONLY_THERE = "only there"  # the store does not have it
    ONLY_HERE = "only here"  # the backup does not have it


@dataclass(frozen=True, slots=True)
class BackedUpResponse:
    """A response of a backup, or one that it lacks."""

    respondent: str
    round: str
    answers: int  # in the backup, drafts included
    changed_at: datetime | None  # in the backup; None where it is not in there
    standing: Standing


@dataclass(frozen=True, slots=True)
class BackupContents:
    """All that a backup holds, for people who look before they restore."""

    path: Path
    responses: tuple[BackedUpResponse, ...]
    answers: int

    @property
    def there(self) -> tuple[BackedUpResponse, ...]:
        """Those that the backup holds."""
        return tuple(one for one in self.responses if one.standing is not Standing.ONLY_HERE)

    @property
    def would_lose(self) -> tuple[BackedUpResponse, ...]:
        """What is in the store and would not be after a restore, or not as it is now."""
        lost = (Standing.OLDER, Standing.ONLY_HERE)
        return tuple(one for one in self.responses if one.standing in lost)


Here = Mapping[SubjectId, tuple[str, str, datetime]]
"""Respondent, round and last change of each response in the store."""


def contents_of(backup: Path, here: Here) -> BackupContents:
    """Raises:
    IscmError: the file is no store, or damaged.
    """
    try:
        with reading_file(backup) as reader:
            found = reader.rows(
                "SELECT id, respondent_name, round, changed_at FROM response WHERE NOT is_hidden"
            )
            counts = dict(reader.rows(_ANSWERS))
            for subject, count in reader.rows(_DRAFTS):
                counts[subject] = counts.get(subject, 0) + count
        rows = [_response(row, here, counts) for row in found]
    except (sqlite3.DatabaseError, DamagedRowError) as error:
        raise IscmError(StoreProblem.STORE_DAMAGED, store=backup) from error
    there = {row[0] for row in found}
    rows += [
        BackedUpResponse(respondent, round_, 0, None, Standing.ONLY_HERE)
        for subject, (respondent, round_, _at) in here.items()
        if subject not in there
    ]
    rows.sort(key=lambda row: (row.round, row.respondent))
    return BackupContents(backup, tuple(rows), sum(counts.get(row[0], 0) for row in found))


def _response(row: Sequence[object], here: Here, counts: Mapping[str, int]) -> BackedUpResponse:
    """One that the backup holds.

    Raises:
        DamagedRowError: it is not as a store writes it.
    """
    subject, respondent, round_, changed_at = row
    if not (isinstance(subject, str) and isinstance(respondent, str) and isinstance(round_, str)):
        raise DamagedRowError(f"{row!r} is no response")
    at = times.read(str(changed_at))
    standing = _standing(at, here[subject][2]) if subject in here else Standing.ONLY_THERE
    return BackedUpResponse(respondent, round_, counts.get(subject, 0), at, standing)


def _standing(there: datetime, here: datetime) -> Standing:
    if there == here:
        return Standing.SAME
    return Standing.OLDER if there < here else Standing.NEWER


_ANSWERS = "SELECT subject, count(*) FROM item WHERE kind = 'answer' AND value IS NOT NULL GROUP BY subject"
_DRAFTS = """
    SELECT subject, count(*) FROM draft WHERE kind = 'answer' AND value IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM item WHERE item.subject = draft.subject AND item.kind = draft.kind AND item.path = draft.path
     AND item.value IS NOT NULL) GROUP BY subject"""
