"""The window on a shared store: everything as on a file, and Settings says where it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from iscm_desktop.workspace import Workspace
from tests.support.postgres import Server
from ui.app import Program
from ui.form.form_page import FormPage


@pytest.fixture
def workspace(postgres: Server, tmp_path: Path) -> Iterator[Workspace]:
    """In place of the file that the other tests of the window open."""
    with Workspace.open(postgres.new_database()) as opened:
        opened.set_person("Anna Berg", "IOM")
        yield opened


def test_settings_say_where_the_store_is(program: Program, workspace: Workspace) -> None:
    program.shell.show_page("settings")
    texts = [label.text() for label in program.shell.findChildren(QLabel)]
    assert workspace.store_name in texts
    assert any("other people may work in it" in text for text in texts)


def test_what_is_typed_is_on_the_server(
    program: Program, workspace: Workspace, form: FormPage, igc: str, qtbot: QtBot
) -> None:
    program.shell.save()
    assert [row.id for row in workspace.response_list.all()] == [igc]
    with Workspace.open(workspace_address(workspace)) as colleague:
        assert [row.respondent for row in colleague.response_list.all()] == ["igc"]
        assert colleague.responses.open_session(igc).view("ISC-A/ISC-A01").text == "igc"


def test_the_start_warms_up_and_makes_no_backup(program: Program, workspace: Workspace, qtbot: QtBot) -> None:
    program.start()
    qtbot.waitUntil(lambda: not program.runner.is_busy, timeout=10_000)
    assert workspace.backups.make_if_due() is None


def workspace_address(workspace: Workspace) -> str:
    with workspace._database.read() as db:
        return db.sql.engine.url.render_as_string(hide_password=False)
