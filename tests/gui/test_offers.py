"""What is proposed, and what has nothing to report, in the window: rows to take over or decline, a press to say it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.workspace import Workspace
from tests.support.question_cards import card_at
from ui.app import Program
from ui.form.form_page import FormPage
from ui.form.repeat_card import RepeatCard

BLOCKS, NATIONAL, COMPACT = "STA-C/STA-C00", "STA-B", "STA-E"


@pytest.fixture
def kenya(workspace: Workspace) -> str:
    return workspace.responses.start("state", "KEN")


@pytest.fixture
def page(program: Program, kenya: str, qtbot: QtBot) -> FormPage:
    program.shell.open_response(kenya)
    page = program.shell.page
    assert isinstance(page, FormPage)
    qtbot.waitUntil(lambda: page.editing.last_round.offers is not None)
    return page


@pytest.fixture
def blocks(page: FormPage) -> RepeatCard:
    page.show_section("STA-C")
    found = page.form.widgets.repeats[BLOCKS]
    assert isinstance(found, RepeatCard)
    return found


def press(qtbot: QtBot, within: QWidget, name: str) -> None:
    button = within.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def stored(workspace: Workspace, response: str) -> list[str]:
    return [one.entry_id for one in workspace.responses.open_session(response).repeat(BLOCKS).entries]


def test_what_the_member_list_proposes_is_no_entry(
    blocks: RepeatCard, workspace: Workspace, kenya: str
) -> None:
    assert blocks.entries == {}
    assert (
        blocks.offer.text.text()
    ) == "The member list proposes 7. Take over what is right; nothing counts until you do."
    assert blocks.offer.use.text() == "All 7"
    assert blocks.offer.rows["rmfm"].title.startswith("Regional Ministerial Forum on Migration")
    assert stored(workspace, kenya) == []


def test_one_is_taken_over_and_opened(
    blocks: RepeatCard, workspace: Workspace, kenya: str, qtbot: QtBot
) -> None:
    press(qtbot, blocks.offer.rows["rmfm"], "take-offer")
    assert stored(workspace, kenya) == ["rmfm"]
    assert blocks.entries["rmfm"].fold.isChecked()
    assert "rmfm" not in blocks.offer.rows
    assert "proposes 6." in blocks.offer.text.text()


def test_all_are_taken_over_and_the_press_undone(
    page: FormPage, blocks: RepeatCard, workspace: Workspace, kenya: str, qtbot: QtBot
) -> None:
    press(qtbot, blocks.offer, "take-all")
    assert len(stored(workspace, kenya)) == 7
    assert blocks.offer.isHidden()
    assert page.undo_words == "Undo “Take over 7 proposed entries”"
    page.undo()
    assert stored(workspace, kenya) == []
    assert len(blocks.offer.rows) == 7
    assert not blocks.offer.isHidden()


def test_not_ours_goes_and_comes_back_with_undo(
    page: FormPage, blocks: RepeatCard, workspace: Workspace, kenya: str, qtbot: QtBot
) -> None:
    press(qtbot, blocks.offer.rows["mtm"], "decline-offer")
    assert page.undo_words == "Undo “not ours”: Mediterranean Transit Migration…"
    assert "mtm" not in blocks.offer.rows
    assert "mtm" not in [one.entry_id for one in workspace.offers.waiting(kenya)]
    assert stored(workspace, kenya) == []
    page.undo()
    assert "mtm" in blocks.offer.rows


def test_the_keyboard_stays_beside_a_row_that_came_back(
    page: FormPage, blocks: RepeatCard, qtbot: QtBot
) -> None:
    first, second, *_others = blocks.offer.rows
    for press_of in ("take", "decline"):
        pressed = getattr(blocks.offer.rows[first], press_of)
        pressed.setFocus()
        qtbot.keyClick(pressed, Qt.Key.Key_Space)
        page.undo()
    blocks.offer.rows[first].decline.setFocus()
    qtbot.keyClick(blocks.offer.rows[first].decline, Qt.Key.Key_Space)
    assert blocks.offer.rows[second].decline.hasFocus()


def test_buttons_name_what_they_are_about(blocks: RepeatCard) -> None:
    row = blocks.offer.rows["mtm"]
    assert row.take.accessibleName() == f"Take over: {row.title}"
    assert row.decline.accessibleName() == f"Not ours: {row.title}"


def test_a_section_has_nothing_to_report(
    page: FormPage, workspace: Workspace, kenya: str, qtbot: QtBot
) -> None:
    page.show_section(COMPACT)
    line = page.form.nothing
    assert line.back.isHidden()
    press(qtbot, line, "say-nothing")
    assert [row.path for row in workspace.nothing.of(kenya)] == [COMPACT]
    assert line.text.text().startswith("Nothing to report. Said ")
    assert line.say.isHidden()
    section = next(one for one in page.editing.session.sections() if one.path == COMPACT)
    assert (section.missing, section.has_nothing) == (0, True)
    press(qtbot, line, "take-nothing-back")
    assert workspace.nothing.of(kenya) == ()
    assert not line.say.isHidden()


def test_an_answer_takes_it_back_in_view(
    page: FormPage, workspace: Workspace, kenya: str, qtbot: QtBot
) -> None:
    page.show_section(COMPACT)
    press(qtbot, page.form.nothing, "say-nothing")
    first = next(iter(page.form.widgets.cards))
    card_at(page, first)
    page.editing.answer(first, "yes")
    assert page.form.nothing.isHidden()
    page.editing.save()
    assert workspace.nothing.of(kenya) == ()
    page.undo()
    assert not page.form.nothing.back.isHidden()


def test_a_repeat_has_nothing_to_report(
    blocks: RepeatCard, workspace: Workspace, kenya: str, qtbot: QtBot
) -> None:
    press(qtbot, blocks.nothing, "say-nothing")
    assert [row.path for row in workspace.nothing.of(kenya)] == [BLOCKS]
    press(qtbot, blocks.offer.rows["mtm"], "take-offer")
    assert workspace.nothing.of(kenya) == ()
    assert blocks.nothing.isHidden()


def test_who_answers_cannot_have_nothing_to_report(page: FormPage) -> None:
    page.show_section("STA-A")
    assert page.form.nothing.isHidden()


def test_by_keyboard_one_row_after_the_other(
    blocks: RepeatCard, workspace: Workspace, kenya: str, qtbot: QtBot
) -> None:
    first, second, *_rest = blocks.offer.rows
    blocks.window().activateWindow()
    blocks.offer.rows[first].take.setFocus()
    qtbot.waitUntil(lambda: blocks.offer.rows[first].take.hasFocus())
    qtbot.keyClick(blocks.offer.rows[first].take, Qt.Key.Key_Space)
    assert stored(workspace, kenya) == [first]
    assert blocks.offer.rows[second].take.hasFocus()
