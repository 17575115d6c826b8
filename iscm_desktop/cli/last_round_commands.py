"""Last round's answers on the command line: taken in, confirmed, and compared with those of this round."""

from __future__ import annotations

import argparse
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.cli.response_commands import find_response, path_in_response
from iscm_desktop.cli.terminal_tables import shortened, table
from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.i18n import N_, _, ngettext
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.session.offers import AnswerFate
from iscm_desktop.workspace import Workspace

_SINCE = {
    AnswerFate.CHANGED: N_("changed"),
    AnswerFate.NEW: N_("new"),
    AnswerFate.GONE: N_("no longer answered"),
    AnswerFate.NOT_CONFIRMED: N_("not confirmed"),
    AnswerFate.SAME: N_("the same"),
}


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    command = commands.add_parser(
        "last-round",
        parents=[everywhere],
        help="what was answered in an earlier round: take it in, confirm it, see what changed since",
    )
    command.add_argument("response", help="id of the response, its beginning, or the respondent's code")
    what = command.add_mutually_exclusive_group()
    what.add_argument(
        "--from", dest="source", metavar="FILE|RESPONSE",
        help="the file exported in the earlier round, or the id of that response in this store",
    )  # fmt: skip
    what.add_argument(
        "--confirm", nargs="+", metavar="PATH", help="take over: questions, repeats, or whole sections"
    )
    what.add_argument("--forget", action="store_true", help="offer nothing any longer; answers stay")
    what.add_argument("-o", "--output", type=Path, metavar="FILE.pdf", help="write what changed as PDF")
    command.set_defaults(run=_last_round, needs_workspace=True)


def _last_round(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    if chosen.source is not None:
        return _take(workspace, response, chosen.source)
    if chosen.confirm:
        paths = [path_in_response(workspace, response, path) for path in chosen.confirm]
        done = sum(workspace.last_round.confirm(response, path) for path in paths)
        words = ngettext("{count} taken over.", "{count} taken over.", done).format(count=done)
        return CommandResult({"response": response, "confirmed": done}, [words])
    if chosen.forget:
        workspace.last_round.withdraw(response)
        return CommandResult(
            {"response": response}, [_("Nothing of an earlier round is offered any longer.")]
        )
    if chosen.output is not None:
        workspace.documents.write_changes(response, chosen.output)
        return CommandResult({"files": [chosen.output]}, [_("Written: {file}").format(file=chosen.output)])
    return _changes(workspace, response)


def _take(workspace: Workspace, response: str, source: str) -> CommandResult:
    """A file, where there is one of this name, else a response."""
    file = Path(source)
    if file.suffix and not file.exists():
        raise IscmError(AnswerProblem.FILE_MISSING, file=file)
    count = workspace.last_round.offer(response, file if file.exists() else find_response(workspace, source))
    round_ = workspace.last_round.answers(response).round
    words = ngettext(
        "{count} answer of {round}, not confirmed.", "{count} answers of {round}, not confirmed.", count
    )
    return CommandResult(
        {"response": response, "round": round_, "answers": count}, [words.format(count=count, round=round_)]
    )


def _changes(workspace: Workspace, response: str) -> CommandResult:
    rows = workspace.last_round.changes(response)
    if not rows:
        return CommandResult(rows, [_("No answers of an earlier round were taken in. Do so with --from.")])
    round_ = workspace.last_round.answers(response).round
    lines = table(
        ("PATH", "QUESTION", round_, _("NOW"), ""),
        [
            (
                row.path,
                shortened(with_number(row.number, row.label)),
                shortened(row.before),
                shortened(row.now),
                _(_SINCE[row.since]),
            )
            for row in rows
        ],
    )
    return CommandResult(rows, lines)
