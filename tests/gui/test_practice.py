"""A practice round in the window: the band over every page, and the one press that throws it away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscm_desktop.store.rows import Person
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.practice_round import start_practice
from tests.gui.conftest import ScriptedDialogs, shown_program
from ui.app import Program
from ui.guide.guide_page import GuidePage
from ui.merge.merge_page import MergePage
from ui.questionnaires.questionnaires_page import QuestionnairesPage
from ui.window.practice_band import PracticeBand
from ui.window.shell import PAGES


@pytest.fixture
def practising(
    qapp: QApplication, qtbot: QtBot, dialogs: ScriptedDialogs, tmp_path: Path
) -> Iterator[Program]:
    store = start_practice(Person("Anna", "IGC"), "en", tmp_path / "practice.iscmdb")
    with Workspace.open(store) as workspace, shown_program(qapp, qtbot, workspace, dialogs) as made:
        yield made


def test_every_page_is_under_the_band_and_one_press_throws_all_away(
    practising: Program, qtbot: QtBot
) -> None:
    (band,) = practising.shell.findChildren(PracticeBand)
    for key in PAGES:
        practising.shell.show_page(key)
        assert band.isVisible()
        assert "Practice: nothing here counts" in band.accessibleName()
        assert practising.shell.windowTitle().startswith("Practice round – ")
    qtbot.mouseClick(band.discard, Qt.MouseButton.LeftButton)
    assert practising.is_to_be_discarded
    assert not practising.shell.isVisible()


def test_the_sample_files_are_offered_where_files_are_merged(practising: Program, qtbot: QtBot) -> None:
    practising.shell.show_page("merge")
    page = practising.shell.page
    assert isinstance(page, MergePage)
    assert page.samples.isVisible()
    qtbot.mouseClick(page.samples.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.pane.model.rowCount() == 3)
    assert not page.samples.isVisible()


def test_help_leads_to_practice_but_not_in_practice_itself(program: Program, practising: Program) -> None:
    for made, is_offered in ((program, True), (practising, False)):
        made.shell.show_page("help")
        page = made.shell.page
        assert isinstance(page, GuidePage)
        assert page.practise.isVisible() is is_offered


def test_where_answers_count_no_sample_files_are_offered(program: Program) -> None:
    program.shell.show_page("merge")
    page = program.shell.page
    assert isinstance(page, MergePage)
    assert not page.samples.isVisible()


def test_a_store_in_which_answers_count_has_no_band_and_offers_to_practise(program: Program) -> None:
    assert program.shell.findChildren(PracticeBand) == []
    page = program.shell.page
    assert isinstance(page, QuestionnairesPage)
    assert page.practise.isVisible()
