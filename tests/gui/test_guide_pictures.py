"""The guide: its language, and its pictures: named, there, and none wider than the text."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from iscm_desktop.i18n import use_language
from iscm_desktop.paths import guide_folder
from tests.gui.conftest import Program
from ui.guide.guide_page import GuidePage, topics

_NAMED = re.compile(r"!\[([^\]]+)\]\((pictures/[a-z-]+\.png)\)")


def test_pictures_are_named_and_there() -> None:
    named = [found for _title, file in topics() for found in _NAMED.findall(file.read_text(encoding="utf-8"))]
    assert all(words for words, _picture in named), "who cannot see it reads what it shows"
    there = {f"pictures/{file.name}" for file in (guide_folder() / "pictures").glob("*.png")}
    assert {picture for _words, picture in named} == there


def test_no_picture_is_wider_than_the_text(program: Program, qtbot: QtBot) -> None:
    program.shell.show_page("help")
    page = program.shell.page
    assert isinstance(page, GuidePage)
    page.show_place("02-filling-in")
    program.shell.resize(900, 700)
    qtbot.waitUntil(lambda: page.text.viewport().width() < 900)
    assert page.text.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    qtbot.waitUntil(lambda: page.text.horizontalScrollBar().maximum() == 0)
    assert page.text.document().idealWidth() <= page.text.viewport().width()


def test_a_window_in_another_language_says_that_the_guide_is_in_english(program: Program) -> None:
    program.shell.show_page("help")
    page = program.shell.page
    assert isinstance(page, GuidePage)
    said = "Les chapitres de cette aide sont en anglais."
    assert said not in page.text.toPlainText()
    use_language("fr")
    page.show_place("02-filling-in")
    assert page.text.toPlainText().startswith(said)
