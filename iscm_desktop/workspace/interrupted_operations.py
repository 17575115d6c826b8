"""What a program that was killed left: operations without an outcome, and half-written files.

The next start says what became of the work, once, and closes it. Nothing here is needed for safety: files are
written beside their target, and the store keeps whole transactions only.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from iscm_desktop.i18n import _
from iscm_desktop.store.operations.operation_kinds import OperationKind, OperationOutcome
from iscm_desktop.store.operations.operation_log import UnfinishedOperation
from iscm_desktop.workspace.workspace_context import WorkspaceContext


def close_interrupted(context: WorkspaceContext) -> tuple[str, ...]:
    """Gives operations that ended with the program their outcome; what to say about them, mostly nothing."""
    said = []
    for found in context.log.unfinished():
        context.log.finish(found.number, OperationOutcome.STOPPED)
        said.append(_sentence(found))
    return tuple(filter(None, said))


def _sentence(found: UnfinishedOperation) -> str:
    if found.kind is OperationKind.MERGE:
        return _(
            "The program ended during a merge: {done} of {total} files were merged, each of them whole. "
            "Please merge the same files again; what is here already is passed over."
        ).format(done=found.files, total=found.parameters["files"])
    if folder := found.parameters.get("folder"):
        for part in Path(folder).glob(".summary-*.pdf.part"):  # ours alone: others have such files, too
            with suppress(OSError):
                part.unlink()
        return _(
            "The program ended while it was writing files into '{folder}'. "
            "Each of them there is whole, but some may be missing: please export again."
        ).format(folder=folder)
    if "file" not in found.parameters:
        return ""
    file = Path(found.parameters["file"])
    with suppress(OSError):
        file.with_name(f".{file.name}.part").unlink()
    return _(
        "The program ended while it was writing '{file}'. "
        "A file of that name is whole, but may be the one from before: please export again."
    ).format(file=file)
