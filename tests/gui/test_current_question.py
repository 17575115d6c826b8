"""What acts on a question acts on the one with the ring, and names it; where there is none, nothing can be done.

G-40  The panel follows the ring: by keyboard, search, undo, and into another section.
G-41  Where the keyboard is outside of the questions, no question is chosen, and nothing of the panel can be pressed.
G-42  While somebody works in the panel, the question stays current, keeps its ring, and is brought into view.
G-43  A mark names the entry or section that it covers, and the list of sections shows it.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from iscm_desktop.workspace import Workspace
from tests.support.question_cards import card_at, line_at
from tests.support.workspaces import start_own
from ui.app import Program
from ui.form.answer_editors.searched_choice import ComboAnswer
from ui.form.form_page import FormPage
from ui.look.colours import Tone

INSTITUTION, EMAIL = "ISC-A/ISC-A04", "ISC-A/ISC-A05"
TURNING_POINTS = "ISC-B/ISC-B05"


def head(form: FormPage) -> str:
    """What the panel says of the question that it acts on."""
    return form.about.words.text()


def test_the_panel_names_the_question_with_the_ring(form: FormPage, qtbot: QtBot) -> None:
    """G-40"""
    card = card_at(form, INSTITUTION)
    assert form.about.path == form.editing.current == INSTITUTION
    assert head(form) == card.view.label
    assert any(label.text() == "A04" for label in form.about.findChildren(QLabel))
    assert form.about.accessibleName() == f"About the question: A04 {card.view.label}"
    assert form.about.notes.box.accessibleName() == f"Note on the question: A04 {card.view.label}"
    assert card.tone is Tone.ACCENT
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert form.about.path == form.editing.current != INSTITUTION
    assert card.tone is not Tone.ACCENT


def test_in_the_list_of_sections_no_question_is_chosen(form: FormPage, qtbot: QtBot) -> None:
    """G-41"""
    card_at(form, INSTITUTION)
    at = form.sections.visualRect(form.sections.model().index(3, 0)).center()
    qtbot.mouseClick(form.sections.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert form.editing.current == form.about.path == ""
    assert head(form) == "No question chosen"
    panel = form.about
    for each in (panel.publication.answer, panel.notes.box, panel.history, panel.last_round, panel.queries):
        assert not each.isVisible()


def test_another_section_leaves_the_question_of_the_one_before(form: FormPage, qtbot: QtBot) -> None:
    """G-41"""
    card_at(form, INSTITUTION)
    form.about.notes.box.setFocus()
    form.show_section("ISC-B")
    assert form.about.path == ""


def test_a_question_that_is_no_longer_asked_is_not_current(form: FormPage, qtbot: QtBot) -> None:
    """G-41"""
    form.editing.answer("ISC-B/ISC-B04", "changed_several_times")
    year = f"{form.editing.session.add_entry(TURNING_POINTS)}/ISC-B05.1"
    card_at(form, year)
    form.about.notes.box.setFocus()
    assert form.about.path == year
    form.editing.answer("ISC-B/ISC-B04", "")
    assert form.about.path == form.editing.current == ""


def test_the_question_stays_current_while_its_panel_is_used(form: FormPage, qtbot: QtBot) -> None:
    """G-42"""
    card = card_at(form, INSTITUTION)
    qtbot.keyClicks(card.first.editor, "")
    form.form.complete()
    QApplication.processEvents()
    form.form.verticalScrollBar().setValue(form.form.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: card.visibleRegion().isEmpty())
    form.about.notes.box.setFocus()
    assert form.editing.current == INSTITUTION
    assert card.tone is not Tone.PLAIN
    assert not card.visibleRegion().isEmpty()


def test_of_a_question_that_is_higher_than_the_window_its_words_come_into_view(
    program: Program, form: FormPage
) -> None:
    """G-42: they stay where they are as long as they can be read."""
    program.shell.resize(1024, 500)
    card = card_at(form, "ISC-B/ISC-B07")
    place, bar = form.form.viewport(), form.form.verticalScrollBar()
    program.context.theme.show_scale(200)
    QApplication.processEvents()
    assert card.height() > place.height()
    top = bar.value() + card.mapTo(place, QPoint()).y()
    bar.setValue(top - 10)
    form.about.notes.box.setFocus()
    assert bar.value() == top - 10
    card.focus_editor()
    bar.setValue(top + card.height() // 2)
    form.about.notes.box.setFocus()
    assert 0 <= card.mapTo(place, QPoint()).y() < 40


def test_a_mark_is_never_put_elsewhere(form: FormPage, workspace: Workspace, igc: str, qtbot: QtBot) -> None:
    """G-41, G-43: the section of the question in view is marked, by its name."""
    card_at(form, INSTITUTION)
    form.show_section("ISC-B")
    form.form.focus_first()
    section = form.about.publication.section
    assert "Evolution of programming" in section.text()
    section.click()
    assert [row.path for row in workspace.restrictions.rows(igc)] == ["ISC-B"]
    model = form.sections.model()
    spoken = str(model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole))
    assert "1 mark “not for publication”" in spoken


def test_an_entry_is_named_by_its_title(form: FormPage, qtbot: QtBot) -> None:
    """G-43"""
    form.editing.answer("ISC-B/ISC-B04", "changed_several_times")
    entry = form.editing.session.add_entry(TURNING_POINTS)
    form.editing.answer(f"{entry}/ISC-B05.1", "1991")
    card_at(form, f"{entry}/ISC-B05.1")
    assert "1991" in form.about.publication.entry.text()


def test_undo_is_one_history_of_answers_marks_and_notes(
    program: Program, form: FormPage, workspace: Workspace, igc: str, qtbot: QtBot
) -> None:
    """G-40: in the order in which a person did them, each named before, and shown after."""
    shell, panel = program.shell, form.about
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "Geneva")
    panel.publication.answer.click()
    panel.notes.box.setFocus()
    qtbot.keyClicks(panel.notes.box, "ask Finance")
    line_at(form, EMAIL).focus()
    qtbot.keyClicks(line_at(form, EMAIL).box, "igc@example.org")
    said: list[str] = []

    def undo() -> None:
        said.append(form.undo_words)
        qtbot.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    undo()
    assert form.editing.session.view(EMAIL).text == ""
    undo()
    assert workspace.notes.at(igc, INSTITUTION) == ""
    assert form.editing.current == INSTITUTION
    assert panel.notes.box.toPlainText() == ""
    undo()
    assert workspace.restrictions.rows(igc) == ()
    assert not panel.publication.answer.isChecked()
    undo()
    assert form.editing.session.view(INSTITUTION).text == ""
    assert said == [
        "Undo “igc@example.org”",
        "Undo the note “ask Finance”",
        "Undo “not for publication”: Institution that answers",
        "Undo “Geneva”",
    ]
    assert form.undo_words == ""
    for _ in said:
        qtbot.keyClick(shell, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert workspace.notes.at(igc, INSTITUTION) == "ask Finance"
    assert [row.path for row in workspace.restrictions.rows(igc)] == [INSTITUTION]
    assert form.editing.session.view(EMAIL).text == "igc@example.org"


def test_a_note_that_is_being_typed_is_what_undo_takes_back_first(form: FormPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "Geneva")
    form.about.notes.box.setFocus()
    qtbot.keyClicks(form.about.notes.box, "ask")
    form.undo()
    assert form.about.notes.box.toPlainText() == ""
    assert form.editing.session.view(INSTITUTION).text == "Geneva"


def test_an_earlier_answer_is_brought_back_and_that_can_be_undone(
    form: FormPage, workspace: Workspace, igc: str, qtbot: QtBot, tmp_path: object
) -> None:
    from pathlib import Path

    box = line_at(form, INSTITUTION).box
    qtbot.keyClicks(box, "Geneva")
    form.editing.save()
    workspace.exports.export(igc, Path(str(tmp_path)) / "sealed.iscm")
    box.selectAll()
    qtbot.keyClicks(box, "Vienna")
    form.editing.save()
    history = form.about.history
    qtbot.waitUntil(lambda: len(backs(history)) == 1)
    backs(history)[0].click()
    assert form.editing.session.view(INSTITUTION).text == "Geneva"
    assert box.text() == "Geneva"
    assert form.undo_words == "Undo “Geneva”"
    form.undo()
    assert box.text() == "Vienna"


def backs(history: object) -> list:  # type: ignore[type-arg]
    from PySide6.QtWidgets import QPushButton, QWidget

    assert isinstance(history, QWidget)
    return [each for each in history.findChildren(QPushButton, "bring-back") if each.isVisibleTo(history)]


def test_the_menu_of_a_text_has_one_undo_that_names_its_step(form: FormPage, qtbot: QtBot) -> None:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QContextMenuEvent
    from PySide6.QtWidgets import QMenu

    for box in (line_at(form, INSTITUTION).box, form.about.notes.box):
        form.go_to(INSTITUTION)
        qtbot.keyClicks(line_at(form, INSTITUTION).box, "G")
        form.can_undo_changed.emit()
        at = box.rect().center()
        QApplication.sendEvent(
            getattr(box, "viewport", lambda box=box: box)(),
            QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(at), box.mapToGlobal(at)),
        )
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        texts = [action.text().split("\t")[0] for action in menu.actions()]
        assert sum("Undo" in text for text in texts) == 1
        assert sum("Redo" in text for text in texts) == 1
        assert texts[0].startswith("Undo “G")
        menu.close()


def test_blank_required_questions_turn_red_where_somebody_was_and_left(form: FormPage, qtbot: QtBot) -> None:
    card, other = card_at(form, INSTITUTION), card_at(form, EMAIL)
    assert not other.first.is_wrong
    card_at(form, INSTITUTION)
    assert card.view.is_required
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert card.first.is_wrong
    red = [each for each in form.form.widgets.cards.values() if getattr(each, "tone", None) is Tone.BAD]
    assert len(red) < len(form.form.widgets.cards) / 2


def test_a_section_shows_what_is_missing_when_asked_and_no_other_does(form: FormPage, qtbot: QtBot) -> None:
    form.show_section("ISC-A")
    line = form.form.missing
    assert not line.isHidden()
    line.show_button.click()
    assert line.isHidden()
    assert card_at(form, INSTITUTION).first.is_wrong
    form.show_section("ISC-E")
    assert not form.form.missing.isHidden()
    assert not any(each.first.is_wrong for each in form.form.widgets.cards.values() if hasattr(each, "first"))


def test_in_a_narrow_window_the_panel_stands_in_place_of_the_sections(
    program: Program, form: FormPage, qtbot: QtBot
) -> None:
    """G-42: with large text, too, notes, marks and history are at hand, beside their question."""
    program.shell.resize(1024, 700)
    program.context.theme.show_scale(200)
    qtbot.waitUntil(lambda: not form.about.isVisible())
    card = card_at(form, INSTITUTION)
    assert form.sections.isVisible()
    form.head.about.click()
    assert form.about.isVisible()
    assert not form.sections.isVisible()
    assert form.editing.current == form.about.path == INSTITUTION
    qtbot.waitUntil(lambda: not card.visibleRegion().isEmpty())
    form.head.about.click()
    assert form.sections.isVisible()


def test_what_a_notice_would_undo_is_over_once_somebody_marks_something_else(
    program: Program, form: FormPage, qtbot: QtBot
) -> None:
    form.editing.answer("ISC-B/ISC-B04", "changed_several_times")
    entry = form.editing.session.add_entry(TURNING_POINTS)
    form.editing.save()
    form.go_to(f"{entry}/ISC-B05.1")
    repeat = form.form.widgets.repeats[TURNING_POINTS]
    repeat.remove(entry.rpartition("/")[2])
    assert program.shell.notices.isVisible()
    card_at(form, "ISC-B/ISC-B01")
    form.about.publication.answer.click()
    assert not program.shell.notices.isVisible()


@pytest.fixture
def state(program: Program, workspace: Workspace) -> FormPage:
    """The form of a State, in view."""
    program.shell.open_response(workspace.responses.start("state", "KEN"))
    page = program.shell.page
    assert isinstance(page, FormPage)
    return page


def test_tab_leaves_a_question_whose_list_of_names_is_open(state: FormPage, qtbot: QtBot) -> None:
    """G-40: the question is left as any other, and what was typed in it stays."""
    country = "STA-A/STA-A01"
    card = card_at(state, country)
    editor = card.first.editor
    assert isinstance(editor, ComboAnswer)
    line = editor.box.line
    line.selectAll()
    qtbot.keyClicks(line, "keny")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert not card.isAncestorOf(focused)
    assert state.editing.current == state.about.path != country
    after = state.form.card(state.editing.current)
    assert after is not None
    assert after.isAncestorOf(focused)
    assert state.editing.missing.is_due(country)
    assert line.text() == state.editing.session.view(country).text == "keny"
    assert card.first.is_wrong


def test_the_question_that_the_keyboard_comes_to_from_outside_is_in_view(
    form: FormPage, qtbot: QtBot
) -> None:
    """G-40: also in a section that was left scrolled down."""
    form.form.complete()
    QApplication.processEvents()
    form.form.verticalScrollBar().setValue(form.form.verticalScrollBar().maximum())
    form.sections.setFocus()
    while form.editing.current == "":
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    card = form.form.card(form.editing.current)
    assert card is not None
    focused = QApplication.focusWidget()
    qtbot.waitUntil(lambda: focused.visibleRegion().boundingRect() == focused.rect())
    assert not card.visibleRegion().isEmpty()


def test_the_keyboard_stays_in_view_where_a_ranking_grows_above_it(
    program: Program, form: FormPage, qtbot: QtBot
) -> None:
    program.shell.resize(1024, 500)
    benefits = card_at(form, "ISC-G/ISC-G01").first.editor
    for value in ("networking", "continuity", "joint_projects"):
        box = next(each for each in benefits.controls() if each.property("value") == value)
        assert isinstance(box, QAbstractButton)
        box.click()
    card = card_at(form, "ISC-G/ISC-G02")
    QApplication.processEvents()
    bar, place = form.form.verticalScrollBar(), form.form.viewport()
    below = bar.value() + card.mapTo(place, QPoint()).y() + card.height() - place.height()
    bar.setValue(below)
    card.focus_editor()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    assert card.isAncestorOf(focused)
    qtbot.waitUntil(lambda: focused.visibleRegion().boundingRect() == focused.rect())


REQUIRED = """
| survey |
|  | type                   | name | label         | required | appearance |
|  | begin_group            | s    | Section       |          |            |
|  | select_multiple colour | box  | Which?        | yes      | columns-3  |
|  | rank colour            | rank | In what order? | yes     |            |
|  | text                   | name | Which name?   |          |            |
|  | end_group              |      |               |          |            |
| choices |
|  | list_name | name  | label |
|  | colour    | red   | Red   |
|  | colour    | green | Green |
|  | colour    | blue  | Blue  |
"""


@pytest.fixture
def colours(program: Program, workspace: Workspace) -> FormPage:
    program.shell.open_response(start_own(workspace, REQUIRED))
    page = program.shell.page
    assert isinstance(page, FormPage)
    return page


@pytest.mark.parametrize("path", ["s/box", "s/rank"])
def test_a_blank_required_group_turns_red_once_it_is_left(colours: FormPage, qtbot: QtBot, path: str) -> None:
    card = card_at(colours, path)
    assert not card.first.is_wrong
    while colours.editing.current == path:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert card.first.is_wrong
    assert card.tone is Tone.BAD


def test_what_can_be_ranked_is_one_stop(colours: FormPage, qtbot: QtBot) -> None:
    card = card_at(colours, "s/rank")
    first = QApplication.focusWidget()
    assert first.property("value") == "red"
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert QApplication.focusWidget().property("value") == "green"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert card.view.text == "green"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert colours.editing.current == "s/name"
