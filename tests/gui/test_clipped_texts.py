"""At any text size and in any language that is complete, every word can be read whole on a small screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs, shown_program
from tests.support.clipped_texts import clipped_texts
from tests.support.every_place import PAGES
from ui.app import Program
from ui.form.entry_card import EntryCard
from ui.form.form_page import FormPage
from ui.last_round.offered_entries import OfferedEntries, OfferedEntryRow

LANGUAGES = ("en", "fr", "ar")
SCALES = (100, 150, 200)
SMALL = (1024, 700)


@pytest.fixture(params=LANGUAGES)
def spoken(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    qtbot: QtBot,
    workspace: Workspace,
    dialogs: ScriptedDialogs,
) -> Iterator[Program]:
    """The program in a language, with a response of a mechanism, in a window as small as screens are."""
    workspace.responses.start("iscm", "igc", language=request.param)
    with shown_program(qapp, qtbot, workspace, dialogs, request.param, SMALL) as made:
        yield made


def settle(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not program.runner.is_busy, timeout=20_000)
    for _turn in range(4):
        QApplication.processEvents()


def settled_clips(program: Program) -> list[str]:
    """What is still cut when the layouts have come to rest."""
    found = clipped_texts(program.shell)
    for _turn in range(40):
        if not found:
            break
        QApplication.processEvents()
        found = clipped_texts(program.shell)
    return found


def test_every_page_can_be_read_whole(spoken: Program, workspace: Workspace, qtbot: QtBot) -> None:
    found: list[str] = []
    response = workspace.response_list.all()[0].id
    for scale in SCALES:
        spoken.context.theme.show_scale(scale)
        for page in PAGES:
            spoken.shell.show_page(page)
            settle(spoken, qtbot)
            found += [f"{page} at {scale} %: {text}" for text in settled_clips(spoken)]
        spoken.shell.open_review(response)
        settle(spoken, qtbot)
        found += [f"review at {scale} %: {text}" for text in settled_clips(spoken)]
    assert not found, "\n".join(found)


def test_every_section_can_be_read_whole(spoken: Program, workspace: Workspace, qtbot: QtBot) -> None:
    found: list[str] = []
    spoken.shell.open_response(workspace.response_list.all()[0].id)
    page = spoken.shell.page
    assert isinstance(page, FormPage)
    for scale in SCALES:
        spoken.context.theme.show_scale(scale)
        for section in page.presenter.view.sections:
            page.show_section(section.path)
            page.form.complete()
            settle(spoken, qtbot)
            found += [f"{section.path} at {scale} %: {text}" for text in settled_clips(spoken)]
    assert not found, "\n".join(found)


def test_entries_that_are_offered_make_no_section_wider_than_its_place(
    spoken: Program, workspace: Workspace, qtbot: QtBot
) -> None:
    spoken.shell.open_response(workspace.responses.start("state", "KEN"))
    page = spoken.shell.page
    assert isinstance(page, FormPage)
    page.show_section(AnswerPath("STA-C"))
    page.form.complete()
    for scale in SCALES:
        spoken.context.theme.show_scale(scale)
        settle(spoken, qtbot)
        assert page.form.findChildren(OfferedEntryRow)
        assert page.form.widget().width() <= page.form.viewport().width()
    page.form.findChild(OfferedEntries).use.click()
    settle(spoken, qtbot)
    qtbot.waitUntil(lambda: all(card.fold.width() > 100 for card in page.form.findChildren(EntryCard)))
    assert page.form.widget().width() <= page.form.viewport().width()


def test_the_foot_makes_the_window_no_wider_than_the_screen(
    spoken: Program, workspace: Workspace, qtbot: QtBot
) -> None:
    spoken.context.theme.show_scale(200)
    spoken.shell.open_response(workspace.response_list.all()[0].id)
    status = spoken.shell.status
    status.show_saved(datetime.now().astimezone())
    status.show_page(_("{undo} Ctrl+Z").format(undo="120 000 EUR") * 2)
    status.show_hint(_("{undo} Ctrl+Z").format(undo=_("Questionnaires of your own")))
    status.show_backup(_("Changed since: {count} answers, the last on {day}. Sign off again."))
    status.show_message_count(200)
    settle(spoken, qtbot)
    least = spoken.shell.minimumSizeHint()
    assert least.width() <= SMALL[0]
    assert least.height() <= SMALL[1]
    assert (spoken.shell.width(), spoken.shell.height()) == SMALL
    assert settled_clips(spoken) == []
    assert status.findChild(QLabel, "saved-state").toolTip() == status.saved_text
    status.show_saved(datetime.now().astimezone().replace(hour=0))
    assert status.findChild(QLabel, "saved-state").toolTip() == status.saved_text


def test_the_finder_finds(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 120)
    label, button = (
        QLabel("Membership and funding of the mechanism", window),
        QPushButton("Review and export", window),
    )
    label.setGeometry(0, 0, 60, 20)
    button.setGeometry(0, 40, 30, 20)
    window.show()
    assert len(clipped_texts(window)) == 2
    label.setToolTip(label.text())
    button.setGeometry(0, 40, button.sizeHint().width(), 40)
    assert clipped_texts(window) == []
