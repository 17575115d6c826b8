"""Claims about publication: said beside the question, on the page for review and at a public export.

W-80  Said with whose name stands under it; one press makes it one's own word, and it can be undone.
W-81  A public edition says before it is written how many claims it passes over.
W-82  The history of an answer says which marks are only claimed.
W-83  The row of a file that brings claims says so before it is merged.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.presenters.export_choice import Audience
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.store.history_rows import HistoryRow
from iscm_desktop.workspace import Workspace
from tests.support.claimed_promises import forged
from tests.support.inviting import merged
from tests.support.question_cards import card_at
from ui.app import Program
from ui.form.answer_history import history_lines
from ui.form.form_page import FormPage
from ui.merge.files_table import FILE
from ui.merge.merge_page import MergePage
from ui.review.review_page import ReviewPage

INSTITUTION = AnswerPath("ISC-A/ISC-A04")


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, Path, Path]:
    """A response whose respondent withholds an answer, its file, and that of a stranger who would have it published."""
    with Workspace.open(tmp_path / "rita.iscmdb") as rita:
        rita.set_person("Rita", "Ministry")
        response = rita.responses.start("iscm", "igc")
        session = rita.responses.open_session(response)
        session.answer(INSTITUTION, "Secretariat")
        rita.responses.save(response, session)
        rita.restrictions.restrict(response, INSTITUTION)
        genuine = rita.exports.export(response, tmp_path / "igc.iscm").path
    return response, genuine, forged(genuine, tmp_path / "forged.iscm", None, "restriction")


@pytest.fixture
def disputed(workspace: Workspace, files: tuple[str, Path, Path]) -> str:
    """The same with both files merged."""
    response, genuine, forgery = files
    merged(workspace, genuine, forgery)
    return response


def said(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel, "claimed-mark")]


def confirm(widget: QWidget) -> QPushButton:
    (found,) = widget.findChildren(QPushButton, "confirm-mark")
    return found


def undo(program: Program) -> QPushButton:
    found = program.shell.notices.findChild(QPushButton, "notice-action")
    assert isinstance(found, QPushButton)
    assert found.text() == "Undo"
    return found


def marked(workspace: Workspace, response: str) -> list[str]:
    return [row.path for row in workspace.restrictions.rows(response)]


def test_beside_the_question_it_is_said_confirmed_and_undone(
    program: Program, workspace: Workspace, disputed: str, qtbot: QtBot
) -> None:
    """W-80: the tick follows."""
    program.shell.open_response(disputed)
    page = program.shell.page
    assert isinstance(page, FormPage)
    card_at(page, INSTITUTION)
    panel = page.about.publication
    qtbot.waitUntil(lambda: len(said(panel)) == 1)
    assert said(panel) == ["Claimed by Rita, and counts for nothing: this answer is for publication again."]
    assert panel.answer.isChecked()
    qtbot.mouseClick(confirm(panel), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not said(panel))
    assert marked(workspace, disputed) == []
    assert not panel.answer.isChecked()
    assert "In your name now" in program.shell.notices.text
    qtbot.mouseClick(undo(program), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(said(panel)) == 1)
    assert marked(workspace, disputed) == [INSTITUTION]
    assert panel.answer.isChecked()


def test_the_history_of_the_answer_says_what_is_claimed(
    program: Program, disputed: str, qtbot: QtBot
) -> None:
    """W-82"""
    program.shell.open_response(disputed)
    page = program.shell.page
    assert isinstance(page, FormPage)
    card_at(page, INSTITUTION)

    def lines() -> list[str]:
        return [each.text() for each in page.about.findChildren(QLabel) if " – " in each.text()]

    qtbot.waitUntil(lambda: len(lines()) == 3)
    (lifted,) = (line for line in lines() if "for publication again" in line)
    assert "claimed, counts for nothing" in lifted
    assert all("claimed" not in line for line in lines() if line != lifted)


def test_review_lists_it_and_the_public_export_says_what_it_passes_over(
    program: Program, workspace: Workspace, disputed: str, qtbot: QtBot
) -> None:
    """W-80, W-81"""
    program.shell.open_review(disputed)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    assert not page.claims.isHidden()
    assert page.claims.title.text() == "1 claim about publication, which counts for nothing"
    assert page.export.passed_over.isHidden()
    page.export.choices[Audience.PUBLIC].setChecked(True)
    assert page.export.passed_over.text().startswith("1 claim about what may be published is passed over")
    assert not page.export.passed_over.isHidden()
    qtbot.mouseClick(confirm(page.claims), Qt.MouseButton.LeftButton)
    assert marked(workspace, disputed) == []
    assert page.claims.isHidden()
    assert page.export.passed_over.isHidden()
    qtbot.mouseClick(undo(program), Qt.MouseButton.LeftButton)
    assert marked(workspace, disputed) == [INSTITUTION]
    assert not page.claims.isHidden()
    assert not page.export.passed_over.isHidden()


def test_nothing_is_said_where_nothing_is_claimed(program: Program, igc: str) -> None:
    """W-80"""
    program.shell.open_review(igc)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    assert page.claims.isHidden()
    page.export.choices[Audience.PUBLIC].setChecked(True)
    assert page.export.passed_over.isHidden()


def test_the_row_of_a_file_says_that_it_brings_claims(
    program: Program, workspace: Workspace, files: tuple[str, Path, Path], qtbot: QtBot
) -> None:
    """W-83"""
    _response, genuine, forgery = files
    merged(workspace, genuine)
    program.shell.show_page("merge")
    page = program.shell.page
    assert isinstance(page, MergePage)
    page.plan([forgery])
    qtbot.waitUntil(lambda: len(page.pane.model.rows) == 1, timeout=20_000)
    said = page.pane.model.text(page.pane.model.rows[0], FILE)
    assert "It brings a mark about publication that is only claimed, and counts for nothing." in said


def test_a_history_of_thousands_of_states_is_told_in_part(program: Program) -> None:
    """W-82: a stranger's file may bring any number of them, and drawing them all would take minutes."""
    at = datetime(2027, 4, 1, tzinfo=UTC)
    rows = [
        HistoryRow(
            str(number), "x", f"state {number}", "Mallory", False, at + timedelta(hours=number), "", False
        )
        for number in range(5000)
    ]
    lines = history_lines(rows)
    assert len(lines) < 300
    assert "state 4999" in lines[0]
    assert lines[-1] == f"{5001 - len(lines)} earlier states are not shown."
