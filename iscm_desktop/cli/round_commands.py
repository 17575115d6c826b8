"""Rounds on the command line, and who is asked in them."""

from __future__ import annotations

import argparse
from datetime import date

from iscm_desktop.cli.command_output import CommandResult, Commands, action, room
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.errors import AnswerProblem, IscmError, TrustProblem
from iscm_desktop.i18n import LANGUAGES, _, current_language
from iscm_desktop.presenters.respondent_choice import (
    candidates,
    choosable_mechanisms,
    form_for,
    own_language,
    region_named,
)
from iscm_desktop.workspace import Workspace


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    actions = room(commands, "round", "survey rounds, and who is asked in them")
    action(actions, everywhere, "list", "the rounds in the store").set_defaults(run=_round_list)
    new = action(actions, everywhere, "new", "start a round, or give one another title or date")
    new.add_argument("code", help="year or code of the round, such as 2027")
    new.add_argument("--title", help="default: Assessment and the code")
    new.add_argument(
        "--due", type=date.fromisoformat, metavar="YEAR-MONTH-DAY", help="until when answers are due"
    )
    new.set_defaults(run=_round_new)
    use = action(actions, everywhere, "use", "work in another round")
    use.add_argument("code")
    use.set_defaults(run=_round_use)
    asked = action(actions, everywhere, "respondents", "who is asked, who is invited, whose answers are here")
    asked.add_argument("--round")
    asked.set_defaults(run=_round_respondents)
    for name, purpose, run in (
        ("ask", "add respondents to the round", _round_ask),
        ("remove", "take respondents out of the round; invitations and answers stay", _round_remove),
    ):
        made = action(actions, everywhere, name, purpose)
        is_ask = run is _round_ask
        made.add_argument(
            "respondents", nargs="*" if is_ask else "+", metavar="RESPONDENT", help="igc, CAN, iom…"
        )
        made.add_argument("--questionnaire", required=not is_ask)
        made.add_argument("--round")
        if is_ask:
            made.add_argument("--region", help="all whom the registers know there: a name, or a code of M49")
            made.add_argument("--members-of", metavar="CODE", help="a mechanism and the States in it")
            made.add_argument("--language", choices=LANGUAGES, help="default: each their own")
            made.add_argument("--contact", default="", help="to whom the invitation is sent")
        made.set_defaults(run=run)


def _round_list(workspace: Workspace, _chosen: argparse.Namespace) -> CommandResult:
    followed = workspace.rounds.followed()
    rows = [
        {"code": row.code, "title": row.title, "due_on": row.due_on, "is_current": row == followed}
        for row in workspace.rounds.all()
    ]
    lines = [
        (str(row["code"]), str(row["title"]), str(row["due_on"] or ""), "*" if row["is_current"] else "")
        for row in rows
    ]
    heads = ("CODE", "TITLE", "DUE", "")
    nothing = [_("There is no round yet. Start one with: iscm round new")]
    return CommandResult(rows, table(heads, lines) if rows else nothing)


def _round_new(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    title = chosen.title or _("Assessment {year}").format(year=chosen.code)
    row = workspace.rounds.start(chosen.code, title, chosen.due)
    return CommandResult(row, [_("You work in the round {round} now.").format(round=row.title)])


def _round_use(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    row = next((row for row in workspace.rounds.all() if row.code == chosen.code), None)
    if row is None:
        raise IscmError(AnswerProblem.ROUND_UNKNOWN, round=chosen.code)
    workspace.rounds.start(row.code, row.title, row.due_on)
    return CommandResult(row, [_("You work in the round {round} now.").format(round=row.title)])


def _round_respondents(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    rows = workspace.respondents.all_of(chosen.round)
    lines = [
        (
            row.form_id,
            row.respondent,
            row.name,
            row.language,
            _("yes") if row.is_asked else _("no"),
            f"{row.invited_at:%Y-%m-%d}" if row.invited_at else "-",
            _("yes") if row.response else _("no"),
        )
        for row in rows
    ]
    head = ("QUESTIONNAIRE", "RESPONDENT", "NAME", "LANGUAGE", "ASKED", "INVITED", "ANSWERS HERE")
    return CommandResult(
        rows, table(head, lines) if rows else [_("Nobody is asked yet. Add some with: iscm round ask")]
    )


def _round_ask(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    together: dict[tuple[str, str], list[str]] = {}
    for form_id, code, own in _whom_to_ask(workspace, chosen):
        together.setdefault((form_id, chosen.language or own), []).append(code)
    rows = workspace.respondents.ask_all(chosen.round, together, chosen.contact)
    return CommandResult(rows, [_("Asked: {name}").format(name=row.name) for row in rows])


def _whom_to_ask(workspace: Workspace, chosen: argparse.Namespace) -> list[tuple[str, str, str]]:
    """Questionnaire, code and own language of those named, and of those of a region or mechanism not asked yet."""
    form_id = chosen.questionnaire or ""
    if chosen.respondents:
        named = [(form_id or form_for(code), code) for code in chosen.respondents]
        return [(each, code, own_language(each, code)) for each, code in named]
    if not chosen.region and not chosen.members_of:
        raise IscmError(TrustProblem.RESPONDENTS_NOT_NAMED)
    region = region_named(chosen.region) if chosen.region else ""
    if chosen.region and not region:
        raise IscmError(AnswerProblem.REGION_UNKNOWN, region=chosen.region)
    mechanism = chosen.members_of or ""
    if mechanism and mechanism not in dict(choosable_mechanisms(current_language())):
        raise IscmError(AnswerProblem.MECHANISM_UNKNOWN, mechanism=mechanism)
    asked = {(row.form_id, row.respondent) for row in workspace.respondents.of(chosen.round)}
    return [
        (one.form_id, one.code, one.language)
        for one in candidates(form_id, current_language())
        if one.fits(region, mechanism) and one.key not in asked
    ]


def _round_remove(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    for respondent in chosen.respondents:
        workspace.respondents.ask_no_more(chosen.round, chosen.questionnaire, respondent)
    return CommandResult({"removed": chosen.respondents}, [_("Not asked any more: {names}").format(
        names=", ".join(chosen.respondents)
    )])  # fmt: skip
