"""Clearance on the command line: who is asked to agree before the sign-off, and who did."""

from __future__ import annotations

import argparse
from datetime import date

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.cli.response_commands import find_response
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.i18n import _
from iscm_desktop.presenters.clearance_words import clearance_state
from iscm_desktop.workspace import Workspace


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    clearance = commands.add_parser("clearance", help="offices and people who agree before the sign-off")
    actions = clearance.add_subparsers(required=True, metavar="ACTION")
    listing = _action(actions, everywhere, "list", "whose clearance is asked for, and who gave it")
    listing.set_defaults(run=_list)
    for name, purpose, run in (
        ("add", "ask for the clearance of an office or person", _add),
        ("give", "keep that somebody agreed to the answers as they are now", _give),
        ("reopen", "take an agreement back; the step stays", _reopen),
        ("remove", "no longer ask for a clearance", _remove),
    ):
        action = _action(actions, everywhere, name, purpose)
        action.add_argument("whose", help="the office or person; the beginning of the name where it is known")
        action.set_defaults(run=run)
        if name == "add":
            action.add_argument("--asked", type=_day, metavar="YYYY-MM-DD", help="when they were asked")
        if name == "give":
            action.add_argument("--by", required=True, metavar="NAME", help="who agreed")
            action.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="when (default: today)")
            action.add_argument("--remarks", default="", help="what they said")
            action.add_argument(
                "--paper", action="store_true", help="they signed by hand, on a sheet that is kept"
            )


def _action(
    actions: Commands, everywhere: argparse.ArgumentParser, name: str, purpose: str
) -> argparse.ArgumentParser:
    action: argparse.ArgumentParser = actions.add_parser(name, parents=[everywhere], help=purpose)
    action.add_argument("response", help="id of the response, its beginning, or the respondent's code")
    action.set_defaults(needs_workspace=True, needs_store=True)
    return action


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"not a day as YYYY-MM-DD: {text!r}") from error


def _listed(workspace: Workspace, response: str) -> CommandResult:
    rows = workspace.clearances.rows(response)
    lines = table(
        ("WHOSE", "STATE", "REMARKS"), [(row.whose, clearance_state(row), row.remarks) for row in rows]
    )
    return CommandResult(rows, lines if rows else [_("Nobody's clearance is asked for.")])


def _list(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    return _listed(workspace, find_response(workspace, chosen.response))


def _add(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    if chosen.asked is None:
        workspace.clearances.add(response, chosen.whose)
    else:
        workspace.clearances.ask(response, chosen.whose, chosen.asked)
    return _listed(workspace, response)


def _give(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    row = workspace.clearances.find(response, chosen.whose)
    workspace.clearances.clear(
        response, row.whose, chosen.by, chosen.on, remarks=chosen.remarks, is_paper=chosen.paper
    )
    return _listed(workspace, response)


def _reopen(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    workspace.clearances.reopen(response, chosen.whose)
    return _listed(workspace, response)


def _remove(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    workspace.clearances.remove(response, chosen.whose)
    return _listed(workspace, response)
