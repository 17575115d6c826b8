"""Settings take effect at once, the language too: the window keeps its place and what was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui.app import Program
from ui.form.form_page import FormPage
from ui.questionnaires.questionnaires_page import QuestionnairesPage
from ui.settings.settings_page import SettingsPage
from ui.settings.welcome_dialog import WelcomeDialog
from ui.widgets.list_box import ListBox
from ui.window.shell import Shell

LEFT = Qt.MouseButton.LeftButton


def settings(program: Program) -> SettingsPage:
    program.shell.show_page("settings")
    page = program.shell.page
    assert isinstance(page, SettingsPage)
    return page


def choose(program: Program, language: str, qtbot: QtBot) -> SettingsPage:
    """Chooses a language on the page, as a person would; gives the page that takes its place."""
    page, before = program.shell.page, program.shell
    assert isinstance(page, SettingsPage)
    page.language.setFocus()
    page.language.setCurrentIndex(page.language.findData(language))
    page.language.activated.emit(page.language.currentIndex())
    qtbot.waitUntil(lambda: program.shell is not before, timeout=20_000)
    after = program.shell.page
    assert isinstance(after, SettingsPage)
    return after


@pytest.mark.parametrize(
    ("language", "heading", "direction"),
    [
        ("fr", "Paramètres", Qt.LayoutDirection.LeftToRight),
        ("ar", "الإعدادات", Qt.LayoutDirection.RightToLeft),
    ],
)
def test_the_window_speaks_another_language_at_once_and_stays_where_it_is(
    program: Program, qtbot: QtBot, language: str, heading: str, direction: Qt.LayoutDirection
) -> None:
    page = settings(program)
    page.name.setText("Anna Berg-Lund")
    size = program.shell.size()
    page = choose(program, language, qtbot)
    assert page.heading == heading
    assert program.shell.focusWidget() is page.language
    assert page.name.text() == "Anna Berg-Lund"
    assert page.language.currentData() == language
    assert (program.shell.size(), program.shell.layoutDirection()) == (size, direction)
    page = choose(program, "en", qtbot)
    assert page.heading == "Settings"
    assert program.shell.layoutDirection() is Qt.LayoutDirection.LeftToRight


def windows() -> int:
    return sum(isinstance(one, Shell) for one in QApplication.topLevelWidgets())


def test_one_window_is_left_and_it_saves(program: Program, igc: str, qtbot: QtBot) -> None:
    before = windows()
    program.shell.open_response(igc)
    settings(program)
    choose(program, "fr", qtbot)
    qtbot.waitUntil(lambda: windows() == before, timeout=20_000)
    program.shell.open_response(igc)
    page = program.shell.page
    assert isinstance(page, FormPage)
    page.editing.session.answer("ISC-B/ISC-B01", "1985")
    program.shell.save()
    session = program.context.workspace.responses.open_session(igc)
    assert session.view("ISC-B/ISC-B01").text == "1985"


def test_the_first_start_asks_for_language_and_name_alone(program: Program, qtbot: QtBot) -> None:
    dialog = WelcomeDialog(program.context, program.shell)
    dialog.open()
    dialog.name.setText("Amina")
    dialog.language.setCurrentIndex(dialog.language.findData("fr"))
    before = program.shell
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: program.shell is not before, timeout=20_000)
    assert program.context.workspace.person.name == "Amina"
    page = program.shell.page
    assert isinstance(page, QuestionnairesPage)
    assert (
        page.findChildren(QPushButton, "new-questionnaire")[0].text().replace("&", "")
        == "Nouveau questionnaire"
    )


def test_the_window_offers_the_languages_that_it_speaks(program: Program) -> None:
    page = settings(program)
    offered = [page.language.itemData(at) for at in range(page.language.count())]
    welcome = WelcomeDialog(program.context, program.shell)
    assert offered == [welcome.language.itemData(at) for at in range(welcome.language.count())]
    assert offered == ["en", "fr", "ar"]
    program.context.preferences.language = "ru"  # as chosen when it was offered
    assert program.context.preferences.language == ""


@pytest.mark.parametrize("steps", [0, 4])
def test_a_list_that_opens_shows_all_that_it_offers(program: Program, qtbot: QtBot, steps: int) -> None:
    page = settings(program)
    program.context.theme.step_scale(steps)
    qtbot.wait(50)
    for box in page.findChildren(ListBox):
        box.showPopup()
        qtbot.waitUntil(box.view().isVisible)
        assert box.view().verticalScrollBar().maximum() == 0
        assert box.view().viewport().width() >= box.view().sizeHintForColumn(0)
        box.hidePopup()
