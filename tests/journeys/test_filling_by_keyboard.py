"""A State's questionnaire from the first key to the signed-off export, by the keyboard alone, in complete languages.

J-70 Nothing but keys: the questionnaire is started, filled, reviewed, signed off and exported, and what comes out is
     complete, final, and holds what was typed.

The keys are what somebody would press who never saw the program: those that the foot of the form names, Tab until
the frame is where it should be, the arrow that points to what is wanted, letters of the language of the window,
Space and Enter. No widget is asked to do anything; it is only looked at, by its name in the program, by what it is,
or by its sentence in the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
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

from iscm_desktop.i18n import _, shown_date
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.views import QuestionView
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs, shown_program
from ui.app import Program
from ui.form import section_stack
from ui.form.form_page import FormPage
from ui.review.review_page import ReviewPage
from ui.widgets.chip import Chip

_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_PLAIN = Qt.KeyboardModifier.NoModifier
_MOST_STOPS = 250
"""Presses of Tab after which somebody would give up."""

KENYA = {"en": "Kenya", "fr": "Kenya", "ar": "كينيا"}
SIGNATORY = {
    "en": ("Dr Amina Wanjiru", "Permanent Secretary"),
    "fr": ("Mme Amina Wanjirù", "Secrétaire générale"),
    "ar": ("د. أمينة وانجيرو", "الأمينة الدائمة"),
}
MINISTRY = {
    "en": "Ministry of Foreign Affairs",
    "fr": "Ministère des affaires étrangères",
    "ar": "وزارة الخارجية",
}
SENTENCE = {
    "en": "We meet twice a year, and each meeting changed something at home.",
    "fr": "Nous nous réunissons deux fois par an, et chaque réunion a changé quelque chose.",
    "ar": "نجتمع مرتين في السنة، وكل اجتماع غيّر شيئا عندنا.",
}


def typed(language: str) -> dict[str, str]:
    """What somebody would write who has something to say; elsewhere a sentence, or a choice."""
    return {
        "STA-A02": MINISTRY[language],
        "STA-A05": "anna.berg@example.org",
        "STA-C01": "igad",
        "STA-C03": {"en": "2014", "fr": "2014", "ar": "٢٠١٤"}[language],
        "STA-F03": SIGNATORY[language][0],
        "STA-F05": shown_date(date(2026, 11, 21)),
    }


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

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        QTest.keyClick(QApplication.activePopupWidget() or self.widget, key, modifier)

    def press_letter(self, words: str) -> None:
        """Alt and the letter that is underlined in these words: on an Arabic keyboard an Arabic one."""
        key = QKeySequence.mnemonic(words)[0].key()
        QTest.sendKeyEvent(QTest.KeyAction.Click, self.widget, key, "", _ALT)

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """As somebody does who looks before they go on."""
        self._qtbot.waitUntil(is_so)

    def press_towards(self, aim: QWidget) -> None:
        """The arrow that points from where the keyboard is to there, once both can be seen."""
        self.wait_until(stand_still(self.widget, aim))
        here, there = placed(self.widget).center(), placed(aim).center()
        if abs(there.y() - here.y()) > self.widget.height() // 2:
            self.press(Qt.Key.Key_Down if there.y() > here.y() else Qt.Key.Key_Up)
        else:
            self.press(Qt.Key.Key_Right if there.x() > here.x() else Qt.Key.Key_Left)

    def write(self, text: str) -> None:
        """In any script; QTest alone knows the keys of one keyboard only."""
        for letter in text:
            key = Qt.Key(ord(letter.upper()))
            QTest.sendKeyEvent(QTest.KeyAction.Click, self.widget, key, letter, _PLAIN)

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
        """To what the program calls so."""
        return self.tab_to(lambda widget: widget.objectName() == name)

    def tab_to_words(self, words: str) -> QWidget:
        """To what a screen reader calls so, or what is written on it, here in English."""
        said = plain(_(words))
        return self.tab_to(lambda widget: said in (widget.accessibleName(), shown(widget)))


def has_settled() -> bool:
    """Whether the keyboard is somewhere, and in the dialog where one is open."""
    focused, dialog = QApplication.focusWidget(), QApplication.activeModalWidget()
    return focused is not None and (dialog is None or dialog.isAncestorOf(focused))


def shown(widget: QWidget) -> str:
    return plain(widget.text()) if isinstance(widget, QAbstractButton | QLabel) else ""


def plain(words: str) -> str:
    return words.replace("&", "")


def stand_still(one: QWidget, other: QWidget) -> Callable[[], bool]:
    """Apart from each other, and three looks long: then the page is laid out."""
    seen: list[tuple[QRect, QRect]] = []

    def is_so() -> bool:
        here, there = placed(one), placed(other)
        seen.append((here, there))
        is_apart = not (here.isEmpty() or there.isEmpty() or here.intersects(there))
        return is_apart and seen[-3:] == [(here, there)] * 3

    return is_so


def placed(widget: QWidget) -> QRect:
    """Where it lies on the screen."""
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


@pytest.fixture(params=["en", "fr", "ar", "ar, questions too"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """That of the window. The questionnaire is in its own, or runs as one in Arabic would."""
    code, _comma, turned = str(request.param).partition(", ")
    if turned:
        monkeypatch.setattr(section_stack, "direction_of", lambda _language: Qt.LayoutDirection.RightToLeft)
    return code


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
    qapp: QApplication, qtbot: QtBot, workspace: Workspace, dialogs: ScriptedDialogs, language: str
) -> Iterator[Program]:
    with shown_program(qapp, qtbot, workspace, dialogs, language) as made:
        yield made


def start_questionnaire(program: Program, keyboard: Keyboard, qtbot: QtBot, respondent: str) -> FormPage:
    """New questionnaire, a State, Kenya."""
    keyboard.tab_to_name("new-questionnaire")
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    keyboard.tab_to(lambda widget: isinstance(widget, QRadioButton))
    keyboard.press(Qt.Key.Key_Down)
    keyboard.tab_to_words("State or territory")
    keyboard.write(respondent)
    if QApplication.activePopupWidget() is not None:
        keyboard.press(Qt.Key.Key_Down)
        keyboard.press(Qt.Key.Key_Return)
    keyboard.tab_to_words("S&tart")
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(program.shell.page, FormPage))
    page = program.shell.page
    assert isinstance(page, FormPage)
    keyboard.come_to(program.shell)
    return page


def answer(keyboard: Keyboard, view: QuestionView, language: str) -> None:
    """As somebody would who has reached the question by Ctrl+Enter."""
    widget = keyboard.widget
    text = typed(language).get(view.question.name, "")
    if isinstance(widget, QRadioButton | QCheckBox):
        choose_second(keyboard, view)
    elif view.kind is Kind.RANKING:
        rank_three(keyboard)
    elif view.choices:
        keyboard.write(text or view.choices[0].label[:12])
        keyboard.press(Qt.Key.Key_Return)
        if view.kind is Kind.SELECT_MANY:
            walk_to_chip(keyboard)
    elif isinstance(widget, QPlainTextEdit):
        keyboard.write(text or SENTENCE[language])
    elif view.kind in (Kind.INTEGER, Kind.DECIMAL):
        keyboard.write(text or "12")
    else:
        assert isinstance(widget, QLineEdit), (view.path, widget)
        keyboard.write(text or MINISTRY[language])


def choose_second(keyboard: Keyboard, view: QuestionView) -> None:
    """The arrow leads to what lies where it points; among buttons that exclude each other it chooses that."""
    first = keyboard.widget
    if len(view.choices) > 1:
        second = button_of(first, view.choices[1].value)
        keyboard.press_towards(second)
        assert keyboard.widget is second, f"{view.path}: the arrow leads to {shown(keyboard.widget)}"
    if isinstance(first, QCheckBox):
        keyboard.press(Qt.Key.Key_Space)


def walk_to_chip(keyboard: Keyboard) -> None:
    """From the box to what was chosen, and back again."""
    box = keyboard.widget
    around = box.parentWidget()
    assert isinstance(box, QLineEdit)
    assert around is not None
    keyboard.come_to(box.window())
    keyboard.wait_until(lambda: not box.text())
    (chip,) = around.findChildren(Chip)
    for there, here in ((chip, box), (box, chip)):
        assert keyboard.widget is here
        keyboard.press_towards(there)
    assert keyboard.widget is box


def button_of(one: QWidget, value: str) -> QWidget:
    """Of the same question."""
    around = one.parentWidget()
    assert around is not None
    (found,) = (each for each in around.findChildren(QAbstractButton) if each.property("value") == value)
    return found


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


def fill(form: FormPage, keyboard: Keyboard, language: str) -> list[str]:
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
        answer(keyboard, form.editing.session.view(path), language)
    return been


def test_from_the_first_key_to_the_signed_off_export(
    program: Program,
    workspace: Workspace,
    dialogs: ScriptedDialogs,
    keyboard: Keyboard,
    qtbot: QtBot,
    tmp_path: Path,
    language: str,
) -> None:
    """J-70."""
    form = start_questionnaire(program, keyboard, qtbot, KENYA[language])
    been = fill(form, keyboard, language)
    assert len(been) > 30
    keyboard.press(Qt.Key.Key_F8)
    view = form.presenter.view
    assert _("nothing missing") in view.sentence

    keyboard.press_letter(_("Re&view && export"))
    qtbot.waitUntil(lambda: isinstance(program.shell.page, ReviewPage))
    keyboard.come_to(program.shell)
    review = program.shell.page
    assert isinstance(review, ReviewPage)
    keyboard.tab_to(lambda widget: widget is review.sign_off.name)
    name, function = SIGNATORY[language]
    keyboard.write(name)
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.write(function)
    keyboard.tab_to_name("sign-off")
    keyboard.press(Qt.Key.Key_Return)
    signed = workspace.sign_offs.of(form.response_id)
    assert signed is not None
    assert (signed.name, signed.function, signed.is_current) == (name, function, True)

    target = tmp_path / "kenya.pdf"
    dialogs.to_save = target
    keyboard.tab_to_name("export")
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(tmp_path.glob("kenya*")), timeout=60_000)
    arrives_whole(next(iter(tmp_path.glob("kenya*"))), tmp_path, language, been)

    keyboard.press(Qt.Key.Key_Escape)
    assert program.shell.page is form, "and Esc leads back to the form"


def arrives_whole(file: Path, tmp_path: Path, language: str, been: list[str]) -> None:
    """The coordinator's computer takes the file in, and finds the answers and the sign-off."""
    with Workspace.open(tmp_path / "coordinator.iscmdb", keys_in_files=True) as coordinator:
        coordinator.packages.apply(coordinator.packages.plan([file]))
        (row,) = coordinator.response_list.all()
        assert (row.respondent_name, row.missing, row.wrong) == ("Kenya", 0, 0)
        session = coordinator.responses.open_session(row.id)
        paths = {path.rpartition("/")[2]: path for path in been}
        stored = {"STA-C01": "mid-igad", "STA-C03": "2014", "STA-F05": "2026-11-21"}
        expected = typed(language) | stored
        assert {name: session.view(paths[name]).text for name in expected} == expected
        signed = coordinator.sign_offs.of(row.id)
        assert signed is not None
        assert signed.name == SIGNATORY[language][0]
