"""Stores as a whole: one copied into another, on this computer or on a server; a backup restored."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from iscm_desktop import paths
from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.cli.passphrases import new_passphrase, passphrase_of_store
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.backup_words import restore_words, shown_time, standing_words
from iscm_desktop.store.verification.copy_proof import CopyProof
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.backups.backup_contents import contents_of
from iscm_desktop.workspace.practice_mark import check_practice_place, is_practice_file
from iscm_desktop.workspace.store_protection import check_protectable, protect_store
from iscm_desktop.workspace.store_transfer import copy_store, restore_backup
from iscm_desktop.workspace.unlocking import is_protected, unlock


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    store = commands.add_parser("store", parents=[everywhere], help="a whole store, in a file or on a server")
    actions = store.add_subparsers(required=True, metavar="ACTION")
    copy = actions.add_parser(
        "copy", parents=[everywhere], help="all of a store into a new file or an empty database"
    )
    for name, metavar in (("source", "FROM"), ("target", "TO")):
        copy.add_argument(name, metavar=metavar, help="a path, or postgresql+psycopg://name@server/database")
    copy.set_defaults(run=_copy, needs_workspace=False)
    protect = actions.add_parser(
        "protect", parents=[everywhere], help="set or change the passphrase of a store, or take it off"
    )
    protect.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="read it from the first line instead of asking"
    )
    protect.add_argument(
        "--remove", action="store_true", help="from now on it can be read without a passphrase"
    )
    protect.set_defaults(run=_protect, needs_workspace=False)
    restore = commands.add_parser(
        "restore", parents=[everywhere], help="put a backup in the place of the store, which is set aside"
    )
    restore.add_argument("backup", type=Path, metavar="BACKUP")
    restore.add_argument(
        "--preview", action="store_true", help="only say what is in it, and what of the store would be lost"
    )
    restore.set_defaults(run=_restore, needs_workspace=False)


def _restore(chosen: argparse.Namespace) -> CommandResult:
    store = chosen.store or paths.default_store()
    if chosen.preview:
        return _preview(chosen.backup, store)
    _unlock_present(store)
    proof = CopyProof()
    aside = restore_backup(chosen.backup, store, proof=proof)
    words = [_("Restored from {file}.").format(file=chosen.backup)]
    if aside is not None:
        words.append(_("What was there before lies in {file}.").format(file=aside))
    words += filter(None, [proof.remark])
    if aside is not None and is_protected(aside) and not is_protected(Path(store).expanduser()):
        words.append(_("The store can be read without a passphrase now, as the backup could."))
    data = {"store": store, "backup": chosen.backup, "before": aside, "remark": proof.remark}
    return CommandResult(data, words, has_findings=bool(proof.remark))


def _unlock_present(store: str | Path) -> None:
    """A store that a backup replaces keeps its passphrase where that is known; who has lost it presses Enter."""
    path = Path(store).expanduser()
    if "://" in str(store) or not is_protected(path):
        return
    passphrase = passphrase_of_store()
    if passphrase:
        unlock(path, passphrase)


def _protect(chosen: argparse.Namespace) -> CommandResult:
    store = Path(chosen.store or paths.default_store()).expanduser()
    check_protectable(store)  # or the new passphrase would be asked for twice
    if not chosen.remove:
        sys.stderr.write(
            _("Whoever loses the passphrase loses what is in the store: nobody can open it without.") + "\n"
        )
        sys.stderr.write(_("Copies that you made elsewhere yourself stay as they are.") + "\n")
    done = protect_store(store, None if chosen.remove else new_passphrase(chosen.passphrase_file))
    words = _("Protected: {store} opens with its passphrase only.")
    lines = [(words if done.is_protected else _("Not protected any longer: {store}.")).format(store=store)]
    words = ngettext(
        "{count} backup was written anew likewise.",
        "{count} backups were written anew likewise.",
        done.backups,
    )
    lines += [words.format(count=done.backups)] if done.backups else []
    lines += [_("As it was before: {backup}").format(backup=backup) for backup in done.left]
    if done.away is not None:
        words = _(
            "The second place {folder} is not there now: backups in it are as they were. They follow with the next "
            "backup that finds it."
        )
        lines.append(words.format(folder=done.away))
    return CommandResult(done, lines, has_findings=bool(done.left or done.away))


def _preview(backup: Path, store: str | Path) -> CommandResult:
    if "://" not in str(store) and not Path(store).expanduser().is_file():
        contents = contents_of(backup, {})
        if is_practice_file(backup):
            check_practice_place(backup, store)
    else:
        with Workspace.open(store) as workspace:
            contents = workspace.backups.contents(backup)
    lines = table(
        ("RESPONDENT", "ROUND", "ANSWERS", "CHANGED", "STANDING"),
        [
            (
                row.respondent,
                row.round,
                str(row.answers),
                shown_time(row.changed_at),
                standing_words(row.standing),
            )
            for row in contents.responses
        ],
    )
    return CommandResult(contents, [*lines, restore_words(contents)])


def _copy(chosen: argparse.Namespace) -> CommandResult:
    rows = copy_store(chosen.source, chosen.target)
    words = _("Copied: {count} rows, nothing changed on the way.").format(count=rows)
    return CommandResult({"rows": rows, "target": chosen.target}, [words])
