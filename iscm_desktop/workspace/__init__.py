"""The composition root: one open store with everything that can be done on it."""

from iscm_desktop.store.rows import (
    ConflictRow,
    HistoryRow,
    OperationRow,
    Person,
    Progress,
    RespondentRow,
    ResponseRow,
    ResponseState,
    RoundRow,
    SignOff,
)
from iscm_desktop.workspace.workspace import Workspace

__all__ = [
    "ConflictRow",
    "HistoryRow",
    "OperationRow",
    "Person",
    "Progress",
    "RespondentRow",
    "ResponseRow",
    "ResponseState",
    "RoundRow",
    "SignOff",
    "Workspace",
]
