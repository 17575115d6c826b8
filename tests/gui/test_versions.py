"""A newer version of the questionnaire: offered, used, and gone back from; what is no longer asked stays in view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.known_questionnaires import add_known
from tests.core.workspace.test_versions import NEW_STORY, PHONE, newer_form
from tests.support.workspaces import CHF, STORY, answer, small_form
from ui.app import Program
from ui.form.form_page import FormPage
from ui.form.withdrawn_answers import WithdrawnFold


@pytest.fixture
def response(workspace: Workspace) -> str:
    """Filled in with version 2.9, while the computer has 2.10."""
    with workspace._database.write() as db:
        add_known(db, small_form("2.9"))
    made = workspace.responses.start("small", "igc")
    answer(workspace, made, name="IGC", fee="yes", chf="120000", story="A long story")
    with workspace._database.write() as db:
        add_known(db, newer_form())
    return made


def opened(program: Program, response: str) -> FormPage:
    program.shell.open_response(response)
    page = program.shell.page
    assert isinstance(page, FormPage)
    return page


def press_notice(program: Program, qtbot: QtBot) -> None:
    act = program.shell.notices.findChild(QPushButton, "notice-action")
    qtbot.mouseClick(act, Qt.MouseButton.LeftButton)


def test_a_newer_version_is_offered_used_and_gone_back_from(
    program: Program, workspace: Workspace, response: str, qtbot: QtBot
) -> None:
    page = opened(program, response)
    qtbot.waitUntil(lambda: "newer version, 2.10" in program.shell.notices.text)
    assert page.editing.session.view(STORY).text == "A long story"
    page.editing.answer(STORY, "A longer story")  # not saved yet
    press_notice(program, qtbot)
    qtbot.waitUntil(lambda: "You are using version 2.10 now" in program.shell.notices.text)
    page = opened(program, response)
    assert page.editing.session.view(NEW_STORY).text == "A longer story"
    assert page.editing.session.view(PHONE).text == ""
    press_notice(program, qtbot)
    qtbot.waitUntil(lambda: "version 2.9 again" in program.shell.notices.text)
    assert opened(program, response).editing.session.view(STORY).text == "A longer story"
    assert workspace.response_list.row(response).version == "2.9"


def test_what_is_no_longer_asked_lies_in_a_fold_below_its_section(
    program: Program, workspace: Workspace, response: str, qtbot: QtBot
) -> None:
    workspace.versions.move_to_newest(response)
    page = opened(program, response)
    page.go_to(PHONE)
    fold = page.form.findChild(WithdrawnFold)
    assert isinstance(fold, WithdrawnFold)
    labels = [label.text() for label in fold.findChildren(QLabel)]
    assert "Yearly fee, CHF" in labels
    assert "120 000" in labels
    shown = fold._body
    assert shown.isHidden()
    qtbot.mouseClick(fold.fold, Qt.MouseButton.LeftButton)
    assert not shown.isHidden()
    assert workspace.versions.withdrawn_answers(response)[0].path == CHF
    page.show_section("more")
    assert page.form.findChild(WithdrawnFold) is None
