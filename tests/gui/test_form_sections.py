"""The form around its questions: sections, finding, notes, history, the keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QLabel, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.workspace import Workspace
from tests.support.question_cards import card_at, line_at
from ui.app import Program
from ui.form.form_page import FormPage
from ui.form.question_card import QuestionCard
from ui.form.section_form import SectionForm
from ui.form.section_list import SectionDelegate
from ui.look.colours import Tone
from ui.widgets.row_model import Index

INSTITUTION = "ISC-A/ISC-A04"


def test_sections_are_built_when_they_are_first_visited(form: FormPage) -> None:
    assert list(form.stack.forms) == ["ISC-A"]
    form.foot.after.click()
    assert list(form.stack.forms) == ["ISC-A", "ISC-B"]
    assert form.form.path == "ISC-B"
    form.foot.before.click()
    assert form.form.path == "ISC-A"


def test_counts_follow_the_answers(form: FormPage, qtbot: QtBot) -> None:
    before = form.editing.session.sections()[0].answered
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "IGC")
    qtbot.waitUntil(lambda: form.side.model.row(0).answered == before + 1)


def test_find_goes_to_a_question(form: FormPage, qtbot: QtBot) -> None:
    form.search()
    assert form.head.find_box.hasFocus()
    qtbot.keyClicks(form.head.find_box, "legal personality")
    form.head.find_box.completer().popup().hide()
    qtbot.keyClick(form.head.find_box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.editing.current == "ISC-E/ISC-E11")
    assert form.form.path == "ISC-E"


def test_what_the_box_asks_for_is_read_whole(form: FormPage, program: Program, qtbot: QtBot) -> None:
    box = form.head.find_box
    assert box.placeholderText() == "Find a question  Ctrl+F"
    program.context.theme.show_scale(200)
    program.shell.resize(1024, 700)
    qtbot.waitUntil(lambda: box.placeholderText() == "Find")
    program.context.theme.show_scale(100)
    program.shell.resize(1280, 800)
    qtbot.waitUntil(lambda: box.placeholderText() == "Find a question  Ctrl+F")


def test_blank_required_questions_are_quiet_until_somebody_asks(form: FormPage) -> None:
    card = card_at(form, INSTITUTION)
    assert not card.first.is_wrong
    form.go_to("ISC-A/ISC-A05", is_review=True)
    assert card.first.is_wrong
    assert card.tone is Tone.BAD


def test_a_note_is_kept(form: FormPage, qtbot: QtBot, workspace: Workspace, igc: str) -> None:
    card_at(form, INSTITUTION).focus_editor()
    qtbot.keyClicks(form.about.notes.box, "ask Finance")
    card_at(form, "ISC-A/ISC-A05").focus_editor()
    assert workspace.notes.at(igc, INSTITUTION) == "ask Finance"
    card_at(form, INSTITUTION).focus_editor()
    assert form.about.notes.box.toPlainText() == "ask Finance"


def test_history_tells_who_answered(form: FormPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "Geneva")
    form.editing.save()

    def lines() -> list[str]:
        return [label.text() for label in form.about.history.findChildren(QLabel)]

    qtbot.waitUntil(lambda: any("Geneva" in line and "Anna Berg" in line for line in lines()))


def test_f6_goes_round_the_panes(program: Program, form: FormPage, qtbot: QtBot) -> None:
    form.sections.setFocus()
    reached = []
    for _ in range(5):
        qtbot.keyClick(program.shell, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(
            next(
                (
                    at
                    for at, pane in enumerate((program.shell.navigation, *form.panes()))
                    if pane is focused or pane.isAncestorOf(focused)
                ),
                None,
            )
        )
    assert reached == [3, 4, 0, 1, 2]


def test_tab_reaches_everything_and_comes_round(program: Program, form: FormPage, qtbot: QtBot) -> None:
    form.sections.setFocus()
    start = QApplication.focusWidget()
    reached = list[object]()
    for _ in range(80):
        focused = QApplication.focusWidget()
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
        if reached[-1] is start:
            break
    assert reached[-1] is start
    assert form.head.find_box in reached
    assert form.foot.after in reached
    assert len(reached) == len(set(map(id, reached)))


@pytest.mark.parametrize("scale", [100, 200])
def test_no_section_is_wider_than_its_window(program: Program, form: FormPage, scale: int) -> None:
    program.context.theme.show_scale(scale)
    for section in form.editing.session.sections():
        form.show_section(section.path)
        QApplication.processEvents()
        canvas = form.form.widget()
        assert canvas is not None
        assert canvas.width() <= form.form.viewport().width(), section.path


def test_sections_used_longest_ago_are_let_go_and_made_again(
    form: FormPage, stored: Callable[[str], str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form of a thousand questions must not fill the memory with widgets that nobody sees."""
    monkeypatch.setattr("ui.form.section_stack.MOST_CARDS", 30)
    form.editing.answer("ISC-A/ISC-A03", "Secretariat of the IGC")
    for section in form.editing.session.sections():
        form.show_section(section.path)
    assert "ISC-A" not in form.stack.forms
    assert len(form.stack.forms) <= 3
    assert stored("ISC-A/ISC-A03") == "Secretariat of the IGC"
    form.go_to("ISC-A/ISC-A03")
    card = form.form.card("ISC-A/ISC-A03")
    assert card is not None
    assert card.view.text == "Secretariat of the IGC"


def test_a_card_has_labels_only_for_what_it_says(form: FormPage) -> None:
    """Hints, marks and complaints come with their first word, each at its place, and go again."""
    for section in form.editing.session.sections():
        form.show_section(section.path)
        for card in form.form.widgets.cards.values():
            assert all(label.text() for label in card.findChildren(QLabel) if label.parent() is card)
    card = card_at(form, INSTITUTION)
    assert (card.first.error.label, card.first.is_wrong) == (None, False)
    form.go_to("ISC-A/ISC-A05", is_review=True)
    said = card.first.error.label
    assert said is not None
    assert said.isVisible()
    assert card.column.indexOf(card.first.complaints) > card.column.indexOf(card.first.editor)
    form.editing.answer(INSTITUTION, "A ministry")
    assert (said.isVisible(), card.first.is_wrong) == (False, False)


def test_undo_leads_to_a_section_that_was_let_go(
    form: FormPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.form.section_stack.MOST_CARDS", 30)
    form.editing.answer("ISC-A/ISC-A03", "Secretariat of the IGC")
    form.editing.session.commit_step()
    for section in form.editing.session.sections():
        form.show_section(section.path)
    assert "ISC-A" not in form.stack.forms
    form.undo()
    assert form.form.path == "ISC-A"


def test_what_is_not_asked_is_found_with_its_reason(form: FormPage, qtbot: QtBot) -> None:
    """And leads to the question that decides; Esc empties the box, and only then leads away."""
    box = form.head.find_box
    form.search()
    qtbot.keyClicks(box, "c03")
    place = box.places.first
    assert place is not None
    assert "C01" in place.remark
    box.completer().popup().hide()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    qtbot.keyClicks(box, "c03")
    box.completer().popup().hide()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.place == "ISC-C/ISC-C01")


def test_an_answer_is_found_by_its_words(form: FormPage, qtbot: QtBot) -> None:
    form.editing.answer("ISC-A/ISC-A04", "Bureau de l'Océan")
    form.search()
    qtbot.keyClicks(form.head.find_box, "ocean")
    form.head.find_box.completer().popup().hide()
    qtbot.keyClick(form.head.find_box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.place == "ISC-A/ISC-A04")


def test_the_way_to_a_question_that_is_not_asked_leads_to_the_one_that_decides(
    form: FormPage, program: Program, qtbot: QtBot
) -> None:
    form.go_to(AnswerPath("ISC-E/ISC-E20"))
    assert not form.editing.session.view(AnswerPath("ISC-E/ISC-E20")).is_asked
    qtbot.waitUntil(lambda: "Not asked until" in program.shell.notices.text)
    current = form.editing.current
    assert current != "ISC-E/ISC-E20"
    assert form.editing.session.view(current).is_asked


def test_names_of_neighbours_are_cut_only_where_there_is_no_room(form: FormPage, qtbot: QtBot) -> None:
    """And then told whole in the tip."""
    form.show_section("ISC-A")
    following = form.presenter.view.following
    assert following is not None
    assert following.label in form.foot.after.text()
    form.foot.resize(260, form.foot.height())
    assert following.label not in form.foot.after.text()
    assert following.label in form.foot.after.toolTip()
    assert following.label in form.foot.after.accessibleName()


def test_a_section_that_was_handed_over_says_to_whom(
    form: FormPage, workspace: Workspace, igc: str, tmp_path: Path, qtbot: QtBot
) -> None:
    workspace.delegations.hand_over(igc, ["ISC-E"], to="Finance unit", target=tmp_path / "e.iscm")
    form.arrive()
    row = next(at for at, each in enumerate(form.side.model.rows) if each.path == "ISC-E")
    index = form.side.model.index(row)
    assert str(index.data()).startswith("E ")
    qtbot.waitUntil(lambda: "with Finance unit" in str(index.data(Qt.ItemDataRole.AccessibleTextRole)))


def test_a_press_of_the_mouse_moves_no_row_of_the_list(form: FormPage, qtbot: QtBot) -> None:
    rows = form.sections.model().rowCount()
    for row in range(rows):
        place = form.sections.visualRect(form.sections.model().index(row, 0))
        qtbot.mousePress(form.sections.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
        qtbot.wait(20)
        assert form.sections.visualRect(form.sections.model().index(row, 0)) == place
        qtbot.mouseRelease(form.sections.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
        assert form.presenter.current == form.presenter.view.sections[row].path


class NotingDelegate(SectionDelegate):
    """Notes how wide Qt has each row drawn."""

    widths: set[int]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.widths.add(option.rect.width())
        super().paint(painter, option, index)


def test_a_row_is_as_high_as_its_words_where_it_is_drawn(program: Program, form: FormPage) -> None:
    """Measured narrower than it is drawn, it would keep a line free that nothing stands in."""
    delegate = NotingDelegate(program.context.theme, form.sections)
    delegate.widths = set()
    form.sections.setItemDelegate(delegate)
    form.sections.viewport().grab()
    assert delegate.widths == {form.sections.viewport().width() - 2 * form.sections.spacing()}


def opened_anew(form: FormPage) -> SectionForm:
    """A long section, of which no more is drawn than a screenful."""
    form.show_section("ISC-A")
    form.stack._let_go_of_hidden()
    form.show_section("ISC-E")
    form.form._slices.stop()
    return form.form


def test_tab_passes_over_nothing_that_is_still_to_be_drawn(form: FormPage, qtbot: QtBot) -> None:
    section = opened_anew(form)
    section.focus_first()
    reached = list[str]()
    while section.isAncestorOf(QApplication.focusWidget()):
        reached.append(form.editing.current)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    asked = {
        path
        for path, card in section.widgets.cards.items()
        if isinstance(card, QuestionCard) and card.isVisible() and card.fields[path].editor.isVisible()
    }
    assert asked <= set(reached)
    assert len(asked) > 8


def test_the_bar_pulled_to_the_end_shows_the_end_of_the_section(form: FormPage, qtbot: QtBot) -> None:
    section = opened_anew(form)
    QApplication.processEvents()
    bar = section.verticalScrollBar()
    drawn_by_then = bar.maximum()
    bar.triggerAction(bar.SliderAction.SliderToMaximum)
    QApplication.processEvents()
    assert bar.value() == bar.maximum() > 2 * drawn_by_then


@pytest.mark.parametrize("section", ["ISC-E", "ISC-F", "ISC-H"])
def test_a_section_that_begins_with_a_list_is_entered_at_its_head(
    program: Program, form: FormPage, qtbot: QtBot, section: str
) -> None:
    """Neither a question behind the list, nor what adds an entry, which Enter would press."""
    program.shell.resize(1024, 700)
    while form.presenter.current != section:
        qtbot.keyClick(program.shell, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    qtbot.wait(100)
    focused = QApplication.focusWidget()
    first = form.editing.session.section(AnswerPath(section)).items[0]
    assert focused is not None
    assert form.form.widgets.repeats[first.path].isAncestorOf(focused)
    assert focused is not form.form.widgets.repeats[first.path].add
    assert form.form.verticalScrollBar().value() == 0
    before = len(form.editing.session.repeat(first.path).entries)
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert len(form.editing.session.repeat(first.path).entries) == before
