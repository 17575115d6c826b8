"""Merging on the command line: what came back, into the store; conflicts, and taking a merge back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands, item_words
from iscm_desktop.cli.terminal_tables import fits, indented, table
from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.merging.merge_plan import MergePlan, MergeReport, MergeResult
from iscm_desktop.exchange.merging.merge_wording import summarize_results
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.conflict_sides import shown_value
from iscm_desktop.presenters.conflict_table import (
    ConflictOrder,
    ListedConflict,
    arrange_conflicts,
    asked_words,
    weight_words,
)
from iscm_desktop.presenters.file_choice import choose_files
from iscm_desktop.presenters.followed_round import follow_answers
from iscm_desktop.presenters.merged_file_row import FileRow
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.conflicts.text_combination import combined_text
from iscm_desktop.workspace.operation_wording import operation_in_words
from iscm_desktop.workspace.row_types import ConflictRow
from iscm_desktop.workspace.trust_wording import standing_words


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    merge = commands.add_parser(
        "merge",
        parents=[everywhere],
        help="take in packages: files, PDFs that carry one, mails, archives, whole folders",
    )
    merge.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    merge.add_argument("--dry-run", action="store_true", help="show what would happen and change nothing")
    merge.add_argument(
        "--take-outside",
        action="store_true",
        help="take also what a colleague changed beyond the sections that were handed over",
    )
    merge.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NAME",
        help="of what is found, merge only these: names of files, mails or folders, or respondents; * is any letters",
    )
    merge.add_argument(
        "--except",
        action="append",
        default=[],
        dest="but",
        metavar="NAME",
        help="of what is found, leave these out",
    )
    merge.add_argument("--undo", metavar="OPERATION", help="take an earlier merge back")
    merge.add_argument("--redo", metavar="OPERATION", help="put a merge that was taken back in again")
    merge.set_defaults(run=_merge, needs_workspace=True)
    conflicts = commands.add_parser(
        "conflicts", parents=[everywhere], help="answers between which somebody has to choose"
    )
    conflicts.add_argument(
        "--suggest", action="store_true", help="the rules by which some could be settled, and how many"
    )
    conflicts.add_argument("--respondent", default="", metavar="NAME", help="only those of one respondent")
    conflicts.add_argument("--question", default="", metavar="NUMBER", help="only those about one question")
    conflicts.add_argument(
        "--search", default="", metavar="WORDS", help="only those in which these words occur"
    )
    conflicts.add_argument(
        "--sort",
        choices=[order.value for order in ConflictOrder],
        default=ConflictOrder.RESPONDENT.value,
        help="by respondent (default), question, or how much hangs on each",
    )
    conflicts.add_argument(
        "--ask", default="", metavar="TEXT", help="ask the respondents about all that are listed"
    )
    conflicts.set_defaults(run=_conflicts, needs_workspace=True, needs_store=True)
    resolve = commands.add_parser(
        "resolve", parents=[everywhere], help="settle a conflict, or all that a rule settles"
    )
    resolve.add_argument("conflict", nargs="?", help="id of the conflict, or its beginning")
    choice = resolve.add_mutually_exclusive_group(required=True)
    choice.add_argument("--keep", metavar="REVISION", help="the revision to keep, or the beginning of its id")
    choice.add_argument("--value", help="another answer")
    choice.add_argument(
        "--combine", action="store_true", help="prose: what both say in one text, paragraphs kept"
    )
    choice.add_argument("--rule", help="settle by a rule that `iscm conflicts --suggest` names")
    resolve.add_argument("--reason", default="", help="kept in the history")
    resolve.set_defaults(run=_resolve, needs_workspace=True, needs_store=True)


def _merge(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    if chosen.undo:
        is_new = workspace.operations.take_back(chosen.undo)
        words = (
            _("Taken back: operation {operation}.")
            if is_new
            else _("Nothing changed: operation {operation} was taken back before.")
        )
        what = operation_in_words(workspace.operations.row(chosen.undo))
        return CommandResult({"undone": chosen.undo}, [words.format(operation=chosen.undo), *indented(what)])
    if chosen.redo:
        is_new = workspace.operations.put_back(chosen.redo)
        words = (
            _("Put in again: operation {operation}.")
            if is_new
            else _("Nothing changed: operation {operation} was not taken back.")
        )
        return CommandResult({"redone": chosen.redo}, [words.format(operation=chosen.redo)])
    if not chosen.paths:
        raise IscmError(AnswerProblem.NOTHING_TO_MERGE)
    plan = workspace.packages.plan(chosen.paths)
    plan = plan.with_outside() if chosen.take_outside else plan
    plan = choose_files(workspace.packages, plan, chosen.only, chosen.but)
    if chosen.dry_run:
        data, lines = _told(plan, takes_outside=plan.takes_outside)
        lines.append(_("Nothing was changed: this was a dry run."))
        return CommandResult(data, lines, has_findings=bool(plan.refused))
    report = workspace.packages.apply(plan)
    data, lines = _told(report, takes_outside=plan.takes_outside)
    moved_to = follow_answers(workspace, report)
    if moved_to is not None:
        lines.append(_("You work in the round {round} now.").format(round=moved_to.title))
    data = {"operation": report.operation, **data, "is_stopped": report.is_stopped}
    return CommandResult(data, lines, has_findings=report.count(MergeResult.REFUSED) > 0)


def _told(done: MergePlan | MergeReport, *, takes_outside: bool) -> tuple[dict[str, object], list[str]]:
    """Each file, for scripts and for people, and all of them in one sentence."""
    files = done.outcomes if isinstance(done, MergePlan) else done.files
    rows = [FileRow.of(file, takes_outside=takes_outside) for file in files]
    heads = ("FILE", "RESPONDENT", "RESULT", "NEW", "NEWER", "CONFLICTS", "FROM", "")
    return {"files": rows}, [*table(heads, (row.cells for row in rows)), summarize_results(files)]


def _conflicts(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    if chosen.suggest:
        return _suggestions(workspace)
    wanted = arrange_conflicts(
        workspace.conflict_list.rows(),
        ConflictOrder(chosen.sort),
        search=chosen.search,
        respondent=chosen.respondent,
        question=chosen.question,
    )
    whole = {row.id: row for row in workspace.conflicts.unsettled()} if wanted else {}
    rows = [whole[one.id] for one in wanted]
    weights = {one.id: one.weight for one in wanted}
    lines: list[str] = []
    for row in rows:
        lines += [f"{row.id[:12]}  {row.respondent_name}  {item_words(row.path, row.number, row.label)}"]
        if hangs := weight_words(weights[row.id]):
            lines += indented(hangs)
        for one in row.candidates:
            who = [one.author or "-", *standing_words(row, one)]
            line = "    " + "  ".join((one.revision_id[:12], f"'{shown_value(one)}'", *who))
            below = ["    " + "  ".join((one.revision_id[:12], *who)), *indented(f"'{shown_value(one)}'", 8)]
            lines += [line] if fits(line) else below
    if chosen.ask:
        lines.append(_ask(workspace, wanted, chosen.ask))
    data = [{**_fields(row), "weight": weights[row.id].total, "feeds": weights[row.id].feeds} for row in rows]
    return CommandResult(data, lines or [_("No conflicts.")], has_findings=bool(rows))


def _fields(row: ConflictRow) -> dict[str, object]:
    return {field.name: getattr(row, field.name) for field in fields(row)}


def _ask(workspace: Workspace, rows: Sequence[ListedConflict], text: str) -> str:
    """Asks about those that can be asked about; says about how many."""
    asked = workspace.queries.ask_all([(row.response_id, row.path) for row in rows if row.may_be_asked], text)
    return asked_words(len(asked))


def _suggestions(workspace: Workspace) -> CommandResult:
    found = workspace.settlement_rules.suggest()
    lines = table(("RULE", "SETTLES", ""), [(one.rule, str(len(one.conflicts)), one.label) for one in found])
    return CommandResult(found, lines if found else [_("No rule would settle anything.")])


def _by_rule(workspace: Workspace, rule: str) -> CommandResult:
    done = workspace.settlement_rules.apply(rule)
    words = ngettext(
        "{count} conflict settled; take it back with: iscm merge --undo {operation}",
        "{count} conflicts settled; take it back with: iscm merge --undo {operation}",
        done.conflicts,
    )
    return CommandResult(done, [words.format(count=done.conflicts, operation=done.operation)])


def _resolve(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    if chosen.rule:
        return _by_rule(workspace, chosen.rule)
    if not chosen.conflict:
        raise IscmError(AnswerProblem.CONFLICT_UNKNOWN, conflict="")
    found = [row for row in workspace.conflicts.unsettled() if row.id.startswith(chosen.conflict)]
    if len(found) != 1:
        raise IscmError(AnswerProblem.CONFLICT_UNKNOWN, conflict=chosen.conflict)
    conflict = found[0]
    keep = None
    if chosen.keep is not None:
        kept = [one.revision_id for one in conflict.candidates if one.revision_id.startswith(chosen.keep)]
        if len(kept) != 1:
            raise IscmError(
                AnswerProblem.CONFLICT_REVISION_UNKNOWN, conflict=conflict.id[:12], revision=chosen.keep
            )
        keep = kept[0]
    value = combined_text(conflict) if chosen.combine else chosen.value
    if chosen.combine and value is None:
        raise IscmError(AnswerProblem.CONFLICT_NO_PROSE, label=conflict.label)
    operation = workspace.conflicts.resolve(conflict.id, keep=keep, value=value, reason=chosen.reason)
    name = with_number(conflict.number, conflict.label)
    back = _("Take it back with: iscm merge --undo {operation}").format(operation=operation)
    data = {"resolved": conflict.id, "operation": operation}
    return CommandResult(data, [_("Settled: {label}.").format(label=name), *indented(back)])
