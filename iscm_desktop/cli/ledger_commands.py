"""Proof on the command line: checkpoints of a round's ledger, receipts for its respondents."""

from __future__ import annotations

import argparse
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands, unprinted
from iscm_desktop.cli.response_commands import find_response
from iscm_desktop.i18n import _
from iscm_desktop.workspace import Workspace


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    checkpoint = commands.add_parser(
        "checkpoint", parents=[everywhere], help="sign what the ledger of a round holds; cosign another's"
    )
    checkpoint.add_argument("--round", help="code of the round (default: the current one)")
    checkpoint.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write it; of --cosign, the result"
    )
    checkpoint.add_argument(
        "--request", type=Path, metavar="FILE", help="write what another coordinator needs to cosign"
    )
    checkpoint.add_argument(
        "--to", action="append", default=[], metavar="age1…", help="of --request: for whom it is encrypted"
    )
    checkpoint.add_argument(
        "--cosign", type=Path, metavar="FILE", help="cosign a request, or take a cosigned checkpoint in"
    )
    _add_key(checkpoint)
    checkpoint.set_defaults(run=_checkpoint, needs_workspace=True, needs_store=True)
    receipt = commands.add_parser(
        "receipt", parents=[everywhere], help="show a respondent that their answers stand; check that"
    )
    receipt.add_argument(
        "response", nargs="?", help="id of the response, its beginning, or the respondent's code"
    )
    receipt.add_argument("-o", "--output", type=Path, metavar="FILE.{txt,pdf}", help="of --all, a folder")
    receipt.add_argument("--all", action="store_true", help="one for each respondent of the round")
    receipt.add_argument("--round", help="of --all: code of the round (default: the current one)")
    receipt.add_argument("--check", type=Path, metavar="FILE", help="compare a receipt with this store")
    receipt.add_argument(
        "--against", type=Path, metavar="FILE", help="of --check: another checkpoint, to be held against it"
    )
    _add_key(receipt)
    receipt.set_defaults(run=_receipt, needs_workspace=True, needs_store=True, wrong=receipt.error)


def _add_key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="KEY",
        help="a coordinator's public key, where it is not known here",
    )


def _checkpoint(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    if chosen.cosign is not None:
        outcome = workspace.cosigning.cosign(chosen.cosign, chosen.output, chosen.key)
        return CommandResult(outcome, [outcome.words])
    round_ = workspace.rounds.find_or_start(chosen.round).code
    if chosen.request is not None:
        file = workspace.cosigning.write_request(round_, chosen.request, chosen.to)
        words = _("Written: {file}. It is for the coordinator who cosigns, and nobody else.")
        return CommandResult({"file": file}, [words.format(file=file)])
    if chosen.output is not None:
        row = workspace.ledger.write_checkpoint(round_, chosen.output)
        written = _("Written: {file}").format(file=chosen.output)
        return CommandResult({"file": chosen.output, "checkpoint": row}, [written])
    row, key = workspace.ledger.checkpoint(round_), workspace.ledger.public_key
    lines = [*row.text.splitlines(), "", _("Key: {key}").format(key=key)]
    return CommandResult({"checkpoint": row, "key": key}, lines)


def _receipt(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    if chosen.check is not None:
        from iscm_desktop.workspace.ledger.receipt_wording import receipt_in_words

        found = workspace.receipts.check(chosen.check, chosen.key, chosen.against)
        return CommandResult(found, receipt_in_words(found), has_findings=not found.is_good)
    if chosen.output is None or bool(chosen.response) == chosen.all:
        chosen.wrong(_("say whose receipt it is, or --all, and where it goes: -o; or --check FILE"))
    if chosen.all:
        round_ = workspace.rounds.find_or_start(chosen.round).code
        made = workspace.receipts.make_all(round_, chosen.output)
        return CommandResult(made, [_("Written: {file}").format(file=one.file) for one in made])
    response = find_response(workspace, chosen.response)
    if chosen.output.suffix.lower() == ".pdf":
        printed = workspace.receipts.print(response, chosen.output)
        written = _("Written: {file}").format(file=printed.path)
        return CommandResult(printed, [written, *unprinted(printed.missing)])
    one = workspace.receipts.make(response, chosen.output)
    return CommandResult(one, [_("Written: {file}").format(file=one.file)])
