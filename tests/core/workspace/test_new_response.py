"""What a new response begins with, and what a form may know besides its answers.

B-01  A State that is in no mechanism's member list can answer, too.
B-02  A State is one of the register: a slip of the pen starts no response of its own.
B-03  A form learns the computer's id and the person's name, where it asks for them.
B-04  A form that looks at the response saved last finds it: one begun here, and not the response itself.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError, TrustProblem
from iscm_desktop.questionnaire import registers
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import Ticking

ASKING = """
| survey   |          |         |                    |                             |
|          | type     | name    | label              | default                     |
|          | deviceid | device  |                    |                             |
|          | username | user    |                    |                             |
|          | text     | town    | Town               | ${last-saved#town}          |
| settings |          |         |                    |                             |
|          | form_id  | version |                    |                             |
|          | asking   | 1       |                    |                             |
"""


def started(workspace: Workspace, tmp_path: Path) -> None:
    form = tmp_path / "asking.md"
    form.write_text(ASKING, encoding="utf-8")
    workspace.set_person("Anna Berg", "Ministry of the Interior")
    assert workspace.responses.add_questionnaire(form) == "asking"


def told(workspace: Workspace, response: str, name: str) -> str:
    return workspace.responses.open_session(response).view(name).text


def answered(workspace: Workspace, response: str, town: str) -> None:
    session = workspace.responses.open_session(response)
    session.answer("town", town)
    workspace.responses.save(response, session)


def test_a_state_in_no_member_list_can_answer(tmp_path: Path) -> None:
    """B-01"""
    alone = next(each.code for each in registers.territories() if not registers.memberships_of(each.code))
    with Workspace.open(tmp_path / "new.iscmdb") as workspace:
        session = workspace.responses.open_session(workspace.responses.start("state", alone.lower()))
        assert session.view("STA-A/STA-A01").text == alone
        assert session.repeat("STA-C/STA-C00").entries == ()


def test_a_state_that_the_register_does_not_have_is_refused(tmp_path: Path) -> None:
    """B-02"""
    with Workspace.open(tmp_path / "new.iscmdb") as workspace:
        with pytest.raises(IscmError) as refused:
            workspace.responses.start("state", "CAM")
        assert refused.value.problem is TrustProblem.RESPONDENT_UNKNOWN
        assert workspace.response_list.all() == ()


def test_a_form_learns_the_device_and_the_persons_name(tmp_path: Path) -> None:
    """B-03"""
    with Workspace.open(tmp_path / "new.iscmdb", clock=Ticking()) as workspace:
        started(workspace, tmp_path)
        response = workspace.responses.start("asking", "igc")
        assert told(workspace, response, "device") == workspace.device
        assert told(workspace, response, "user") == "Anna Berg"


def test_a_form_finds_the_response_saved_last(tmp_path: Path) -> None:
    """B-04"""
    with Workspace.open(tmp_path / "new.iscmdb", clock=Ticking()) as workspace:
        started(workspace, tmp_path)
        first = workspace.responses.start("asking", "igc")
        assert told(workspace, first, "town") == ""
        answered(workspace, first, "Geneva")
        second = workspace.responses.start("asking", "rcm")
        assert told(workspace, second, "town") == "Geneva"
        answered(workspace, second, "San José")
        answered(workspace, first, "Bern")
        assert told(workspace, workspace.responses.start("asking", "sacm"), "town") == "Bern"
