"""Attached files on the command line: attach one to an answer, list and save those of a response."""

from __future__ import annotations

import argparse
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.cli.response_commands import find_question, find_response, on_response
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.file_names import new_stem, stem_and_ending, stems_in
from iscm_desktop.i18n import _, shown_size
from iscm_desktop.questionnaire.attached_files import AttachedFile, attached_file
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.responses.attachment_service import AttachmentRow


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    attach = on_response(commands, everywhere, "attach", "answer a question with a file")
    attach.add_argument("path", help="of a question that takes a file")
    attach.add_argument("file", type=Path, nargs="?", help="without it: only what the options say is done")
    attach.add_argument(
        "--without-location",
        action="store_true",
        help="take out of a picture where it was taken, and by which camera",
    )
    attach.set_defaults(run=_attach)
    listing = on_response(
        commands, everywhere, "attachments", "the attached files, or all of them into a folder"
    )
    listing.add_argument("-o", "--output", type=Path, metavar="FOLDER", help="where they are saved")
    listing.set_defaults(run=_attachments)


def _attach(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    session = workspace.responses.open_session(response)
    view = find_question(session, chosen.path)
    files = workspace.attachments
    if chosen.file is not None:
        file: AttachedFile | None = files.take_in(response, view.question, chosen.file)
    else:
        file = attached_file(view.text)
    if file is None:
        return CommandResult({"file": None}, [_("No file is attached there.")], has_findings=True)
    lines = []
    if chosen.without_location:
        file = files.without_location(response, file)
    elif files.has_metadata(file):
        words = _(
            "“{file}” says more than it shows; where it was taken may be in it. To take that out: "
            "iscm attach {response} {path} --without-location"
        )
        lines = [words.format(file=file.name, response=chosen.response, path=chosen.path)]
    session.answer(view.path, file.text)
    workspace.responses.save(response, session)
    size = files.size(file)
    said = _("Attached: {file}, {size}.").format(file=file.name, size=shown_size(size or 0))
    return CommandResult({"file": file.name, "sha256": file.digest, "size": size}, [said, *lines])


def _attachments(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    rows = workspace.attachments.all_of(response)
    data = [
        {
            "path": row.path,
            "number": row.number,
            "label": row.label,
            "file": row.file.name,
            "sha256": row.file.digest,
            "size": row.size,
        }
        for row in rows
    ]
    if not rows:
        return CommandResult(data, [_("No file is attached.")])
    lines = table(
        ("PATH", "QUESTION", "FILE", "SIZE"),
        [
            (
                row.path,
                with_number(row.number, row.label),
                row.file.name,
                _("not here") if row.size is None else shown_size(row.size),
            )
            for row in rows
        ],
    )
    if chosen.output is not None:
        lines = [
            _saved(workspace, chosen.output, row, taken)
            for taken in [stems_in(chosen.output)]
            for row in rows
        ]
    return CommandResult(data, lines, has_findings=any(row.size is None for row in rows))


def _saved(workspace: Workspace, folder: Path, row: AttachmentRow, taken: set[str]) -> str:
    """Under its own name as every system takes it, or with a number where something is called alike already."""
    name = row.file.name
    if row.size is None:
        return _("{file}: its content is not on this computer.").format(file=name)
    stem, ending = stem_and_ending(name)
    target = folder / f"{new_stem(stem, taken)}{ending}"
    workspace.attachments.save_as(row.file, target)
    return _("{file} saved as {target}").format(file=name, target=target)
