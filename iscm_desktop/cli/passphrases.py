"""Passphrases on the command line: from a file, from the environment, or typed unseen."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError, TextProblem
from iscm_desktop.i18n import _
from iscm_desktop.text_limits import TypedText, checked

STORE_PASSPHRASE = "ISCM_PASSPHRASE"  # noqa: S105 - the name of a variable, and no passphrase
"""The environment's variable with the passphrase of a protected store."""


def passphrase_in(file: Path | None) -> str:
    """The first line of a file or, without one, what is typed.

    Raises:
        IscmError: the file is not there or no text, or the passphrase is longer than any.
    """
    if file is None:
        return _checked(_typed(_("Passphrase: ")))
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        raise IscmError(AnswerProblem.FILE_MISSING, file=file) from None
    except UnicodeDecodeError:
        raise IscmError(TextProblem.FILE_NO_TEXT, file=file) from None
    return _checked(lines[0] if lines else "")


def new_passphrase(file: Path | None) -> str:
    """The same for one that is to be set; typed twice, since nobody sees it.

    Raises:
        IscmError: likewise, or what was typed differs.
    """
    first = passphrase_in(file)
    if file is None and _typed(_("The same again: ")) != first:
        raise IscmError(TextProblem.PASSPHRASES_DIFFER)
    return first


def passphrase_of_store() -> str | None:
    """That of the store at hand: from the environment or, at a terminal, typed; None where nobody can be asked."""
    kept = os.environ.get(STORE_PASSPHRASE)
    if kept is not None:
        return kept
    return _typed(_("Passphrase: ")) if sys.stdin is not None and sys.stdin.isatty() else None


def _typed(asking: str) -> str:
    """What was typed unseen; "" where the input is at its end, which is no passphrase."""
    try:
        return getpass(asking)
    except EOFError:
        return ""


def _checked(passphrase: str) -> str:
    return checked(TypedText.PASSPHRASE, passphrase)
