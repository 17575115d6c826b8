"""Keys in dialogs.

K-06 Enter presses the button that has the keyboard, also where another one is the dialog's own; Esc closes.
K-07 F1 shows the chapter over the dialog.
K-08 No letter means two things in one dialog, and no stop is without a name.
K-09 All dialogs of the program keep to it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

import ui
from iscm_desktop.workspace import Workspace
from tests.gui.test_keyboard import mnemonics
from ui.app import Program
from ui.form.form_page import FormPage
from ui.form.task_dialog import TaskDialog
from ui.guide.guide_dialog import GuideDialog
from ui.questionnaires.new_questionnaire_dialog import NewQuestionnaireDialog
from ui.rounds.keys_dialog import KeysDialog
from ui.rounds.new_round_dialog import NewRoundDialog
from ui.settings.welcome_dialog import WelcomeDialog
from ui.widgets.keyed_dialog import KeyedDialog
from ui.widgets.tab_order import stops
from ui.window.start_failure import StartFailureWindow

MADE: dict[str, Callable[[Program, FormPage], KeyedDialog]] = {
    "task sheet": lambda _program, form: TaskDialog(form.editing, form),
    "new questionnaire": lambda program, form: NewQuestionnaireDialog(program.context, form),
    "keys": lambda program, form: KeysDialog(program.context, form),
    "new round": lambda program, form: NewRoundDialog(program.context, form),
    "welcome": lambda program, form: WelcomeDialog(program.context, form),
}


@pytest.fixture(params=MADE)
def dialog(request: pytest.FixtureRequest, program: Program, form: FormPage, qtbot: QtBot) -> KeyedDialog:
    made = MADE[request.param](program, form)
    made.open()
    qtbot.waitUntil(lambda: made.isActiveWindow())
    return made


def test_no_letter_means_two_things(dialog: KeyedDialog) -> None:
    """K-08."""
    found = mnemonics(dialog)
    counts = Counter(letter for letter, _text in found)
    assert [each for each in found if counts[each[0]] > 1] == []


def test_no_stop_is_without_a_name(dialog: KeyedDialog) -> None:
    """K-08."""
    named = {label.buddy() for label in dialog.findChildren(QLabel) if label.buddy()}
    unnamed = [
        stop
        for stop in stops(dialog)
        if not (stop.accessibleName() or (isinstance(stop, QAbstractButton) and stop.text()) or stop in named)
    ]
    assert unnamed == []


def test_enter_presses_what_has_the_keyboard(program: Program, form: FormPage, qtbot: QtBot) -> None:
    """K-06: on Cancel it cancels."""
    made = TaskDialog(form.editing, form)
    made.open()
    with qtbot.waitSignal(made.rejected):
        made.secondary.setFocus()
        qtbot.keyClick(made.secondary, Qt.Key.Key_Return)


def test_f1_shows_the_chapter_over_the_dialog(program: Program, form: FormPage, qtbot: QtBot) -> None:
    """K-07: and Esc leads back into the dialog, with all that was typed in it."""
    made = TaskDialog(form.editing, form)
    made.open()
    qtbot.waitUntil(lambda: made.isActiveWindow())
    made.of.setText("Interior")
    qtbot.keyClick(made.of, Qt.Key.Key_F1)
    (guide,) = made.findChildren(GuideDialog)
    assert guide.topic == "02-filling-in"
    assert "Filling in" in guide.text.toPlainText()
    qtbot.keyClick(guide, Qt.Key.Key_Escape)
    assert made.isVisible()
    assert made.of.text() == "Interior"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_window_of_a_failed_start_closes_by_key(program: Program, qtbot: QtBot, key: Qt.Key) -> None:
    """K-06."""
    window = StartFailureWindow("The store cannot be opened.", program.context.theme)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.isActiveWindow())
    qtbot.keyClick(window.focusWidget(), key)
    assert not window.isVisible()


def test_every_dialog_keeps_to_it(workspace: Workspace) -> None:
    """K-09: whatever module it is in."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    assert {each.__name__ for each in _below(QDialog) if not issubclass(each, KeyedDialog)} == set()


def _below(base: type[QWidget]) -> set[type[QWidget]]:
    """All classes of the program that derive from one of Qt's."""
    found: set[type[QWidget]] = set()
    for each in base.__subclasses__():
        found |= _below(each)
        if each.__module__.startswith("ui."):
            found.add(each)
    return found
