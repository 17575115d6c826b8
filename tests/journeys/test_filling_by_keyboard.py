"""A State's questionnaire from the first key to the signed-off export, by the keyboard alone.

J-70 Nothing but keys: the questionnaire is started, filled, reviewed, signed off and exported, and what comes out is
     complete, final, and holds what was typed.

The keys are what somebody would press who never saw the program: those that the foot of the form names, Tab until
the frame is where it should be, letters, Space and Enter. No widget is asked to do anything; it is only looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.views import QuestionView
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs, shown_program
from ui.app import Program
from ui.form.form_page import FormPage
from ui.review.review_page import ReviewPage

_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_MOST_STOPS = 250
"""Presses of Tab after which somebody would give up."""

TYPED = {
    "STA-A01": "Kenya",
    "STA-A02": "Ministry of Foreign Affairs",
    "STA-A05": "anna.berg@example.org",
    "STA-C01": "igad",
    "STA-C03": "2014",
    "STA-F03": "Anna Berg",
    "STA-F05": "21 November 2026",
}
"""What somebody would write who has something to say; elsewhere a sentence, or the first choice."""


class Keyboard:
    """Keys go to whatever has the keyboard."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    @property
    def widget(self) -> QWidget:
        """Where the next key goes."""
        self._qtbot.waitUntil(has_settled)
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.activePopupWidget() or self.widget, key, modifier)

    def write(self, text: str) -> None:
        QTest.keyClicks(self.widget, text)

    def come_to(self, window: QWidget) -> None:
        """As a window manager does when a dialog or a list closes; without a screen there is none."""
        window.activateWindow()
        self._qtbot.waitUntil(lambda: QApplication.activeWindow() is window)

    def tab_to(self, is_it: Callable[[QWidget], bool]) -> QWidget:
        """Tab until the frame is there."""
        for _each in range(_MOST_STOPS):
            if is_it(self.widget):
                return self.widget
            self.press(Qt.Key.Key_Tab)
        seen = [QApplication.activeWindow(), self.widget, self.widget.accessibleName()]
        pytest.fail(f"Tab never comes there: {seen}")

    def tab_to_name(self, name: str) -> QWidget:
        """To what a screen reader calls so, or what is written on it."""
        return self.tab_to(
            lambda widget: name in (widget.accessibleName(), widget.objectName(), shown(widget))
        )


def has_settled() -> bool:
    """Whether the keyboard is somewhere, and in the dialog where one is open."""
    focused, dialog = QApplication.focusWidget(), QApplication.activeModalWidget()
    return focused is not None and (dialog is None or dialog.isAncestorOf(focused))


def shown(widget: QWidget) -> str:
    return widget.text().replace("&", "") if isinstance(widget, QAbstractButton | QLabel) else ""


@pytest.fixture
def dialogs() -> ScriptedDialogs:
    return ScriptedDialogs()


@pytest.fixture
def keyboard(qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "store.iscmdb", keys_in_files=True) as opened:
        opened.set_person("Anna Berg", "Ministry of Foreign Affairs")
        yield opened


@pytest.fixture
def program(
    qapp: QApplication, qtbot: QtBot, workspace: Workspace, dialogs: ScriptedDialogs
) -> Iterator[Program]:
    with shown_program(qapp, qtbot, workspace, dialogs) as made:
        yield made


def start_questionnaire(program: Program, keyboard: Keyboard, qtbot: QtBot) -> FormPage:
    """New questionnaire, a State, Kenya."""
    keyboard.tab_to(
        lambda widget: widget.objectName() in ("new", "start", "new-questionnaire") or "New" in shown(widget)
    )
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    keyboard.tab_to(lambda widget: isinstance(widget, QRadioButton))
    keyboard.press(Qt.Key.Key_Down)
    keyboard.tab_to(lambda widget: "State or territory" in (widget.accessibleName(), named(widget)))
    keyboard.write("Kenya")
    if QApplication.activePopupWidget() is not None:
        keyboard.press(Qt.Key.Key_Down)
        keyboard.press(Qt.Key.Key_Return)
    keyboard.tab_to_name("Start")
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(program.shell.page, FormPage))
    page = program.shell.page
    assert isinstance(page, FormPage)
    keyboard.come_to(program.shell)
    return page


def named(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return parent.accessibleName() if parent is not None else ""


def answer(form: FormPage, keyboard: Keyboard, view: QuestionView) -> None:
    """As somebody would who has reached the question by Ctrl+Enter."""
    widget = keyboard.widget
    text = TYPED.get(view.question.name, "")
    if isinstance(widget, QRadioButton | QCheckBox):
        keyboard.press(Qt.Key.Key_Space)
    elif view.kind is Kind.RANKING:
        rank_three(keyboard)
    elif view.choices:
        keyboard.write(text or view.choices[0].label[:12])
        keyboard.press(Qt.Key.Key_Return)
    elif isinstance(widget, QPlainTextEdit):
        keyboard.write(text or "We meet twice a year, and each meeting changed something at home.")
    elif view.kind in (Kind.INTEGER, Kind.DECIMAL):
        keyboard.write(text or "12")
    else:
        assert isinstance(widget, QLineEdit), (view.path, widget)
        keyboard.write(text or "Ministry of Interior")


def rank_three(keyboard: Keyboard) -> None:
    """Presses three of the buttons that add a choice."""
    for _each in range(3):
        if not isinstance(keyboard.widget, QPushButton):
            keyboard.tab_to(
                lambda widget: isinstance(widget, QPushButton) and widget.property("value") is not None
            )
        keyboard.press(Qt.Key.Key_Return)
        if isinstance(keyboard.widget, QListWidget):
            return


def fill(form: FormPage, keyboard: Keyboard) -> list[str]:
    """Ctrl+Enter and an answer, until nothing is open."""
    been: list[str] = []
    while any(
        section.answered < section.asked or section.missing for section in form.presenter.view.sections
    ):
        keyboard.press(Qt.Key.Key_Return, _CONTROL)
        path = form.place
        assert path not in been[-3:], f"{path} did not take its answer"
        been.append(path)
        widget = keyboard.widget
        if isinstance(widget, QPushButton) and widget.objectName() == "add-entry":
            keyboard.press(Qt.Key.Key_Return)
            continue
        answer(form, keyboard, form.editing.session.view(path))
    return been


def test_from_the_first_key_to_the_signed_off_export(
    program: Program,
    workspace: Workspace,
    dialogs: ScriptedDialogs,
    keyboard: Keyboard,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    """J-70."""
    form = start_questionnaire(program, keyboard, qtbot)
    been = fill(form, keyboard)
    assert len(been) > 30
    keyboard.press(Qt.Key.Key_F8)
    view = form.presenter.view
    assert "nothing missing" in view.sentence

    keyboard.press(Qt.Key.Key_V, _ALT)
    qtbot.waitUntil(lambda: isinstance(program.shell.page, ReviewPage))
    keyboard.come_to(program.shell)
    review = program.shell.page
    assert isinstance(review, ReviewPage)
    keyboard.tab_to(lambda widget: widget is review.sign_off.name)
    keyboard.write("Dr Amina Wanjiru")
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.write("Permanent Secretary")
    keyboard.tab_to_name("sign-off")
    keyboard.press(Qt.Key.Key_Return)
    signed = workspace.sign_offs.of(form.response_id)
    assert signed is not None
    assert (signed.name, signed.function, signed.is_current) == (
        "Dr Amina Wanjiru",
        "Permanent Secretary",
        True,
    )

    target = tmp_path / "kenya.pdf"
    dialogs.to_save = target
    keyboard.tab_to_name("export")
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(tmp_path.glob("kenya*")), timeout=60_000)
    arrives_whole(next(iter(tmp_path.glob("kenya*"))), tmp_path)

    keyboard.press(Qt.Key.Key_Escape)
    assert program.shell.page is form, "and Esc leads back to the form"


def arrives_whole(file: Path, tmp_path: Path) -> None:
    """The coordinator's computer takes the file in, and finds the answers and the sign-off."""
    with Workspace.open(tmp_path / "coordinator.iscmdb", keys_in_files=True) as coordinator:
        coordinator.packages.apply(coordinator.packages.plan([file]))
        (row,) = coordinator.response_list.all()
        assert (row.respondent_name, row.missing, row.wrong) == ("Kenya", 0, 0)
        session = coordinator.responses.open_session(row.id)
        assert session.view("STA-A/STA-A05").text == "anna.berg@example.org"
        signed = coordinator.sign_offs.of(row.id)
        assert signed is not None
        assert signed.name == "Dr Amina Wanjiru"
