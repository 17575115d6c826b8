"""What a start says of ledgers that are not as they were signed; mostly nothing. Needs neither SQLAlchemy nor keys."""

from __future__ import annotations

from iscm_desktop.i18n import _
from iscm_desktop.store.ledger.ledger_consistency import newest_faults
from iscm_desktop.workspace.workspace_context import WorkspaceContext


def ledger_warnings(context: WorkspaceContext) -> tuple[str, ...]:
    """A sentence for each checkpoint, of the newest two of each round, that its entries do not come to."""
    with context.database.read() as db:
        faults = newest_faults(db)
    words = _(
        "The ledger of the round '{round}' is not what was signed in its checkpoint {number}: entries were changed or "
        "taken out outside of the program. Please look with `iscm verify` what else is not as it was, and keep this "
        "store as it is for whoever looks into it."
    )
    return tuple(words.format(round=fault.round, number=fault.checkpoint) for fault in faults)
