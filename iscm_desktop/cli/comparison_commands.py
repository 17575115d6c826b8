"""What changed in a response between two moments, on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.cli.response_commands import find_response
from iscm_desktop.cli.terminal_tables import shortened, table
from iscm_desktop.i18n import _
from iscm_desktop.presenters.moment_choice import moment_named
from iscm_desktop.presenters.moment_wording import DIFFERENCES, count_words, moment_words
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.workspace import Workspace


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds this command to the parser of `iscm`."""
    command = commands.add_parser(
        "changes", parents=[everywhere], help="which answers changed between two moments"
    )
    command.add_argument("response", help="id of the response, its beginning, or the respondent's code")
    command.add_argument(
        "--since", metavar="WHEN", default="start",
        help="start, export, merge, sign-off or change (the last of each), a day, or a time; start by default",
    )  # fmt: skip
    command.add_argument("--until", metavar="WHEN", default="now", help="likewise; now by default")
    command.add_argument("--moments", action="store_true", help="list the moments that are known")
    command.add_argument("-o", "--output", type=Path, metavar="FILE.pdf", help="write what changed as PDF")
    command.set_defaults(run=_changes, needs_workspace=True)


def _changes(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    moments = workspace.comparisons.moments(response)
    if chosen.moments:
        return CommandResult(moments, [moment_words(one) for one in moments])
    earlier, later = moment_named(chosen.since, moments), moment_named(chosen.until, moments)
    if chosen.output is not None:
        workspace.documents.write_comparison(response, earlier, later, chosen.output)
        return CommandResult({"files": [chosen.output]}, [_("Written: {file}").format(file=chosen.output)])
    rows = workspace.comparisons.changes(response, earlier, later)
    lines = table(
        ("PATH", "QUESTION", _("BEFORE"), _("AFTER"), ""),
        [
            (
                row.path,
                shortened(with_number(row.number, row.label)),
                shortened(row.before),
                shortened(row.now),
                _(DIFFERENCES[row.kind]),
            )
            for row in rows
        ],
    )
    return CommandResult(rows, [*(lines if rows else ()), count_words(rows)])
