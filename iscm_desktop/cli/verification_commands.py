"""Whether the store is whole, on the command line; put right, or rescued."""

from __future__ import annotations

import argparse
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.i18n import ngettext
from iscm_desktop.store.verification.findings import VerificationReport
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.verification_wording import advise, describe, summarize


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
    verify.set_defaults(run=_verify, needs_workspace=True)


def _verify(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    service = workspace.verification
    repaired: list[str] = []
    if chosen.repair:
        done = service.repair([chosen.against] if chosen.against else ())
        healed = ngettext(
            "{count} revision was put back from received files.",
            "{count} revisions were put back from received files.",
            done.healed,
        )
        rebuilt = ngettext(
            "{count} response was worked out again.", "{count} responses were worked out again.", done.rebuilt
        )
        repaired = [healed.format(count=done.healed), rebuilt.format(count=done.rebuilt)]
    report = service.verify(with_signatures=chosen.signatures)
    lines = [*repaired, *map(describe, report.findings), *summarize(report)]
    if advice := advise(report):
        lines.append(advice)
    return CommandResult(_data(report), lines, has_findings=not report.is_whole)


def _data(report: VerificationReport) -> dict[str, object]:
    return {
        "is_whole": report.is_whole,
        "report": report,
        "sentences": [describe(one) for one in report.findings],
    }
