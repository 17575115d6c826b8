"""Questionnaires of one's own: added from a workbook, offered where one is chosen, removed where nobody has answered.

Q-01 Faults are told with sheet and row, before anything is added.
Q-02 A new version says what it changes; one that is no newer, or another one of the same version, is refused.
Q-03 What is added is offered for responses and invitations, and travels with them.
Q-04 One without responses can be removed; one with responses and those of the program stay.
Q-06 Pictures, sounds and films that labels show come along by their hash, travel, and go with their questionnaire.
Q-05 Lists in tables beside the workbook, or named, come along and are part of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import exported, merge

FORM = """
| survey   |              |        |                  |
|          | type         | name   | label            |
|          | begin_group  | about  | About            |
|          | integer      | visits | How many visits? |
{more}|          | end_group    |        |                  |
| settings |              |        |                  |
|          | form_title   | form_id | version         |
|          | Visits       | {form} | {version}        |
"""
WHERE = "|          | text         | where  | Where?           |\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "store.iscmdb") as opened:
        opened.rounds.start("2027", "Assessment 2027")
        yield opened


def workbook(folder: Path, version: str = "1", more: str = "", form: str = "visits") -> Path:
    file = folder / f"visits-{version}.md"
    file.write_text(FORM.format(version=version, more=more, form=form), encoding="utf-8")
    return file


def problem(workspace: Workspace, file: Path) -> tuple[object, str]:
    with pytest.raises(IscmError) as refused:
        workspace.questionnaires.add(file)
    return refused.value.problem, str(refused.value)


def test_faults_are_told_with_sheet_and_row_before_anything_is_added(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Q-01"""
    file = workbook(tmp_path, more="|          | integer      | visits | Again            |\n")
    found = workspace.questionnaires.examine(file)
    assert not found.can_be_added
    assert [(fault.sheet, fault.row) for fault in found.faults] == [("survey", 4)]
    told, words = problem(workspace, file)
    assert told is QuestionnaireProblem.FORM_FAULTY
    assert "row 4" in words
    assert [row.form_id for row in workspace.questionnaires.all()] == ["iscm", "state", "organization"]


@pytest.mark.parametrize("id_", ["STATE", "Visits"])
def test_an_id_differs_from_the_others_by_more_than_capital_letters(
    workspace: Workspace, tmp_path: Path, id_: str
) -> None:
    """Q-02"""
    workspace.questionnaires.add(workbook(tmp_path))
    before = [row.form_id for row in workspace.questionnaires.all()]
    refused = workbook(tmp_path, "3", form=id_)
    assert problem(workspace, refused)[0] is QuestionnaireProblem.FORM_ID_ALIKE
    assert workspace.questionnaires.examine(refused).refusal
    assert [row.form_id for row in workspace.questionnaires.all()] == before


def test_a_new_version_says_what_it_changes(workspace: Workspace, tmp_path: Path) -> None:
    """Q-02"""
    workspace.questionnaires.add(workbook(tmp_path))
    newer = workbook(tmp_path, "2", WHERE)
    found = workspace.questionnaires.examine(newer)
    assert (found.here, found.changes) == ("1", "Against version 1: 1 question added.")
    workspace.questionnaires.add(newer)
    assert workspace.questionnaires.all()[-1].version == "2"
    assert problem(workspace, workbook(tmp_path, "1.5"))[0] is QuestionnaireProblem.FORM_VERSION_OLDER
    assert workspace.questionnaires.examine(newer).is_same


def test_a_newer_version_of_the_programs_stands_where_that_stands(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Q-02"""
    workspace.questionnaires.add(workbook(tmp_path))
    workspace.questionnaires.add(workbook(tmp_path, "2099010100", form="state"))
    rows = workspace.questionnaires.all()
    assert [row.form_id for row in rows] == ["iscm", "state", "organization", "visits"]
    assert [row.is_own for row in rows] == [False, True, False, True]


def test_another_questionnaire_of_the_same_version_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    """Q-02"""
    workspace.questionnaires.add(workbook(tmp_path))
    other = workbook(tmp_path, more=WHERE)
    assert workspace.questionnaires.examine(other).refusal
    assert problem(workspace, other)[0] is QuestionnaireProblem.FORM_VERSION_TAKEN


def test_what_is_added_is_filled_in_invited_to_and_travels(workspace: Workspace, tmp_path: Path) -> None:
    """Q-03"""
    workspace.questionnaires.add(workbook(tmp_path))
    assert "visits" in workspace.invitations.form_ids()
    invitation = workspace.invitations.issue_open("2027", ["visits"], "en", tmp_path / "visits").path
    with Workspace.open(tmp_path / "theirs.iscmdb") as theirs:
        response = theirs.received_invitations.open_response(invitation, "visits", "A ministry", "")
        session = theirs.responses.open_session(response)
        session.answer("about/visits", "3")
        theirs.responses.save(response, session)
        package = exported(theirs, response, tmp_path / "visits.iscm")
    assert merge(workspace, package) == ["new"]
    assert workspace.responses.open_session(response).view("about/visits").text == "3"


def test_one_with_responses_stays_and_one_without_goes(workspace: Workspace, tmp_path: Path) -> None:
    """Q-04"""
    workspace.questionnaires.add(workbook(tmp_path))
    workspace.questionnaires.add(workbook(tmp_path, "1", form="others"))
    workspace.responses.start("visits", "A ministry")
    for form, expected in (
        ("visits", QuestionnaireProblem.FORM_IN_USE),
        ("iscm", QuestionnaireProblem.FORM_SHIPPED),
        ("none", QuestionnaireProblem.FORM_NOT_HERE),
    ):
        with pytest.raises(IscmError) as refused:
            workspace.questionnaires.remove(form)
        assert refused.value.problem is expected
    workspace.questionnaires.remove("others")
    assert [row.form_id for row in workspace.questionnaires.all()][3:] == ["visits"]


@pytest.mark.parametrize("is_beside", [True, False])
def test_tables_come_along(workspace: Workspace, tmp_path: Path, is_beside: bool) -> None:
    """Q-05"""
    folder = tmp_path if is_beside else tmp_path / "elsewhere"
    folder.mkdir(exist_ok=True)
    (folder / "towns.csv").write_text("name,label\ngva,Geneva\n", encoding="utf-8")
    more = "|          | select_one_from_file towns.csv | town | Which town? |\n"
    found = workspace.questionnaires.add(
        workbook(tmp_path, more=more), () if is_beside else [folder / "towns.csv"]
    )
    assert found.form is not None
    response = workspace.responses.start("visits", "A ministry")
    (folder / "towns.csv").unlink()
    view = workspace.responses.open_session(response).view("about/town")
    assert [choice.label for choice in view.choices] == ["Geneva"]


PICTURES = """
| survey   |              |         |                  |              |
|          | type         | name    | label            | media::image |
|          | integer      | visits  | How many visits? | map.png      |
| settings |              |         |                  |              |
|          | form_title   | form_id | version          |              |
|          | Visits       | visits  | 1                |              |
"""


def picture(size: int = 2) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (size, size), "navy").save(made, "PNG")
    return made.getvalue()


def shown(folder: Path, content: bytes | None) -> Path:
    file = folder / "visits.md"
    file.write_text(PICTURES, encoding="utf-8")
    if content is not None:
        (folder / "visits-media").mkdir(exist_ok=True)
        (folder / "visits-media" / "map.png").write_bytes(content)
    return file


def test_what_labels_show_comes_along_travels_and_goes_with_its_questionnaire(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Q-06"""
    workspace.questionnaires.add(shown(tmp_path, picture()))
    form = workspace.questionnaires.newest("visits")
    assert form is not None
    assert workspace.questionnaires.media(form, "jr://images/map.png") == picture()
    invitation = workspace.invitations.issue_open("2027", ["visits"], "en", tmp_path / "visits").path
    with Workspace.open(tmp_path / "theirs.iscmdb") as theirs:
        response = theirs.received_invitations.open_response(invitation, "visits", "A ministry", "")
        assert theirs.questionnaires.media(form, "map.png") == picture()
        package = exported(theirs, response, tmp_path / "visits.iscm")
    with Workspace.open(tmp_path / "colleague.iscmdb") as colleague:
        assert merge(colleague, package) == ["new"]
        assert colleague.questionnaires.media(form, "map.png") == picture()
    workspace.questionnaires.remove("visits")
    assert workspace.questionnaires.media(form, "map.png") is None


def test_what_is_not_there_is_named_and_what_is_no_picture_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Q-06"""
    found = workspace.questionnaires.examine(shown(tmp_path, None))
    assert found.media.missing == ("map.png",)
    assert found.can_be_added
    for content in (b"MZ a program", b"<svg onload='x'/>"):
        assert problem(workspace, shown(tmp_path, content))[0] is QuestionnaireProblem.MEDIA_UNFIT
