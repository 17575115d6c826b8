"""What can be done to a store, and how it may end."""

from __future__ import annotations

from enum import Enum

from iscm_desktop.store.damage import DamagedRowError


class OperationKind(Enum):
    """What changes what a store holds."""

    @classmethod
    def _missing_(cls, value: object) -> OperationKind:
        raise DamagedRowError(f"{value!r} is no kind of operation")

    MERGE = "merge"
    SETTLE_BY_RULE = "settle_by_rule"
    RESOLVE = "resolve"
    TAKE_BACK = "take_back"
    PUT_BACK = "put_back"
    EXPORT = "export"
    PUBLISH = "publish"
    RESTORE = "restore"
    REMIND = "remind"


class OperationOutcome(Enum):
    """How an operation ended."""

    @classmethod
    def _missing_(cls, value: object) -> OperationOutcome:
        raise DamagedRowError(f"{value!r} is no outcome")

    DONE = "done"
    STOPPED = "stopped"  # by a person, a problem, or because the program was killed


TAKEN_BACK_KINDS = frozenset(
    {OperationKind.MERGE, OperationKind.SETTLE_BY_RULE, OperationKind.RESOLVE, OperationKind.REMIND}
)
"""Kinds of operations that can be taken back, and put back."""
MANY_AT_ONCE = TAKEN_BACK_KINDS - {OperationKind.RESOLVE}
"""Those of them that bring, settle or note many things at once."""
