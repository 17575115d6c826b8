"""Whatever takes the keyboard or a press says what it is and what it is for, on every page and in every dialog."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscm_desktop.workspace import Workspace
from tests.support.every_place import DIALOGS, PAGES
from tests.support.unspoken_parts import unspoken_parts
from ui.app import Program
from ui.form.form_page import FormPage


def settle(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not program.runner.is_busy, timeout=20_000)
    for _turn in range(4):
        QApplication.processEvents()


def test_every_part_of_every_page_is_spoken(program: Program, igc: str, qtbot: QtBot) -> None:
    found: list[str] = []
    for page in PAGES:
        program.shell.show_page(page)
        settle(program, qtbot)
        found += [f"{page}: {part}" for part in unspoken_parts(program.shell)]
    program.shell.open_review(igc)
    settle(program, qtbot)
    found += [f"review: {part}" for part in unspoken_parts(program.shell)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("form_id", "respondent"), [("iscm", "igc"), ("state", "CAN")])
def test_every_part_of_every_section_is_spoken(
    program: Program, workspace: Workspace, form_id: str, respondent: str, qtbot: QtBot
) -> None:
    program.shell.open_response(workspace.responses.start(form_id, respondent))
    page = program.shell.page
    assert isinstance(page, FormPage)
    found: list[str] = []
    for section in page.presenter.view.sections:
        page.show_section(section.path)
        page.form.complete()
        settle(program, qtbot)
        found += [f"{section.path}: {part}" for part in unspoken_parts(program.shell)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", DIALOGS)
def test_every_part_of_every_dialog_is_spoken(program: Program, igc: str, name: str, qtbot: QtBot) -> None:
    opened = DIALOGS[name](program, igc)
    opened.open()
    settle(program, qtbot)
    found = unspoken_parts(opened)
    opened.reject()
    assert not found, "\n".join(found)
