"""What was done to a store, newest first."""

from __future__ import annotations

import argparse

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.i18n import _
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.operation_wording import kind_in_words, state_in_words, subject_in_words
from iscm_desktop.workspace.row_types import OperationRow


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    log = commands.add_parser(
        "log", parents=[everywhere], help="what was done: merges, settlements, exports, what was taken back"
    )
    log.add_argument("-n", "--number", type=_how_many, metavar="N", help="the newest N only")
    log.set_defaults(run=_log, needs_workspace=True, needs_store=True)


def _how_many(text: str) -> int:
    """Raises ValueError, which argparse words, where it is no number from 1 to a million."""
    if not 1 <= (number := int(text)) <= 1_000_000:
        raise ValueError(text)
    return number


def _log(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    rows = workspace.operations.rows(chosen.number)
    lines = table(("NUMBER", "WHEN", "WHO", "WHAT", "", ""), (_cells(row) for row in rows))
    return CommandResult(rows, lines if rows else [_("Nothing has been done here yet.")])


def _cells(row: OperationRow) -> tuple[str, ...]:
    state = state_in_words(row)
    if row.taken_back_by:
        state = _("{state} by {number}").format(state=state, number=row.taken_back_by)
    when = f"{row.started_at:%Y-%m-%d %H:%M}"
    return (row.id, when, row.person, kind_in_words(row.kind), subject_in_words(row), state)
