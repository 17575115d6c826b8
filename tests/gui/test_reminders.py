"""Reminders in the window: who is listed and ticked, the letter beside, what is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem
from pytestqt.qtbot import QtBot

from iscm_desktop.presenters.reminder_choice import ReminderFilter
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs
from ui.app import Program
from ui.reminders.reminders_dialog import RemindersDialog
from ui.rounds.rounds_page import RoundsPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def rounds(program: Program, workspace: Workspace) -> RoundsPage:
    workspace.rounds.start("2027", "Assessment 2027")
    workspace.respondents.ask("2027", "state", ["CAN"], "en", "can@example.org")
    workspace.respondents.ask("2027", "state", ["SEN"], "fr", "")
    response = workspace.responses.start("state", "KEN")
    workspace.sign_offs.sign(response, "Anna Berg", "Director", reason="as far as known")
    program.shell.show_page("rounds")
    page = program.shell.page
    assert isinstance(page, RoundsPage)
    return page


@pytest.fixture
def reminders(rounds: RoundsPage, qtbot: QtBot) -> RemindersDialog:
    qtbot.waitUntil(rounds.remind.isEnabled)
    qtbot.mouseClick(rounds.remind, LEFT)
    (dialog,) = rounds.findChildren(RemindersDialog)
    qtbot.waitUntil(lambda: "Reminder:" in dialog.letter.toPlainText(), timeout=20_000)
    return dialog


def words(item: QListWidgetItem) -> str:
    """What a row says, without the signs that keep its parts apart where they run the other way."""
    return item.text().translate({0x2068: None, 0x2069: None})


def test_the_letter_is_shown_before_anything_is_written(
    reminders: RemindersDialog, workspace: Workspace, qtbot: QtBot
) -> None:
    assert [words(item).partition(" ")[0] for item in reminders.shown()] == ["Canada", "Senegal"]
    assert reminders.primary.text() == "&Write 2 reminders…"
    assert "Your answers" in reminders.letter.toPlainText()
    reminders.list.setCurrentRow(reminders.list.row(reminders.shown()[1]))
    qtbot.waitUntil(lambda: "Sénégal" in reminders.letter.toPlainText(), timeout=20_000)
    assert not workspace.operations.rows()


def test_who_has_signed_off_is_ticked_by_the_person_alone(reminders: RemindersDialog, qtbot: QtBot) -> None:
    reminders.filter.setCurrentIndex(reminders.filter.findData(ReminderFilter.EVERYBODY))
    kenya = next(item for item in reminders.shown() if words(item).startswith("Kenya"))
    assert kenya.checkState() is Qt.CheckState.Unchecked
    qtbot.keyClicks(reminders.search, "ken")
    assert reminders.shown() == [kenya]
    qtbot.mouseClick(reminders.tick_all, LEFT)
    assert reminders.primary.text() == "&Write 3 reminders…"
    qtbot.mouseClick(reminders.untick_all, LEFT)
    assert not reminders.primary.isEnabled()


def test_reminders_are_written_and_the_page_says_so(
    program: Program, rounds: RoundsPage, reminders: RemindersDialog, dialogs: ScriptedDialogs, qtbot: QtBot,
    tmp_path: Path,
) -> None:  # fmt: skip
    reminders.shown()[1].setCheckState(Qt.CheckState.Unchecked)
    dialogs.to_save = None
    qtbot.mouseClick(reminders.primary, LEFT)
    assert reminders.isVisible(), "nobody chose a folder"
    dialogs.to_save = tmp_path
    qtbot.mouseClick(reminders.primary, LEFT)
    qtbot.waitUntil(lambda: "1 reminder written" in program.shell.notices.text, timeout=20_000)
    (folder,) = tmp_path.glob("reminders-2027-*")
    assert (folder / "mails" / "2027-state-CAN.eml").is_file()
    qtbot.waitUntil(lambda: "Reminded on" in str(rounds.model.index(0, 0).data()))
    assert "Reminded on" not in str(rounds.model.index(1, 0).data())
