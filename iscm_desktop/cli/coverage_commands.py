"""Coverage on the command line: who has answered in a round, and which questions are answered."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.i18n import _, current_language, ngettext, shown_date
from iscm_desktop.questionnaire import registers
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.coverage.round_coverage import CoverageCount, QuestionCoverage, RespondentCoverage

_BY = ("questionnaire", "level", "region")


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds this command to the parser of `iscm`."""
    made = commands.add_parser(
        "coverage", parents=[everywhere], help="who has answered in a round, and what is answered"
    )
    made.add_argument("--round")
    which = made.add_mutually_exclusive_group()
    which.add_argument("--by", choices=_BY, default="questionnaire", help="what is counted together")
    which.add_argument("--missing", action="store_true", help="those asked whose answers are not here")
    which.add_argument("--questions", action="store_true", help="how many responses answer each question")
    made.set_defaults(run=_coverage, needs_workspace=True, needs_store=True)


def _coverage(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    found = workspace.coverage.of(chosen.round)
    if found is None:
        return CommandResult(None, [_("There is no round yet. Start one with: iscm round new")])
    title = found.title
    if found.due_on:
        title = _("{round}, due on {date}").format(round=title, date=shown_date(found.due_on))
    if chosen.questions:
        rows = workspace.coverage.questions(chosen.round, current_language())
        return CommandResult(rows, [title, *_question_lines(rows)])
    if chosen.missing:
        missing = [row for row in found.respondents if row.is_asked and row.response is None]
        return CommandResult(missing, [title, *_missing_lines(missing)])
    counts = {"questionnaire": found.by_form, "level": found.by_level, "region": found.by_region}[chosen.by]
    return CommandResult(found, [title, *_count_lines(chosen.by, (*counts, found.total))])


def _count_lines(by: str, counts: Iterable[CoverageCount]) -> list[str]:
    heads = (
        by.upper(), "REGISTERED", "ASKED", "INVITED", "HERE", "SIGNED OFF", "CLEARED", "QUERIED", "IN CONFLICT",
        "LATE",
    )  # fmt: skip
    rows = [
        (
            _name(by, one.key), str(one.registered or "-"),
            *map(str, (one.asked, one.invited, one.here, one.signed, one.cleared, one.queried, one.in_conflict,
                       one.late)),
        )
        for one in counts
    ]  # fmt: skip
    return table(heads, rows)


def _name(by: str, key: str) -> str:
    if not key:
        return _("all together")
    if by == "region":
        found = next((region for region in registers.regions() if region.code == key), None)
        return found.name(current_language()) if found else key
    return key


def _missing_lines(rows: list[RespondentCoverage]) -> list[str]:
    if not rows:
        return [_("Answers of everybody who is asked are here.")]
    lines = [
        (
            row.form_id, row.respondent, row.name,
            f"{row.invited_at:%Y-%m-%d}" if row.invited_at else "-",
            row.contact, _("yes") if row.is_late else _("no"),
        )
        for row in rows
    ]  # fmt: skip
    count = ngettext("{count} has not answered.", "{count} have not answered.", len(rows))
    heads = ("QUESTIONNAIRE", "RESPONDENT", "NAME", "INVITED", "CONTACT", "LATE")
    return [*table(heads, lines), count.format(count=len(rows))]


def _question_lines(rows: tuple[QuestionCoverage, ...]) -> list[str]:
    if not rows:
        return [_("No answers are here yet.")]
    heads = ("QUESTIONNAIRE", "SECTION", "NUMBER", "QUESTION", "ANSWERED", "OF")
    lines = [
        (row.form_id, row.section, row.number, row.label, str(row.answered), str(row.responses))
        for row in rows
    ]
    return table(heads, lines)
