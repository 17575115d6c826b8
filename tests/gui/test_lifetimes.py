"""Whatever was opened and closed leaves nothing behind: no object, no listener, and no error at the next save."""

from __future__ import annotations

import gc
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from iscm_desktop.workspace import Workspace
from tests.support.every_place import DIALOGS, OPENED_WITH_A_FILE, PAGES, dialog_classes
from tests.support.inviting import coordinator, invited
from tests.support.question_cards import line_at
from ui.app import Program
from ui.form.form_page import FormPage
from ui.rounds.invitation_dialog import InvitationDialog
from ui.widgets.connections import on_press, soon

INSTITUTION = {"iscm": "ISC-A/ISC-A04", "state": "STA-A/STA-A02"}
TOURS_BEFORE, TOURS_AFTER = 2, 3

LISTENED_TO = {
    "context": ("saved(PyObject)", "unsaved()", "merged()", "responses_changed()", "round_changed()"),
    "theme": ("changed()",),
}


def settle(program: Program, qtbot: QtBot) -> None:
    """Long work has ended, and what was to be deleted is gone."""
    qtbot.waitUntil(lambda: not program.runner.is_busy, timeout=20_000)
    QApplication.processEvents()
    for _round in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()
        gc.unfreeze()
        gc.collect()


def objects() -> Counter[str]:
    """How many objects of Qt there are of each of our classes."""
    found = (one for one in gc.get_objects() if issubclass(type(one), QObject))
    return Counter(type(one).__name__ for one in found if isValid(one))


def listeners(program: Program) -> dict[str, int]:
    senders: dict[str, QObject] = {"context": program.context, "theme": program.context.theme}
    return {
        f"{name}.{signal}": senders[name].receivers(SIGNAL(signal))
        for name, signals in LISTENED_TO.items()
        for signal in signals
    }


def everything(program: Program) -> tuple[Counter[str], dict[str, int], int]:
    return objects(), listeners(program), len(QApplication.allWidgets())


def type_and_save(program: Program, response: str, text: str, qtbot: QtBot) -> None:
    program.shell.open_response(response)
    page = program.shell.page
    assert isinstance(page, FormPage)
    for section in page.presenter.view.sections[:3]:
        page.show_section(section.path)
    box = line_at(page, INSTITUTION[page.editing.session.questionnaire.form_id]).box
    box.clear()
    qtbot.keyClicks(box, text)
    program.shell.save()
    page.editing.context.saved.emit(datetime.now(UTC))  # whoever still listens is asked
    page.editing.context.unsaved.emit()


def tour(program: Program, responses: tuple[str, str], qtbot: QtBot) -> None:
    """Everything once: two forms one after the other, their review, each page, each dialog."""
    for response in responses:
        type_and_save(program, response, f"Secretariat of {response}", qtbot)
        program.shell.open_review(response)
    for key in PAGES:
        program.shell.show_page(key)
        qtbot.waitUntil(lambda: not program.runner.is_busy, timeout=20_000)
    for opening in DIALOGS.values():
        opened = opening(program, responses[0])
        opened.open()
        QApplication.processEvents()
        opened.reject()
    program.context.theme.changed.emit()
    program.context.merged.emit()
    program.context.responses_changed.emit()
    type_and_save(program, responses[0], "Secretariat", qtbot)
    program.shell.show_page("questionnaires")
    program.shell._forget_forms()


@pytest.fixture
def responses(workspace: Workspace) -> tuple[str, str]:
    return workspace.responses.start("iscm", "igc"), workspace.responses.start("state", "CAN")


def test_what_was_opened_and_closed_leaves_nothing_behind(
    program: Program, responses: tuple[str, str], qtbot: QtBot
) -> None:
    for _tour in range(TOURS_BEFORE):
        tour(program, responses, qtbot)
    settle(program, qtbot)
    before, heard, widgets = everything(program)
    for _tour in range(TOURS_AFTER):
        tour(program, responses, qtbot)
    settle(program, qtbot)
    after, still_heard, still_widgets = everything(program)
    assert still_heard == heard
    assert after - before == Counter()
    assert still_widgets <= widgets


def test_every_dialog_is_on_the_tour() -> None:
    assert {one.__name__ for one in dialog_classes()} == {*DIALOGS, *OPENED_WITH_A_FILE}


def test_an_invitation_that_is_looked_at_and_closed_leaves_nothing(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    with coordinator(tmp_path) as carla:
        file = invited(carla, tmp_path / "invitations", "CAN")[0].path
    view = program.context.workspace.received_invitations.look_at(file)
    counts = []
    for _time in range(3):
        opened = InvitationDialog(file, view, program.context, program.shell)
        opened.open()
        opened.reject()
        settle(program, qtbot)
        counts.append(objects())
    assert counts[2] == counts[1]


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def hear(self, value: object) -> None:
        assert isValid(self)
        self.heard.append(value)


def press(sender: QPushButton | QAction | QShortcut) -> None:
    if isinstance(sender, QPushButton):
        sender.click()
    elif isinstance(sender, QAction):
        sender.trigger()
    else:
        sender.activated.emit()


@pytest.mark.parametrize("make", [QPushButton, QAction, QShortcut])
def test_a_press_says_what_it_stands_for_until_its_receiver_is_gone(
    make: type[QPushButton | QAction | QShortcut], qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sender, receiver = make(window), Receiver()
    on_press(sender, receiver.hear, "ISC-A04")
    press(sender)
    assert receiver.heard == ["ISC-A04"]
    delete(receiver)
    press(sender)
    assert receiver.heard == ["ISC-A04"]


def test_what_was_to_happen_soon_does_not_once_its_receiver_is_gone(qtbot: QtBot) -> None:
    staying, going = Receiver(), Receiver()
    soon(staying.hear, 1)
    soon(going.hear, 1)
    delete(going)
    qtbot.waitUntil(lambda: staying.heard == [1])
    assert going.heard == []


def test_a_press_needs_a_receiver_with_which_it_ends(qtbot: QtBot) -> None:
    sender = QPushButton()
    qtbot.addWidget(sender)
    with pytest.raises(TypeError, match="method of a QObject"):
        on_press(sender, print, "ISC-A04")
