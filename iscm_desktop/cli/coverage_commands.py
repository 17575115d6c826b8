"""Coverage on the command line: who has answered in a round, and which questions are answered."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands, unprinted
from iscm_desktop.cli.terminal_tables import shortened, table
from iscm_desktop.errors import AnswerProblem, DataProblem, IscmError
from iscm_desktop.file_names import shown_file
from iscm_desktop.i18n import _, current_language, ngettext, shown_date
from iscm_desktop.presenters.coverage_change_words import change_words, stage_words
from iscm_desktop.presenters.coverage_choice import CoverageFilter, State, moment_since, shown_name
from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.name_search import folded
from iscm_desktop.store import times
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.coverage.coverage_changes import CoverageChange
from iscm_desktop.workspace.coverage.coverage_document_service import CoverageWanted
from iscm_desktop.workspace.coverage.coverage_wording import ALL_TOGETHER, COUNTS, MARKS, region_name
from iscm_desktop.workspace.coverage.round_coverage import (
    CoverageCount,
    Mark,
    QuestionCoverage,
    RespondentCoverage,
    RoundCoverage,
    SectionCoverage,
)

_BY = ("questionnaire", "level", "region")
_LEVELS = ("rcp", "irf", "global")


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds this command to the parser of `iscm`."""
    made = commands.add_parser(
        "coverage", parents=[everywhere], help="who has answered in a round, and what is answered"
    )
    made.add_argument("--round")
    which = made.add_mutually_exclusive_group()
    which.add_argument("--by", choices=_BY, default="questionnaire", help="what is counted together")
    which.add_argument("--respondents", action="store_true", help="each respondent, and how far it has come")
    which.add_argument("--missing", action="store_true", help="those asked whose answers are not here")
    which.add_argument("--sections", action="store_true", help="how much of each section is answered")
    which.add_argument("--questions", action="store_true", help="how many responses answer each question")
    which.add_argument(
        "--since", metavar="WHEN",
        help="who stands otherwise than then: today, yesterday, week, look, a day, or a time",
    )  # fmt: skip
    made.add_argument("--search", metavar="TEXT", default="", help="only respondents named so")
    made.add_argument("--state", choices=[state.value for state in State], help="only those in this state")
    made.add_argument("--questionnaire", metavar="KEY", default="", help="only those of this questionnaire")
    made.add_argument("--level", choices=_LEVELS, default="", help="only mechanisms of this level")
    made.add_argument("--region", metavar="REGION", default="", help="only those in this region")
    made.add_argument(
        "-o", "--output", type=Path, metavar="FILE",
        help="write all of it for the whole round: a workbook (.xlsx) or a PDF; with --since what changed, too",
    )  # fmt: skip
    made.set_defaults(run=_coverage, needs_workspace=True, needs_store=True)


def _coverage(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    found = workspace.coverage.of(chosen.round)
    if found is None:
        return CommandResult(None, [_("There is no round yet. Start one with: iscm round new")])
    if chosen.output is not None:
        return _written(workspace, found, chosen)
    title = found.title
    if found.due_on:
        title = _("{round}, due on {date}").format(round=title, date=shown_date(found.due_on))
    data, lines = _found(workspace, found, chosen)
    return CommandResult(data, [title, *lines])


def _written(workspace: Workspace, found: RoundCoverage, chosen: argparse.Namespace) -> CommandResult:
    """All of it as a file, in the language of the messages."""
    since = since_when(workspace, found.round, chosen.since)
    wanted = CoverageWanted(found.round, current_language(), since)
    return written(workspace, chosen.output, wanted)


def since_when(workspace: Workspace, round_code: str, text: str | None) -> datetime | None:
    """The moment that an option means; None where nothing was said.

    Raises:
        IscmError: it means none.
    """
    if text is None:
        return None
    return moment_since(text, workspace.now(), looked_at(workspace, round_code))


def written(workspace: Workspace, target: Path, wanted: CoverageWanted) -> CommandResult:
    """Writes coverage as the kind of file that the ending means.

    Raises:
        IscmError: it means none, or the file cannot be written.
    """
    missing: tuple[tuple[str, str], ...] = ()
    match target.suffix.lower():
        case ".pdf":
            printed = workspace.coverage_documents.write_pdf(target, wanted)
            missing = printed.missing if printed else ()
        case ".xlsx":
            workspace.coverage_documents.write_workbook(target, wanted)
        case _:
            raise IscmError(DataProblem.ENDING_UNKNOWN, file=shown_file(target), endings=".xlsx, .pdf")
    data = {"files": [target], "unprinted": [{"characters": what, "where": where} for what, where in missing]}
    return CommandResult(data, [_("Written: {file}").format(file=shown_file(target)), *unprinted(missing)])


def _found(
    workspace: Workspace, found: RoundCoverage, chosen: argparse.Namespace
) -> tuple[object, list[str]]:
    """What was asked for: its data, and its lines."""
    if chosen.questions:
        questions = workspace.coverage.questions(chosen.round, current_language())
        return questions, _question_lines(questions)
    if chosen.sections:
        sections = workspace.coverage.sections(chosen.round, current_language())
        return sections, _section_lines(sections)
    wanted = _filter(chosen)
    rows = wanted.chosen(found.respondents)
    if chosen.since is not None:
        since = moment_since(chosen.since, workspace.now(), looked_at(workspace, found.round))
        kept = {(row.form_id, row.respondent) for row in rows}
        changes = [
            one
            for one in workspace.coverage.changes(since, chosen.round)
            if (one.respondent.form_id, one.respondent.respondent) in kept
        ]
        return {"since": since, "changes": changes}, _change_lines(changes, since)
    if chosen.missing:
        missing = [row for row in rows if row.is_asked and row.response is None]
        return missing, _missing_lines(missing)
    if chosen.respondents or wanted != CoverageFilter():
        return rows, _respondent_lines(rows, len(found.respondents))
    counts = {"questionnaire": found.by_form, "level": found.by_level, "region": found.by_region}[chosen.by]
    return found, _count_lines(chosen.by, (*counts, found.total))


def looked_at(workspace: Workspace, round_code: str) -> datetime | None:
    """When the window's page was last left; None: never."""
    text = workspace.setting(f"coverage_looked_at:{round_code}")
    return times.read(text) if text else None


def _filter(chosen: argparse.Namespace) -> CoverageFilter:
    """What was asked for by the options.

    Raises:
        IscmError: a region that there is not.
    """
    state = State(chosen.state) if chosen.state else None
    region = _region_code(chosen.region) if chosen.region else ""
    return CoverageFilter(chosen.search, state, chosen.questionnaire, chosen.level, region)


def _region_code(text: str) -> str:
    for region in registers.regions():
        if folded(text) in (region.code, folded(region.english), folded(region.name(current_language()))):
            return region.code
    raise IscmError(AnswerProblem.REGION_UNKNOWN, region=text)


def _count_lines(by: str, counts: Iterable[CoverageCount]) -> list[str]:
    heads = (by.upper(), "REGISTERED", *(head.upper() for head, _read in COUNTS))
    rows = [
        (_name(by, one.key), str(one.registered or "-"), *(str(read(one)) for _head, read in COUNTS))
        for one in counts
    ]
    return table(heads, rows)


def _name(by: str, key: str) -> str:
    if not key:
        return _(ALL_TOGETHER)
    return region_name(key, current_language()) if by == "region" else key


def _respondent_lines(rows: tuple[RespondentCoverage, ...], of: int) -> list[str]:
    heads = ("QUESTIONNAIRE", "RESPONDENT", "NAME", "STATE", "ANSWERED", "BESIDE")
    lines = [
        (
            row.form_id, row.respondent, shortened(shown_name(row)), stage_words(row.stage),
            "-" if row.answered is None else _("{good} of {total}").format(good=row.answered, total=row.questions),
            _(", ").join(_(MARKS[mark]) for mark in Mark if mark in row.marks),
        )
        for row in rows
    ]  # fmt: skip
    words = ngettext("{shown} of {count} respondent", "{shown} of {count} respondents", of)
    return [*(table(heads, lines) if rows else ()), words.format(shown=len(rows), count=of)]


def _change_lines(changes: list[CoverageChange], since: datetime) -> list[str]:
    here = since.astimezone()
    moment = _("Since {date}, {time}").format(date=shown_date(here.date()), time=f"{here:%H:%M}")
    if not changes:
        return [moment, _("Nothing has changed.")]
    heads = ("QUESTIONNAIRE", "RESPONDENT", "NAME", "BEFORE", "NOW", "BESIDE")
    lines = [
        (
            one.respondent.form_id, one.respondent.respondent, shortened(shown_name(one.respondent)),
            stage_words(one.before), stage_words(one.now), change_words(one),
        )
        for one in changes
    ]  # fmt: skip
    return [moment, *table(heads, lines)]


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


def _section_lines(rows: tuple[SectionCoverage, ...]) -> list[str]:
    if not rows:
        return [_("No answers are here yet.")]
    heads = ("QUESTIONNAIRE", "SECTION", "BEGUN BY", "OF", "ANSWERS", "OF")
    lines = [
        (row.form_id, row.section, str(row.begun), str(row.responses), str(row.answered), str(row.places))
        for row in rows
    ]
    return table(heads, lines)


def _question_lines(rows: tuple[QuestionCoverage, ...]) -> list[str]:
    if not rows:
        return [_("No answers are here yet.")]
    heads = ("QUESTIONNAIRE", "SECTION", "NUMBER", "QUESTION", "ANSWERED", "OF")
    lines = [
        (row.form_id, row.section, row.number, row.label, str(row.answered), str(row.responses))
        for row in rows
    ]
    return table(heads, lines)
