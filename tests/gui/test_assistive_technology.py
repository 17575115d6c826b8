"""What a screen reader or a program that dictates does to an answer is an answer, as if it was clicked or typed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.question_cards import card_at, line_at
from ui.form.form_page import FormPage

INSTITUTION, CAPACITY, TEXTS = "ISC-A/ISC-A04", "ISC-A/ISC-A03", "ISC-B/ISC-B07"


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


def test_every_choice_names_its_question(form: FormPage) -> None:
    for kind, path in ((QRadioButton, CAPACITY), (QCheckBox, TEXTS)):
        for button in card_at(form, path).findChildren(kind):
            assert card_at(form, path).first.view.label in spoken(button).text(QAccessible.Text.Name)
