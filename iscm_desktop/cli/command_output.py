"""What a command says: lines for people, or the same as JSON for scripts."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias

from iscm_desktop.file_names import shown_file
from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.text_limits import storable

if TYPE_CHECKING:
    from iscm_desktop.session.views import Finding

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where a room adds its commands; argparse gives this type no public name."""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What a command found or did.

    Args:
        data: For `--json`; dataclasses, enumerations, dates, decimals and paths are written as people expect.
        lines: For people.
        has_findings: True where the exit code is 1: something is wrong or was refused.
    """

    data: object
    lines: Sequence[str] = ()
    has_findings: bool = False


_SHOWN = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
_SHOWN |= dict.fromkeys((*range(0x7F, 0xA0), *range(0xD800, 0xE000)), 0xFFFD)  # the replacement character
_SHOWN |= dict.fromkeys(range(0x202A, 0x202F), 0xFFFD)  # overrides of direction
"""Control characters as pictures: what somebody pasted into an answer does not steer a terminal."""


def say(result: CommandResult, *, as_json: bool, to: TextIO | None = None) -> None:
    """Prints a result: its lines or, as JSON, its data; None prints to the standard output."""
    stream = to or sys.stdout
    if as_json:
        json.dump(plain(result.data), stream, ensure_ascii=False, indent=2)
        stream.write("\n")
    else:
        stream.writelines(f"{line.translate(_SHOWN)}\n" for line in result.lines)


def plain(value: object) -> object:
    """`value` in JSON's own types. Dates and times become ISO 8601, decimals numbers, paths texts."""
    match value:
        case str():
            return storable(value) if not value.isascii() else value
        case None | bool() | int() | float():
            return value
        case Enum():
            return plain(value.value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date() | datetime() | time():
            return value.isoformat()
        case Path():
            return shown_file(value)
        case dict():
            return {storable(str(key)): plain(part) for key, part in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(part) for part in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return plain({field.name: getattr(value, field.name) for field in fields(value)})
        case bytes():  # a damaged text of the store: `verify` names it
            return value.decode("utf-8", "replace")
        case _:
            raise TypeError(f"no JSON for {type(value).__name__}")


def item_words(path: str, number: str, label: str) -> str:
    """How every listing names a question, repeat or section: "ISC-E/ISC-E20  E20 Annual fee"."""
    return f"{path}  {with_number(number, label)}"


def finding_line(finding: Finding) -> str:
    """A line of what is to be finished or mended, with the entry that it is in: "2 · Nairobi"."""
    label = f"{finding.label} ({finding.entry})" if finding.entry else finding.label
    return f"{item_words(finding.path, finding.number, label)}: {finding.message}"


def unprinted(missing: Iterable[tuple[str, str]]) -> list[str]:
    """What to say of characters that a document shows as boxes; nothing where there are none.

    Args:
        missing: Characters, and where they stand.
    """
    characters = " ".join(dict.fromkeys("".join(characters for characters, _where in missing)))
    if not characters:
        return []
    words = _("These characters are in the data and could not be printed: {characters}.")
    return [words.format(characters=characters)]


def room(commands: Commands, name: str, purpose: str) -> Commands:
    """A command that has actions of its own."""
    made: Commands = commands.add_parser(name, help=purpose).add_subparsers(required=True, metavar="ACTION")
    return made


def action(
    actions: Commands, everywhere: argparse.ArgumentParser, name: str, purpose: str
) -> argparse.ArgumentParser:
    """One action on a store; the caller says what it runs."""
    made: argparse.ArgumentParser = actions.add_parser(name, parents=[everywhere], help=purpose)
    made.set_defaults(needs_workspace=True)
    return made
