"""Colleagues on the command line: sections handed over, questions asked about answers, and replies."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands, item_words
from iscm_desktop.cli.response_commands import find_response, path_in_response
from iscm_desktop.cli.terminal_tables import indented, table
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.export_audience import delegation_words, queries_words
from iscm_desktop.presenters.query_origin import asker_words
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.colleagues.delegation_service import DelegationRow
from iscm_desktop.workspace.colleagues.query_service import QueryRow


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    _add_delegations(commands, everywhere)
    _add_queries(commands, everywhere)


def _add_delegations(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    delegate = commands.add_parser(
        "delegate", parents=[everywhere], help="hand sections of a response to a colleague, as a file"
    )
    delegate.add_argument("response", help="id of the response, its beginning, or the respondent's code")
    delegate.add_argument(
        "--sections",
        required=True,
        nargs="+",
        metavar="SECTION",
        help="ISC-B, or B for short; several in a row",
    )
    delegate.add_argument("--to", required=True, metavar="NAME", help="the colleague")
    delegate.add_argument(
        "--due", type=date.fromisoformat, metavar="YYYY-MM-DD", help="when you need it back"
    )
    delegate.add_argument("--message", default="", help="what you ask for")
    delegate.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.iscm")
    delegate.set_defaults(run=_delegate, needs_workspace=True, needs_store=True)
    out = commands.add_parser(
        "delegations", parents=[everywhere], help="what is out, with whom, and what has come back"
    )
    out.add_argument("response", nargs="?", help="of this response only")
    out.add_argument("--close", metavar="ID", help="nothing more is waited for")
    out.set_defaults(run=_delegations, needs_workspace=True, needs_store=True)


def _add_queries(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    query = commands.add_parser("query", parents=[everywhere], help="ask about an answer")
    query.add_argument("response", help="id of the response, its beginning, or the respondent's code")
    query.add_argument("path", help="of the question, as iscm show prints it")
    query.add_argument("--text", required=True, help="what you want to know")
    query.add_argument(
        "-o", "--output", type=Path, metavar="FILE.iscm", help="write all open queries of this response"
    )
    query.set_defaults(run=_query, needs_workspace=True)
    queries = commands.add_parser("queries", parents=[everywhere], help="questions asked, and their replies")
    queries.add_argument("response", nargs="?", help="about this response only")
    queries.add_argument("--open", action="store_true", help="only those that nobody has replied to")
    queries.add_argument("--withdraw", metavar="QUERY", help="the question needs no reply any longer")
    queries.add_argument(
        "-o", "--output", type=Path, metavar="FOLDER", help="write the open ones: one file per respondent"
    )
    queries.set_defaults(run=_queries, needs_workspace=True, needs_store=True)
    reply = commands.add_parser("reply", parents=[everywhere], help="reply to a query, which closes it")
    reply.add_argument("query", help="id of the query, or its beginning")
    reply.add_argument("--text", required=True, help="what you changed, or why nothing changes")
    reply.set_defaults(run=_reply, needs_workspace=True)


def _delegate(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    names = [name for each in chosen.sections for name in each.replace(",", " ").split()]
    exported = workspace.delegations.hand_over(
        response, names, to=chosen.to, target=chosen.output, due_on=chosen.due, message=chosen.message
    )
    row = next(row for row in workspace.delegations.rows(response) if row.is_ours)
    words = _("Written: {file}. It holds {sections} for {name}.")
    line = words.format(file=chosen.output, sections=", ".join(row.sections), name=row.to)
    issuer = workspace.received_invitations.issuer_of(workspace.response_list.row(response))
    lines = [line, delegation_words(row.to, issuer)]
    return CommandResult({"delegation": row, "file": exported}, lines)


def _delegations(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    if chosen.close:
        workspace.delegations.close(chosen.close)
    response = find_response(workspace, chosen.response) if chosen.response else None
    rows = workspace.delegations.rows(response)
    lines = table(
        ("ID", "RESPONDENT", "SECTIONS", "BY", "TO", "SINCE", "DUE", "BACK"),
        [
            (
                row.id[:8],
                row.respondent_name,
                " ".join(row.sections),
                row.by or "-",
                row.to,
                f"{row.handed_at:%Y-%m-%d}",
                row.due_on.isoformat() if row.due_on else "-",
                _back(row),
            )
            for row in rows
        ],
    )
    return CommandResult(rows, lines if rows else [_("No sections are in other hands.")])


def _back(row: DelegationRow) -> str:
    if row.returns:
        last = row.returns[0]
        words = ngettext(
            "{day} from {name}: {answered} of {asked} answered",
            "{day} from {name}: {answered} of {asked} answered",
            last.answered,
        )
        return words.format(
            day=f"{last.returned_at:%Y-%m-%d}", name=last.by or "-", answered=last.answered, asked=last.asked
        )
    return _("closed") if row.is_over else _("not yet")


def _query(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    path = path_in_response(workspace, response, chosen.path)
    id_ = workspace.queries.ask(response, path, chosen.text)
    lines = [_("Asked: {query}").format(query=id_[:8])]
    exported = None
    if chosen.output:
        exported = workspace.queries.export(response, chosen.output)
        lines.append(_("Written: {file}").format(file=chosen.output))
        name = workspace.response_list.row(response).respondent_name
        lines.append(queries_words(name, workspace.keys.device_key.public))
    return CommandResult({"query": id_, "file": exported}, lines)


def _queries(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    if chosen.withdraw:
        workspace.queries.withdraw(chosen.withdraw)
    response = find_response(workspace, chosen.response) if chosen.response else None
    rows = [row for row in workspace.queries.rows(response) if row.is_open or not chosen.open]
    if chosen.output:
        files = workspace.queries.export_all(chosen.output)
        words = ngettext("{count} file written: {files}", "{count} files written: {files}", len(files))
        names = ", ".join(file.path.name for file in files) or "-"
        lines = [words.format(count=len(files), files=names)]
        lines += [queries_words("", workspace.keys.device_key.public)] if files else []
        return CommandResult({"queries": rows, "files": files}, lines)
    return CommandResult(
        rows, [line for row in rows for line in _query_lines(row)] or [_("Nothing is asked.")]
    )


def _query_lines(row: QueryRow) -> list[str]:
    state = _("open") if row.is_open else _("withdrawn") if row.is_withdrawn else _("replied")
    lines = [
        f"{row.id[:8]}  {state}  {row.respondent_name}  {item_words(row.path, row.number, row.label)}",
        *indented(f"{asker_words(row)}: {row.text}"),
    ]
    return lines + [line for one in row.replies for line in indented(f"> {one.by or '-'}: {one.text}")]


def _reply(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    workspace.queries.reply(chosen.query, chosen.text)
    row = next(row for row in workspace.queries.rows() if row.id.startswith(chosen.query))
    words = _("Replied: {label}. Export the response to hand the reply over.")
    return CommandResult(row, [words.format(label=with_number(row.number, row.label))])
