"""Last round's answers in the window: offered on the cards, confirmed by a press, compared on the review page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from iscm_desktop.presenters.review_view import ReadMark
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs
from tests.support.question_cards import card_at
from ui.app import Program
from ui.form.form_page import FormPage
from ui.review.review_page import ReviewPage

INSTITUTION, EVOLUTION = "ISC-A/ISC-A04", "ISC-B/ISC-B06"
CHANGED, TURNING_POINTS = "ISC-B/ISC-B04", "ISC-B/ISC-B05"


@pytest.fixture
def then(tmp_path: Path) -> Path:
    """The package of 2019: two answers, the gate to the turning points, and two of these."""
    with Workspace.open(tmp_path / "then.iscmdb") as workspace:
        workspace.rounds.start("2019", "Assessment 2019")
        response = workspace.responses.start("iscm", "igc")
        session = workspace.responses.open_session(response)
        session.answer(INSTITUTION, "IGC Secretariat")
        session.answer(EVOLUTION, "It grew.")
        session.answer(CHANGED, "changed_several_times")
        for year in ("1985", "2002"):
            entry = session.add_entry(TURNING_POINTS)
            session.answer(f"{entry}/ISC-B05.1", year)
        workspace.responses.save(response, session)
        return workspace.exports.export(response, tmp_path / "IGC 2019.iscm").path


@pytest.fixture
def offered(form: FormPage, workspace: Workspace, igc: str, then: Path, qtbot: QtBot) -> FormPage:
    workspace.last_round.offer(igc, then)
    form.editing.last_round.refresh()
    qtbot.waitUntil(lambda: form.editing.last_round.round == "2019")
    return form


def test_answers_are_taken_from_a_file(
    program: Program, form: FormPage, then: Path, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    card = card_at(form, INSTITUTION)
    assert card.offers == {}
    form.editing.enter(INSTITUTION)
    dialogs.to_open = [then]
    take = form.about.last_round.findChild(QPushButton, "take-file")
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "of 2019 are offered now" in program.shell.notices.text, timeout=20_000)
    line = card.offers[INSTITUTION]
    assert line.badge.text == "2019, not confirmed"
    assert line.text.text() == "IGC Secretariat"
    assert form.editing.session.view(INSTITUTION).text == ""


def test_an_earlier_answer_is_used_and_the_use_undone(
    offered: FormPage, workspace: Workspace, igc: str, qtbot: QtBot
) -> None:
    card = card_at(offered, INSTITUTION)
    line = card.offers[INSTITUTION]
    qtbot.mouseClick(line.use, Qt.MouseButton.LeftButton)
    assert workspace.responses.open_session(igc).view(INSTITUTION).text == "IGC Secretariat"
    assert line.isHidden()
    offered.undo()
    assert not line.isHidden()
    assert workspace.responses.open_session(igc).view(INSTITUTION).text == ""


def test_typing_settles_it(offered: FormPage) -> None:
    line = card_at(offered, INSTITUTION).offers[INSTITUTION]
    offered.editing.answer(INSTITUTION, "Another secretariat")
    assert line.isHidden()


def test_the_panel_tells_the_earlier_answer(offered: FormPage, qtbot: QtBot) -> None:
    card_at(offered, CHANGED)
    offered.editing.enter(CHANGED)
    offered.about.last_round.show_path(CHANGED)
    panel = offered.about.last_round
    use = panel.findChild(QPushButton, "use-earlier-here")
    qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    assert offered.editing.session.view(CHANGED).text == "changed_several_times"


def test_a_section_is_confirmed_at_one_press(
    offered: FormPage, workspace: Workspace, igc: str, qtbot: QtBot
) -> None:
    """With the turning points, which are only asked once the answer before them is there."""
    offered.show_section("ISC-B")
    offer = offered.form.offer
    assert "of 2019 wait in this section" in offer.text.text()
    qtbot.mouseClick(offer.use, Qt.MouseButton.LeftButton)
    session = workspace.responses.open_session(igc)
    assert session.view(EVOLUTION).text == "It grew."
    years = [session.view(f"{one.path}/ISC-B05.1").text for one in session.repeat(TURNING_POINTS).entries]
    assert years == ["1985", "2002"]
    assert offer.isHidden()


def test_entries_are_used_from_the_card_of_their_repeat(
    offered: FormPage, workspace: Workspace, igc: str, qtbot: QtBot
) -> None:
    offered.editing.answer(CHANGED, "changed_several_times")
    offered.go_to(TURNING_POINTS)
    repeat = offered.form.widgets.repeats[TURNING_POINTS]
    assert repeat.offer is not None
    assert "2 entries" in repeat.offer.text.text()
    qtbot.mouseClick(repeat.offer.use, Qt.MouseButton.LeftButton)
    assert len(workspace.responses.open_session(igc).repeat(TURNING_POINTS).entries) == 2
    assert repeat.offer.isHidden()


def test_the_review_page_tells_what_changed_and_prints_it(
    program: Program, offered: FormPage, igc: str, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    offered.editing.answer(INSTITUTION, "Another secretariat")
    program.shell.open_review(igc)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: page.since.counts.text().startswith("1 changed"), timeout=20_000)
    assert page.reading.chips[ReadMark.CHANGED].text().startswith("Changed since 2019: ")
    page.reading.show_mark(ReadMark.CHANGED)
    shown = {item.path: item.since for item in page.reading.reading.shown_items}
    assert shown[INSTITUTION] == "changed since 2019"
    assert "not confirmed" in page.since.counts.text()
    dialogs.to_save = tmp_path / "changes.pdf"
    qtbot.mouseClick(page.since.print, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "changes.pdf" in program.shell.notices.text, timeout=20_000)
    assert dialogs.to_save.read_bytes().startswith(b"%PDF")


def test_nothing_is_said_without_an_earlier_round(program: Program, igc: str) -> None:
    program.shell.open_review(igc)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    assert page.since.isHidden()


def test_the_response_of_an_earlier_round_in_this_store_is_offered_by_name(
    program: Program, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.rounds.start("2019", "Assessment 2019")
    then = workspace.responses.start("iscm", "igc")
    session = workspace.responses.open_session(then)
    session.answer(INSTITUTION, "IGC Secretariat")
    workspace.responses.save(then, session)
    workspace.rounds.start("2027", "Assessment 2027")
    program.shell.open_response(workspace.responses.start("iscm", "igc"))
    page = program.shell.page
    assert isinstance(page, FormPage)
    card = card_at(page, INSTITUTION)
    page.editing.enter(INSTITUTION)
    panel = page.about.last_round
    qtbot.waitUntil(lambda: panel.findChild(QPushButton, "take-response") is not None)
    qtbot.mouseClick(panel.findChild(QPushButton, "take-response"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: INSTITUTION in card.offers, timeout=20_000)
    assert card.offers[INSTITUTION].text.text() == "IGC Secretariat"
    forget = panel.findChild(QPushButton, "forget-earlier")
    qtbot.mouseClick(forget, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.offers[INSTITUTION].isHidden())
