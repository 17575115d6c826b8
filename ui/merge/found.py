"""What the page shows beside the files: looked up in one go, on the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iscm_desktop.workspace import ConflictRow, OperationRow, Workspace
    from iscm_desktop.workspace.colleagues.query_service import QueryRow
    from iscm_desktop.workspace.conflicts.rule_settlement import RuleSuggestion

_NEWEST = 40


@dataclass(frozen=True, slots=True)
class Found:
    """Plain rows."""

    conflicts: tuple[ConflictRow, ...]
    suggestions: tuple[RuleSuggestion, ...]
    operations: tuple[OperationRow, ...]  # the newest
    queries: tuple[QueryRow, ...]


def look(workspace: Workspace) -> Found:
    conflicts = workspace.conflicts.unsettled()
    return Found(
        conflicts,
        workspace.settlement_rules.suggest() if conflicts else (),
        workspace.operations.rows(_NEWEST),
        workspace.queries.rows(),
    )
