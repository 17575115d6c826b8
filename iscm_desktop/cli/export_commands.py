"""Export on the command line: the file that goes to the coordinator, to everyone, or to the public."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands, unprinted
from iscm_desktop.cli.response_commands import find_response, on_response
from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.i18n import _
from iscm_desktop.presenters.claimed_marks import passed_over_words
from iscm_desktop.presenters.export_audience import (
    audience_words,
    coordinators_words,
    recipients_words,
    return_words,
    without_words,
)
from iscm_desktop.presenters.export_choice import (
    SEALED,
    Audience,
    ExportChoice,
    FileForm,
    first_choice,
    proposed_name,
)
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.packages.export_service import ExportedFile
from iscm_desktop.workspace.packages.pdf_export_service import ExportedPdf


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds this command to the parser of `iscm`."""
    export = on_response(commands, everywhere, "export", "write the file that goes to the coordinator")
    export.add_argument(
        "-o", "--output", type=Path, metavar="FILE.{iscm.age,pdf.age,iscm,pdf}",
        help="default: encrypted for the coordinator where an invitation was opened, else a PDF; in this folder",
    )  # fmt: skip
    export.add_argument(
        "--to", action="append", default=[], metavar="age1…",
        help="for .age: the public key of who may open it (default: those of the invitation)",
    )  # fmt: skip
    export.add_argument(
        "--open",
        action="store_true",
        help="everyone may read the file, although the response answers an invitation",
    )
    export.add_argument(
        "--public", action="store_true", help="the public edition: without what is not for publication"
    )
    export.set_defaults(run=_export)


def _export(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    target = chosen.output or Path(_proposed(workspace, response, chosen))
    kind = "".join(target.suffixes[-2:]).lower() if target.suffix.lower() == ".age" else target.suffix.lower()
    if kind not in (".pdf", ".iscm", *SEALED) or (chosen.public and kind in SEALED):
        raise IscmError(AnswerProblem.EXPORT_KIND_UNKNOWN, file=target)
    is_sealed = kind in SEALED
    if not (is_sealed or chosen.public or chosen.open):
        _check_open(workspace, response, target)
    if chosen.public:
        say_passed_over(workspace, response)
    exported = _write_export(workspace, response, target, chosen)
    lines = [_("Written: {file}").format(file=target)]
    if isinstance(exported, ExportedPdf):
        lines += unprinted(exported.missing)
    lines += without_words(exported.without)
    if not chosen.public:
        lines.append(_audience(workspace, response, chosen, is_encrypted=is_sealed))
    return CommandResult(exported, lines)


def _proposed(workspace: Workspace, response: str, chosen: argparse.Namespace) -> str:
    row = workspace.response_list.row(response)
    choice = first_choice(workspace, row)
    if chosen.public or chosen.open:
        choice = ExportChoice(Audience.PUBLIC if chosen.public else Audience.EVERYONE, FileForm.PDF)
    elif chosen.to:
        choice = ExportChoice(Audience.COORDINATOR, FileForm.DATA)
    signed = workspace.sign_offs.of(response)
    return proposed_name(row, choice, is_draft=signed is None or not signed.is_current)


def _check_open(workspace: Workspace, response: str, target: Path) -> None:
    """Whoever was invited exports confidentially unless they say otherwise.

    Raises:
        IscmError: everyone could read the file, and nobody said that they may.
    """
    if first_choice(workspace, workspace.response_list.row(response)).audience is Audience.COORDINATOR:
        sealed = target.with_name(f"{target.name}.age")
        raise IscmError(AnswerProblem.EXPORT_WOULD_BE_OPEN, file=target, sealed=sealed)


def _write_export(
    workspace: Workspace, response: str, target: Path, chosen: argparse.Namespace
) -> ExportedFile | ExportedPdf:
    name, is_sealed = target.name.lower(), target.suffix.lower() == ".age"
    if name.removesuffix(".age").endswith(".pdf"):
        return workspace.pdf_exports.export(
            response, target, is_public=chosen.public, encrypts=is_sealed, recipients=chosen.to
        )
    if chosen.public:
        return workspace.public_exports.export(response, target)
    return workspace.exports.export(response, target, encrypts=is_sealed, recipients=chosen.to)


def say_passed_over(workspace: Workspace, response: str) -> None:
    """Before a public edition is written: how many claims about publication it leaves out of account."""
    if words := passed_over_words(len(workspace.restrictions.claims(response))):
        sys.stderr.write(f"{words}\n")


def _audience(workspace: Workspace, response: str, chosen: argparse.Namespace, *, is_encrypted: bool) -> str:
    """For whom the file is, and for whose key it is encrypted."""
    row = workspace.response_list.row(response)
    handed = [each for each in workspace.delegations.rows(response) if each.is_received]
    whose = return_words(handed)
    if is_encrypted and chosen.to:
        return " ".join(filter(None, (whose, recipients_words(workspace, chosen.to))))
    whose = whose or audience_words(workspace.received_invitations.issuer_of(row))
    coordinators = workspace.received_invitations.coordinators_of(row) if is_encrypted else ()
    return " ".join(filter(None, (whose, coordinators_words(coordinators))))
