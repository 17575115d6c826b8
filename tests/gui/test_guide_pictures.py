"""Pictures in the guide: each that is named is there, each that is there is named, and none is wider than the text."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

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
