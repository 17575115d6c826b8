"""Plain records of the store for pages and commands, apart from those that the first window needs."""

from iscm_desktop.store.history_rows import ChangedAnswers, ConflictRow, HistoryRow, SignOff, WithdrawnSignOff
from iscm_desktop.store.invitation_rows import RespondentRow
from iscm_desktop.store.key_rows import DeviceRow
from iscm_desktop.store.operations.operation_row import OperationRow
from iscm_desktop.store.operations.reminder_history import ReminderEvent
from iscm_desktop.store.verification.findings import VerificationReport

__all__ = [
    "ChangedAnswers",
    "ConflictRow",
    "DeviceRow",
    "HistoryRow",
    "OperationRow",
    "ReminderEvent",
    "RespondentRow",
    "SignOff",
    "VerificationReport",
    "WithdrawnSignOff",
]
