"""Plain record of an operation, for lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.store.operations.operation_kinds import TAKEN_BACK_KINDS, OperationKind, OperationOutcome


@dataclass(frozen=True, slots=True)
class MergedFiles:
    """What the files of a merge came to."""

    files: int = 0
    new: int = 0  # answers that were not here before
    newer: int = 0
    removed: int = 0  # entries, and answers that were cleared
    conflicts: int = 0
    refused: int = 0  # files of which nothing was merged although they were to be
    names: tuple[str, ...] = ()  # of the files, in the order in which they were merged


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One action that changed what the store holds."""

    id: str
    kind: OperationKind
    started_at: datetime
    person: str
    device: str
    parameters: Mapping[str, str]  # what was asked for, as a person would say it
    about: str  # id of the operation that it takes back or puts back; mostly ""
    outcome: OperationOutcome | None  # None: it runs
    merged: MergedFiles
    taken_back_by: str  # id of the operation that took it back; "" while it stands

    @property
    def can_be_taken_back(self) -> bool:
        """Whether it is of a kind that brings answers, which go out of view when it is taken back."""
        return self.kind in TAKEN_BACK_KINDS
