"""What is not for publication: ticked beside the question, marked on its card, left out of the public edition."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.presenters.export_choice import Audience, ExportChoice, FileForm
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs
from tests.support.question_cards import card_at
from ui.app import Program
from ui.form.form_page import FormPage
from ui.review.review_page import ReviewPage

INSTITUTION, EMAIL = "ISC-A/ISC-A04", "ISC-A/ISC-A05"
TURNING_POINTS = "ISC-B/ISC-B05"


def marked(workspace: Workspace, response: str) -> list[str]:
    return [row.path for row in workspace.restrictions.rows(response)]


def test_an_answer_is_ticked_and_its_card_says_so(
    form: FormPage, workspace: Workspace, igc: str, qtbot: QtBot
) -> None:
    card = card_at(form, INSTITUTION)
    box = form.about.publication.answer
    assert card.mark is None
    box.click()
    qtbot.waitUntil(lambda: marked(workspace, igc) == [INSTITUTION])
    assert card.mark is not None
    assert card.mark.text == "Not for publication"
    assert not card.mark.isHidden()
    box.click()
    qtbot.waitUntil(lambda: marked(workspace, igc) == [])
    assert card.mark.isHidden()


def test_a_section_covers_its_questions(form: FormPage, workspace: Workspace, igc: str, qtbot: QtBot) -> None:
    card_at(form, INSTITUTION)
    panel = form.about.publication
    assert panel.entry.isHidden()
    panel.section.click()
    qtbot.waitUntil(lambda: marked(workspace, igc) == ["ISC-A"])
    assert panel.answer.isChecked()
    assert not panel.answer.isEnabled()
    other = card_at(form, EMAIL)
    assert other.mark is not None
    assert not other.mark.isHidden()


def test_an_entry_is_ticked_from_within(form: FormPage, workspace: Workspace, igc: str, qtbot: QtBot) -> None:
    form.editing.answer("ISC-B/ISC-B04", "changed_several_times")
    entry = form.editing.session.add_entry(TURNING_POINTS)
    card_at(form, f"{entry}/ISC-B05.1")
    form.about.publication.entry.click()
    qtbot.waitUntil(lambda: marked(workspace, igc) == [entry])


def test_marks_are_there_when_the_form_is_opened(
    program: Program, workspace: Workspace, igc: str, qtbot: QtBot
) -> None:
    workspace.restrictions.restrict(igc, INSTITUTION)
    program.shell.open_response(igc)
    page = program.shell.page
    assert isinstance(page, FormPage)
    card = card_at(page, INSTITUTION)
    qtbot.waitUntil(lambda: card.mark is not None and not card.mark.isHidden())


@pytest.mark.parametrize(("form", "suffix"), [(FileForm.PDF, ".pdf"), (FileForm.DATA, ".iscm")])
def test_the_public_edition_is_exported_and_merged(
    program: Program, workspace: Workspace, igc: str, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path,
    form: FileForm, suffix: str,
) -> None:  # fmt: skip
    session = workspace.responses.open_session(igc)
    session.answer(INSTITUTION, "Secret secretariat")
    session.answer(EMAIL, "focal.point@igc.example")  # something is left to publish
    workspace.responses.save(igc, session)
    workspace.restrictions.restrict(igc, INSTITUTION)
    program.shell.open_review(igc)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    assert page.export.choices[Audience.PUBLIC].text() == "Public edition, without 1 withheld answer"
    page.export.choose(ExportChoice(Audience.PUBLIC, form))
    assert page.export.name.text().endswith(f"_public{suffix}")
    dialogs.to_save = tmp_path / f"edition{suffix}"
    qtbot.mouseClick(page.export.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Written for publication" in program.shell.notices.text, timeout=20_000)
    with Workspace.open(tmp_path / "reader.iscmdb") as reader:
        plan = reader.packages.plan([dialogs.to_save])
        assert "This is a public edition" in explain(plan.files[0])
        reader.packages.apply(plan)
        (row,) = reader.response_list.all()
        assert row.is_public
        assert reader.responses.open_session(row.id).view(INSTITUTION).text == ""
