"""Keys on the command line: the coordinators' own, and those of known devices."""

from __future__ import annotations

import argparse
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands, action, room
from iscm_desktop.cli.passphrases import passphrase_in
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.respondent_choice import form_for
from iscm_desktop.workspace import Workspace


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    _add_keys(commands, everywhere)
    _add_devices(commands, everywhere)


def _add_keys(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    actions = room(commands, "keys", "coordinators' keys: for whom answers are encrypted; backup")
    action(actions, everywhere, "list", "for whom invitations ask answers to be encrypted").set_defaults(
        run=_keys_list
    )
    add_key = action(actions, everywhere, "add", "let a colleague open the answers to new invitations")
    add_key.add_argument("recipient", help="the colleague's public key, age1…")
    add_key.add_argument("--name", required=True)
    add_key.set_defaults(run=_keys_add)
    remove = action(actions, everywhere, "remove", "leave a colleague out of new invitations")
    remove.add_argument("recipient")
    remove.set_defaults(run=_keys_remove)
    backup = action(actions, everywhere, "backup", "write the private keys under a passphrase")
    backup.add_argument("-o", "--output", type=Path, required=True)
    restore = action(actions, everywhere, "restore", "take keys in from a backup")
    restore.add_argument("file", type=Path)
    for made, run in ((backup, _keys_backup), (restore, _keys_restore)):
        made.add_argument(
            "--passphrase-file",
            type=Path,
            metavar="FILE",
            help="its first line is the passphrase (default: asked)",
        )
        made.set_defaults(run=run)


def _add_devices(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    actions = room(commands, "devices", "devices whose signature is known")
    action(actions, everywhere, "list", "the known devices").set_defaults(run=_devices_list)
    name = action(actions, everywhere, "name", "name a device, which makes it known")
    name.add_argument("key", help="its public key; of a known device, how it begins")
    name.add_argument("name")
    _add_whose(name, "whose device it is; default: all for whom it is known")
    name.set_defaults(run=_devices_name)
    forget = action(actions, everywhere, "forget", "trust a device no longer")
    forget.add_argument("key", help="its public key, or how it begins")
    _add_whose(forget, "for this respondent only")
    forget.set_defaults(run=_devices_forget)


def _add_whose(made: argparse.ArgumentParser, help_: str) -> None:
    made.add_argument("--respondent", metavar="CODE", default="", help=help_)
    made.add_argument("--questionnaire", default="", help="default: by the code")


def _whose(chosen: argparse.Namespace) -> tuple[str, str]:
    """Questionnaire and respondent; both "" where nobody is named."""
    if not chosen.respondent:
        return "", ""
    return chosen.questionnaire or form_for(chosen.respondent), chosen.respondent


def _keys_list(workspace: Workspace, _chosen: argparse.Namespace) -> CommandResult:
    at_hand = workspace.keys.identities()
    rows = [
        {
            "recipient": row.recipient,
            "name": row.name,
            "is_ours": row.is_ours,
            "is_here": row.recipient in at_hand,
        }
        for row in workspace.keys.coordinator_keys()
    ]
    states = {(True, True): _("yours"), (True, False): _("yours, but not on this computer")}
    lines = [
        (
            str(row["recipient"]),
            str(row["name"]),
            states.get((bool(row["is_ours"]), bool(row["is_here"])), ""),
        )
        for row in rows
    ]
    return CommandResult(
        rows, table(("KEY", "NAME", ""), lines) if rows else [_("No coordinator's key yet.")]
    )


def _keys_add(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    workspace.keys.add_coordinator(chosen.recipient, chosen.name)
    words = _("{name} can open the answers to invitations that you issue from now on.")
    return CommandResult({"added": chosen.recipient}, [words.format(name=chosen.name)])


def _keys_remove(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    workspace.keys.remove_coordinator(chosen.recipient)
    return CommandResult({"removed": chosen.recipient}, [_("New invitations do not name this key.")])


def _keys_backup(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    count = workspace.keys.back_up(chosen.output, passphrase_in(chosen.passphrase_file))
    words = _("Written: {file}. Keep it apart from this computer, and the passphrase apart from it.")
    return CommandResult({"file": chosen.output, "keys": count}, [words.format(file=chosen.output)])


def _keys_restore(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    count = workspace.keys.restore(chosen.file, passphrase_in(chosen.passphrase_file))
    words = ngettext(
        "{count} key is on this computer again.", "{count} keys are on this computer again.", count
    )
    return CommandResult({"keys": count}, [words.format(count=count)])


def _devices_list(workspace: Workspace, _chosen: argparse.Namespace) -> CommandResult:
    rows = workspace.devices.all()
    lines = [(row.key, row.name, row.respondent_name, f"{row.first_seen_at:%Y-%m-%d}") for row in rows]
    head = ("KEY", "NAME", "KNOWN FOR", "SINCE")
    return CommandResult(rows, table(head, lines) if rows else [_("No device is known yet.")])


def _devices_name(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    workspace.devices.name(chosen.key, chosen.name, *_whose(chosen))
    return CommandResult({"named": chosen.name}, [_("Known from now on: {name}").format(name=chosen.name)])


def _devices_forget(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    workspace.devices.forget(chosen.key, *_whose(chosen))
    return CommandResult({"forgotten": chosen.key}, [_("Forgotten.")])
