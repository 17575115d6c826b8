"""A practice round on the command line: begun, gone on with, thrown away."""

from __future__ import annotations

import argparse
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.i18n import _
from iscm_desktop.store.rows import Person
from iscm_desktop.workspace.practice_round import discard_practice, practice_store, start_practice


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds this command to the parser of `iscm`."""
    practice = commands.add_parser(
        "practice", parents=[everywhere], help="a round with sample answers, in which nothing counts"
    )
    practice.add_argument(
        "--at", type=Path, metavar="PATH", help="where it lies (default: beside your own store)"
    )
    practice.add_argument("--discard", action="store_true", help="throw it away")
    practice.set_defaults(run=_practice, needs_workspace=False)


def _practice(chosen: argparse.Namespace) -> CommandResult:
    store = chosen.at or practice_store()
    if chosen.discard:
        discard_practice(store)
        return CommandResult({"store": store}, [_("The practice round is thrown away.")])
    path = start_practice(Person("", ""), chosen.interface, store)
    words = _("Practice: nothing here counts. The round is in {file}; name it with --store.")
    return CommandResult({"store": path}, [words.format(file=path)])
