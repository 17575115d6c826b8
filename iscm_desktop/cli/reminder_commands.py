"""Reminders on the command line: who may be reminded, who was, and the files for it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.errors import IscmError, RoundProblem
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.machine_texts import machine_text
from iscm_desktop.presenters.reminder_choice import (
    ReminderFilter,
    is_rested,
    left_out_in_words,
    remarks_on,
    standing_in_words,
)
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.reminders.reminder_rows import ReminderRow, ReminderStanding, WrittenReminders

_FILTERS = [each.value for each in ReminderFilter if each is not ReminderFilter.EVERYBODY]


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds this command to the parser of `iscm`."""
    made = commands.add_parser(
        "reminders",
        parents=[everywhere],
        help="who has not answered yet, and letters to them; nothing is sent",
    )
    made.add_argument("respondents", nargs="*", metavar="RESPONDENT", help="these alone: igc, CAN, iom…")
    made.add_argument("--round")
    made.add_argument("--questionnaire", help="those asked with this one alone")
    made.add_argument("--only", choices=_FILTERS, default="not-signed-off", help="those of whom this is true")
    made.add_argument("--signed-off", action="store_true", help="those, too, who have signed off")
    made.add_argument(
        "--after", type=_days, metavar="DAYS", help="those alone whose last reminder is so many days back"
    )
    made.add_argument("--history", action="store_true", help="who was reminded when, and by whom")
    made.add_argument(
        "-o", "--output", type=Path, metavar="FOLDER", help="write letters, mails and lists into a new folder"
    )
    made.set_defaults(run=_reminders, needs_workspace=True, needs_store=True)


def _days(text: str) -> int:
    """Raises ValueError, which argparse words, where it is no number from 0 to 10,000."""
    if not 0 <= (number := int(text)) <= 10_000:
        raise ValueError(text)
    return number


def _reminders(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    rows = workspace.reminders.rows(chosen.round)
    if chosen.history:
        return _history(rows)
    wanted, left_out = _wanted(workspace, rows, chosen)
    if chosen.output is None:
        return _listed(workspace, wanted, left_out)
    written = workspace.reminders.write(wanted, chosen.output)
    assert written is not None  # noqa: S101 - nobody stops it
    return _written(written, left_out)


def _wanted(
    workspace: Workspace, rows: Sequence[ReminderRow], chosen: argparse.Namespace
) -> tuple[list[ReminderRow], list[ReminderRow]]:
    """Who is to be reminded, and who is not because they have signed off."""
    found = [row for row in rows if chosen.questionnaire in (None, row.form_id)]
    if chosen.respondents:
        named: dict[tuple[str, str], ReminderRow] = {}
        for code in chosen.respondents:
            these = [
                row for row in found if code.casefold() in (row.respondent.casefold(), row.name.casefold())
            ]
            if not these:
                round_ = workspace.rounds.find(chosen.round)
                called = round_.title if round_ is not None else chosen.round
                raise IscmError(RoundProblem.REMINDER_OF_NOBODY, respondent=code, round=called)
            named |= {row.key: row for row in these}
        found = [*named.values()]
    else:
        found = [row for row in found if row.is_asked]
    fitting = [row for row in found if is_rested(row, workspace.now(), chosen.after)]
    if chosen.only != ReminderFilter.NOT_SIGNED_OFF.value:
        fitting = [row for row in fitting if ReminderFilter(chosen.only).fits(row)]
    is_left = {
        row.key: row.standing is ReminderStanding.SIGNED_OFF and not chosen.signed_off for row in fitting
    }
    return (
        [row for row in fitting if not is_left[row.key]],
        [row for row in fitting if is_left[row.key]],
    )


def _listed(
    workspace: Workspace, wanted: Sequence[ReminderRow], left_out: Sequence[ReminderRow]
) -> CommandResult:
    if workspace.rounds.followed() is None:
        return CommandResult([], [_("There is no round yet. Start one with: iscm round new")])
    lines = [
        (
            row.form_id, row.respondent, row.name, standing_in_words(row),
            f"{row.reminded[0].at:%Y-%m-%d}" if row.reminded else "-",
            row.contact or "-",
        )
        for row in wanted
    ]  # fmt: skip
    heads = ("QUESTIONNAIRE", "RESPONDENT", "NAME", "STATUS", "REMINDED", "CONTACT")
    words = ngettext("{count} to be reminded.", "{count} to be reminded.", len(wanted))
    told = (
        [*table(heads, lines), words.format(count=len(wanted))]
        if wanted
        else [_("Nobody is to be reminded.")]
    )
    return CommandResult(wanted, [*told, *left_out_in_words(left_out)])


def _written(written: WrittenReminders, left_out: Sequence[ReminderRow]) -> CommandResult:
    count = len(written.reminders)
    words = ngettext(
        "{count} reminder written into {folder}. Nothing was sent: look at it, and send it yourself.",
        "{count} reminders written into {folder}. Nothing was sent: look at them, and send them yourself.",
        count,
    )
    undo = _("It is in the log that they were reminded; take that back with: {command}")
    command = machine_text(f"iscm merge --undo {written.operation}")
    return CommandResult(
        {"written": written, "left_out": left_out},
        [
            words.format(count=count, folder=machine_text(written.folder)),
            *remarks_on(written),
            *left_out_in_words(left_out),
            undo.format(command=command),
        ],
    )


def _history(rows: Sequence[ReminderRow]) -> CommandResult:
    found = sorted(
        ((event, row) for row in rows for event in row.reminded), key=lambda one: one[0].at, reverse=True
    )
    lines = [
        (f"{event.at:%Y-%m-%d %H:%M}", row.form_id, row.respondent, row.name, event.person, event.operation)
        for event, row in found
    ]
    heads = ("WHEN", "QUESTIONNAIRE", "RESPONDENT", "NAME", "BY", "OPERATION")
    data = [
        {"form_id": row.form_id, "respondent": row.respondent, "name": row.name, "reminded": event}
        for event, row in found
    ]
    return CommandResult(data, table(heads, lines) if lines else [_("Nobody has been reminded yet.")])
