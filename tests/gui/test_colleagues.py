"""Sharing sections, filling in what was handed over, questions about answers."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.exchange.trust.key_words import key_words
from iscm_desktop.presenters.export_choice import Audience, ExportChoice, FileForm
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs
from tests.support.forging import with_answer
from tests.support.workspaces import merge
from ui.app import Program
from ui.colleagues.ask_dialog import AskDialog
from ui.colleagues.share_card import delegation_state, delegation_story
from ui.colleagues.share_dialog import ShareDialog
from ui.form.form_page import FormPage
from ui.form.section_list import SectionModel
from ui.merge.merge_page import MergePage
from ui.review.review_page import ReviewPage

FEE, FOUNDED, INSTITUTION = "ISC-E/ISC-E20", "ISC-B/ISC-B01", "ISC-A/ISC-A04"


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Workspace]:
    """The store of somebody else: a colleague, or a coordinator."""
    with Workspace.open(tmp_path / "other.iscmdb") as opened:
        opened.set_person("Bela Novak", "Ministry of Finance")
        yield opened


@pytest.fixture
def handed(other: Workspace, workspace: Workspace, tmp_path: Path) -> str:
    """Two sections that Bela handed to the person at this window."""
    response = other.responses.start("iscm", "igc")
    file = other.delegations.hand_over(
        response,
        ["ISC-D", "ISC-E"],
        to="Anna Berg",
        target=tmp_path / "for-anna.iscm",
        due_on=date(2027, 5, 12),
        message="Please ask Finance, too.",
    ).path
    merge(workspace, file)
    return response


def review_of(program: Program, response: str) -> ReviewPage:
    program.shell.open_review(response)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    return page


def form_of(program: Program, response: str) -> FormPage:
    program.shell.open_response(response)
    page = program.shell.page
    assert isinstance(page, FormPage)
    return page


def dialog_of(parent: QWidget, kind: type[QDialog]) -> QDialog:
    return parent.findChildren(kind)[-1]


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def paths_of(form: FormPage) -> list[str]:
    model = form.sections.model()
    assert isinstance(model, SectionModel)
    return [model.row(at).path for at in range(model.rowCount())]


def test_sections_are_shared_and_listed(
    program: Program, igc: str, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    review = review_of(program, igc)
    click(qtbot, review.share.share)
    dialog = dialog_of(review, ShareDialog)
    assert isinstance(dialog, ShareDialog)
    assert not dialog.primary.isEnabled()
    dialog.sections["ISC-E"].setChecked(True)
    qtbot.keyClicks(dialog.to, "Bela Novak")
    qtbot.keyClicks(dialog.due, "2099-05-12")
    qtbot.keyClicks(dialog.message, "Please ask Finance.")
    dialogs.to_save = tmp_path / "for-bela.iscm"
    click(qtbot, dialog.primary)
    qtbot.waitUntil(lambda: "for-bela.iscm" in program.shell.notices.text, timeout=10_000)
    assert dialogs.proposed is not None
    assert dialogs.proposed.name.startswith("IGC_for_Bela-Novak_")
    (row,) = program.context.workspace.delegations.rows(igc)
    assert (row.to, row.sections, row.message) == ("Bela Novak", ("ISC-E",), "Please ask Finance.")
    assert len(review.share.findChildren(QWidget, "delegation")) == 1
    click(qtbot, review.share.findChildren(QPushButton, "close-delegation")[0])
    assert program.context.workspace.delegations.rows(igc)[0].is_over


def test_a_day_that_is_none_is_said_so(program: Program, igc: str, qtbot: QtBot) -> None:
    review = review_of(program, igc)
    click(qtbot, review.share.share)
    dialog = dialog_of(review, ShareDialog)
    assert isinstance(dialog, ShareDialog)
    dialog.sections["ISC-E"].setChecked(True)
    qtbot.keyClicks(dialog.to, "Bela")
    qtbot.keyClicks(dialog.due, "tomorrow")
    assert not dialog.primary.isEnabled()
    assert "year-month-day" in dialog._problem.text()
    dialog.reject()


def test_the_form_shows_what_was_handed_over_and_nothing_else(
    program: Program, handed: str, qtbot: QtBot
) -> None:
    form = form_of(program, handed)
    assert paths_of(form) == ["ISC-D", "ISC-E"]
    assert form.handed is not None
    assert "Bela Novak asks you" in form.handed.text
    assert "Please ask Finance, too." in form.handed.details.text()
    click(qtbot, form.handed.more)
    assert not form.handed.details.isVisible()
    form.go_to(INSTITUTION)
    assert form.form.path in ("ISC-D", "ISC-E")


def test_the_whole_response_later_opens_whole(
    program: Program, handed: str, other: Workspace, workspace: Workspace, tmp_path: Path
) -> None:
    assert paths_of(form_of(program, handed)) == ["ISC-D", "ISC-E"]
    program.shell.show_page("merge")
    merge(workspace, other.exports.export(handed, tmp_path / "whole.iscm").path)
    form = form_of(program, handed)
    assert "ISC-A" in paths_of(form)
    assert form.handed is None


def test_what_was_handed_over_goes_back(
    program: Program,
    handed: str,
    other: Workspace,
    dialogs: ScriptedDialogs,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    form = form_of(program, handed)
    form.editing.answer(FEE, "120000")
    review = review_of(program, handed)
    assert not review.sign_off.isVisible()
    assert "Bela Novak" in review.export._heading.text()
    assert "Bela Novak" in review.export.opens_for.text()
    assert key_words(other.keys.device_key.public) in review.export.opens_for.text()
    assert not review.export.opens_for.isHidden()
    assert not review.clearance.isVisible()
    review.export.choose(ExportChoice(Audience.EVERYONE, FileForm.DATA))
    dialogs.to_save = tmp_path / "back.iscm"
    click(qtbot, review.export.export)
    qtbot.waitUntil(lambda: "back.iscm" in program.shell.notices.text, timeout=20_000)
    merge(other, tmp_path / "back.iscm")
    assert other.responses.open_session(handed).view(FEE).text == "120000"
    (row,) = other.delegations.rows(handed)
    words, _tone = delegation_state(row, date(2027, 6, 1))
    assert words == "Came back"
    assert "from Anna Berg" in delegation_story(row)


@pytest.fixture
def asked(other: Workspace, workspace: Workspace, igc: str, tmp_path: Path) -> str:
    """A coordinator asks about an answer of this window's response."""
    session = workspace.responses.open_session(igc)
    session.answer(INSTITUTION, "A house")
    workspace.responses.save(igc, session)
    merge(other, workspace.exports.export(igc, tmp_path / "out.iscm").path)
    query = other.queries.ask(igc, INSTITUTION, "In which town?")
    merge(workspace, other.queries.export(igc, tmp_path / "queries.iscm").path)
    return query


def test_a_question_is_flagged_and_replied_to(
    program: Program, igc: str, asked: str, qtbot: QtBot, workspace: Workspace
) -> None:
    form = form_of(program, igc)
    form.go_to(INSTITUTION)
    card = form.form.card(INSTITUTION)
    assert card is not None
    qtbot.waitUntil(lambda: card.flag is not None and card.flag.isVisible())
    assert card.flag is not None
    assert "In which town?" in card.flag.text
    model = form.sections.model()
    spoken = [
        model.data(model.index(at, 0), Qt.ItemDataRole.AccessibleTextRole) for at in range(model.rowCount())
    ]
    assert sum("1 question to reply to" in str(words) for words in spoken) == 1
    click(qtbot, card.flag.reply)
    (panel,) = form.about.queries.cards
    qtbot.waitUntil(lambda: QApplication.focusWidget() is panel.reply)
    assert panel.reply is not None
    qtbot.keyClicks(panel.reply, "In Geneva.")
    click(qtbot, panel.findChildren(QPushButton, "reply")[0])
    assert not workspace.queries.rows(igc)[0].is_open
    assert workspace.queries.rows(igc)[0].replies[0].text == "In Geneva."
    qtbot.waitUntil(lambda: card.flag is not None and not card.flag.isVisible())


def test_the_review_lists_open_questions(program: Program, igc: str, asked: str, qtbot: QtBot) -> None:
    review = review_of(program, igc)
    assert review.queries.isVisible()
    assert not review.queries.export.isVisible()  # somebody else asks
    click(qtbot, review.queries.findChildren(QPushButton, "go-to-query")[0])
    form = program.shell.page
    assert isinstance(form, FormPage)
    assert form.form.path == "ISC-A"


def test_nobody_is_asked_to_ask_themselves(program: Program, igc: str) -> None:
    form = form_of(program, igc)
    form.go_to(FOUNDED)
    assert form.about.path == FOUNDED
    assert form.about.queries.isHidden()


def test_a_colleague_is_asked_about_what_they_answered(
    program: Program, igc: str, other: Workspace, workspace: Workspace, tmp_path: Path
) -> None:
    assert other.responses.start("iscm", "igc") == igc
    session = other.responses.open_session(igc)
    session.answer(INSTITUTION, "In Vienna")
    other.responses.save(igc, session)
    merge(workspace, other.exports.export(igc, tmp_path / "theirs.iscm").path)
    form = form_of(program, igc)
    form.go_to(INSTITUTION)
    assert form.about.queries.ask.isVisible()
    form.editing.answer(INSTITUTION, "In Geneva")
    form.editing.save()
    form.editing.queries.refresh()
    assert not form.about.queries.ask.isVisible()


def test_asking_and_saving_the_questions(
    program: Program,
    other: Workspace,
    workspace: Workspace,
    dialogs: ScriptedDialogs,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    theirs = other.responses.start("iscm", "rcm")
    merge(workspace, other.exports.export(theirs, tmp_path / "theirs.iscm").path)
    form = form_of(program, theirs)
    form.go_to(FOUNDED)
    qtbot.waitUntil(form.about.queries.isVisible)
    click(qtbot, form.about.queries.ask)
    dialog = dialog_of(form, AskDialog)
    assert isinstance(dialog, AskDialog)
    assert not dialog.primary.isEnabled()
    qtbot.keyClicks(dialog.text, "From which source?")
    click(qtbot, dialog.primary)
    (query,) = program.context.workspace.queries.rows(theirs)
    assert (query.path, query.text, query.is_ours) == (FOUNDED, "From which source?", True)
    review = review_of(program, theirs)
    dialogs.to_save = tmp_path / "questions.iscm"
    click(qtbot, review.queries.export)
    qtbot.waitUntil(lambda: "questions.iscm" in program.shell.notices.text, timeout=10_000)
    assert (tmp_path / "questions.iscm").is_file()
    assert review.queries.audience.text().endswith("and readable for whoever gets the file.")
    assert key_words(program.context.workspace.keys.device_key.public) in program.shell.notices.text


def test_asking_about_a_conflict_and_saving_all_questions(
    program: Program,
    igc: str,
    other: Workspace,
    workspace: Workspace,
    dialogs: ScriptedDialogs,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    for store, text in ((workspace, "In Geneva"), (other, "In Vienna")):
        response = store.responses.start("iscm", "igc")
        session = store.responses.open_session(response)
        session.answer(INSTITUTION, text)
        store.responses.save(response, session)
    merge(workspace, other.exports.export(igc, tmp_path / "theirs.iscm").path)
    program.shell.show_page("merge")
    page = program.shell.page
    assert isinstance(page, MergePage)
    qtbot.waitUntil(lambda: bool(page.conflicts.candidates))
    assert not page.questions.isVisible()
    click(qtbot, page.conflicts.ask)
    dialog = dialog_of(page, AskDialog)
    assert isinstance(dialog, AskDialog)
    qtbot.keyClicks(dialog.text, "Geneva or Vienna?")
    click(qtbot, dialog.primary)
    qtbot.waitUntil(page.questions.isVisible)
    dialogs.to_save = tmp_path / "out"
    click(qtbot, page.questions.save)
    qtbot.waitUntil(lambda: "1 file written" in program.shell.notices.text, timeout=10_000)
    assert [file.suffix for file in (tmp_path / "out").iterdir()] == [".iscm"]
    assert key_words(workspace.keys.device_key.public) in program.shell.notices.text


def test_what_lies_outside_is_taken_only_when_ticked(
    program: Program, igc: str, other: Workspace, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    shared = workspace.delegations.hand_over(igc, ["ISC-E"], to="Bela", target=tmp_path / "for-bela.iscm")
    merge(other, shared.path)
    session = other.responses.open_session(igc)
    session.answer(FEE, "120000")
    other.responses.save(igc, session)
    back = other.exports.export(igc, tmp_path / "back.iscm").path
    forged = with_answer(back, igc, INSTITUTION, "Bela's idea")
    program.shell.show_page("merge")
    page = program.shell.page
    assert isinstance(page, MergePage)
    page.plan([forged])
    qtbot.waitUntil(page.pane.apply.isVisible, timeout=10_000)
    assert page.pane.outside.isVisible()
    assert not page.pane.outside.isChecked()
    click(qtbot, page.pane.apply)
    qtbot.waitUntil(lambda: workspace.responses.open_session(igc).view(FEE).text == "120000", timeout=10_000)
    assert workspace.responses.open_session(igc).view(INSTITUTION).text == ""
    qtbot.waitUntil(lambda: not page.pane.apply.isVisible(), timeout=10_000)
    page.plan([forged])
    qtbot.waitUntil(page.pane.apply.isVisible, timeout=10_000)
    page.pane.outside.setChecked(True)
    click(qtbot, page.pane.apply)
    qtbot.waitUntil(
        lambda: workspace.responses.open_session(igc).view(INSTITUTION).text == "Bela's idea", timeout=10_000
    )
