"""What merges did not take in: listed, written down, and answered to whoever sent it."""

from __future__ import annotations

import argparse
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.file_names import shown_file
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.workspace import Workspace


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    refused = commands.add_parser(
        "refused", parents=[everywhere], help="files of a merge of which nothing was merged, and why"
    )
    refused.add_argument(
        "operation", nargs="?", metavar="OPERATION", help="the merge; without one, the last that has any"
    )
    refused.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write the list: .csv, .xlsx, or a text to read"
    )
    refused.add_argument(
        "--replies",
        type=Path,
        metavar="DIR",
        help="write a reply to each sender, to be looked at and sent by hand",
    )
    refused.set_defaults(run=_refused, needs_workspace=True, needs_store=True)


def _refused(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    found = workspace.refusals.of_merge(chosen.operation)
    told = workspace.refusals.lines(found.rows)
    lines = table(
        ("FILE", "RESULT", "FROM", "WHY"),
        [(one.file, one.result, one.address or one.sender or one.respondent, one.why) for one in told],
    )
    if not told:
        lines = [_("Nothing was refused.")]
    data: dict[str, object] = {"operation": found.operation, "files": told}
    if chosen.output:
        data["list"] = workspace.refusals.write_list(found.rows, chosen.output)
        lines.append(_("Written: {file}").format(file=shown_file(chosen.output)))
    if chosen.replies:
        files = data["replies"] = workspace.refusals.write_replies(found.rows, chosen.replies)
        words = ngettext(
            "{count} reply written to {folder}. Look at it, then send it with your mail program.",
            "{count} replies written to {folder}. Look at them, then send them with your mail program.",
            len(files),
        )
        lines.append(words.format(count=len(files), folder=shown_file(chosen.replies)))
    return CommandResult(data, lines)
