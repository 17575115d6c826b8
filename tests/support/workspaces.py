"""Workspaces of several people, over a small questionnaire that a test can read."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from iscm_desktop.questionnaire.catalogue import from_source
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.reading.xlsform import from_markdown
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.known_questionnaires import add_known

FORM = """
| survey   |              |          |                    |                |               |
|          | type         | name     | label              | relevant       | appearance    |
|          | begin_group  | about    | About              |                |               |
|          | text         | name     | Name               |                |               |
|          | select_one yn | fee     | Is there a fee?    |                |               |
|          | integer      | chf      | Yearly fee, CHF    | ${fee} = 'yes' |               |
|          | text         | story    | Story              |                | multiline     |
|          | end_group    |          |                    |                |               |
|          | begin_group  | partners | Partners           |                |               |
|          | begin_repeat | partner  | Partner            |                |               |
|          | text         | who      | Who?               |                |               |
|          | text         | since    | Since when?        |                |               |
|          | end_repeat   |          |                    |                |               |
|          | end_group    |          |                    |                |               |
| choices  |              |          |                    |                |               |
|          | list_name    | name     | label              |                |               |
|          | yn           | yes      | Yes                |                |               |
|          | yn           | no       | No                 |                |               |
| settings |              |          |                    |                |               |
|          | form_title   | form_id  | version            |                |               |
|          | Small form   | small    | {version}          |                |               |
"""

NAME, FEE, CHF, STORY = "about/name", "about/fee", "about/chf", "about/story"
PARTNER = "partners/partner"


class Ticking:
    """A clock that goes on a second whenever somebody looks at it."""

    def __init__(self, start: datetime = datetime(2027, 3, 1, 9, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@cache
def small_form(version: str = "1") -> Questionnaire:
    """The questionnaire above, as a store hands it out."""
    return from_source(from_markdown(FORM.replace("{version}", version)).source)


def opened(
    folder: Path, name: str, *, version: str = "1", clock: Ticking | None = None, address: str = ""
) -> Workspace:
    """The workspace of one person, in the round "2027", knowing the small questionnaire.

    Args:
        address: Of a shared store, in place of a file.
    """
    workspace = Workspace.open(address or folder / f"{name}.iscmdb", clock=clock or Ticking())
    with workspace._database.write() as db:
        add_known(db, small_form(version))
    workspace.set_person(name.capitalize(), "Ministry")
    workspace.rounds.start("2027", "Assessment 2027")
    return workspace


def start_own(workspace: Workspace, form: str, respondent: str = "igc") -> str:
    """A response to a questionnaire of one's own, given as a table, which the store knows from then on."""
    own = from_source(from_markdown(form).source)
    with workspace._database.write() as db:
        add_known(db, own)
    return workspace.responses.start(own.form_id, respondent)


def answer(workspace: Workspace, response: str, **answers: str) -> None:
    """Answers questions of the first section by name, as somebody at the window would, and saves."""
    session = workspace.responses.open_session(response)
    for name, text in answers.items():
        session.answer(f"about/{name}", text)
    workspace.responses.save(response, session)


def text_at(workspace: Workspace, response: str, path: str) -> str:
    return workspace.responses.open_session(response).view(path).text


def exported(workspace: Workspace, response: str, target: Path) -> Path:
    return workspace.exports.export(response, target).path


def merge(workspace: Workspace, *files: Path) -> list[str]:
    """Merges and gives the result of each file."""
    report = workspace.packages.apply(workspace.packages.plan(files))
    return [file.result.value for file in report.files]


def content(package: Path) -> dict[str, object]:
    """All that a package says, but for who sent it and signed it."""
    with zipfile.ZipFile(package) as archive:
        members: dict[str, object] = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))  # type: ignore[arg-type]
    del manifest["sender"]
    members.pop("manifest.json.minisig", None)
    manifest.pop("invitation", None)
    return {**members, "manifest": manifest}


def damage_responses(store: Path, values: str) -> None:
    """Puts into the responses of a store that nobody has open what no store writes: "changed_at = 'soon'"."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(f"UPDATE response SET {values}")  # noqa: S608
