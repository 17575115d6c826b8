"""Another coordinator, in a process of their own: `python -m tests.core.store.coordinator ADDRESS NAME FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.store import times
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.known_questionnaires import add_known
from tests.support.workspaces import merge, small_form


def main(address: str, name: str, folder: str) -> None:
    with Workspace.open(address, clock=times.now) as workspace:
        workspace.set_person(name.capitalize(), "IOM")
        with workspace._database.write() as db:
            add_known(db, small_form())
        for file in sorted(Path(folder).glob("*.iscm")):
            merge(workspace, file)
            settle(workspace, name)
        settle(workspace, name)


def settle(workspace: Workspace, name: str) -> None:
    for conflict in workspace.conflicts.unsettled():
        try:
            workspace.conflicts.resolve(conflict.id, value=f"settled by {name}", reason="both were asked")
        except IscmError as error:
            if error.problem is not AnswerProblem.CONFLICT_UNKNOWN:  # somebody else was quicker
                raise


if __name__ == "__main__":
    main(*sys.argv[1:])
