"""What the program offers, and what has nothing to report, on the command line."""

from __future__ import annotations

import argparse

from iscm_desktop.cli.command_output import CommandResult, Commands, item_words
from iscm_desktop.cli.response_commands import find_response, path_in_response
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.workspace import Workspace


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    offers = commands.add_parser(
        "offers", parents=[everywhere], help="what the registers propose: see it, take it over, decline it"
    )
    offers.add_argument("response", help="id of the response, its beginning, or the respondent's code")
    what = offers.add_mutually_exclusive_group()
    what.add_argument(
        "--take-over", nargs="+", metavar="PATH", help="entries, or repeats for all that is offered there"
    )
    what.add_argument("--all", action="store_true", help="take over all that is offered")
    what.add_argument(
        "--decline",
        nargs="+",
        metavar="PATH",
        help="entries that are not the respondent's, or repeats",
    )
    what.add_argument("--offer-again", nargs="+", metavar="PATH", help="entries that were declined")
    offers.set_defaults(run=_offers, needs_workspace=True)
    nothing = commands.add_parser(
        "nothing", parents=[everywhere], help="say of a section or repeat that there is nothing to report"
    )
    nothing.add_argument("response", help="id of the response, its beginning, or the respondent's code")
    nothing.add_argument("path", nargs="?", help="of the section or repeat; without it, list what was said")
    nothing.add_argument("--take-back", action="store_true", help="there is something to report after all")
    nothing.set_defaults(run=_nothing, needs_workspace=True)


def _offers(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    if chosen.take_over or chosen.all:
        take_over = workspace.offers.take_over
        paths = [path_in_response(workspace, response, path) for path in chosen.take_over or []]
        done = take_over(response) if chosen.all else sum(take_over(response, path) for path in paths)
        words = ngettext("{count} taken over.", "{count} taken over.", done).format(count=done)
        return CommandResult({"response": response, "taken_over": done}, [words])
    for named, is_declined in ((chosen.decline, True), (chosen.offer_again, False)):
        if named:
            paths = [path_in_response(workspace, response, path) for path in named]
            done = sum(workspace.offers.decline(response, path, is_declined=is_declined) for path in paths)
            words = ngettext("{count} declined.", "{count} declined.", done).format(count=done)
            data = {"response": response, "paths": paths, "is_declined": is_declined, "count": done}
            return CommandResult(data, [words if is_declined else _("Kept.")])
    return _waiting(workspace, response)


def _waiting(workspace: Workspace, response: str) -> CommandResult:
    rows = workspace.offers.waiting(response)
    data = [
        {
            "path": one.path,
            "from": one.round or one.origin.value,
            "answers": {str(path): text for path, text in one.answers.items()},
        }
        for one in rows
    ]
    if not rows:
        return CommandResult(data, [_("Nothing is offered that waits to be taken over.")])
    lines = table(
        ("PATH", "FROM", "ANSWERS"),
        [(one.path, one.round or _("register"), _(", ").join(one.answers.values())) for one in rows],
    )
    return CommandResult(data, [*lines, "", _("Nothing of it counts until somebody takes it over.")])


def _nothing(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    if chosen.path is not None:
        place = path_in_response(workspace, response, chosen.path)
        path = workspace.nothing.say(response, place, is_made=not chosen.take_back)
        words = _("Taken back.") if chosen.take_back else _("Kept: nothing to report.")
        return CommandResult({"response": response, "path": path, "is_said": not chosen.take_back}, [words])
    rows = workspace.nothing.of(response)
    lines = [
        f"{item_words(row.path, row.number, row.label)}  {row.by or '-'}  {row.said_at:%Y-%m-%d}"
        for row in rows
    ]
    return CommandResult(rows, lines or [_("Of nothing was it said that there is nothing to report.")])
