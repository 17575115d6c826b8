"""Questionnaires of one's own on the command line: list, add, remove, and check before adding."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.i18n import _
from iscm_desktop.paths import default_store
from iscm_desktop.questionnaire import catalogue
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.questionnaire.reading.form_files import read_form_file
from iscm_desktop.workspace import Workspace

if TYPE_CHECKING:
    from iscm_desktop.workspace.received_questionnaire_service import ReceivedQuestionnaire


def add(actions: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these actions to `iscm questionnaire`."""
    listing = actions.add_parser(
        "list", parents=[everywhere], help="the questionnaires of the program, and your own"
    )
    listing.set_defaults(run=_list, needs_workspace=False)
    check = actions.add_parser(
        "check", parents=[everywhere], help="read a questionnaire and print its faults"
    )
    check.add_argument("file", type=Path)
    check.set_defaults(run=_check, needs_workspace=False)
    adding = actions.add_parser("add", parents=[everywhere], help="add a questionnaire of your own")
    adding.add_argument("file", type=Path, help="an XLSForm (.xlsx, .xls, .csv, .md) or XForm (.xml)")
    adding.add_argument(
        "media",
        type=Path,
        nargs="*",
        help="tables, pictures and sounds that it names, where they lie elsewhere",
    )
    adding.set_defaults(run=_add, needs_workspace=True)
    remove = actions.add_parser(
        "remove", parents=[everywhere], help="remove one of your own without responses"
    )
    remove.add_argument("questionnaire", metavar="ID")
    remove.set_defaults(run=_remove, needs_workspace=True)
    take = actions.add_parser(
        "take", parents=[everywhere], help="use one that came with a file for new questionnaires, too"
    )
    take.add_argument("questionnaire", metavar="ID", help="with @VERSION behind it where several came")
    take.add_argument(
        "--back", action="store_true", help="new questionnaires no longer use it; those that do keep it"
    )
    take.set_defaults(run=_take, needs_workspace=True)


def _list(chosen: argparse.Namespace) -> CommandResult:
    """A look makes no store: where there is none, what the program brings."""
    store = chosen.store or default_store()
    if "://" not in str(store) and not Path(store).expanduser().exists():
        return _shipped()
    with Workspace.open(chosen.store) as workspace:
        rows = workspace.questionnaires.all()
        received = [
            (row, workspace.received_questionnaires.name_of(row))
            for row in workspace.received_questionnaires.all()
        ]
    data: list[dict[str, object]] = [
        {
            "key": row.form_id,
            "title": row.title,
            "version": row.version,
            "languages": row.languages,
            "questions": row.questions,
            "hash": row.hash,
            "own": row.is_own,
            "responses": row.responses,
            "received": False,
        }
        for row in rows
    ]
    data += [
        {
            "key": row.form_id,
            "title": row.title,
            "version": row.version,
            "hash": row.hash,
            "own": True,
            "responses": row.responses,
            "received": True,
            "name": name,
            "from": row.sender,
            "came_at": row.came_at,
            "rounds": row.rounds,
            "can_be_taken": row.can_be_taken,
        }
        for row, name in received
    ]
    lines = _lines([(row.form_id, row.title, row.version) for row in rows])
    return CommandResult(data, [*lines, *(line for row, name in received for line in _told(row, name))])


def _told(row: ReceivedQuestionnaire, name: str) -> Iterator[str]:
    yield _("{name}: {title}. {about}").format(name=name, title=row.title, about=row.in_words())
    if row.can_be_taken:
        yield _("Use it for new questionnaires: iscm questionnaire take {name}").format(name=name)


def _shipped() -> CommandResult:
    forms = [(key, catalogue.shipped(key)) for key in catalogue.shipped_keys()]
    data = [
        {
            "key": key,
            "title": form.title,
            "version": form.version,
            "languages": form.languages,
            "questions": sum(question.kind is not Kind.NOTE for question in form.questions()),
            "hash": form.hash,
            "own": False,
            "responses": 0,
            "received": False,
        }
        for key, form in forms
    ]
    return CommandResult(data, _lines([(key, form.title, form.version) for key, form in forms]))


def _lines(rows: list[tuple[str, str, str]]) -> list[str]:
    return table(("KEY", "TITLE", "VERSION"), rows)


def _check(chosen: argparse.Namespace) -> CommandResult:
    faults = read_form_file(chosen.file).faults
    lines = [str(fault) for fault in faults] or [
        _("No faults: '{file}' can be used.").format(file=chosen.file.name)
    ]
    return CommandResult({"file": chosen.file, "faults": faults}, lines, has_findings=bool(faults))


def _add(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    found = workspace.questionnaires.add(chosen.file, chosen.media)
    form = found.form
    assert form is not None  # noqa: S101 - else it was refused
    words = (
        _("This questionnaire is here already: {title}, version {version}.")
        if found.is_same
        else _("Added: {title}, version {version}. Name it by its id '{form}'.")
    )
    told = words.format(title=form.title, version=form.version or "–", form=form.form_id)
    missing = _("Named and not there: {names}.").format(names=", ".join(found.media.missing))
    lines = [
        *filter(None, [told, found.changes, missing if found.media.missing else ""]),
        *map(str, found.faults),
    ]
    data = {
        "key": form.form_id, "title": form.title, "version": form.version, "hash": form.hash,
        "changes": found.changes, "faults": found.faults, "media": sorted(found.media.contents),
        "missing": found.media.missing,
    }  # fmt: skip
    return CommandResult(data, lines)


def _remove(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    workspace.questionnaires.remove(chosen.questionnaire)
    return CommandResult(
        {"key": chosen.questionnaire}, [_("Removed: '{form}'.").format(form=chosen.questionnaire)]
    )


def _take(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    form_id, _at, version = chosen.questionnaire.partition("@")
    received = workspace.received_questionnaires
    if chosen.back:
        gone = received.set_aside(form_id, version)
        words = _("New questionnaires no longer use version {version} of '{form}'; those that do keep it.")
        told = [words.format(version=gone.version or "–", form=form_id)]
        return CommandResult({"key": form_id, "version": gone.version, "hash": gone.hash}, told)
    row = received.find(form_id, version)
    changes = received.changes(row)
    received.take_over(row)
    words = _("From now on new questionnaires and invitations use version {version} of '{form}'.")
    told = [words.format(version=row.version or "–", form=form_id), *filter(None, [changes])]
    return CommandResult({"key": form_id, "version": row.version, "hash": row.hash, "changes": changes}, told)
