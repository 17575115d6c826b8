"""Invitations on the command line: issued one by one or by the hundred, looked at, opened."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands, action, room
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.i18n import LANGUAGES, _, joined, ngettext
from iscm_desktop.machine_texts import fingerprint_text, machine_text
from iscm_desktop.presenters.respondent_choice import form_for
from iscm_desktop.store.invitation_rows import RespondentRow
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.rounds.received_invitation_service import InvitationView


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    actions = room(commands, "invite", "invitations: issue, open, list")
    issue = action(actions, everywhere, "issue", "write invitations for respondents")
    who = issue.add_mutually_exclusive_group(required=True)
    who.add_argument("--respondent", metavar="CODE", help="for one; needs --questionnaire")
    who.add_argument(
        "--list",
        type=Path,
        metavar="CSV",
        help="for all of a list: questionnaire, respondent, language, contact",
    )
    who.add_argument("--planned", action="store_true", help="for all of the round who have none yet")
    who.add_argument("--anybody", action="store_true", help="one open invitation for whoever has it")
    issue.add_argument("--questionnaire", action="append", default=[], help="may be repeated with --anybody")
    issue.add_argument("--language", choices=LANGUAGES, default="en")
    issue.add_argument("--contact", default="")
    issue.add_argument("--round")
    issue.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE|FOLDER",
        help="a file for one invitation, a folder for several",
    )  # fmt: skip
    issue.set_defaults(run=_invite_issue)
    opening = action(actions, everywhere, "open", "start the response that an invitation asks for")
    opening.add_argument("file", type=Path)
    opening.add_argument("--questionnaire", default="", help="for open invitations")
    opening.add_argument("--respondent", default="", help="for open invitations")
    opening.add_argument("--language", choices=LANGUAGES, default="", help="default: the invitation's")
    opening.add_argument(
        "--trust-key", default="", metavar="FINGERPRINT",
        help="the words or digits of its key: where another key invited you before, and you have asked",
    )  # fmt: skip
    opening.set_defaults(run=_invite_open)
    show = action(actions, everywhere, "show", "what an invitation says; nothing is changed")
    show.add_argument("file", type=Path)
    show.set_defaults(run=_invite_show)
    listing = action(actions, everywhere, "list", "the invitations issued in a round")
    listing.add_argument("--round")
    listing.set_defaults(run=_invite_list)


def _invite_issue(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    invitations = workspace.invitations
    if chosen.anybody:
        made = [invitations.issue_open(chosen.round, chosen.questionnaire, chosen.language, chosen.output)]
    elif chosen.respondent:
        (form_id,) = chosen.questionnaire or [form_for(chosen.respondent)]
        wanted = RespondentRow("", form_id, chosen.respondent, "", chosen.language, chosen.contact)
        (asked,) = workspace.respondents.read_listed(chosen.round, [wanted])
        made = [invitations.issue_one(asked, chosen.output)]
    else:
        rows = _several(workspace, chosen)
        made = list(invitations.issue(rows, chosen.output, TaskProgress(_show_progress)))
    issued = ngettext("{count} invitation issued.", "{count} invitations issued.", len(made))
    lines = [_("Written: {file}").format(file=one.path) for one in made[:20]]
    return CommandResult(made, [*lines, issued.format(count=len(made))])


def _several(workspace: Workspace, chosen: argparse.Namespace) -> tuple[RespondentRow, ...]:
    if chosen.list:
        forms = workspace.invitations.form_ids(chosen.round)
        return workspace.respondents.read_table(chosen.round, chosen.list, forms)
    return tuple(row for row in workspace.respondents.of(chosen.round) if row.invited_at is None)


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{total}" + ("\n" if done == total else ""))
        sys.stderr.flush()


def _invite_open(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    view = workspace.received_invitations.look_at(chosen.file)
    response = workspace.received_invitations.open_response(
        chosen.file, chosen.questionnaire, chosen.respondent, chosen.language, chosen.trust_key
    )
    row = workspace.response_list.row(response)
    line = _("{respondent}, {round}: {response}").format(
        respondent=row.respondent_name, round=view.round, response=response
    )
    return CommandResult({"response": response, "invitation": view}, [line, *_issuer_lines(view)])


def _invite_show(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    view = workspace.received_invitations.look_at(chosen.file)
    invited = view.respondent_name or _("whoever has it")
    lines = [
        _("Round: {round}").format(round=view.round),
        _("Invited: {respondent}").format(respondent=invited),
        _("Questionnaires: {titles}").format(titles=joined(title for _form, title in view.forms)),
        *_issuer_lines(view),
    ]
    if view.other_issuer is not None:
        words = _("You answer another key in this round: {issuer}, {words}")
        lines.append(
            words.format(issuer=view.other_issuer.called, words=machine_text(view.other_issuer.words))
        )
    return CommandResult(view, lines)


def _issuer_lines(view: InvitationView) -> list[str]:
    """Who invites, and by which key."""
    issuer = ", ".join(filter(None, (view.issuer, view.issuer_organization))) or _("not named")
    words = _("Its key: {words} ({fingerprint})")
    return [
        _("Invited by: {issuer}").format(issuer=issuer),
        words.format(words=machine_text(view.words), fingerprint=fingerprint_text(view.fingerprint)),
    ]


def _invite_list(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    rows = workspace.invitations.issued(chosen.round)
    lines = [
        (
            f"{row.issued_at:%Y-%m-%d %H:%M}",
            row.form_id,
            row.respondent or _("open"),
            row.contact,
            row.file_name,
        )
        for row in rows
    ]
    head = ("ISSUED", "QUESTIONNAIRE", "RESPONDENT", "CONTACT", "FILE")
    return CommandResult(rows, table(head, lines) if rows else [_("No invitation was issued in this round.")])
