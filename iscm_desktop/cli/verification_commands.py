"""Whether the store is whole, on the command line; put right, or rescued."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from iscm_desktop import paths
from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.errors import AnswerProblem, IscmError, StoreProblem
from iscm_desktop.exchange.merging.merge_wording import summarize_results
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.store.verification.findings import VerificationReport
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_rescue import rescue_store
from iscm_desktop.workspace.verification_service import verify_file
from iscm_desktop.workspace.verification_wording import advise, describe, repaired_in_words, summarize


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    verify = commands.add_parser(
        "verify",
        parents=[everywhere],
        help="prove that the store is what was put into it, or name what is not",
    )
    verify.add_argument(
        "--signatures", action="store_true", help="check every signature too, which takes longer"
    )
    verify.add_argument(
        "--against", type=Path, metavar="DIR", help="with --repair: where the received files are found again"
    )
    verify.add_argument(
        "--repair", action="store_true", help="put back what received files hold, make again what follows"
    )
    verify.add_argument(
        "--accept", action="store_true", help="take the store as it is where saves may be missing from it"
    )
    verify.set_defaults(
        run=_verify, run_on_broken=_verify_broken, needs_workspace=True, needs_store=True, wrong=verify.error
    )
    rescue = commands.add_parser(
        "rescue", parents=[everywhere], help="make a new store of what a broken one gives up"
    )
    rescue.add_argument("broken", type=Path, metavar="FILE")
    rescue.add_argument("-o", "--output", type=Path, required=True, metavar="NEW")
    rescue.add_argument(
        "--against", type=Path, metavar="DIR", help="received files, which add what is missing"
    )
    rescue.set_defaults(run=_rescue, needs_workspace=False)


def _verify(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    service = workspace.verification
    repaired: list[str] = []
    if chosen.against is not None:
        if not chosen.repair:
            chosen.wrong(_("--against puts back what received files hold, which --repair asks for"))
        if not chosen.against.exists():
            raise IscmError(AnswerProblem.FILE_MISSING, file=chosen.against)
    if chosen.repair:
        done = service.repair([chosen.against] if chosen.against else ())
        repaired = repaired_in_words(done)
    report = service.verify(with_signatures=chosen.signatures)
    if chosen.accept or (chosen.against is not None and report.is_whole):
        workspace.forget_doubt()
    return _told(report, repaired, workspace.doubt)


def _verify_broken(chosen: argparse.Namespace) -> CommandResult:
    """Of a store that cannot be opened: what its file still tells. Nothing of it can be repaired where it lies."""
    store = Path(chosen.store or paths.default_store()).expanduser()
    told = _told(verify_file(store, with_signatures=chosen.signatures), [])
    words = _("The store is too broken to be opened. Nothing was changed.")
    return replace(told, lines=[*told.lines, words])


def _told(report: VerificationReport, before: list[str], doubt: str = "") -> CommandResult:
    lines = [*before, *map(describe, report.findings), *summarize(report, doubt)]
    if advice := advise(report):
        lines.append(advice)
    if doubt:
        lines.append(_("Who takes the store as it is says so with `iscm verify --accept`."))
    return CommandResult(_data(report, doubt), lines, has_findings=not report.is_whole or bool(doubt))


def _rescue(chosen: argparse.Namespace) -> CommandResult:
    if not chosen.broken.is_file():
        raise IscmError(StoreProblem.STORE_NOT_OURS, store=chosen.broken)
    done = rescue_store(chosen.broken, chosen.output, [chosen.against] if chosen.against else ())
    report = done.report
    lines = [
        _(
            "Rescued into {file}: {revisions} revisions of {responses} responses, {drafts} unsealed changes."
        ).format(
            file=chosen.output, revisions=report.revisions, responses=report.responses, drafts=report.drafts
        )
    ]
    for missing in report.missing_files:
        words = _(
            "{respondent}: {found} of {total} revisions that came with “{file}”; {sender} has the rest."
        )
        lines.append(
            words.format(
                respondent=missing.respondent or _("an unknown respondent"),
                found=missing.found,
                total=missing.revisions,
                file=missing.file_name,
                sender=missing.sender or _("its sender"),
            )
        )
    if report.missing_parents:
        words = ngettext(
            "{count} earlier state that others continue was not found.",
            "{count} earlier states that others continue were not found.",
            report.missing_parents,
        )
        lines.append(words.format(count=report.missing_parents))
    for subject, count in report.unplaced.items():
        words = ngettext(
            "{count} revision was left out: nothing says whose response {id} is. Name a folder with its file.",
            "{count} revisions were left out: nothing says whose response {id} is. Name a folder with its file.",
            count,
        )
        lines.append(words.format(count=count, id=subject[:12]))
    if done.merged is not None:
        lines.append(summarize_results(done.merged.files))
    lines += map(_unread_in_words, report.unread)
    is_short = bool(report.missing_files or report.missing_parents or report.unplaced) and done.merged is None
    is_short = is_short or bool(report.unread)
    return CommandResult({"store": chosen.output, "report": report}, lines, has_findings=is_short)


def _unread_in_words(table: str) -> str:
    """What it means that a table of the broken store could not be read, or not to its end."""
    match table:
        case "package":
            return _(
                "The list of files that were received could not be read whole, so this cannot say what is missing and "
                "who has it. Merge all files that you received into the new store."
            )
        case "response":
            return _(
                "The list of responses could not be read whole: whole responses may be missing. Compare the new store "
                "with the list of who answered."
            )
        case "revision":
            return _(
                "The answers could not be read whole. Those that were found lay elsewhere in the file, and nothing "
                "says whether these are all."
            )
        case "draft":
            return _("What was being typed could not be read whole, and may be missing.")
        case _:
            return _(
                "Who is asked, invitations, keys and known devices could not be read whole, and some may be missing."
            )


def _data(report: VerificationReport, doubt: str) -> dict[str, object]:
    return {
        "is_whole": report.is_whole and not doubt,
        "doubt": doubt,
        "report": report,
        "sentences": [describe(one) for one in report.findings],
    }
