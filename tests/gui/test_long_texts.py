"""Long texts: counted, pasted without another program's look, looked up, searched, in a window of their own."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.workspace import Workspace
from tests.support.question_cards import card_at
from tests.support.workspaces import start_own
from ui.app import Program
from ui.form.answer_editors.prose_answer import ProseAnswer
from ui.form.form_page import FormPage
from ui.form.prose_window import ProseWindow
from ui.form.spelled_box import SpelledBox
from ui.settings.settings_page import SettingsPage

FORM = """
| survey |
|        | type | name  | label | appearance | bind::iscm:advised_words | bind::iscm:max_length |
|        | begin_group | first | First |     |                          |                       |
|        | text | story | Story | multiline  | 5                        | 200                   |
|        | text | other | Other | multiline  |                          |                       |
|        | end_group |   |       |            |                          |                       |
| settings |
|          | form_id | form_title | namespaces                                 |
|          | prose   | Prose      | iscm="https://iscm-desktop.invalid/xforms" |
"""

STORY = AnswerPath("first/story")
Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def page(program: Program, workspace: Workspace) -> FormPage:
    """A form with two long texts, in view."""
    program.shell.open_response(start_own(workspace, FORM))
    found = program.shell.page
    assert isinstance(found, FormPage)
    return found


@pytest.fixture
def prose(page: FormPage) -> ProseAnswer:
    """The first of them, with the keyboard in it."""
    editor = card_at(page, STORY).fields[STORY].editor
    assert isinstance(editor, ProseAnswer)
    editor.box.setFocus()
    return editor


def _text(page: FormPage) -> str:
    return page.editing.session.view(STORY).text


def _underlined(box: SpelledBox) -> list[str]:
    found, block = [], box.document().begin()
    while block.isValid():
        for one in block.layout().formats():
            if one.format.underlineStyle() == QTextCharFormat.UnderlineStyle.SpellCheckUnderline:
                found.append(block.text()[one.start : one.start + one.length])
        block = block.next()
    return found


def test_words_are_counted_beside_the_advice(prose: ProseAnswer, qtbot: QtBot) -> None:
    qtbot.keyClicks(prose.box, "one two three")
    assert prose.counter.text() == "3 words of 5 · 13 of 200 characters"
    qtbot.keyClicks(prose.box, " four five six")
    assert prose.counter.text().endswith("longer than advised. Nothing is cut.")


def test_a_paste_leaves_the_look_behind(page: FormPage, prose: ProseAnswer) -> None:
    mime = QMimeData()
    mime.setHtml("<p>Aims “so”:</p><ul><li><b>meet</b></li></ul><table><tr><td>a</td><td>b</td></tr></table>")
    mime.setText("Aims “so”: meet a b")
    prose.box.insertFromMimeData(mime)
    assert _text(page) == "Aims “so”:\n• meet\na\tb"


def test_a_word_that_no_dictionary_has_is_underlined(prose: ProseAnswer, qtbot: QtBot) -> None:
    pytest.importorskip("hunspell")
    prose.box.check("en")
    qtbot.keyClicks(prose.box, "The IGC recieves programmes from Kenya ")
    qtbot.waitUntil(lambda: _underlined(prose.box) == ["recieves"], timeout=20_000)


def test_what_is_being_typed_is_left_alone(prose: ProseAnswer, qtbot: QtBot) -> None:
    pytest.importorskip("hunspell")
    prose.box.check("en")
    qtbot.keyClicks(prose.box, "wrnog ")
    qtbot.waitUntil(lambda: _underlined(prose.box) == ["wrnog"], timeout=20_000)
    QTest.keyClick(prose.box, Key.Key_Backspace)
    qtbot.waitUntil(lambda: _underlined(prose.box) == [])
    qtbot.keyClicks(prose.box, " ")
    qtbot.waitUntil(lambda: _underlined(prose.box) == ["wrnog"])


def test_a_word_is_replaced_by_what_was_meant_and_added(
    page: FormPage, prose: ProseAnswer, program: Program, qtbot: QtBot
) -> None:
    pytest.importorskip("hunspell")
    checker = program.context.spelling
    prose.box.check("en")
    qtbot.keyClicks(prose.box, "We recieve frobs ")
    qtbot.waitUntil(lambda: _underlined(prose.box) == ["recieve", "frobs"], timeout=20_000)
    place = QTextCursor(prose.box.document())
    place.setPosition(5)
    word, where = prose.box.word_at(place)
    assert word == "recieve"
    with qtbot.waitSignal(checker.meant, timeout=20_000) as told:
        checker.ask_meant("en", word)
    assert "receive" in told.args[1]
    prose.box._menu_word, prose.box._menu_place = word, where
    prose.box._replace_word("receive")
    assert _text(page) == "We receive frobs "
    checker.add("frobs")
    qtbot.waitUntil(lambda: _underlined(prose.box) == [])
    assert "frobs" in program.context.preferences.own_words


def test_nothing_is_looked_up_where_nobody_wants_it(
    prose: ProseAnswer, program: Program, qtbot: QtBot
) -> None:
    program.context.spelling.switch(False)
    prose.box.check("en")
    qtbot.keyClicks(prose.box, "wrnog ")
    assert program.context.spelling._thread is None
    assert _underlined(prose.box) == []


def test_the_language_of_spelling_is_the_persons_choice(page: FormPage, prose: ProseAnswer) -> None:
    assert page.editing.spelling.code == "en"
    prose.box.language_chosen.emit("fr")
    assert page.editing.spelling.code == "fr"
    prose.box.language_chosen.emit("")
    assert page.editing.spelling.code == ""


def _open_window(prose: ProseAnswer) -> ProseWindow:
    prose.widen.click()
    assert prose.window_of is not None
    return prose.window_of


def test_a_text_in_a_window_of_its_own_is_the_same_answer(
    page: FormPage, prose: ProseAnswer, qtbot: QtBot, stored: Callable[[str], str]
) -> None:
    qtbot.keyClicks(prose.box, "Begun")
    window = _open_window(prose)
    assert window.box.toPlainText() == "Begun"
    page.editing.session.commit_step()
    qtbot.keyClicks(window.box, " here")
    assert _text(page) == "Begun here"
    assert prose.box.toPlainText() == "Begun here"
    page.editing.undo()
    assert window.box.toPlainText() == "Begun"
    page.editing.redo()
    QTest.keyClick(window, Key.Key_Escape)
    qtbot.waitUntil(lambda: prose.window_of is None)
    assert prose.box.textCursor().position() == len("Begun")
    assert page.editing.current == STORY


def test_finding_and_replacing_in_it(page: FormPage, prose: ProseAnswer, qtbot: QtBot) -> None:
    page.editing.answer(STORY, "State and state: 🌍 state")
    window = _open_window(prose)
    qtbot.waitExposed(window)
    window.finder.open_replace()
    window.finder.sought.setText("state")
    assert window.finder.told.text() == "found 3 times"
    window.finder.next()
    window.finder.next()
    window.finder.next()
    assert window.box.textCursor().selectedText().casefold() == "state"
    window.finder.by.setText("country")
    window.finder.replace_all()
    assert _text(page) == "country and country: 🌍 country"
    assert window.finder.told.text() == "3 places replaced"
    page.editing.undo()
    assert _text(page) == "State and state: 🌍 state"
    assert window.box.toPlainText() == "State and state: 🌍 state"
    window.finder.is_exact.setChecked(True)
    window.finder.sought.setText("State")
    window.finder.next()
    window.finder.replace_one()
    assert _text(page) == "country and state: 🌍 state"
    window.close()


def test_a_key_reads_the_text_no_oftener_where_it_finds_more(
    page: FormPage, prose: ProseAnswer, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page.editing.answer(STORY, "🌍 state, 🌍 State, " * 30)
    window = _open_window(prose)
    qtbot.waitExposed(window)
    finder, reads = window.finder, list[str]()
    finder.open_find()
    finder.sought.setText("state")
    read = SpelledBox.toPlainText

    def counted(box: SpelledBox) -> str:
        reads.append(read(box))
        return reads[-1]

    monkeypatch.setattr(SpelledBox, "toPlainText", counted)
    for go, found, told in (
        (finder.previous, "State", "60 of 60"),
        (finder.previous, "state", "59 of 60"),
        (finder.next, "State", "60 of 60"),
        (finder.next, "state", "1 of 60"),
        (finder.previous, "State", "60 of 60"),
    ):
        reads.clear()
        go()
        assert (window.box.textCursor().selectedText(), finder.told.text()) == (found, told)
        assert len(reads) < 10
    reads.clear()
    finder.sought.setText("stat")
    assert len(reads) < 10
    window.close()


def test_escape_closes_the_find_bar_first(prose: ProseAnswer, qtbot: QtBot) -> None:
    window = _open_window(prose)
    window.finder.open_find()
    QTest.keyClick(window, Key.Key_Escape)
    assert not window.finder.isVisible()
    assert prose.window_of is window
    QTest.keyClick(window, Key.Key_Escape)
    qtbot.waitUntil(lambda: prose.window_of is None)
    assert QApplication.activeModalWidget() is None


def test_spelling_is_switched_and_words_are_taken_out_in_the_settings(program: Program, qtbot: QtBot) -> None:
    checker = program.context.spelling
    checker.add("frob")
    program.shell.show_page("settings")
    page = program.shell.page
    assert isinstance(page, SettingsPage)
    assert page.spelling.words.toPlainText() == "frob"
    page.spelling.is_on.click()
    assert not checker.is_on
    page.spelling.is_on.click()
    page.spelling.words.setPlainText("Gizmo\n")
    page.leave()
    assert program.context.preferences.own_words == {"gizmo"}
    assert checker.is_known("en", "Gizmo") is True


def test_names_of_the_registers_are_not_underlined(prose: ProseAnswer, qtbot: QtBot) -> None:
    pytest.importorskip("hunspell")
    prose.box.check("en")
    qtbot.keyClicks(prose.box, "Djibouti wrnog Kyrgyzstan ")
    qtbot.waitUntil(lambda: _underlined(prose.box) == ["wrnog"], timeout=20_000)


def test_the_window_ends_once_however_it_is_closed(prose: ProseAnswer, qtbot: QtBot) -> None:
    for close in (ProseWindow.close, ProseWindow.reject, ProseWindow.accept):
        window = _open_window(prose)
        ends: list[int] = []
        places: list[int] = []
        window.finished.connect(ends.append)
        window.closed_at.connect(places.append)
        close(window)
        assert (len(ends), len(places)) == (1, 1)
        assert prose.window_of is None
