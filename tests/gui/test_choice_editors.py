"""Choices: found by any name, chosen by mouse and keyboard, one stop for Tab, and named with their question."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.workspace import Workspace
from tests.support.entering import entering
from tests.support.question_cards import card_at
from tests.support.workspaces import start_own
from ui.app import Program
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.chips_answer import ChipsAnswer
from ui.form.answer_editors.many_choices import ManyAnswer
from ui.form.answer_editors.one_choice import ExclusiveAnswer
from ui.form.answer_editors.searched_choice import ComboAnswer
from ui.form.choice_table import ChoiceTable
from ui.form.form_page import FormPage
from ui.form.section_form import SectionForm

THEMES = "ISC-B/ISC-B02"


def text_at(form: FormPage, path: str) -> str:
    return form.editing.session.view(path).text


@pytest.fixture
def themes(form: FormPage) -> ChipsAnswer:
    editor = card_at(form, THEMES).first.editor
    assert isinstance(editor, ChipsAnswer)
    editor.focus()
    return editor


def values(editor: ChipsAnswer) -> list[str]:
    chips = [each for each in editor.controls() if each.property("value")]
    return [str(each.property("value")) for each in chips]


def test_typing_finds_a_choice_and_enter_adds_it(form: FormPage, qtbot: QtBot, themes: ChipsAnswer) -> None:
    qtbot.keyClicks(themes.box, "asylum")
    assert themes.names.found()[0].startswith("Asylum")
    qtbot.keyClick(themes.names.list, Qt.Key.Key_Return)
    assert text_at(form, THEMES) == "asylum_refugees"
    assert values(themes) == ["asylum_refugees"]
    assert themes.box.text() == ""
    qtbot.keyClicks(themes.box, "asylum")
    assert not any(name.startswith("Asylum") for name in themes.names.found())


def test_chips_are_reached_and_taken_out_by_keys(form: FormPage, qtbot: QtBot, themes: ChipsAnswer) -> None:
    form.editing.answer(THEMES, "asylum_refugees counter_trafficking")
    assert len(values(themes)) == 2
    qtbot.keyClick(themes.box, Qt.Key.Key_Backspace)
    chips = [each for each in themes.controls() if each.property("value")]
    assert chips[1].hasFocus()
    qtbot.keyClick(chips[1], Qt.Key.Key_Left)
    assert chips[0].hasFocus()
    qtbot.keyClick(chips[0], Qt.Key.Key_Delete)
    assert len(values(themes)) == 1
    assert themes.box.hasFocus()
    form.editing.session.undo()
    assert len(values(themes)) == 2


def test_chips_stand_in_the_order_of_the_list(form: FormPage, themes: ChipsAnswer) -> None:
    order = [choice.value for choice in form.editing.session.view(THEMES).choices]
    themes.names.taken.emit(order[5])
    themes.names.taken.emit(order[2])
    assert text_at(form, THEMES) == f"{order[2]} {order[5]}"


def test_what_is_not_listed_is_added_as_other(form: FormPage, qtbot: QtBot, themes: ChipsAnswer) -> None:
    qtbot.keyClicks(themes.box, "Polar migration")
    assert themes.names.found() == ["Add “Polar migration”, which is not listed"]
    qtbot.keyClick(themes.names.list, Qt.Key.Key_Return)
    assert text_at(form, THEMES) == "other"
    assert text_at(form, "ISC-B/ISC-B02_other") == "Polar migration"
    form.editing.session.undo()
    assert (text_at(form, THEMES), text_at(form, "ISC-B/ISC-B02_other")) == ("", "")


def test_what_found_nothing_is_no_answer(form: FormPage, qtbot: QtBot, themes: ChipsAnswer) -> None:
    qtbot.keyClicks(themes.box, "asyl")
    themes.names.list.hide()
    form.sections.setFocus()
    qtbot.waitUntil(lambda: themes.box.text() == "")
    assert text_at(form, THEMES) == ""


def test_a_list_left_by_a_key_closes_behind(form: FormPage, qtbot: QtBot, themes: ChipsAnswer) -> None:
    themes.box.setFocus()
    themes.names.show_all()
    qtbot.waitUntil(themes.names.list.isVisible)
    form.go_to(
        next(path for path in form.form.all_paths() if path != THEMES and form.form.card(path) is not None)
    )
    qtbot.waitUntil(lambda: not themes.names.list.isVisible())


def test_a_state_is_found_in_another_language(form: FormPage, qtbot: QtBot) -> None:
    entry = form.editing.session.add_entry("ISC-C/ISC-C03")
    form.editing.answer("ISC-C/ISC-C01", "4")
    path = f"{entry}/ISC-C03.1"
    editor = card_at(form, path).first.editor
    assert isinstance(editor, ComboAnswer)
    editor.focus()
    qtbot.keyClicks(editor.box.line, "tcha")
    assert editor.box.names is not None
    assert editor.box.names.found()[0] == "Chad"
    qtbot.keyClicks(editor.box.line, "d")
    assert text_at(form, path) == "TCD"


def test_boxes_to_tick_are_one_stop_and_arrows_walk(form: FormPage, qtbot: QtBot) -> None:
    editor = card_at(form, "ISC-B/ISC-B07").first.editor
    assert isinstance(editor, ManyAnswer)

    def stops() -> list[QWidget]:
        return [each for each in editor.controls() if each.focusPolicy() & Qt.FocusPolicy.TabFocus]

    checks = editor.controls()
    assert stops() == [checks[0]]
    checks[0].setFocus()
    qtbot.keyClick(checks[0], Qt.Key.Key_Right)
    assert checks[1].hasFocus()
    assert stops() == [checks[1]]
    qtbot.keyClick(checks[1], Qt.Key.Key_Home)
    assert checks[0].hasFocus()
    qtbot.keyClick(checks[0], Qt.Key.Key_Space)
    assert text_at(form, "ISC-B/ISC-B07") == str(checks[0].property("value"))
    qtbot.keyClick(checks[0], Qt.Key.Key_End)
    qtbot.keyClick(checks[-1], Qt.Key.Key_Right)
    assert checks[-1].hasFocus()


@pytest.mark.parametrize("path", ["ISC-A/ISC-A03", "ISC-B/ISC-B07", "ISC-C/ISC-C01"])
def test_every_choice_names_its_question(form: FormPage, path: str) -> None:
    card = card_at(form, path)
    for control in card.first.editor.controls():
        assert control.accessibleName().endswith(card.view.label)
        assert control.accessibleName() != card.view.label


TABLE = """
| survey |
|  | type                 | name  | label                | appearance   | relevant        |
|  | begin_group          | s     | Section              |              |                 |
|  | select_one yn        | head  | What there is        | label        |                 |
|  | select_one yn        | chair | Is there a chair?    | list-nolabel |                 |
|  | select_one yn        | rotes | Does the chair rote? | list-nolabel | ${chair} = 'yes' |
|  | select_one yn        | fee   | Is there a fee?      | list-nolabel |                 |
|  | select_multiple yn   | both  | Which of both?       | list-nolabel |                 |
|  | text                 | name  | Which name?          |              |                 |
|  | end_group            |       |                      |              |                 |
| choices |
|  | list_name | name | label |
|  | yn        | yes  | Yes   |
|  | yn        | no   | No    |
"""

IN_TWO_LANGUAGES = """
| survey |
|  | type          | name  | label::English (en) | label::Français (fr) | appearance   |
|  | begin_group   | s     | Section             | Partie               |              |
|  | select_one yn | head  | What there is       | Ce qui existe        | label        |
|  | select_one yn | chair | Is there a chair?   | A-t-on un président ? | list-nolabel |
|  | begin_repeat  | r     | Visits              | Visites              |              |
|  | text          | where | Where?              | Où ?                 |              |
|  | end_repeat    |       |                     |                      |              |
|  | end_group     |       |                     |                      |              |
| choices |
|  | list_name | name | label::English (en) | label::Français (fr) |
|  | yn        | yes  | Yes                 | Oui                  |
|  | yn        | no   | No                  | Non                  |
"""


@pytest.fixture
def table(program: Program, igc: str) -> ChoiceTable:
    session = entering(TABLE)
    editing = ResponseEditing(igc, session, program.context, program.shell)
    session.on_changed.clear()
    window = QMainWindow(program.shell)
    section = SectionForm(editing, session.section("s"), window)
    session.on_changed.append(section.redraw)
    window.setCentralWidget(section)
    window.show()
    found = section.findChildren(ChoiceTable)
    assert len(found) == 1
    return found[0]


def test_questions_with_the_same_choices_are_a_table(table: ChoiceTable) -> None:
    assert [row.view.question.name for row in table.rows] == ["chair", "rotes", "fee", "both"]
    names = [control.accessibleName() for control in table.rows[0].first.editor.controls()]
    assert names == ["Yes: 1.1 Is there a chair?", "No: 1.1 Is there a chair?"]
    assert not any(control.property("text") for control in table.rows[0].first.editor.controls())


def test_arrows_walk_between_the_rows_of_a_table(table: ChoiceTable, qtbot: QtBot) -> None:
    chair, _hidden, fee, both = (row.first.editor.controls() for row in table.rows)
    chair[1].setFocus()
    qtbot.keyClick(chair[1], Qt.Key.Key_Down)
    assert fee[1].hasFocus()
    qtbot.keyClick(fee[1], Qt.Key.Key_Down)
    assert both[1].hasFocus()
    qtbot.keyClick(both[1], Qt.Key.Key_Down)
    assert both[1].hasFocus()
    qtbot.keyClick(both[1], Qt.Key.Key_Space)
    assert table.rows[3].view.text == "no"
    qtbot.keyClick(both[1], Qt.Key.Key_Left)
    assert both[0].hasFocus()
    qtbot.mouseClick(chair[0], Qt.MouseButton.LeftButton)
    assert table.rows[0].view.text == "yes"
    assert not table.rows[1].isHidden()


@pytest.mark.parametrize(
    ("path", "key"), [("ISC-A/ISC-A03", Qt.Key.Key_Down), ("ISC-C/ISC-C01", Qt.Key.Key_Right)]
)
def test_arrows_choose_among_what_excludes_each_other(
    form: FormPage, qtbot: QtBot, path: str, key: Qt.Key
) -> None:
    editor = card_at(form, path).first.editor
    editor.focus()
    buttons = editor.controls()
    assert [each for each in buttons if each.focusPolicy() & Qt.FocusPolicy.TabFocus] == [buttons[0]]
    qtbot.keyClick(buttons[0], Qt.Key.Key_Space)
    qtbot.keyClick(buttons[0], key)
    assert text_at(form, path) == str(buttons[1].property("value"))
    assert buttons[1].hasFocus()
    form.editing.session.undo()
    assert text_at(form, path) == str(buttons[0].property("value"))


@pytest.mark.parametrize(
    ("path", "key"), [("ISC-A/ISC-A03", Qt.Key.Key_Down), ("ISC-C/ISC-C01", Qt.Key.Key_Right)]
)
def test_arrows_choose_where_nothing_is_chosen_yet(
    form: FormPage, qtbot: QtBot, path: str, key: Qt.Key
) -> None:
    editor = card_at(form, path).first.editor
    editor.focus()
    buttons = editor.controls()
    assert text_at(form, path) == ""
    qtbot.keyClick(buttons[0], key)
    assert text_at(form, path) == str(buttons[1].property("value"))
    assert buttons[1].hasFocus()


def test_choosing_moves_nothing(table: ChoiceTable, qtbot: QtBot) -> None:
    """The way back to no answer has its place from the start."""
    editor = table.rows[0].first.editor
    assert isinstance(editor, ExclusiveAnswer)
    before = editor.sizeHint().height()
    assert editor.clear.isHidden()
    qtbot.mouseClick(editor.controls()[0], Qt.MouseButton.LeftButton)
    assert not editor.clear.isHidden()
    assert editor.sizeHint().height() == before


def test_the_head_of_a_table_is_in_the_language_of_the_form(program: Program, workspace: Workspace) -> None:
    program.shell.open_response(start_own(workspace, IN_TWO_LANGUAGES))
    page = program.shell.page
    assert isinstance(page, FormPage)
    table = page.form.findChild(ChoiceTable)
    assert table is not None

    def words() -> set[str]:
        return {label.text() for label in table.findChildren(QLabel)}

    assert "What there is" in words()
    assert page.form.nothing.say.accessibleName().endswith(": Section")
    page.head.language_chosen.emit("Français (fr)")
    assert "Ce qui existe" in words()
    assert "What there is" not in words()
    assert page.form.nothing.say.accessibleName().endswith(": Partie")
    assert page.form.nothing.back.accessibleName().endswith(": Partie")
