"""Backups in the window: what is in each, tried out, a second place, restored; and what is said after the start."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_place import PlaceFault, PlaceWarning
from tests.gui.conftest import Program, ScriptedDialogs
from tests.support.workspaces import damage_responses
from ui.settings.backups_dialog import BackupsDialog, RestoreDialog
from ui.settings.settings_page import SettingsPage


@pytest.fixture
def dialog(program: Program, workspace: Workspace, igc: str, qtbot: QtBot) -> BackupsDialog:
    """All backups, of which there is one, and something was begun since."""
    workspace.backups.make()
    workspace.responses.start("iscm", "puebla_process")
    program.shell.show_page("settings")
    page = program.shell.page
    assert isinstance(page, SettingsPage)
    qtbot.mouseClick(page.backups.all, Qt.MouseButton.LeftButton)
    found = program.shell.findChild(BackupsDialog)
    assert isinstance(found, BackupsDialog)
    qtbot.waitUntil(lambda: bool(_named(found, "restore-backup")))
    return found


def _named(owner: QWidget, name: str) -> list[QPushButton]:
    return owner.findChildren(QPushButton, name)


def _words(owner: QWidget) -> str:
    return "\n".join(each.text() for each in owner.findChildren(QLabel) if each.isVisibleTo(owner))


def test_a_backup_shows_what_is_in_it_and_what_is_not(dialog: BackupsDialog, qtbot: QtBot) -> None:
    assert "1 response ·" in _words(dialog)
    qtbot.mouseClick(_named(dialog, "look-into-backup")[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "1 response would be older, or missing." in _words(dialog))
    assert "puebla_process" in _words(dialog)


def test_a_damaged_backup_is_shown_with_its_fault_beside_the_others(
    dialog: BackupsDialog, workspace: Workspace, qtbot: QtBot
) -> None:
    damaged = workspace.backups.make()
    damage_responses(damaged, "changed_at = 'soon'")
    dialog._look()
    qtbot.waitUntil(lambda: str(damaged) in _words(dialog))
    assert "1 response ·" in _words(dialog)
    assert len(_named(dialog, "restore-backup")) == 1


def test_the_newest_is_tried_out_and_the_second_place_chosen(
    dialog: BackupsDialog, dialogs: ScriptedDialogs, tmp_path: Path, workspace: Workspace, qtbot: QtBot
) -> None:
    qtbot.mouseClick(dialog.rehearse, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Tried out on" in _words(dialog), timeout=20_000)
    dialogs.to_save = tmp_path
    qtbot.mouseClick(dialog.choose_second, Qt.MouseButton.LeftButton)
    assert workspace.backups.second_place == tmp_path
    assert str(tmp_path) in _words(dialog)


def test_a_restore_says_what_is_lost_before_it_is_done(
    dialog: BackupsDialog, program: Program, workspace: Workspace, qtbot: QtBot
) -> None:
    (backup,) = workspace.backups.rows()
    qtbot.mouseClick(_named(dialog, "restore-backup")[0], Qt.MouseButton.LeftButton)
    asked = dialog.findChild(RestoreDialog)
    assert isinstance(asked, RestoreDialog)
    assert "not in the backup" in _words(asked)
    assert program.backup_to_restore is None
    qtbot.mouseClick(asked.primary, Qt.MouseButton.LeftButton)
    assert program.backup_to_restore == backup.path
    assert program.is_to_start_again


def test_a_doubtful_place_is_said_once(
    program: Program, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    said = PlaceWarning(PlaceFault.SYNCHRONISED, "Dropbox copies this folder.")
    monkeypatch.setattr("iscm_desktop.workspace.store_place.place_warnings", lambda *_whatever: (said,))
    program._checks.begin()
    qtbot.waitUntil(lambda: "Dropbox" in program.shell.notices.text)
    act = program.shell.notices.findChild(QPushButton, "notice-action")
    assert isinstance(act, QPushButton)
    qtbot.mouseClick(act, Qt.MouseButton.LeftButton)
    assert workspace.place_warnings() == ()
