"""`iscm`: everything that the window does, without a screen.

Exit codes: 0 done, 1 findings or refused input, 2 wrong usage. `--json` writes the result as JSON.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from iscm_desktop import __version__
from iscm_desktop.cli import (
    attachment_commands,
    clearance_commands,
    colleague_commands,
    comparison_commands,
    consistency_commands,
    coverage_commands,
    data_commands,
    document_commands,
    export_commands,
    invitation_commands,
    key_commands,
    last_round_commands,
    ledger_commands,
    log_commands,
    merge_commands,
    offer_commands,
    practice_commands,
    questionnaire_commands,
    refusal_commands,
    reminder_commands,
    response_commands,
    round_commands,
    store_commands,
    upkeep_commands,
    verification_commands,
)
from iscm_desktop.cli.command_output import CommandResult, say
from iscm_desktop.cli.passphrases import passphrase_of_store
from iscm_desktop.errors import AnswerProblem, FileProblem, IscmError, StoreProblem, TextProblem
from iscm_desktop.file_names import shown_file
from iscm_desktop.i18n import LANGUAGES, _, use_language
from iscm_desktop.private_files import keep_new_files_private
from iscm_desktop.text_limits import is_storable
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.unlocking import is_protected, unlock


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    chosen = _parser().parse_args(arguments)
    keep_new_files_private()
    use_language(chosen.interface)
    try:
        _check_arguments(chosen)
        result = _unlocking(chosen)
        say(result, as_json=chosen.json)
    except IscmError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except BrokenPipeError:  # somebody closed the pager; the work itself is done
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if (
            error.errno != errno.ENAMETOOLONG
        ):  # whichever command it was, and whatever it wanted with that file
            raise
        sys.stderr.write(f"{IscmError(FileProblem.FILE_NAME_TOO_LONG, file=shown_file(error.filename))}\n")
        return 1
    return 1 if result.has_findings else 0


def _unlocking(chosen: argparse.Namespace) -> CommandResult:
    """Runs a command; where a store is protected, which is found before anything is done, again with its passphrase."""
    unlocked: set[object] = set()
    while True:
        try:
            return _on_store(chosen) if chosen.needs_workspace else cast("CommandResult", chosen.run(chosen))
        except IscmError as problem:
            store = problem.particulars.get("store")
            is_to_ask = problem.problem is StoreProblem.STORE_PROTECTED and is_protected(Path(str(store)))
            if not is_to_ask or store in unlocked:  # of a copy that is gone by now, for instance
                raise
            passphrase = passphrase_of_store()
            if passphrase is None:
                raise
            unlock(Path(str(store)), passphrase)
            unlocked.add(store)


def _on_store(chosen: argparse.Namespace) -> CommandResult:
    """Runs a command on a store; where that is too broken to be opened, what the command does with its file instead."""
    named = str(chosen.store or "")
    if "needs_store" in chosen and named and "://" not in named and not Path(named).expanduser().exists():
        raise IscmError(AnswerProblem.FILE_MISSING, file=shown_file(named))  # a look makes none
    try:
        workspace = Workspace.open(chosen.store)
    except IscmError as problem:
        if problem.problem is not StoreProblem.STORE_DAMAGED or "run_on_broken" not in chosen:
            raise
        return cast("CommandResult", chosen.run_on_broken(chosen))
    with workspace:
        sys.stderr.writelines(f"{sentence}\n" for sentence in workspace.interrupted)
        if workspace.is_practice:
            sys.stderr.write(_("Practice: nothing here counts.") + "\n")
        result = cast("CommandResult", chosen.run(workspace, chosen))
        if "run_on_broken" not in chosen and (words := workspace.known_damage):
            sys.stderr.write(f"{words}\n")
        return result


def _check_arguments(chosen: argparse.Namespace) -> None:
    """Names of files may be bytes of any kind; everything else that is typed is text.

    Raises:
        IscmError: something typed is no UTF-8, which the system hands over as halves of characters.
    """
    for value in vars(chosen).values():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and not is_storable(text):
                raise IscmError(TextProblem.ARGUMENT_NO_TEXT, text=shown_file(text))


def _parser() -> argparse.ArgumentParser:
    everywhere = argparse.ArgumentParser(add_help=False)
    _add_options(everywhere, argparse.SUPPRESS, argparse.SUPPRESS, argparse.SUPPRESS)
    parser = argparse.ArgumentParser(prog="iscm", description=__doc__)
    parser.add_argument("--version", action="version", version=f"ISCM Desktop {__version__}")
    _add_options(parser, os.environ.get("ISCM_STORE"), default_json=False, default_interface="en")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for room in (
        questionnaire_commands,
        round_commands,
        invitation_commands,
        response_commands,
        attachment_commands,
        clearance_commands,
        export_commands,
        comparison_commands,
        last_round_commands,
        offer_commands,
        merge_commands,
        refusal_commands,
        log_commands,
        coverage_commands,
        reminder_commands,
        data_commands,
        consistency_commands,
        ledger_commands,
        colleague_commands,
        key_commands,
        document_commands,
        store_commands,
        upkeep_commands,
        verification_commands,
        practice_commands,
    ):
        room.add(commands, everywhere)
    return parser


def _add_options(
    parser: argparse.ArgumentParser, default_store: object, default_json: object, default_interface: object
) -> None:
    """The options that may stand before or after the command's name."""
    parser.add_argument(
        "--store",
        metavar="PATH|URL",
        default=default_store,
        help="the store to use (default: your own); postgresql+psycopg://… is a shared one",
    )
    parser.add_argument("--json", action="store_true", default=default_json, help="write the result as JSON")
    parser.add_argument(
        "--interface", choices=LANGUAGES, default=default_interface, help="language of messages (default: en)"
    )
