"""Names in scripts that the computer has no font for."""

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.app import Program
from ui.look.shipped_fonts import SHIPPED_FAMILIES, add_shipped_fonts


@pytest.mark.parametrize("letter", ["国", "際", "ه", "☑"])
def test_every_letter_has_a_glyph_once_the_window_is_painted(
    program: Program, qapp: QApplication, qtbot: QtBot, letter: str
) -> None:
    program._go_on()
    assert QFontMetrics(QFont(qapp.font())).inFontUcs4(ord(letter))


def test_they_stand_behind_the_font_of_the_system(program: Program, qapp: QApplication) -> None:
    add_shipped_fonts()
    families = qapp.font().families()
    assert not set(families) & set(SHIPPED_FAMILIES)
    assert len(QFont.substitutes(families[0])) == len(SHIPPED_FAMILIES)


def test_they_are_read_once(program: Program) -> None:
    add_shipped_fonts()
    assert not add_shipped_fonts()
