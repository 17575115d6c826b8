"""What the page shows beside the files: looked up in one go, on the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iscm_desktop.workspace import Workspace
    from iscm_desktop.workspace.colleagues.query_service import QueryRow
    from iscm_desktop.workspace.conflicts.settlement_rule_service import RuleSuggestion
    from iscm_desktop.workspace.row_types import ConflictRow, OperationRow

_NEWEST = 20


@dataclass(frozen=True, slots=True)
class MergeOverview:
    """Plain rows."""

    conflicts: tuple[ConflictRow, ...]
    suggestions: tuple[RuleSuggestion, ...]
    operations: tuple[OperationRow, ...]  # the newest
    queries: tuple[QueryRow, ...]


def read_overview(workspace: Workspace) -> MergeOverview:
    """On the worker: suggestions are worked out only where there are conflicts."""
    conflicts = workspace.conflicts.unsettled()
    return MergeOverview(
        conflicts,
        workspace.settlement_rules.suggest() if conflicts else (),
        workspace.operations.rows(_NEWEST),
        workspace.queries.rows(),
    )
