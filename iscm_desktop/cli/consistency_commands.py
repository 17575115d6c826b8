"""Consistency on the command line: what contradicts what in a round, accepted or asked about."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.cli.terminal_tables import indented, table
from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.finding_words import (
    acceptance_words,
    is_askable,
    origin_words,
    question_about,
    question_words,
    value_words,
    whose_words,
)
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.consistency.findings import AppliedRule, ConsistencyReport, Finding, FindingSide


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds this command to the parser of `iscm`."""
    made = commands.add_parser(
        "consistency", parents=[everywhere], help="where answers of a round contradict each other"
    )
    made.add_argument("--round")
    made.add_argument("--rule", metavar="NAME", help="what this rule found only")
    made.add_argument("--respondent", metavar="CODE", help="in which this respondent's answers are only")
    made.add_argument("--accepted", action="store_true", help="those too that somebody accepted")
    what = made.add_mutually_exclusive_group()
    what.add_argument("--rules", action="store_true", help="the rules, and how many findings each has")
    what.add_argument("--accept", metavar="FINDING", help="let it stand; --reason says why")
    what.add_argument("--reopen", metavar="FINDING", help="it is accepted no longer")
    what.add_argument("--ask", metavar="FINDING", help="ask whose answer the rule looked at")
    made.add_argument("--reason", metavar="TEXT", default="", help="why it may stand")
    made.add_argument("--other", action="store_true", help="ask those on the other side")
    made.add_argument("--text", metavar="TEXT", default="", help="what to ask, in words of your own")
    made.set_defaults(run=_consistency, needs_workspace=True, needs_store=True)


def _consistency(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    report = workspace.consistency.report(chosen.round)
    if report is None:
        return CommandResult(None, [_("There is no round yet. Start one with: iscm round new")])
    if chosen.rules:
        return CommandResult(report.rules, _rule_lines(report.rules))
    if chosen.accept:
        finding = workspace.consistency.find(report, chosen.accept)
        workspace.consistency.accept(finding, chosen.reason)
        return CommandResult(finding, [_("Accepted: {title}").format(title=finding.title)])
    if chosen.reopen:
        finding = workspace.consistency.find(report, chosen.reopen)
        workspace.consistency.withdraw(finding)
        return CommandResult(finding, [_("Open again: {title}").format(title=finding.title)])
    if chosen.ask:
        return _ask(workspace, workspace.consistency.find(report, chosen.ask), chosen)
    findings = [one for one in report.findings if _is_wanted(one, chosen)]
    troubles = [rule for rule in report.rules if rule.trouble]
    is_open = any(one.is_open for one in findings)
    data = {"round": report.round, "responses": report.responses, "findings": findings, "rules": report.rules}
    lines = [report.title, *_finding_lines(findings, report), *_trouble_lines(troubles)]
    return CommandResult(data, lines, has_findings=is_open or bool(troubles))


def _is_wanted(finding: Finding, chosen: argparse.Namespace) -> bool:
    if not (chosen.accepted or finding.is_open) or chosen.rule not in (None, finding.rule):
        return False
    wanted = (chosen.respondent or "").casefold()
    return not wanted or any(
        wanted in (side.respondent.casefold(), side.respondent_name.casefold())
        for side in (finding.side, *finding.others)
    )


def _finding_lines(findings: list[Finding], report: ConsistencyReport) -> Iterator[str]:
    for one in findings:
        yield f"{one.id[:8]}  {one.title} [{one.rule}]"
        for side in (one.side, *one.others):
            yield from indented(_side_line(side))
        if one.left_out:
            left = ngettext("and {count} more answer", "and {count} more answers", one.left_out)
            yield from indented(left.format(count=one.left_out))
        if one.acceptance:
            yield from indented(acceptance_words(one))
    count = ngettext("{count} finding", "{count} findings", len(findings)).format(count=len(findings))
    compared = ngettext("{count} response compared", "{count} responses compared", report.responses)
    yield f"{count}, {compared.format(count=report.responses)}"


def _side_line(side: FindingSide) -> str:
    words = ": ".join(filter(None, (whose_words(side), question_words(side), value_words(side))))
    origin = origin_words(side)
    return f"{words} [{origin}]" if origin else words


def _trouble_lines(rules: Iterable[AppliedRule]) -> Iterator[str]:
    for rule in rules:
        yield f"{rule.form_id}/{rule.name}: {rule.trouble}"


def _rule_lines(rules: Iterable[AppliedRule]) -> list[str]:
    heads = ("QUESTIONNAIRE", "RULE", "SAYS", "QUESTION", "AGAINST", "FOUND", "OPEN")
    rows = [
        (
            rule.form_id,
            rule.name,
            rule.title,
            rule.question,
            rule.against or "-",
            str(rule.found),
            str(rule.open),
        )
        for rule in rules
    ]
    if not rows:
        return [_("The questionnaires of this round have no rules.")]
    return [*table(heads, rows), *_trouble_lines(rule for rule in rules if rule.trouble)]


def _ask(workspace: Workspace, finding: Finding, chosen: argparse.Namespace) -> CommandResult:
    sides = [side for side in (finding.others if chosen.other else (finding.side,)) if is_askable(side)]
    if not sides:
        raise IscmError(AnswerProblem.FINDING_NOT_ASKABLE, finding=finding.id[:8])
    asked = []
    for side in sides:
        text = chosen.text or question_about(finding, side)
        asked.append(workspace.queries.ask(side.response or "", side.path, text))
    return CommandResult(asked, [_("Asked: {query}").format(query=query[:8]) for query in asked])
