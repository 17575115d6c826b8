"""The entries of a repeat in the form: added, removed, moved, folded."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.workspace import Workspace
from tests.support.question_cards import line_at
from tests.support.workspaces import start_own
from ui.app import Program
from ui.form import repeat_card
from ui.form.entry_card import EntryCard
from ui.form.form_page import FormPage
from ui.form.question_card import QuestionCard
from ui.form.repeat_card import RepeatCard

TURNING_POINTS = "ISC-B/ISC-B05"


@pytest.fixture
def turning_points(form: FormPage) -> RepeatCard:
    """The repeat of turning points, asked and empty."""
    form.editing.answer("ISC-B/ISC-B04", "changed_several_times")
    form.go_to(TURNING_POINTS)
    return form.form.widgets.repeats[TURNING_POINTS]


def test_an_entry_is_added_and_the_keyboard_is_in_it(
    form: FormPage, qtbot: QtBot, turning_points: RepeatCard
) -> None:
    before = len(turning_points.entries)
    qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    assert len(turning_points.entries) == before + 1
    last = list(turning_points.entries.values())[-1]
    focused = QApplication.focusWidget()
    assert focused is not None
    assert last.isAncestorOf(focused)


def test_answers_in_an_entry_are_saved(
    form: FormPage, qtbot: QtBot, turning_points: RepeatCard, stored: Callable[[str], str]
) -> None:
    qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    path = f"{list(turning_points.entries.values())[-1].path}/ISC-B05.2"
    qtbot.keyClicks(line_at(form, path).box, "Strategic review")
    form.leave()
    assert stored(path) == "Strategic review"


def test_a_removed_entry_comes_back_whole(
    program: Program, form: FormPage, qtbot: QtBot, turning_points: RepeatCard
) -> None:
    qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    entry = list(turning_points.entries.values())[-1]
    path = f"{entry.path}/ISC-B05.2"
    qtbot.keyClicks(line_at(form, path).box, "Review")
    qtbot.mouseClick(entry.remove, Qt.MouseButton.LeftButton)
    assert entry.entry_id not in turning_points.entries
    assert "Removed" in program.shell.notices.text
    form.undo()
    assert entry.entry_id in turning_points.entries
    assert line_at(form, path).box.text() == "Review"


def test_the_notice_of_a_removal_takes_it_back_and_then_goes(
    program: Program, form: FormPage, qtbot: QtBot, turning_points: RepeatCard
) -> None:
    qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    entry_id = list(turning_points.entries)[-1]
    qtbot.mouseClick(turning_points.entries[entry_id].remove, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(program.shell.notices._act, Qt.MouseButton.LeftButton)
    assert entry_id in turning_points.entries
    assert not program.shell.notices.isVisible()


def test_entries_change_places(form: FormPage, qtbot: QtBot, turning_points: RepeatCard) -> None:
    for _ in range(2):
        qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    order = [entry.entry_id for entry in form.editing.session.repeat(TURNING_POINTS).entries]
    last = turning_points.entries[order[-1]]
    qtbot.keyClick(last.fold, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    moved = [entry.entry_id for entry in form.editing.session.repeat(TURNING_POINTS).entries]
    assert moved == [*order[:-2], order[-1], order[-2]]


def test_a_folded_entry_makes_its_questions_when_it_is_opened(
    program: Program, workspace: Workspace, igc: str
) -> None:
    session = workspace.responses.open_session(igc)
    session.answer("ISC-B/ISC-B04", "changed_several_times")
    paths = [session.add_entry(TURNING_POINTS) for _ in range(5)]
    workspace.responses.save(igc, session)
    program.shell.open_response(igc)
    form = program.shell.page
    assert isinstance(form, FormPage)
    form.show_section("ISC-B")
    inside = f"{paths[3]}/ISC-B05.2"
    assert inside not in form.form.widgets.cards
    form.go_to(inside)
    assert inside in form.form.widgets.cards


def test_a_section_that_opens_draws_no_more_of_its_entries_than_fills_the_screen(
    program: Program, workspace: Workspace, igc: str, qtbot: QtBot
) -> None:
    """What stands further down comes while somebody looks, or at once where they go."""
    session = workspace.responses.open_session(igc)
    session.answer("ISC-B/ISC-B04", "changed_several_times")
    paths = [session.add_entry(TURNING_POINTS) for _ in range(3)]
    workspace.responses.save(igc, session)
    program.shell.open_response(igc)
    form = program.shell.page
    assert isinstance(form, FormPage)

    def drawn() -> int:
        return len(form.form.findChildren(QuestionCard))

    def everything() -> int:
        return sum(isinstance(card, QuestionCard) for card in form.form.widgets.cards.values())

    def unplaced() -> list[QuestionCard]:
        """In sight at the corner where widgets begin, on what they do not belong to."""
        cards = form.form.findChildren(QuestionCard)
        return [card for card in cards if card.isVisible() and card.width() == 100 and card.x() >= 0]

    form.show_section("ISC-B")
    at_first = drawn()
    for _turn in range(30):
        QApplication.processEvents()
        assert not unplaced()
    qtbot.waitUntil(lambda: not form.form._slices.isActive())
    assert at_first < everything()
    assert drawn() == everything()
    form.stack._let_go_of_hidden()
    form.show_section("ISC-A")
    form.stack._let_go_of_hidden()
    form.go_to(f"{paths[1]}/ISC-B05.2")
    assert at_first < drawn() < everything()
    assert form.editing.current == f"{paths[1]}/ISC-B05.2"


NESTED = """
| survey |              |        |         |
|        | type         | name   | label   |
|        | begin_group  | s      | Visits  |
|        | begin_repeat | visit  | Visit   |
|        | text         | where  | Where?  |
|        | text         | when   | When?   |
|        | text         | why    | Why?    |
|        | text         | how    | How?    |
|        | begin_repeat | person | Person  |
|        | text         | who    | Who?    |
|        | end_repeat   |        |         |
|        | end_repeat   |        |         |
|        | text         | last   | Other?  |
|        | end_group    |        |         |
"""
VISITS = AnswerPath("s/visit")


@pytest.fixture
def visits(program: Program, workspace: Workspace) -> FormPage:
    """Three visits with a person each, not yet drawn as a whole."""
    response = start_own(workspace, NESTED)
    session = workspace.responses.open_session(response)
    for _number in range(3):
        session.add_entry(AnswerPath(f"{session.add_entry(VISITS)}/person"))
    workspace.responses.save(response, session)
    program.shell.open_response(response)
    form = program.shell.page
    assert isinstance(form, FormPage)
    return form


def test_an_entry_that_holds_others_is_removed_and_comes_back(visits: FormPage, qtbot: QtBot) -> None:
    """Whatever order its paths come in."""
    repeat = visits.form.widgets.repeats[VISITS]
    for _again in range(6):
        first = next(iter(repeat.entries.values()))
        first.unfold()
        first.remove.click()
        left = [entry.entry_id for entry in visits.editing.session.repeat(VISITS).entries]
        assert set(repeat.entries) == set(left)
        visits.undo()
        assert len(repeat.entries) == len(left) + 1


def test_a_table_that_is_wanted_at_once_takes_nothing_from_what_stands_below(
    visits: FormPage, qtbot: QtBot
) -> None:
    """Entries go whose questions are still being made."""
    form = visits.form
    coming = form.findChildren(RepeatCard)[0]
    coming.modes.chips["table"].click()
    qtbot.waitUntil(lambda: coming.pane is not None)
    assert "s/last" in form.widgets.cards
    coming.modes.chips["cards"].click()
    assert len(coming.entries) == 3


def test_tab_goes_into_an_entry_that_was_just_unfolded(
    form: FormPage, qtbot: QtBot, turning_points: RepeatCard
) -> None:
    """Its questions were made after everything that stands below them."""
    for _ in range(2):
        qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    first = next(iter(turning_points.entries.values()))
    first.unfold()
    first.remove.setFocus()
    qtbot.keyClick(first.remove, Qt.Key.Key_Tab)
    assert form.editing.current == f"{first.path}/ISC-B05.1"


def test_a_long_list_of_entries_is_drawn_in_parts(
    form: FormPage, qtbot: QtBot, turning_points: RepeatCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeat_card, "DRAWN_AT_FIRST", 2)
    turning_points._drawn = 2
    made: list[str] = []
    session = form.editing.session
    for _number in range(5):
        form.editing.then_save(lambda: made.append(session.add_entry(TURNING_POINTS)))
    ids = [one.entry_id for one in session.repeat(TURNING_POINTS).entries]
    assert list(turning_points.entries) == ids[:2]
    assert f"{len(ids) - 2} entries" in turning_points.more.text()
    form.go_to(AnswerPath(f"{made[-1]}/ISC-B05.2"))
    assert set(turning_points.entries) == {*ids[:2], ids[-1]}
    assert not turning_points.entries[ids[-1]].down.isEnabled()
    while turning_points.more.isVisible():
        qtbot.mouseClick(turning_points.more, Qt.MouseButton.LeftButton)
    shown = [turning_points._list.itemAt(at).widget() for at in range(turning_points._list.count())]
    assert [one.entry_id for one in shown if isinstance(one, EntryCard)] == ids


def test_an_entry_is_duplicated_on_its_card(form: FormPage, qtbot: QtBot, turning_points: RepeatCard) -> None:
    qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    first = next(iter(turning_points.entries.values()))
    form.editing.answer(AnswerPath(f"{first.path}/ISC-B05.2"), "Strategic review")
    qtbot.mouseClick(first.copy, Qt.MouseButton.LeftButton)
    texts = [
        form.editing.session.view(AnswerPath(f"{entry.path}/ISC-B05.2")).text
        for entry in form.editing.session.repeat(AnswerPath(TURNING_POINTS)).entries
    ]
    assert texts[:2] == ["Strategic review", "Strategic review"]
    form.undo()
    assert len(form.editing.session.repeat(AnswerPath(TURNING_POINTS)).entries) == len(texts) - 1


def test_a_card_says_how_its_entry_stands(form: FormPage, qtbot: QtBot, turning_points: RepeatCard) -> None:
    qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    entry = next(iter(turning_points.entries.values()))
    form.editing.answer(AnswerPath(f"{entry.path}/ISC-B05.1"), "soon")
    qtbot.waitUntil(lambda: entry.state is not None and "to mend" in entry.state.text)


def test_a_title_takes_a_second_line_before_it_ends(
    form: FormPage, qtbot: QtBot, turning_points: RepeatCard
) -> None:
    qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    fold = next(iter(turning_points.entries.values())).fold
    title = "Migration Dialogue for"
    while fold.fontMetrics().horizontalAdvance(title) < fold.width() * 1.2:
        title += " the South"
    fold.show_title("▸", title)
    assert fold.text().count("\n") == 1
    assert "…" not in fold.text()
    assert not fold.toolTip()
    qtbot.waitUntil(lambda: fold.height() >= fold.sizeHint().height() > 2 * fold.fontMetrics().height())


def test_a_title_that_is_too_long_ends_in_an_ellipsis(
    form: FormPage, qtbot: QtBot, turning_points: RepeatCard
) -> None:
    qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    entry = next(iter(turning_points.entries.values()))
    title = "A strategic review of everything that the mechanism has ever dealt with, " * 3
    entry.show_title(title)
    assert "…" in entry.fold.text()
    assert entry.fold.toolTip() == title
    assert entry.fold.accessibleName() == title


def test_what_is_gone_does_not_get_the_keyboard_back(
    form: FormPage, qtbot: QtBot, turning_points: RepeatCard
) -> None:
    """An entry is taken back while another section is in view; its own comes back to the front for that."""
    qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    form.show_section("ISC-A")
    form.form.focus_first()
    form.undo()
    assert turning_points.entries == {}
    assert form.presenter.current == "ISC-B"
    assert "ISC-B05.1" not in form.editing.current


def test_the_second_press_of_a_double_click_removes_nothing(
    form: FormPage, qtbot: QtBot, turning_points: RepeatCard
) -> None:
    """What has just moved under the pointer was not meant."""
    for _ in range(2):
        qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    first, second = turning_points.entries.values()
    qtbot.mouseClick(first.remove, Qt.MouseButton.LeftButton)
    at = QPointF(second.remove.rect().center())
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        QApplication.sendEvent(
            second.remove,
            QMouseEvent(
                kind,
                at,
                second.remove.mapToGlobal(at),
                Qt.MouseButton.LeftButton,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            ),
        )
    assert list(turning_points.entries.values()) == [second]
    qtbot.mouseClick(second.remove, Qt.MouseButton.LeftButton)
    assert turning_points.entries == {}
