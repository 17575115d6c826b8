"""What a screen reader or a program that dictates does to an answer is an answer, as if it was clicked or typed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.workspace import Workspace
from tests.support.question_cards import card_at, line_at
from ui.app import Program
from ui.form.answer_editors.chips_answer import ChipsAnswer
from ui.form.answer_editors.searched_choice import ComboAnswer
from ui.form.form_page import FormPage
from ui.widgets.wrapping_buttons import WrappingCheck

INSTITUTION, CAPACITY, TEXTS, THEMES = "ISC-A/ISC-A04", "ISC-A/ISC-A03", "ISC-B/ISC-B07", "ISC-B/ISC-B02"


def spoken(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def toggle(button: QAbstractButton) -> None:
    actions = spoken(button).actionInterface()
    assert actions is not None
    actions.doAction(QAccessibleActionInterface.toggleAction())


def choice(form: FormPage, path: str, kind: type[QAbstractButton], at: int = 0) -> QAbstractButton:
    return card_at(form, path).findChildren(kind)[at]


def test_a_text_that_is_put_in_is_the_answer(
    form: FormPage, qtbot: QtBot, stored: Callable[[str], str]
) -> None:
    spoken(line_at(form, INSTITUTION).box).setText(QAccessible.Text.Value, "IGC Secretariat")
    qtbot.waitUntil(lambda: stored(INSTITUTION) == "IGC Secretariat")


def test_a_choice_that_is_toggled_is_the_answer(
    form: FormPage, qtbot: QtBot, stored: Callable[[str], str]
) -> None:
    made = choice(form, CAPACITY, QRadioButton)
    toggle(made)
    qtbot.waitUntil(lambda: stored(CAPACITY) == made.property("value"))


def test_ticks_that_are_toggled_come_and_go(
    form: FormPage, qtbot: QtBot, stored: Callable[[str], str]
) -> None:
    first = choice(form, TEXTS, QCheckBox)
    toggle(first)
    qtbot.waitUntil(lambda: stored(TEXTS) == first.property("value"))
    toggle(first)
    qtbot.waitUntil(lambda: stored(TEXTS) == "")


def test_a_click_counts_once(form: FormPage, qtbot: QtBot) -> None:
    made = choice(form, CAPACITY, QRadioButton, 1)
    clicks = QSignalSpy(made.clicked)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert clicks.count() == 1


def test_what_the_page_shows_is_nobodys_answer(form: FormPage) -> None:
    form.editing.answer(INSTITUTION, "IGC")
    form.editing.undo()
    QApplication.processEvents()
    assert form.editing.session.view(INSTITUTION).text == ""
    assert not form.editing.session.can_undo


def test_the_pages_are_tabs_of_which_one_is_selected(program: Program) -> None:
    program.shell.show_page("rounds")
    tabs = [one for one in program.shell.findChildren(QPushButton) if one.property("role") == "nav"]
    assert {spoken(tab).role() for tab in tabs} == {QAccessible.Role.PageTab}
    assert [spoken(tab).text(QAccessible.Text.Name) for tab in tabs if spoken(tab).state().selected] == [
        "Rounds"
    ]


def test_a_tab_is_pressed_by_its_action(program: Program) -> None:
    tab = program.shell.findChild(QPushButton, "nav-settings")
    assert tab is not None
    actions = spoken(tab).actionInterface()
    assert actions is not None
    actions.doAction(QAccessibleActionInterface.pressAction())
    assert program.shell.page_key == "settings"


def test_choices_are_a_group_under_the_words_of_their_question(form: FormPage) -> None:
    for path in (CAPACITY, TEXTS):
        field = card_at(form, path).first
        group = spoken(field.editor)
        assert group.role() is QAccessible.Role.Grouping
        assert field.view.label in group.text(QAccessible.Text.Name)
        assert group.text(QAccessible.Text.Name).endswith("required") is field.view.is_required
        assert field.view.hint in group.text(QAccessible.Text.Description)


def test_what_is_wrong_is_told_with_the_control_and_said_when_somebody_leaves(
    form: FormPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("ui.form.question_card.announce", lambda _widget, words: said.append(words))
    card = card_at(form, INSTITUTION)
    box = line_at(form, INSTITUTION).box
    box.setFocus()
    said.clear()
    qtbot.keyClicks(box, "IGC")
    box.clear()
    form.editing.answer(INSTITUTION, "")
    assert said == []
    card_at(form, CAPACITY).focus_editor()
    error = card.first.error.text()
    assert error
    assert said == [f"A04 Institution that answers: {error}"]
    assert error in spoken(box).text(QAccessible.Text.Description)


def test_words_in_another_language_stay_with_a_choice_whatever_else_is_told(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    choice = WrappingCheck("Yes", around)
    choice.setAccessibleDescription("Please answer.")
    choice.show_second("Oui")
    choice.setAccessibleDescription("An answer is missing.")
    assert spoken(choice).text(QAccessible.Text.Description) == "Oui\nAn answer is missing."


def test_a_name_that_is_put_into_a_list_is_the_answer(
    program: Program, workspace: Workspace, qtbot: QtBot
) -> None:
    state = workspace.responses.start("state", "CAN")
    program.shell.open_response(state)
    page = program.shell.page
    assert isinstance(page, FormPage)
    editor = card_at(page, "STA-A/STA-A01").first.editor
    assert isinstance(editor, ComboAnswer)
    spoken(editor.box.line).setText(QAccessible.Text.Value, "Chad")
    assert page.editing.session.view("STA-A/STA-A01").text == "TCD"


def test_a_name_that_is_put_in_among_many_is_one_of_the_answers(form: FormPage, qtbot: QtBot) -> None:
    editor = card_at(form, THEMES).first.editor
    assert isinstance(editor, ChipsAnswer)
    for name in ("Border management", "Counter-smuggling of migrants"):
        spoken(editor.box).setText(QAccessible.Text.Value, name)
        qtbot.waitUntil(lambda: not editor.box.text())
    labels = {choice.value: choice.label for choice in editor._choices}
    chosen = form.editing.session.view(THEMES).text.split()
    assert [labels[value] for value in chosen] == ["Counter-smuggling of migrants", "Border management"]


def test_every_choice_names_its_question(form: FormPage) -> None:
    for kind, path in ((QRadioButton, CAPACITY), (QCheckBox, TEXTS)):
        for button in card_at(form, path).findChildren(kind):
            assert card_at(form, path).first.view.label in spoken(button).text(QAccessible.Text.Name)
