"""The composition root: one open store with everything that can be done on it."""

from iscm_desktop.store.rows import (
    BatchRow,
    ConflictRow,
    HistoryRow,
    Person,
    Progress,
    ResponseRow,
    ResponseState,
    RoundRow,
    SignOff,
)
from iscm_desktop.workspace.workspace import Workspace

__all__ = [
    "BatchRow",
    "ConflictRow",
    "HistoryRow",
    "Person",
    "Progress",
    "ResponseRow",
    "ResponseState",
    "RoundRow",
    "SignOff",
    "Workspace",
]
