"""A practice round in the window: the band over every page, and the one press that throws it away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscm_desktop.store.rows import Person
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.practice_round import start_practice
from ui.app import Program
from ui.questionnaires.questionnaires_page import QuestionnairesPage
from ui.window.practice_band import PracticeBand
from ui.window.shell import PAGES


@pytest.fixture
def practising(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    store = start_practice(Person("Anna", "IGC"), "en", tmp_path / "practice.iscmdb")
    with Workspace.open(store) as workspace:
        made = Program(qapp, workspace, "en")
        made.shell.show()
        qtbot.waitExposed(made.shell)
        yield made
        made.shell.close()
        made.close()
        made.shell.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_every_page_is_under_the_band_and_one_press_throws_all_away(
    practising: Program, qtbot: QtBot
) -> None:
    (band,) = practising.shell.findChildren(PracticeBand)
    for key in PAGES:
        practising.shell.show_page(key)
        assert band.isVisible()
        assert "Practice: nothing here counts" in band.accessibleName()
    qtbot.mouseClick(band.discard, Qt.MouseButton.LeftButton)
    assert practising.is_to_be_discarded
    assert not practising.shell.isVisible()


def test_a_store_in_which_answers_count_has_no_band_and_offers_to_practise(program: Program) -> None:
    assert program.shell.findChildren(PracticeBand) == []
    page = program.shell.page
    assert isinstance(page, QuestionnairesPage)
    assert page.practise.isVisible()
