"""Documents on the command line: summaries and their texts, and PDF files."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands, unprinted
from iscm_desktop.cli.coverage_commands import since_when
from iscm_desktop.cli.export_commands import say_passed_over
from iscm_desktop.cli.response_commands import find_response
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.i18n import _, current_language
from iscm_desktop.presenters.task_choice import TaskScope, task_rows
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.coverage.coverage_document_service import CoverageWanted


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    pdf = commands.add_parser("pdf", help="write a document as PDF")
    documents = pdf.add_subparsers(required=True, metavar="DOCUMENT")
    questionnaire = _document(documents, everywhere, "questionnaire", "the completed questionnaire")
    questionnaire.add_argument("response", help="id of the response, its beginning, or the respondent's code")
    kind = questionnaire.add_mutually_exclusive_group()
    kind.add_argument(
        "--public", action="store_true", help="without what is not for publication, and saying so"
    )
    kind.add_argument("--provenance", action="store_true", help="with an annex: who answered what, and when")
    questionnaire.set_defaults(run=_questionnaire)
    clearance = _document(documents, everywhere, "clearance", "a sheet to clear the answers by hand")
    clearance.add_argument("response", help="id of the response, its beginning, or the respondent's code")
    clearance.add_argument("--whose", default="", help="for this office or person only")
    clearance.set_defaults(run=_clearance)
    tasks = _document(documents, everywhere, "tasks", "the open questions for one ministry or person")
    tasks.add_argument("response", help="id of the response, its beginning, or the respondent's code")
    tasks.add_argument("--for", dest="of", default="", metavar="NAME", help="who is asked to answer")
    tasks.add_argument(
        "--section", action="append", default=[], metavar="SECTION",
        help="only this section, by number or path; may be repeated (default: those that NAME has in hand, or all)",
    )  # fmt: skip
    tasks.add_argument(
        "--questions", choices=[scope.value for scope in TaskScope], default=TaskScope.OPEN.value,
        help="which questions (default: open)",
    )  # fmt: skip
    tasks.set_defaults(run=_tasks)
    summary = _document(documents, everywhere, "summary", "the summary of findings of one mechanism")
    summary.add_argument("mechanism", help="code of the mechanism, such as igc")
    summary.add_argument("--round")
    summary.set_defaults(run=_summary)
    summaries = _document(
        documents, everywhere, "summaries", "the summaries of all mechanisms that answered, into a folder"
    )
    summaries.add_argument("--round")
    summaries.set_defaults(run=_summaries)
    coverage = _document(documents, everywhere, "coverage", "who has answered in a round, and what")
    coverage.add_argument("--round")
    coverage.add_argument(
        "--since", metavar="WHEN", help="with who stands otherwise than then, as iscm coverage takes it"
    )
    coverage.set_defaults(run=_coverage)
    listing = commands.add_parser(
        "summaries", parents=[everywhere], help="the mechanisms and where their summaries stand"
    )
    listing.add_argument("--round")
    listing.set_defaults(run=_list, needs_workspace=True)
    text = commands.add_parser("summary", parents=[everywhere], help="read or edit the text of a summary")
    text.add_argument("mechanism")
    text.add_argument("--section", choices=("1", "2", "3", "4", "5"), help="number of the section to write")
    change = text.add_mutually_exclusive_group()
    change.add_argument("--text", help="the new text of the section")
    change.add_argument("--redraft", action="store_true", help="draft the section again from the answers")
    text.set_defaults(run=_text, needs_workspace=True)


def _document(
    documents: Commands, everywhere: argparse.ArgumentParser, name: str, purpose: str
) -> argparse.ArgumentParser:
    document: argparse.ArgumentParser = documents.add_parser(name, parents=[everywhere], help=purpose)
    document.add_argument("-o", "--output", type=Path, required=True)
    document.set_defaults(needs_workspace=True)
    return document


def _written(*files: Path) -> CommandResult:
    return CommandResult({"files": files}, [_("Written: {file}").format(file=file) for file in files])


def _printed(file: Path, missing: Iterable[tuple[str, str]]) -> CommandResult:
    """A document, and which characters no font of the program has."""
    return CommandResult(
        {"files": [file], "unprinted": [{"characters": what, "where": where} for what, where in missing]},
        [_("Written: {file}").format(file=file), *unprinted(missing)],
    )


def _questionnaire(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    if chosen.public:
        say_passed_over(workspace, response)
        return _printed(chosen.output, workspace.documents.write_public(response, chosen.output).missing)
    printed = workspace.documents.write_questionnaire(
        response, chosen.output, with_provenance=chosen.provenance
    )
    return _printed(chosen.output, printed.missing)


def _clearance(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    whose = workspace.clearances.find(response, chosen.whose).whose if chosen.whose else ""
    printed = workspace.documents.write_clearance_sheet(response, chosen.output, whose)
    return _printed(chosen.output, printed.missing)


def _tasks(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    session = workspace.responses.open_session(response)
    names = {name.casefold() for name in chosen.section}
    wanted = {
        each.path for each in session.sections() if {each.path.casefold(), each.number.casefold()} & names
    } or workspace.tasks.sections_of(response, chosen.of)
    rows = task_rows(session, wanted if names or wanted else None)
    paths = [row.path for row in rows if row.is_in(TaskScope(chosen.questions))]
    printed = workspace.tasks.write(response, chosen.output, paths, of=chosen.of)
    return _printed(chosen.output, printed.missing)


def _summary(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    printed = workspace.summaries.write_pdf(chosen.mechanism, chosen.output, round=chosen.round)
    return _printed(chosen.output, printed.missing)


def _summaries(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    files = workspace.summaries.write_pdfs(chosen.output, round=chosen.round)
    if files:
        return _written(*files)
    words = _("No mechanism has answered in this round yet, so nothing was written.")
    return CommandResult({"files": files}, [words], has_findings=True)


def _coverage(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    round_ = workspace.rounds.find(chosen.round)
    since = since_when(workspace, round_.code, chosen.since) if round_ else None
    wanted = CoverageWanted(chosen.round, current_language(), since)
    printed = workspace.coverage_documents.write_pdf(chosen.output, wanted)
    return _printed(chosen.output, printed.missing if printed else ())


def _list(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    rows = workspace.summaries.rows(chosen.round)
    lines = table(
        ("MECHANISM", "NAME", "STATE"),
        [(row.mechanism, row.name, row.state.value) for row in rows],
    )
    return CommandResult(rows, lines if rows else [_("No summaries yet")])


def _text(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    if chosen.section and (chosen.redraft or chosen.text is not None):
        workspace.summaries.set_text(
            chosen.mechanism, chosen.section, None if chosen.redraft else chosen.text
        )
    summary = workspace.summaries.compose(chosen.mechanism)
    lines = [summary.full_name]
    for section in summary.sections:
        lines += ["", f"[{section.key}] {section.title}"]
        lines += [paragraph.text for paragraph in section.paragraphs]
    return CommandResult(summary, lines)
