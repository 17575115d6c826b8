"""Stores as a whole: one copied into another, on this computer or on a server."""

from __future__ import annotations

import argparse

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.i18n import _
from iscm_desktop.workspace.store_transfer import copy_store


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    store = commands.add_parser("store", parents=[everywhere], help="a whole store, in a file or on a server")
    actions = store.add_subparsers(required=True, metavar="ACTION")
    copy = actions.add_parser(
        "copy", parents=[everywhere], help="all of a store into a new file or an empty database"
    )
    for name, metavar in (("source", "FROM"), ("target", "TO")):
        copy.add_argument(name, metavar=metavar, help="a path, or postgresql+psycopg://name@server/database")
    copy.set_defaults(run=_copy, needs_workspace=False)


def _copy(chosen: argparse.Namespace) -> CommandResult:
    rows = copy_store(chosen.source, chosen.target)
    words = _("Copied: {count} rows, nothing changed on the way.").format(count=rows)
    return CommandResult({"rows": rows, "target": chosen.target}, [words])
