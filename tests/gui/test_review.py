"""Review as reading: answers with what is to be known of them, clearance, sign-off, the file, the preview."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from iscm_desktop.presenters.export_choice import Audience, ExportChoice, FileForm
from iscm_desktop.presenters.review_view import ReadItem, ReadKind, ReadMark
from iscm_desktop.questionnaire.catalogue import from_source
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.questionnaire.reading.xlsform import from_markdown
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.known_questionnaires import add_known
from tests.gui.conftest import ScriptedDialogs
from ui.app import Program
from ui.colleagues.share_dialog import ShareDialog
from ui.form.form_page import FormPage
from ui.review.clearance_dialogs import AskClearanceDialog, ClearDialog
from ui.review.review_page import ReviewPage

ARABIC = """
| survey   |              |      |                     |
|          | type         | name | label::العربية (ar) |
|          | begin_group  | B    | الإطار الوطني       |
|          | begin_repeat | B04  | الاجتماعات          |
|          | text         | B05  | المكان              |
|          | text         | B06  | الملاحظات           |
|          | end_repeat   |      |                     |
|          | end_group    |      |                     |
| settings |              |      |                     |
|          | form_title   | form_id | version | default_language |
|          | استبيان      | arabic  | 1       | العربية (ar)     |
"""
LEFT = Qt.MouseButton.LeftButton
INSTITUTION, YEAR = "ISC-A/ISC-A04", "ISC-B/ISC-B01"


def review_of(program: Program, response: str) -> ReviewPage:
    program.shell.open_review(response)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    page.reading.reading.complete()
    return page


@pytest.fixture
def review(program: Program, igc: str) -> ReviewPage:
    return review_of(program, igc)


def item_at(page: ReviewPage, path: str) -> ReadItem:
    return next(item for item in page.reading.reading.shown_items if item.path == path)


def answered(workspace: Workspace, response: str) -> None:
    session = workspace.responses.open_session(response)
    session.answer(INSTITUTION, "<b>Secretariat</b> of the IGC")
    session.answer(YEAR, "12")
    workspace.responses.save(response, session)


def test_all_answers_are_read_as_they_are_printed(program: Program, workspace: Workspace, igc: str) -> None:
    answered(workspace, igc)
    page = review_of(program, igc)
    text = page.reading.reading.toPlainText()
    assert "<b>Secretariat</b> of the IGC" in text  # as it was typed, and no markup
    assert "Institution that answers" in text
    assert "Not answered" in text
    assert page.reading.reading.is_complete


def test_a_chip_shows_some_answers_only(
    program: Program, workspace: Workspace, igc: str, qtbot: QtBot
) -> None:
    answered(workspace, igc)
    workspace.notes.put(igc, INSTITUTION, "ask the archive")
    page = review_of(program, igc)
    qtbot.mouseClick(page.reading.chips[ReadMark.NOTE], LEFT)
    answers = [item for item in page.reading.reading.shown_items if item.kind is ReadKind.ANSWER]
    assert [item.path for item in answers] == [INSTITUTION]
    assert "ask the archive" in page.reading.reading.toPlainText()
    qtbot.keyClick(page.reading.chips[ReadMark.NOTE], Qt.Key.Key_Left)  # arrows choose
    assert page.reading.mark is not ReadMark.NOTE
    assert len(page.reading.reading.shown_items) > 1


def test_the_keyboard_goes_from_question_to_question_and_opens_one(
    program: Program, review: ReviewPage, qtbot: QtBot
) -> None:
    reading = review.reading.reading
    assert reading.hasFocus()
    for _ in range(4):
        qtbot.keyClick(reading, Qt.Key.Key_Down)
    item = reading.current
    assert item is not None
    qtbot.keyClick(reading, Qt.Key.Key_Up)
    assert reading.current is not item
    qtbot.keyClick(reading, Qt.Key.Key_Down)
    qtbot.keyClick(reading, Qt.Key.Key_Return)
    form = program.shell.page
    assert isinstance(form, FormPage)
    assert form.form.path == item.path.partition("/")[0]


def test_a_link_leads_to_its_question(program: Program, review: ReviewPage) -> None:
    reading = review.reading.reading
    at = next(at for at, item in enumerate(reading.shown_items) if ReadMark.MISSING in item.marks)
    reading.anchorClicked.emit(QUrl("go:900000"))  # no such thing
    assert program.shell.page is review
    path = reading.shown_items[at].path
    reading.anchorClicked.emit(QUrl(f"go:{at}"))
    form = program.shell.page
    assert isinstance(form, FormPage)
    card = form.form.card(path)
    assert card is not None


def test_the_words_of_a_question_lead_there(program: Program, review: ReviewPage, qtbot: QtBot) -> None:
    reading = review.reading.reading
    qtbot.waitUntil(lambda: reading.verticalScrollBar().maximum() > 0)
    written = reading._written[1]
    cursor = reading.textCursor()
    cursor.setPosition(written.begin + 3)
    at = reading.cursorRect(cursor).center()
    qtbot.mouseClick(reading.viewport(), LEFT, pos=QPoint(at.x(), at.y()))
    form = program.shell.page
    assert isinstance(form, FormPage)
    assert form.form.path == written.item.path.partition("/")[0]


def test_a_section_is_handed_to_a_colleague_from_its_question(review: ReviewPage, qtbot: QtBot) -> None:
    reading = review.reading.reading
    at = next(at for at, item in enumerate(reading.shown_items) if ReadMark.MISSING in item.marks)
    reading.anchorClicked.emit(QUrl(f"hand:{at}"))
    dialog = review.share.findChildren(ShareDialog)[-1]
    assert dialog.chosen() == [reading.shown_items[at].path.partition("/")[0]]
    dialog.reject()


def test_what_is_withheld_and_changed_is_marked(program: Program, workspace: Workspace, igc: str) -> None:
    answered(workspace, igc)
    workspace.restrictions.restrict(igc, INSTITUTION)
    page = review_of(program, igc)
    assert ReadMark.WITHHELD in item_at(page, INSTITUTION).marks
    assert ReadMark.PROBLEM in item_at(page, YEAR).marks
    assert "not for publication" in page.reading.reading.toPlainText().replace("\xa0", " ")


def test_another_text_size_keeps_what_is_in_view(program: Program, review: ReviewPage, qtbot: QtBot) -> None:
    reading = review.reading.reading
    qtbot.waitUntil(lambda: reading.verticalScrollBar().maximum() > 0)
    before = [item.path for item in reading.shown_items]
    for _ in range(20):
        qtbot.keyClick(reading, Qt.Key.Key_Down)
    ringed = reading.current
    program.context.theme.show_scale(150)
    reading.complete()
    assert [item.path for item in reading.shown_items] == before
    assert reading.current == ringed
    assert reading.verticalScrollBar().value() > 0
    program.context.theme.show_scale(100)


def test_the_pages_are_previewed_in_place_of_the_answers(review: ReviewPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(review.show_preview, LEFT)
    qtbot.waitUntil(lambda: review.preview.page_count > 0, timeout=20_000)
    assert review.preview.isVisible()
    assert not review.reading.isVisible()
    qtbot.waitUntil(review.show_preview.isEnabled)
    qtbot.mouseClick(review.show_preview, LEFT)
    assert review.reading.isVisible()


def test_a_narrow_window_has_the_answers_or_the_cards(
    program: Program, review: ReviewPage, qtbot: QtBot
) -> None:
    program.shell.resize(700, 700)
    qtbot.waitUntil(review.show_cards.isVisible)
    assert review.reading.isVisible()
    assert not review.export.isVisible()
    qtbot.mouseClick(review.show_cards, LEFT)
    assert review.export.isVisible()
    assert not review.reading.isVisible()


def test_sign_off_never_proposes_whoever_types_and_says_what_is_missing(
    review: ReviewPage, qtbot: QtBot
) -> None:
    card = review.sign_off
    assert card.name.text() == ""
    qtbot.keyClicks(card.name, "Ms Example")
    qtbot.keyClicks(card.function, "Head of secretariat")
    assert not card.sign.isEnabled()
    assert card.sign.text().replace("&", "") == f"Sign off ({review.presenter.left} to finish)"


def test_a_sign_off_with_things_left_is_deliberate_and_can_be_withdrawn(
    review: ReviewPage, workspace: Workspace, igc: str, qtbot: QtBot
) -> None:
    card = review.sign_off
    assert not card.reason.isVisible()
    qtbot.keyClicks(card.name, "Ms Example")
    qtbot.keyClicks(card.function, "Head of secretariat")
    card.deliberate.click()
    assert card.reason.isVisible()
    assert not card.sign.isEnabled()
    qtbot.keyClicks(card.reason, "The budget is adopted in May.")
    qtbot.mouseClick(card.sign, LEFT)
    signed = workspace.sign_offs.of(igc)
    assert signed is not None
    assert signed.reason == "The budget is adopted in May."
    assert "The budget is adopted in May." in card._state.text()
    assert "draft" not in review.export.name.text()
    assert review.export.choices[
        review.export.choice.audience
    ].hasFocus()  # no key held too long withdraws it
    qtbot.mouseClick(card.withdraw, LEFT)
    assert workspace.sign_offs.of(igc) is None
    assert "withdrawn by Anna Berg" in card._state.text()
    assert card.name.text() == "Ms Example"
    assert "draft" in review.export.name.text()


def test_a_change_reopens_the_sign_off_and_says_so(program: Program, workspace: Workspace, igc: str) -> None:
    workspace.sign_offs.sign(igc, "Ms Example", "Head")
    answered(workspace, igc)
    page = review_of(program, igc)
    assert "Changed since: 2 answers, the last on" in page.sign_off._state.text()
    assert "Sign off again." in page.sign_off._state.text()
    assert (page.sign_off.name.text(), page.sign_off.function.text()) == ("Ms Example", "Head")


def test_whatever_tab_stops_at_shows_that_the_keyboard_is_there(review: ReviewPage, qtbot: QtBot) -> None:
    for stop in (review.reading.reading, review._cards):
        stop.setFocus()
        qtbot.waitUntil(stop.hasFocus)
        with_ring = stop.grab().toImage().pixelColor(0, stop.height() // 2)
        review.export_now.setFocus()
        qtbot.waitUntil(lambda stop=stop: not stop.hasFocus())
        assert stop.grab().toImage().pixelColor(0, stop.height() // 2) != with_ring


def test_the_form_says_who_signed_off_and_that_a_change_reopens_it(
    program: Program, workspace: Workspace, igc: str, qtbot: QtBot
) -> None:
    workspace.sign_offs.sign(igc, "Ms Example", "Head")
    program.shell.open_response(igc)
    form, foot = program.shell.page, program.shell.status.findChild(QLabel, "page-state")
    assert isinstance(form, FormPage)
    qtbot.waitUntil(lambda: "Signed off by Ms Example, Head, today" in foot.text())
    assert "Changed since" not in foot.text()
    before = len(program.shell.notices.kept)
    form.editing.answer(AnswerPath(YEAR), "1985")
    qtbot.waitUntil(lambda: "Changed since: 1 answer" in program.shell.notices.text, timeout=10_000)
    assert "Changed since: 1 answer" in foot.text()
    form.editing.answer(AnswerPath(YEAR), "1986")
    form.editing.save()
    assert len(program.shell.notices.kept) == before + 1


def test_clearance_is_asked_for_on_paper_given_and_taken_back(
    review: ReviewPage, workspace: Workspace, igc: str, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    card = review.clearance
    qtbot.keyClicks(card.whose, "Ministry of Interior")
    qtbot.keyClick(card.whose, Qt.Key.Key_Return)
    qtbot.mouseClick(card.findChildren(QPushButton, "ask-clearance")[0], LEFT)
    ask = card.findChildren(AskClearanceDialog)[-1]
    dialogs.to_save = tmp_path / "sheet.pdf"
    qtbot.mouseClick(ask.primary, LEFT)
    qtbot.waitUntil(lambda: workspace.clearances.rows(igc)[0].asked_on is not None, timeout=20_000)
    assert dialogs.to_save.read_bytes().startswith(b"%PDF")
    qtbot.mouseClick(card.findChildren(QPushButton, "clear")[0], LEFT)
    clear = card.findChildren(ClearDialog)[-1]
    assert clear.by.text() == ""
    qtbot.keyClicks(clear.by, "B. Ito")
    today = clear.on.text()
    for day in ("2100-01-01", "0001-01-01"):
        clear.on.setText(day)
        assert (clear.primary.isEnabled(), clear.problem() != "") == (False, True)
    clear.on.setText(today)
    clear.paper.click()
    qtbot.mouseClick(clear.primary, LEFT)
    (row,) = workspace.clearances.rows(igc)
    assert (row.by, row.is_paper, row.is_current) == ("B. Ito", True, True)
    qtbot.mouseClick(card.findChildren(QPushButton, "reopen-clearance")[0], LEFT)
    assert not workspace.clearances.rows(igc)[0].is_cleared
    qtbot.mouseClick(card.findChildren(QPushButton, "remove-clearance")[0], LEFT)
    assert workspace.clearances.rows(igc) == ()


def test_a_clearance_sheet_is_printed(
    program: Program, review: ReviewPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.to_save = tmp_path / "sheet.pdf"
    qtbot.mouseClick(review.print_sheet, LEFT)
    qtbot.waitUntil(lambda: str(tmp_path / "sheet.pdf") in program.shell.notices.text, timeout=20_000)
    assert dialogs.to_save.read_bytes().startswith(b"%PDF")


def test_the_first_choice_is_one_file_for_people_and_for_merging(
    program: Program, review: ReviewPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.to_save = tmp_path / "igc.pdf"
    qtbot.mouseClick(review.export.export, LEFT)
    qtbot.waitUntil(lambda: str(tmp_path / "igc.pdf") in program.shell.notices.text, timeout=20_000)
    assert dialogs.proposed is not None
    assert dialogs.proposed.suffix == ".pdf"
    with Workspace.open(tmp_path / "theirs.iscmdb") as theirs:
        assert [file.result.value for file in theirs.packages.plan([tmp_path / "igc.pdf"]).files] == ["new"]


def test_a_draft_can_be_exported_at_any_time(
    program: Program, review: ReviewPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.to_save = tmp_path / "draft.iscm"
    review.export.choose(ExportChoice(Audience.EVERYONE, FileForm.DATA))
    qtbot.mouseClick(review.export.export, LEFT)
    qtbot.waitUntil(lambda: "draft.iscm" in program.shell.notices.text, timeout=20_000)
    assert dialogs.proposed is not None
    assert dialogs.proposed.name.startswith("IGC_")
    assert dialogs.proposed.name.endswith("_draft.iscm")
    assert "manifest.json" in zipfile.ZipFile(tmp_path / "draft.iscm").namelist()


def test_both_files_are_written_side_by_side(
    program: Program, review: ReviewPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.to_save = tmp_path / "igc.iscm"
    review.export.choose(ExportChoice(Audience.EVERYONE, FileForm.BOTH))
    qtbot.mouseClick(review.export.export, LEFT)
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


def test_a_table_begins_where_the_response_begins(program: Program, workspace: Workspace) -> None:
    """In Arabic at the right, whatever the language of the window."""
    with workspace._database.write() as db:
        add_known(db, from_source(from_markdown(ARABIC).source))
    response = workspace.responses.start("arabic", "Beirut", language="ar")
    session = workspace.responses.open_session(response)
    entry = session.add_entry("B/B04")
    session.answer(f"{entry}/B05", "نيروبي")
    session.answer(f"{entry}/B06", "2025")
    workspace.responses.save(response, session)
    reading = review_of(program, response).reading.reading
    text = reading.toPlainText()
    assert text.index("الملاحظات") < text.index("المكان")  # the last column is the first from the left
    assert reading.document().defaultTextOption().textDirection() is Qt.LayoutDirection.RightToLeft
