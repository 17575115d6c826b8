"""What changed between two moments, in the window: chosen, listed with what went and what came, printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs
from tests.support.question_cards import card_at
from ui.app import Program
from ui.comparison.changes_dialog import ChangesDialog
from ui.form.form_page import FormPage
from ui.review.review_page import ReviewPage
from ui.widgets.changes_label import ChangesLabel
from ui.widgets.scroll_pane import ScrollPane

INSTITUTION = "ISC-A/ISC-A04"
FOUNDED = "ISC-B/ISC-B01"


@pytest.fixture
def changed(workspace: Workspace, igc: str, tmp_path: Path) -> str:
    """Exported, and changed since."""
    session = workspace.responses.open_session(igc)
    session.answer(INSTITUTION, "Secretariat in Geneva")
    workspace.responses.save(igc, session)
    workspace.exports.export(igc, tmp_path / "first.iscm")
    session.answer(INSTITUTION, "Secretariat in Vienna")
    session.answer(FOUNDED, "1985")
    workspace.responses.save(igc, session)
    return igc


def opened(program: Program, response: str, qtbot: QtBot) -> ChangesDialog:
    """The dialog from the panel beside the questions, with its first comparison."""
    program.shell.open_response(response)
    page = program.shell.page
    assert isinstance(page, FormPage)
    page.about.compare.click()
    (dialog,) = page.findChildren(ChangesDialog)
    qtbot.waitUntil(lambda: "Looking" not in dialog.count.text(), timeout=10_000)
    return dialog


def said(dialog: ChangesDialog) -> list[str]:
    return [label.accessibleName() for label in dialog.findChildren(ChangesLabel)]


def test_it_opens_with_what_changed_since_the_last_event(
    program: Program, changed: str, qtbot: QtBot
) -> None:
    dialog = opened(program, changed, qtbot)
    assert dialog.count.text() == "2 answers differ."
    assert "exported first.iscm" in dialog.earlier.list.currentText()
    assert dialog.later.list.currentText() == "now"
    assert said(dialog) == ["Secretariat in  removed: Geneva; added: Vienna;", "added: 1985;"]
    heads = [
        label.text()
        for label in dialog.list.findChildren(QLabel, "")
        if label.text().startswith(("A ", "B "))
    ]
    assert len(heads) == 2


def test_tab_goes_to_the_questions_before_the_buttons(program: Program, changed: str, qtbot: QtBot) -> None:
    dialog = opened(program, changed, qtbot)
    go, *_others = dialog.findChildren(QPushButton, "go-to-change")
    qtbot.waitUntil(lambda: dialog.isActiveWindow() and go.isVisible())
    dialog.earlier.list.setFocus()
    seen = []
    for _turn in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    pane = next(stop for stop in seen if isinstance(stop, ScrollPane))
    assert seen.index(pane) < seen.index(go)
    assert seen.index(go) < seen.index(dialog.primary)
    assert seen.index(go) < seen.index(dialog.secondary)


def test_other_moments_are_chosen(program: Program, changed: str, qtbot: QtBot) -> None:
    dialog = opened(program, changed, qtbot)
    dialog.earlier.list.setCurrentIndex(dialog.earlier.list.count() - 2)  # before anything was answered
    qtbot.waitUntil(lambda: "added: Secretariat in Vienna;" in said(dialog), timeout=10_000)
    dialog.earlier.list.setCurrentIndex(dialog.earlier.list.count() - 1)
    assert not dialog.primary.isEnabled()  # a day is wanted
    dialog.earlier.day.setText("2001-02-31")
    assert "year-month-day" in dialog.problem()
    dialog.earlier.day.setText("2001-02-28")
    assert dialog.primary.isEnabled()
    dialog.later.list.setCurrentIndex(dialog.later.list.count() - 2)
    qtbot.waitUntil(lambda: dialog.count.text() == "Every answer was the same.", timeout=10_000)


def test_one_goes_to_a_question(program: Program, changed: str, qtbot: QtBot) -> None:
    dialog = opened(program, changed, qtbot)
    links = dialog.findChildren(QPushButton, "go-to-change")
    links[-1].click()
    program.shell.activateWindow()  # this screen has nobody who gives the keyboard back to the window
    page = program.shell.page
    assert isinstance(page, FormPage)
    qtbot.waitUntil(lambda: page.editing.current == FOUNDED)
    assert not card_at(page, FOUNDED).isHidden()


def test_it_is_printed(
    program: Program, changed: str, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(program, changed, qtbot)
    dialogs.to_save = tmp_path / "changed.pdf"
    dialog.primary.click()
    qtbot.waitUntil(lambda: "changed.pdf" in program.shell.notices.text, timeout=10_000)
    assert (tmp_path / "changed.pdf").stat().st_size > 2000


def test_whoever_reviews_comes_to_it_and_from_it_to_a_question(
    program: Program, changed: str, qtbot: QtBot
) -> None:
    program.shell.open_review(changed)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    page.reading.compare.click()
    (dialog,) = page.findChildren(ChangesDialog)
    qtbot.waitUntil(lambda: "Looking" not in dialog.count.text(), timeout=10_000)
    assert any("Vienna" in each for each in said(dialog))
    dialog.list.wanted.emit(INSTITUTION)
    program.shell.activateWindow()  # as above
    form = program.shell.page
    assert isinstance(form, FormPage)
    qtbot.waitUntil(lambda: form.editing.current == INSTITUTION)


def test_the_way_to_it_leaves_the_head_of_the_review_on_one_row(program: Program, changed: str) -> None:
    program.shell.resize(1280, 800)
    program.shell.open_review(changed)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    program.shell.grab()
    assert page.export_now.geometry().top() == page.show_preview.geometry().top()
    assert page.reading.isAncestorOf(page.reading.compare)
