"""What the window says: it moves nothing, goes by itself, and can be read again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Program
from ui.look.colours import Tone
from ui.page.notices import Notice
from ui.window.notice_list import NoticeList


def _list(program: Program, qtbot: QtBot) -> NoticeList:
    qtbot.mouseClick(program.shell.status.messages, Qt.MouseButton.LeftButton)
    found = program.shell.findChild(NoticeList)
    assert isinstance(found, NoticeList)
    return found


def test_a_notice_moves_nothing_on_the_page(program: Program, qtbot: QtBot) -> None:
    page = program.shell.page
    assert page is not None
    before = page.geometry()
    program.context.say("Something was done. " * 20)
    qtbot.waitUntil(program.shell.notices.isVisible)
    assert page.geometry() == before
    assert program.shell.notices.geometry().bottom() < program.shell.centralWidget().height()


def test_a_notice_goes_once_it_can_have_been_read_and_stays_in_the_list(
    program: Program, qtbot: QtBot
) -> None:
    program.context.say("The first thing was done.")
    program.context.say("The second thing <b>failed</b>.", Tone.BAD)
    program.shell.notices._going.timeout.emit()
    assert not program.shell.notices.isVisible()
    shown = [each.text() for each in _list(program, qtbot).findChildren(QLabel)]
    first, second = (
        shown.index(text) for text in ("The first thing was done.", "The second thing <b>failed</b>.")
    )
    assert second < first, "the newest comes first"


def test_what_could_be_done_about_a_notice_ends_with_the_page_that_would_do_it(
    program: Program, qtbot: QtBot
) -> None:
    class Page(QObject):
        done = 0

        def act(self) -> None:
            self.done += 1

    page = Page()
    for notice in (
        Notice("Moved.", action="Go back", act=page.act),
        Notice("Sent.", action="Look", act=page.act),
    ):
        program.context.noticed.emit(notice)
    dialog = _list(program, qtbot)
    buttons = [each for each in dialog.findChildren(QPushButton) if each.text() in ("Go back", "Look")]
    assert len(buttons) == 2
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert page.done == 1
    page.deleteLater()
    qtbot.waitUntil(lambda: not Notice("", act=page.act).can_act)
    assert not [each for each in _list(program, qtbot).findChildren(QPushButton) if each.text() == "Look"]


def test_a_notice_that_was_read_does_not_follow_to_another_page(program: Program) -> None:
    program.context.say("Something was done.")
    program.shell.show_page("settings")
    assert program.shell.notices.isVisible(), "nobody can have read it yet"
    program.shell.notices._came.stop()
    program.shell.show_page("help")
    assert not program.shell.notices.isVisible()
