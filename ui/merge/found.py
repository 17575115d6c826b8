"""What the page shows beside the files: looked up in one go, on the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iscm_desktop.workspace import BatchRow, ConflictRow, Workspace
    from iscm_desktop.workspace.asking import QueryRow
    from iscm_desktop.workspace.settling import Settled, Suggestion


@dataclass(frozen=True, slots=True)
class Found:
    """Plain rows."""

    conflicts: tuple[ConflictRow, ...]
    suggestions: tuple[Suggestion, ...]
    batches: tuple[BatchRow, ...]
    settlements: Mapping[str, Settled]
    queries: tuple[QueryRow, ...]


def look(workspace: Workspace) -> Found:
    conflicts = workspace.conflicts()
    return Found(
        conflicts,
        workspace.suggestions() if conflicts else (),
        workspace.batches(),
        workspace.settlements(),
        workspace.queries(),
    )
