"""What is not for publication: ticked beside the question, marked on its card, left out of the public edition."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.presenters.export_choice import Audience, ExportChoice, FileForm
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath, StepKind
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs
from tests.support.question_cards import card_at
from ui.app import Program
from ui.form.form_page import FormPage
from ui.form.repeat_card import RepeatCard
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


def test_the_copy_of_an_entry_is_marked_as_the_entry_is(
    form: FormPage, workspace: Workspace, igc: str, qtbot: QtBot
) -> None:
    editing = form.editing
    editing.answer("ISC-B/ISC-B04", "changed_several_times")
    entry, other = editing.session.add_entry(TURNING_POINTS), editing.session.add_entry(TURNING_POINTS)
    editing.answer(AnswerPath(f"{entry}/ISC-B05.2"), "Strategic review")
    editing.save()
    workspace.restrictions.restrict(igc, entry)
    workspace.restrictions.restrict(igc, AnswerPath(f"{entry}/ISC-B05.2"))
    before = marked(workspace, igc)
    copy = editing.duplicate(entry)
    both = sorted([*before, copy, f"{copy}/ISC-B05.2"])
    assert marked(workspace, igc) == both
    editing.undo()
    assert marked(workspace, igc) == before
    editing.redo()
    assert marked(workspace, igc) == both
    assert editing.session.next_undo is not None
    assert editing.session.next_undo.kind is StepKind.ENTRY_ADDED
    editing.duplicate(other)
    assert marked(workspace, igc) == both


def test_a_copied_entry_is_marked_before_it_is_saved(
    form: FormPage, workspace: Workspace, igc: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    editing = form.editing
    editing.answer("ISC-B/ISC-B04", "changed_several_times")
    entry = editing.session.add_entry(TURNING_POINTS)
    editing.save()
    workspace.restrictions.restrict(igc, entry)
    seen: list[int] = []
    save = workspace.responses.save

    def watched(response: str, session: FormSession) -> datetime:
        seen.append(len(marked(workspace, igc)))
        return save(response, session)

    monkeypatch.setattr(workspace.responses, "save", watched)
    editing.duplicate(entry)
    editing.undo()
    assert seen[:2] == [2, 2]  # the mark comes before its entry, and goes after it
    assert marked(workspace, igc) == [entry]


@pytest.mark.parametrize("mode", ["cards", "table"])
def test_duplicating_an_entry_keeps_its_mark(
    form: FormPage, workspace: Workspace, igc: str, qtbot: QtBot, mode: str
) -> None:
    editing = form.editing
    editing.answer("ISC-B/ISC-B04", "changed_several_times")
    entry = editing.session.add_entry(TURNING_POINTS)
    editing.save()
    workspace.restrictions.restrict(igc, entry)
    form.go_to(TURNING_POINTS)
    card = next(one for one in form.findChildren(RepeatCard) if one.path == TURNING_POINTS)
    card.modes.show_mode(mode)
    card.modes.chosen.emit(mode)
    if card.pane is not None:
        card.pane.table.setCurrentIndex(card.pane.table.entries.index(0, 0))
        card.pane.table.menu.duplicate()
    else:
        qtbot.mouseClick(card.entries[entry.rpartition("/")[2]].copy, Qt.MouseButton.LeftButton)
    assert len(marked(workspace, igc)) == 2
