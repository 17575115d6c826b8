"""Everything without a mouse, on every page and in every complete language.

K-01 No letter means two things on one page.
K-02 Every stop of the Tab key has a name; a group of boxes or buttons that exclude each other is one stop.
K-03 Enter presses the button that has the keyboard; Esc and Alt+Left lead back from everywhere.
K-04 F1 opens the chapter that belongs to where one is.
K-05 Keys lead from question to question.
K-06 What goes or cannot be pressed any more leaves the keyboard close by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs, shown_program
from ui.app import Program
from ui.form.form_page import FormPage
from ui.guide.guide_page import GuidePage
from ui.page.notices import Notice
from ui.widgets.tab_order import stops
from ui.window.shell import PAGES

COMPLETE = ("en", "fr", "ar")
EVERYWHERE = (*PAGES, "form", "review")


def open_everywhere(program: Program, response: str, page: str) -> None:
    if page == "form":
        program.shell.open_response(response)
    elif page == "review":
        program.shell.open_review(response)
    else:
        program.shell.show_page(page)


def mnemonics(window: QWidget) -> list[tuple[str, str]]:
    """The letter of each button, box and label in view, and of each action of the window."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QAbstractButton | QLabel):
            continue
        if isinstance(widget, QLabel) and widget.buddy() is None:
            continue
        found += [(letter, widget.text()) for letter in letters(widget.text())]
    for action in window.findChildren(QAction):
        if action.isVisible() and action.parent() is window:
            found += [(letter, action.text()) for letter in letters(action.text())]
    return found


def is_translated(text: str) -> bool:
    """Whether a text is another than the English one, as it stands in the sources of the window."""
    return f'"{text}"' not in _english_sources()


@cache
def _english_sources() -> str:
    """Every source of the window, in which the English texts stand."""
    ui = Path(__file__).parents[2] / "ui"
    return "".join(file.read_text(encoding="utf-8") for file in ui.rglob("*.py"))


def letters(text: str) -> list[str]:
    return [letter.casefold() for letter in re.findall(r"&([^&\s])", text.replace("&&", ""))][:1]


@pytest.fixture
def speaking(
    qapp: QApplication, qtbot: QtBot, workspace: Workspace, dialogs: ScriptedDialogs
) -> Iterator[Callable[[str], Program]]:
    """Starts the program in a language; closes what was started."""
    with ExitStack() as started:
        yield lambda language: started.enter_context(shown_program(qapp, qtbot, workspace, dialogs, language))


@pytest.mark.parametrize("language", COMPLETE)
def test_no_letter_means_two_things_on_one_page(speaking, igc: str, language: str) -> None:
    """K-01. What is not translated yet has the letters of English: the test of the translations tells."""
    program = speaking(language)
    doubled = {}
    for page in EVERYWHERE:
        open_everywhere(program, igc, page)
        found = [each for each in mnemonics(program.shell) if language == "en" or is_translated(each[1])]
        counts = Counter(letter for letter, _text in found)
        if twice := [(letter, text) for letter, text in found if counts[letter] > 1]:
            doubled[page] = twice
    assert doubled == {}


@pytest.mark.parametrize("page", EVERYWHERE)
def test_no_stop_is_without_a_name(program: Program, igc: str, page: str) -> None:
    """K-02."""
    open_everywhere(program, igc, page)
    named = {label.buddy() for label in program.shell.findChildren(QLabel) if label.buddy()}
    unnamed = []
    for stop in stops(program.shell):
        shown = stop.text() if isinstance(stop, QAbstractButton) else ""
        if not (stop.accessibleName() or shown or stop in named):
            unnamed.append(stop)
    assert unnamed == []


@pytest.mark.parametrize("page", EVERYWHERE)
def test_boxes_and_buttons_that_belong_together_are_one_stop(program: Program, igc: str, page: str) -> None:
    """K-02: buttons that exclude each other, and boxes to tick for one question."""
    open_everywhere(program, igc, page)
    groups = Counter(
        id(stop.group() or stop.parentWidget())
        for stop in stops(program.shell)
        if isinstance(stop, QRadioButton) or (isinstance(stop, QCheckBox) and stop.property("value"))
    )
    assert not [group for group, count in groups.items() if count > 1]


def test_arrows_walk_through_boxes_and_space_ticks(form: FormPage, stored, qtbot: QtBot) -> None:
    """K-02."""
    form.go_to("ISC-B/ISC-B07")
    first = QApplication.focusWidget()
    assert isinstance(first, QCheckBox)
    qtbot.keyClick(first, Qt.Key.Key_Down)
    second = QApplication.focusWidget()
    assert second is not first
    qtbot.keyClick(second, Qt.Key.Key_Space)
    form.editing.save()
    assert stored("ISC-B/ISC-B07") == second.property("value")
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is first
    assert second.focusPolicy() is Qt.FocusPolicy.ClickFocus, (
        "Tab comes to the one that had the keyboard last"
    )


def test_enter_presses_the_button_with_the_keyboard(program: Program, form: FormPage, qtbot: QtBot) -> None:
    """K-03."""
    before = form.presenter.current
    form.foot.after.setFocus()
    qtbot.keyClick(form.foot.after, Qt.Key.Key_Return)
    assert form.presenter.current != before
    program.shell.navigation.back.setFocus()
    qtbot.keyClick(program.shell.navigation.back, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert form.presenter.current == before


@pytest.mark.parametrize("page", [page for page in EVERYWHERE if page != "questionnaires"])
def test_esc_and_alt_left_lead_back_from_every_stop(program: Program, igc: str, page: str) -> None:
    """K-03: whatever has the keyboard."""
    program.shell.show_page("questionnaires")
    start = program.shell.page
    open_everywhere(program, igc, page)
    count = len(list(stops(program.shell)))
    for at in range(0, count, max(1, count // 12)):
        for key, modifier in (
            (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
        ):
            program.shell.show_page("questionnaires")
            open_everywhere(program, igc, page)
            there = list(stops(program.shell))
            stop = there[min(at, len(there) - 1)]
            stop.setFocus()
            QTest.keyClick(stop, key, modifier)
            assert program.shell.page is start, (page, stop, stop.accessibleName(), key)


def test_alt_right_leads_forward_to_the_same_question(program: Program, form: FormPage, qtbot: QtBot) -> None:
    """K-03."""
    form.ways.jump("ISC-C/ISC-C01")
    program.shell.show_page("rounds")
    program.shell.history.go_back()
    assert program.shell.page is form
    assert form.place == "ISC-C/ISC-C01"
    program.shell.history.go_back()
    assert program.shell.page is form
    assert form.place != "ISC-C/ISC-C01"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert form.place == "ISC-C/ISC-C01"


def test_the_last_place_is_remembered(program: Program, form: FormPage, igc: str) -> None:
    """Over closing the form, as over closing the program."""
    form.go_to("ISC-C/ISC-C01")
    program.shell.show_page("questionnaires")
    program.shell.reload_response(igc)
    again = program.shell.page
    assert again is not form
    assert isinstance(again, FormPage)
    assert again.place == "ISC-C/ISC-C01"


def test_alt_and_an_arrow_lead_where_the_arrows_on_the_buttons_point(speaking, qtbot: QtBot) -> None:
    """K-03: from right to left, back is to the right."""
    shell = speaking("ar").shell
    qtbot.waitUntil(lambda: QApplication.activeWindow() is shell)
    shell.show_page("questionnaires")
    start = shell.page
    shell.show_page("rounds")
    there = shell.page
    back, forward = shell.navigation.back, shell.navigation.forward
    assert back.x() > forward.x()
    assert ("→" in back.toolTip(), "←" in forward.toolTip()) == (True, True)
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert shell.page is start
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shell.page is there


@pytest.mark.parametrize(
    ("page", "chapter"),
    [
        ("questionnaires", "First steps"),
        ("form", "Filling in"),
        ("review", "Review"),
        ("merge", "Merging"),
        ("rounds", "Rounds and invitations"),
        ("proof", "Proof"),
    ],
)
def test_f1_opens_the_chapter_of_where_one_is(program: Program, igc: str, page: str, chapter: str) -> None:
    """K-04."""
    open_everywhere(program, igc, page)
    left = program.shell.page
    QTest.keyClick(program.shell, Qt.Key.Key_F1)
    guide = program.shell.page
    assert isinstance(guide, GuidePage)
    assert guide.list.currentItem().text().startswith(chapter)
    QTest.keyClick(guide.list, Qt.Key.Key_Escape)
    if page == "review":  # is made anew
        assert isinstance(program.shell.page, type(left))
    else:
        assert program.shell.page is left


def test_every_page_names_a_chapter_that_there_is(program: Program, igc: str) -> None:
    """K-04."""
    program.shell.show_page("help")
    guide = program.shell.page
    assert isinstance(guide, GuidePage)
    there = {guide.stem(at) for at in range(guide.list.count())}
    for page in EVERYWHERE:
        open_everywhere(program, igc, page)
        assert program.shell.page is not None
        assert program.shell.page.topic in there, page


def test_keys_lead_from_question_to_question(form: FormPage) -> None:
    """K-05: also out of boxes that have a use for arrows of their own."""
    form.go_to("ISC-A/ISC-A04")
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert form.place == "ISC-A/ISC-A05"
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert form.place == "ISC-A/ISC-A04"
    form.go_to("ISC-B/ISC-B06")
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert form.place == "ISC-B/ISC-B07"


def test_keys_lead_to_what_is_open_and_to_what_is_wrong(form: FormPage) -> None:
    """K-05."""
    form.go_to("ISC-A/ISC-A04")
    QTest.keyClicks(QApplication.focusWidget(), "Ministry")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.place == "ISC-A/ISC-A05"
    form.editing.answer("ISC-B/ISC-B01", "1066")
    press(Qt.Key.Key_F8)
    assert form.place == "ISC-B/ISC-B01"
    form.editing.answer("ISC-B/ISC-B01", "1985")
    said: list[Notice] = []
    form.context.noticed.connect(said.append)
    press(Qt.Key.Key_F8)
    assert form.place == "ISC-B/ISC-B01"
    assert [notice.text for notice in said] == ["There is nothing to mend."]


def test_the_sentence_about_progress_leads_there(form: FormPage, qtbot: QtBot) -> None:
    """By the keyboard, too."""
    form.editing.answer("ISC-B/ISC-B01", "1066")
    qtbot.waitUntil(lambda: form.findChild(QWidget, "progress-problem") is not None)
    part = form.findChild(QWidget, "progress-problem")
    assert part.text() == "1 to mend ·"
    part.setFocus()
    QTest.keyClick(part, Qt.Key.Key_Return)
    assert form.place == "ISC-B/ISC-B01"


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """To whatever has the keyboard."""
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


@pytest.mark.parametrize("lose", ["hide", "disable"])
def test_what_goes_leaves_the_keyboard_close_by(form: FormPage, lose: str) -> None:
    """K-06: and not at the head of the window, where Enter leads away."""
    form.form.complete()
    order = [stop for stop in stops(form.window()) if form.form.isAncestorOf(stop)]
    for at, lost in enumerate(order[1:8], start=1):
        lost.setFocus()
        lost.setVisible(False) if lose == "hide" else lost.setEnabled(False)
        assert QApplication.focusWidget() in (order[at - 1], order[at + 1])
        lost.setVisible(True)
        lost.setEnabled(True)
