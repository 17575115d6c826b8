"""Merging in the window: any file, words that changed, both sides in one text, rules, a watched folder."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from iscm_desktop.exchange.merging.text_differences import TextChange, TextPiece
from iscm_desktop.presenters.fill_state import FillState
from iscm_desktop.session.views import AnswerPath, SectionView
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs
from tests.support.mail import mail, written
from ui.app import Program
from ui.form.form_page import FormPage
from ui.form.section_list import section_state
from ui.look.colours import LIGHT
from ui.merge.merge_page import MergePage
from ui.merge.take_back_dialog import TakeBackDialog
from ui.widgets.changes_label import ChangesLabel, marked_up, spoken

STORY, INSTITUTION = "ISC-B/ISC-B06", "ISC-A/ISC-A04"
LEFT = Qt.MouseButton.LeftButton


def sent(folder: Path, who: str, start: Path | None, **answers: str) -> Path:
    """The PDF that somebody sends, from nothing or going on from a file."""
    with Workspace.open(folder / f"{who}.iscmdb") as theirs:
        theirs.set_person(who)
        if start is not None:
            theirs.packages.apply(theirs.packages.plan([start]))
        response = theirs.responses.start("iscm", "igc")
        session = theirs.responses.open_session(response)
        session.answer(STORY, answers["story"])
        session.answer(INSTITUTION, answers["institution"])
        theirs.responses.save(response, session)
        theirs.pdf_exports.export(response, folder / f"{who}.pdf")
    return folder / f"{who}.pdf"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A mail and a PDF: two went on from the same answers."""
    folder = tmp_path_factory.mktemp("senders")
    first = sent(folder, "Start", None, story="It began in 1985. Two States took part.", institution="Bern")
    anna = sent(
        folder,
        "Anna",
        first,
        story="It began in 1985. Three <b>States</b> took part.",
        institution="The  IGC",
    )
    ben = sent(folder, "Ben", first, story="It began in 1985. Four States took part.", institution="The IGC")
    return [written(mail(("answers.pdf", anna.read_bytes())), folder / "Re answers.eml"), ben]


@pytest.fixture
def merge(program: Program) -> MergePage:
    program.shell.show_page("merge")
    page = program.shell.page
    assert isinstance(page, MergePage)
    return page


@pytest.fixture
def merged(merge: MergePage, dialogs: ScriptedDialogs, files: list[Path], qtbot: QtBot) -> MergePage:
    dialogs.to_open = files
    qtbot.mouseClick(merge.add, LEFT)
    qtbot.waitUntil(merge.pane.apply.isVisible, timeout=20_000)
    qtbot.mouseClick(merge.pane.apply, LEFT)
    qtbot.waitUntil(merge.pane.undo_last.isVisible, timeout=20_000)
    at_rest(merge, qtbot)
    return merge


def at_rest(merge: MergePage, qtbot: QtBot) -> None:
    """What a merge or a rule has changed is looked up on the worker."""
    qtbot.waitUntil(lambda: not merge.context.runner.is_busy, timeout=20_000)


def shown(merge: MergePage, column: int) -> list[str]:
    return [str(merge.pane.model.index(row, column).data()) for row in range(merge.pane.model.rowCount())]


def to(merge: MergePage, path: str) -> None:
    """Steps to the conflict at a path."""
    card = merge.conflicts
    for _ in range(len(card._conflicts)):
        if card._conflicts[card._at].path == path:
            return
        card.step(1)
    raise AssertionError(path)


def test_attachments_are_listed_with_their_mail(merged: MergePage) -> None:
    names = [text.split("\n") for text in shown(merged, 0)]
    assert names[0][0] == "answers.pdf"
    assert "Re answers.eml" in names[0][1]
    assert names[1][0] == "Ben.pdf"
    tip = merged.pane.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.endswith("Re answers.eml › answers.pdf")
    assert "2 files: 1 new, 0 the same, 0 newer, 1 in conflict, 0 refused" in merged.words


def test_changed_words_are_marked_and_markup_is_text(merged: MergePage) -> None:
    to(merged, STORY)
    card = merged.conflicts
    labels = [label for each in card.candidates for label in each.findChildren(ChangesLabel)]
    assert len(labels) == 2
    assert any("&lt;b&gt;" in label.text() for label in labels)
    assert all("removed: Two" in label.accessibleName() for label in labels)
    card.marks.click()
    assert not [label for each in card.candidates for label in each.findChildren(ChangesLabel)]


def test_each_side_says_on_what_it_rests(merged: MergePage) -> None:
    """Nothing is known of either sender's key; a reader hears it with the button."""
    for each in merged.conflicts.candidates:
        assert "new device" in [label.text() for label in each.findChildren(QLabel)]
        assert "new device" in each.keep.accessibleDescription()


def test_marks_are_more_than_colours() -> None:
    pieces = (TextPiece("a", TextChange.REMOVED), TextPiece("<i>", TextChange.ADDED))
    text = marked_up(pieces, LIGHT)
    assert "line-through" in text
    assert "underline" in text
    assert "&lt;i&gt;" in text
    assert spoken(pieces) == "removed: a; added: <i>;"


def test_both_sides_are_combined_and_edited(merged: MergePage, workspace: Workspace, qtbot: QtBot) -> None:
    to(merged, STORY)
    card = merged.conflicts
    qtbot.mouseClick(card.combine, LEFT)
    assert card.another.isChecked()
    assert card.text.toPlainText() == (
        "It began in 1985. Three <b>States</b> took part. Four States took part."
    ), "what both say, and no word that nobody wrote"
    card.text.setPlainText("It began in 1985. Three, later Four States took part.")
    qtbot.keyClicks(card.reason, "both are right")
    card.settle()
    (row,) = workspace.response_list.all()
    assert workspace.conflicts.history(row.id, STORY)[0].reason == "both are right"
    assert "Four States" in workspace.responses.open_session(row.id).view(STORY).text


def test_the_history_of_the_answer_is_at_hand(merged: MergePage, qtbot: QtBot) -> None:
    to(merged, INSTITUTION)
    card = merged.conflicts
    qtbot.mouseClick(card.history, LEFT)
    said = [label.text() for label in card.past.findChildren(type(card.title))]
    assert len(said) == 3
    assert any("Ben" in words and "Ben.pdf" in words for words in said)
    qtbot.mouseClick(card.history, LEFT)
    assert not card.past.isVisible()


def test_keys_go_from_conflict_to_conflict_and_settle(
    merged: MergePage, workspace: Workspace, qtbot: QtBot
) -> None:
    card = merged.conflicts
    card.candidates[0].keep.setFocus()
    before = card.title.text()
    qtbot.keyClick(card.candidates[0].keep, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert card.title.text() != before
    qtbot.keyClick(card.candidates[0].keep, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert card.title.text() == before
    card.candidates[0].keep.click()
    qtbot.keyClick(card.candidates[0].keep, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(workspace.conflicts.unsettled()) == 1


def test_a_rule_settles_when_pressed_and_is_taken_back(
    program: Program, merged: MergePage, workspace: Workspace, qtbot: QtBot
) -> None:
    assert merged.rules.isVisible()
    assert len(workspace.conflicts.unsettled()) == 2
    (settle,) = merged.rules.findChildren(QPushButton, "settle-by-rule")
    assert "1 conflict" in settle.accessibleName()
    qtbot.mouseClick(settle, LEFT)
    qtbot.waitUntil(lambda: "settled" in program.shell.notices.text, timeout=10_000)
    at_rest(merged, qtbot)
    assert [one.path for one in workspace.conflicts.unsettled()] == [STORY]
    assert not merged.rules.isVisible()
    take_back = merged.operations.findChildren(QPushButton, "operation-act")[-2]
    assert "settled by rule" in take_back.accessibleName()
    qtbot.mouseClick(take_back, LEFT)
    dialog = merged.findChild(TakeBackDialog)
    assert "settled by rule" in dialog.what.text()
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: len(workspace.conflicts.unsettled()) == 2, timeout=10_000)


def test_a_watched_folder_shows_what_arrives(
    program: Program,
    merge: MergePage,
    dialogs: ScriptedDialogs,
    files: list[Path],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    dialogs.to_save = inbox
    qtbot.mouseClick(merge.incoming.begin, LEFT)
    assert merge.incoming.line.isVisible()
    assert program.context.preferences.watched_folder == inbox
    shutil.copy(files[0], inbox / "new.eml")
    qtbot.waitUntil(merge.pane.apply.isVisible, timeout=20_000)
    assert program.context.workspace.response_list.all() == ()
    qtbot.mouseClick(merge.pane.apply, LEFT)
    qtbot.waitUntil(lambda: len(program.context.workspace.response_list.all()) == 1, timeout=20_000)
    qtbot.mouseClick(merge.incoming.line.stop, LEFT)
    assert not merge.incoming.line.isVisible()
    assert program.context.preferences.watched_folder is None


def test_a_watched_folder_merges_by_itself_when_told_to(
    program: Program,
    merge: MergePage,
    dialogs: ScriptedDialogs,
    files: list[Path],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    dialogs.to_save = inbox
    qtbot.mouseClick(merge.incoming.begin, LEFT)
    merge.incoming.line.merges.click()
    program.shell.show_page("questionnaires")
    shutil.copy(files[1], inbox / "ben.pdf")
    qtbot.waitUntil(lambda: len(program.context.workspace.response_list.all()) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: "watched folder" in program.shell.notices.text, timeout=20_000)
    shutil.copy(files[1], inbox / "the same again.pdf")
    qtbot.waitUntil(lambda: "Nothing new" in merge.words, timeout=20_000)
    assert len(program.context.workspace.operations.merges()) == 1


def test_what_was_watched_is_watched_again(
    program: Program, workspace: Workspace, files: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    """The window was closed meanwhile; the page need not be looked at."""
    program.context.preferences.watched_folder = tmp_path / "inbox"
    (tmp_path / "inbox").mkdir()
    shutil.copy(files[1], tmp_path / "inbox" / "ben.pdf")
    program.shell.prepare("merge")
    qtbot.waitUntil(lambda: "New files in the watched folder" in program.shell.notices.text, timeout=20_000)
    assert workspace.response_list.all() == ()


def test_everything_fits_at_twice_the_size(program: Program, merged: MergePage, qtbot: QtBot) -> None:
    program.context.theme.show_scale(200)
    program.shell.resize(QSize(900, 700))
    qtbot.waitUntil(lambda: merged.conflicts.width() <= merged.width())
    assert merged.conflicts.candidates[0].isVisible()


def test_what_is_being_written_stays_while_files_arrive(
    program: Program, merged: MergePage, files: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    to(merged, STORY)
    card = merged.conflicts
    card.another.click()
    card.text.setPlainText("half a sentence")
    card.reason.setText("because")
    third = sent(
        tmp_path, "Cem", files[1].with_name("Start.pdf"), story="It began in 1986.", institution="The IGC"
    )
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    program.context.preferences.merges_incoming = True
    merged.incoming.watch(inbox)
    shutil.copy(third, inbox)
    qtbot.waitUntil(lambda: len(card.candidates) == 3, timeout=20_000)
    assert (card.text.toPlainText(), card.reason.text()) == ("half a sentence", "because")
    assert card.another.isChecked()
    card.marks.click()
    assert card.text.toPlainText() == "half a sentence"


def test_the_form_shows_what_stands_against_each_other(
    program: Program, merged: MergePage, workspace: Workspace, qtbot: QtBot
) -> None:
    """A complete section is not called so, and the way from the question leads to where somebody chooses."""
    (row,) = workspace.response_list.all()
    program.shell.open_response(row.id)
    form = program.shell.page
    assert isinstance(form, FormPage)
    form.go_to(STORY)
    card = form.form.card(STORY)
    assert card is not None
    qtbot.waitUntil(lambda: card.conflict is not None and card.conflict.isVisible())
    assert card.conflict is not None
    model = form.sections.model()
    spoken = [
        str(model.data(model.index(at, 0), Qt.ItemDataRole.AccessibleTextRole))
        for at in range(model.rowCount())
    ]
    disputed = [words for words in spoken if "answers stand against each other" in words]
    assert len(disputed) == 2
    assert all("needs attention" in words for words in disputed)
    qtbot.mouseClick(card.conflict.choose, LEFT)
    assert isinstance(program.shell.page, MergePage)


def test_nothing_is_complete_where_answers_stand_against_each_other() -> None:
    section = SectionView(AnswerPath("a"), "A", "", is_asked=True, answered=3, asked=3, missing=0, wrong=0)
    assert section_state(section) is FillState.COMPLETE
    assert section_state(section, is_disputed=True) is FillState.NEEDS_ATTENTION
