"""What was done to the store: listed, taken back, put back."""

from __future__ import annotations

import re

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.store.ledger.ledger_entries import append_entries
from iscm_desktop.store.objects import responses
from iscm_desktop.store.operations import operation_list, operations_in_effect
from iscm_desktop.store.operations.operation_kinds import MANY_AT_ONCE, OperationKind
from iscm_desktop.store.operations.operation_row import OperationRow
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
"""More digits than any store has operations: neither database takes a number of any length."""


class OperationService:
    """The service behind the log, and behind taking a merge back. Taking back is one more operation."""

    def __init__(self, context: WorkspaceContext, response_service: ResponseService) -> None:
        self._context, self._responses = context, response_service

    def rows(self, limit: int | None = None) -> tuple[OperationRow, ...]:
        """Everything that was done, the newest first; so many at most."""
        with self._context.database.read() as db:
            return operation_list.list_operations(db, limit=limit)

    def row(self, operation: str) -> OperationRow:
        """One of them.

        Raises:
            IscmError: there is no such operation.
        """
        if not _NUMBER.fullmatch(operation):
            raise IscmError(FileProblem.OPERATION_UNKNOWN, operation=operation)
        with self._context.database.read() as db:
            found = operation_list.list_operations(db, number=int(operation))
        if not found:
            raise IscmError(FileProblem.OPERATION_UNKNOWN, operation=operation)
        return found[0]

    def merges(self) -> tuple[OperationRow, ...]:
        """What can be taken back, merges and settlements by rule: the newest first."""
        with self._context.database.read() as db:
            return operation_list.list_operations(db, MANY_AT_ONCE)

    def take_back(self, operation: str) -> bool:
        """Takes an operation back: what only it brought goes out of view. Nothing is deleted.

        One that was taken back already stays so, and nothing is recorded: False.

        Raises:
            IscmError: there is no such operation, or it is of a kind that cannot be taken back.
        """
        return self._decide(operation, OperationKind.TAKE_BACK)

    def put_back(self, operation: str) -> bool:
        """Puts an operation back that was taken back; one that stands stays so: False.

        Raises:
            IscmError: likewise.
        """
        return self._decide(operation, OperationKind.PUT_BACK)

    def _decide(self, operation: str, kind: OperationKind) -> bool:
        if not _NUMBER.fullmatch(operation):
            raise IscmError(FileProblem.OPERATION_UNKNOWN, operation=operation)
        number, log = int(operation), self._context.log
        with self._context.database.write() as db:
            if operations_in_effect.is_taken_back(db, number) is (kind is OperationKind.TAKE_BACK):
                return False
            subjects = operations_in_effect.subjects_of(db, number)
            for subject in subjects:
                responses.seal_response(db, subject, self._context.device)
            done = log.record(db, kind, {}, about=number)
            for subject in subjects:
                operations_in_effect.show_what_stands(db, subject)
            append_entries(db, done, subjects)
        self._responses.count_few(subjects)
        return True
