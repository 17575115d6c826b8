"""The ledger of a round: its checkpoints, signed on demand, and what it says of each operation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.errors import IscmError, LedgerProblem
from iscm_desktop.exchange.ledger.checkpoint import Checkpoint, fork_extension
from iscm_desktop.exchange.ledger.signed_note import read_note, signed
from iscm_desktop.exchange.package.package_writer import replace_file
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.ledger import checkpoint_rows
from iscm_desktop.store.ledger.checkpoint_rows import CheckpointRow, ReceiptCounts
from iscm_desktop.store.ledger.ledger_consistency import (
    newest_faults,
)
from iscm_desktop.store.ledger.ledger_entries import (
    LedgerOrigin,
    entries_by_operation,
    origins_of,
)
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.store.operations.operation_list import list_operations
from iscm_desktop.store.operations.operation_row import OperationRow
from iscm_desktop.workspace.key_service import KeyService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class LedgerLogRow:
    """One operation, and what the ledger of a round says of it."""

    operation: OperationRow
    responses: int  # entries that it added
    size: int  # of the ledger after it; 0 where it added nothing
    checkpoint: int | None  # number of the first one signed that covers it
    is_cosigned: bool  # that checkpoint, or a later one
    is_fork: bool  # the ledger goes on under another name from here


class LedgerService:
    """The service behind checkpoints and the log of the page Proof."""

    def __init__(self, context: WorkspaceContext, key_service: KeyService) -> None:
        self._context, self._keys = context, key_service

    @property
    def public_key(self) -> str:
        """Whose signature stands under checkpoints of this computer: a line that others give to `--key`."""
        return self._keys.device_key.public

    def last_checkpoint(self, round_: str) -> CheckpointRow | None:
        """The newest that was signed; nothing is signed by asking."""
        with self._context.database.read() as db:
            return checkpoint_rows.last_checkpoint(db, round_)

    def is_behind(self, round_: str) -> bool:
        """Whether entries were added since the newest checkpoint."""
        with self._context.database.read() as db:
            last = checkpoint_rows.last_checkpoint(db, round_)
            return bool(origins_of(db, round_)) and checkpoint_rows.is_behind(db, last, round_)

    def checkpoint(self, round_: str) -> CheckpointRow:
        """The signed checkpoint of the ledger as it is now: the newest one, or one more if entries were added.

        Raises:
            IscmError: the round's ledger has no entry, or is not what was signed before.
        """
        key = self._keys.device_key  # before the store is held: the system may ask for a password
        with self._context.database.write() as db:
            return self.checkpoint_within(db, round_, key.seed)

    def checkpoint_within(self, db: Transaction, round_: str, seed: bytes) -> CheckpointRow:
        """The same within a transaction."""
        origins = origins_of(db, round_)
        if not origins:
            raise IscmError(LedgerProblem.LEDGER_EMPTY, round=round_)
        for fault in newest_faults(db):
            if fault.round == round_:
                raise IscmError(LedgerProblem.LEDGER_DAMAGED, round=round_, number=fault.checkpoint)
        origin, last = origins[-1], checkpoint_rows.last_checkpoint(db, round_)
        is_current = last is not None and last.text.startswith(f"{origin.origin}\n")
        if last is not None and is_current and not checkpoint_rows.is_behind(db, last, round_):
            return last
        tree = checkpoint_rows.tree_now(db, round_)
        forked = (fork_extension(origin.size),) if origin.is_fork else ()
        text = Checkpoint(origin.origin, tree.size, tree.root, forked).text
        note = signed(text, origin.origin, seed)
        return checkpoint_rows.add_checkpoint(db, round_, tree, note.written, self._context.now())

    def write_checkpoint(self, round_: str, target: Path) -> CheckpointRow:
        """Writes the checkpoint of the ledger as it is now.

        Raises:
            IscmError: there is none, or the file cannot be written.
        """
        row = self.checkpoint(round_)
        replace_file(target, row.text.encode())
        return row

    def origins(self, round_: str) -> tuple[LedgerOrigin, ...]:
        """The names by which a round's ledger went; () where it has no entry."""
        with self._context.database.read() as db:
            return origins_of(db, round_)

    def receipts(self, round_: str) -> ReceiptCounts:
        """For how many respondents there is a receipt, and how many of these are outdated."""
        with self._context.database.read() as db:
            return checkpoint_rows.receipt_counts(db, round_)

    def log(self, round_: str, limit: int | None = None) -> tuple[LedgerLogRow, ...]:
        """What was done, the newest first: operations that changed responses of this round, or of none."""
        with self._context.database.read() as db:
            operations = list_operations(db, limit=limit)
            checkpoints = checkpoint_rows.checkpoints_of(db, round_)
            is_forked = len(origins_of(db, round_)) > 1
            added = entries_by_operation(db)
        here = {operation for each, operation in added if each == round_}
        elsewhere = {operation for each, operation in added if each != round_} - here
        cosigned = max((row.size for row in checkpoints if is_cosigned(row)), default=0)
        return tuple(
            _log_row(
                one, added.get((round_, int(one.id)), (0, -1)), checkpoints, cosigned, is_forked=is_forked
            )
            for one in operations
            if int(one.id) not in elsewhere
        )


def is_cosigned(row: CheckpointRow) -> bool:
    """Whether another coordinator's cosignature was added to it; only verified ones are."""
    return len(read_note(row.text.encode()).signatures) > 1


def _log_row(
    operation: OperationRow,
    added: tuple[int, int],
    checkpoints: tuple[CheckpointRow, ...],
    cosigned: int,
    *,
    is_forked: bool,
) -> LedgerLogRow:
    responses, size = added[0], added[1] + 1
    number = next((row.number for row in checkpoints if row.size >= size), None) if responses else None
    return LedgerLogRow(
        operation,
        responses,
        size,
        number,
        is_cosigned=bool(responses) and cosigned >= size,
        is_fork=is_forked and operation.kind is OperationKind.RESTORE,
    )
