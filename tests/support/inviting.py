"""Coordinators who invite, and respondents who open invitations and answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from iscm_desktop.exchange.merging.merge_plan import FilePlan, FileReport, RefusedFile
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.rounds.invitation_service import IssuedFile


def never() -> bool:
    return False


def unseen(_done: int, _total: int) -> None:
    pass


def coordinator(folder: Path, name: str = "carla") -> Workspace:
    """A coordinator with the round of 2027."""
    workspace = Workspace.open(folder / f"{name}.iscmdb")
    workspace.set_person(name.capitalize(), "IOM")
    workspace.rounds.start("2027", "Assessment 2027", date(2027, 4, 30))
    return workspace


def invited(workspace: Workspace, folder: Path, *states: str, language: str = "en") -> tuple[IssuedFile, ...]:
    """Invitations to these States, as files in a folder."""
    rows = workspace.respondents.ask(None, "state", states, language, "")
    return workspace.invitations.issue(rows, folder)


def answered(
    folder: Path, name: str, invitation: Path, suffix: str = ".iscm", institution: str = "Ministry"
) -> Path:
    """What somebody sends back who opens an invitation on a computer of their own."""
    with Workspace.open(folder / f"{name}.iscmdb") as theirs:
        theirs.set_person(name.capitalize(), "Ministry")
        response = theirs.received_invitations.open_response(invitation, "", "", "")
        session = theirs.responses.open_session(response)
        session.answer("STA-A/STA-A02", institution)
        theirs.responses.save(response, session)
        target = folder / f"{name}{suffix}"
        theirs.exports.export(response, target, encrypts=suffix.endswith(".age"))
    return target


def planned(workspace: Workspace, *files: Path) -> Sequence[FilePlan | RefusedFile]:
    return workspace.packages.plan(files).files


def merged(workspace: Workspace, *files: Path) -> Sequence[FileReport | RefusedFile]:
    return workspace.packages.apply(workspace.packages.plan(files)).files
