"""The rest of the command line: who you are, backup, the sample round, the self-check."""

from __future__ import annotations

import argparse
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.errors import IscmError
from iscm_desktop.i18n import _
from iscm_desktop.presenters.backup_words import rehearsal_words, second_place_words, shown_time
from iscm_desktop.workspace import Workspace


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    person = commands.add_parser("person", parents=[everywhere], help="who types here; kept with each answer")
    person.add_argument("--name")
    person.add_argument("--organization")
    person.set_defaults(run=_person, needs_workspace=True)
    backup = commands.add_parser(
        "backup", parents=[everywhere], help="copy the store and prove that the copy opens"
    )
    backup.add_argument(
        "-o", "--output", type=Path, help="default: beside the store, the newest ones are kept"
    )
    backup.add_argument("--list", action="store_true", help="the backups that are there, and what is in each")
    backup.add_argument(
        "--rehearse", action="store_true", help="try the newest one out, in a place of its own"
    )
    backup.add_argument(
        "--second-place", type=Path, metavar="FOLDER", help="from now on each goes into this folder, too"
    )
    backup.add_argument("--no-second-place", action="store_true", help="no longer")
    backup.set_defaults(run=_backup, needs_workspace=True, needs_store=True)
    demo = commands.add_parser("demo", parents=[everywhere], help="a sample round end to end")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")
    demo.set_defaults(run=_demo, needs_workspace=False)
    check = commands.add_parser(
        "self-check", parents=[everywhere], help="open every resource and try the whole job once"
    )
    check.set_defaults(run=_self_check, needs_workspace=False)


def _person(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    now = workspace.person
    if chosen.name is not None or chosen.organization is not None:
        workspace.set_person(
            now.name if chosen.name is None else chosen.name,
            now.organization if chosen.organization is None else chosen.organization,
        )
    return CommandResult(
        workspace.person, [f"{workspace.person.name}, {workspace.person.organization}".strip(", ")]
    )


def _backup(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    backups = workspace.backups
    if chosen.list:
        return _backups(workspace)
    if chosen.rehearse:
        done = backups.rehearse()
        return CommandResult(done, [rehearsal_words(done)], has_findings=done is None or bool(done.fault))
    if chosen.second_place is not None or chosen.no_second_place:
        backups.set_second_place(chosen.second_place)
        return CommandResult({"second_place": backups.second_place}, [second_place_words(workspace)])
    copy = backups.make(chosen.output)
    remark, missed = backups.remark, backups.second_missed
    lines = [_("Written: {file}").format(file=copy), *filter(None, [remark, missed])]
    data = {"file": copy, "remark": remark, "second_missed": missed}
    return CommandResult(data, lines, has_findings=bool(remark or missed))


def _backups(workspace: Workspace) -> CommandResult:
    found = workspace.backups.looked_into()
    if not found:
        return CommandResult([], [_("There is no backup yet.")])
    data: list[object] = []
    cells, faults = [], []
    for row, one in found:
        if isinstance(one, IscmError):
            data.append({"path": row.path, "fault": str(one)})
            faults.append(str(one))
        else:
            data.append(one)
        counts = ("-", "-") if isinstance(one, IscmError) else (str(len(one.there)), str(one.answers))
        cells.append((str(row.path), shown_time(row.made_at), *counts))
    lines = table(("FILE", "MADE", "RESPONSES", "ANSWERS"), cells)
    return CommandResult(data, [*lines, *faults], has_findings=bool(faults))


def _demo(chosen: argparse.Namespace) -> CommandResult:
    from iscm_desktop.demo import sample_round

    written = sample_round(chosen.out)
    return CommandResult({"files": written}, [_("Written: {file}").format(file=file) for file in written])


def _self_check(_chosen: argparse.Namespace) -> CommandResult:
    from iscm_desktop.self_check import check_everything

    steps = check_everything()
    failed = [step for step in steps if step.fault]
    lines = [f"{'FAILED' if step.fault else 'ok':6}  {step.name}  {step.fault}".rstrip() for step in steps]
    return CommandResult(steps, lines, has_findings=bool(failed))
