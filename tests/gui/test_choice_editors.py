"""Choices: found by any name, chosen by mouse and keyboard, one stop for Tab, and named with their question."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.question_cards import card_at
from ui.form.answer_editors.chips_answer import ChipsAnswer
from ui.form.answer_editors.many_choices import ManyAnswer
from ui.form.answer_editors.searched_choice import ComboAnswer
from ui.form.form_page import FormPage

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
