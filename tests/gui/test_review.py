"""Review, sign-off and export."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from iscm_desktop.session.views import Finding, Verdict
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs
from ui.app import Program
from ui.form.form_page import FormPage
from ui.review.export_card import proposed_name
from ui.review.findings_card import finding_badge
from ui.review.review_page import ReviewPage


@pytest.fixture
def review(program: Program, igc: str) -> ReviewPage:
    program.shell.open_review(igc)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    return page


def test_a_finding_leads_to_its_question(program: Program, review: ReviewPage, qtbot: QtBot) -> None:
    wanted = program.context.workspace.responses.open_session(review.response_id).findings()[3]
    buttons = review.findings.findChildren(QPushButton, "go-to-question")
    qtbot.mouseClick(buttons[3], Qt.MouseButton.LeftButton)
    form = program.shell.page
    assert isinstance(form, FormPage)
    assert form.form.path == wanted.section
    card = form.form.card(wanted.path)
    assert card is not None
    assert card.first.is_wrong


def test_sign_off_waits_until_nothing_is_left(review: ReviewPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(review.sign_off.function, "Head of secretariat")
    assert review.sign_off.name.text() == "Anna Berg"
    assert not review.sign_off.sign.isEnabled()


def test_the_first_choice_is_one_file_for_people_and_for_merging(
    program: Program, review: ReviewPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.to_save = tmp_path / "igc.pdf"
    qtbot.mouseClick(review.export.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "igc.pdf" in program.shell.notices.text, timeout=20_000)
    assert dialogs.proposed is not None
    assert dialogs.proposed.suffix == ".pdf"
    with Workspace.open(tmp_path / "theirs.iscmdb") as theirs:
        assert [file.result.value for file in theirs.packages.plan([tmp_path / "igc.pdf"]).files] == ["new"]


def test_a_draft_can_be_exported_at_any_time(
    program: Program, review: ReviewPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.to_save = tmp_path / "draft.iscm"
    review.export._forms.button(1).setChecked(True)
    qtbot.mouseClick(review.export.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "draft.iscm" in program.shell.notices.text, timeout=20_000)
    assert dialogs.proposed is not None
    assert dialogs.proposed.name.startswith("IGC_ISCM_")
    assert "manifest.json" in zipfile.ZipFile(tmp_path / "draft.iscm").namelist()


def test_both_files_are_written_side_by_side(
    program: Program, review: ReviewPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.to_save = tmp_path / "igc.iscm"
    review.export._forms.button(2).setChecked(True)
    qtbot.mouseClick(review.export.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "igc.pdf" in program.shell.notices.text, timeout=20_000)
    assert (tmp_path / "igc.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "igc.iscm").is_file()


def test_an_export_that_fails_says_why(
    program: Program, review: ReviewPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.to_save = tmp_path / "no such folder" / "igc.iscm"
    qtbot.mouseClick(review.export.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(program.shell.notices.text), timeout=20_000)
    qtbot.waitUntil(review.export.export.isEnabled)


def test_the_name_says_whether_it_is_a_draft(workspace: Workspace, igc: str) -> None:
    row, day = workspace.response_list.row(igc), date(2026, 11, 21)
    year = row.round
    assert proposed_name(row, is_draft=True, today=day) == f"IGC_ISCM_{year}_draft_2026-11-21"
    assert proposed_name(row, is_draft=False, today=day) == f"IGC_ISCM_{year}_2026-11-21"


def test_a_repeat_that_is_out_of_range_can_be_shown(workspace: Workspace, igc: str) -> None:
    """It is no question, so it has no length."""
    finding = Finding("ISC-F/ISC-F01", "Partners", Verdict.OUT_OF_RANGE, "Add at least one.", "ISC-F")
    words, _tone = finding_badge(finding, workspace.responses.open_session(igc))
    assert words == "Check"


def test_a_claimed_sign_off_is_said_and_confirmed(program: Program, qtbot: QtBot) -> None:
    """A file of the first version, which nobody signed: its sign-off counts once somebody lets it count."""
    workspace = program.context.workspace
    workspace.packages.apply(
        workspace.packages.plan([Path(__file__).parents[1] / "data" / "package-1.0.iscm"])
    )
    claimed = next(row.id for row in workspace.response_list.all() if workspace.sign_offs.claimed(row.id))
    program.shell.open_review(claimed)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    assert "Ms Example" in page.sign_off.claimed.text()
    assert workspace.sign_offs.of(claimed) is None
    qtbot.mouseClick(page.sign_off.confirm, Qt.MouseButton.LeftButton)
    signed = workspace.sign_offs.of(claimed)
    assert signed is not None
    assert signed.name == "Ms Example"
    assert not page.sign_off.claimed.text()
