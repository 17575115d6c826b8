"""Each kind of question: what is typed or pressed reaches the session, and its verdict reaches the screen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QPushButton, QRadioButton, QStyleOptionButton, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.workspace import Workspace
from tests.support.question_cards import card_at
from tests.support.workspaces import start_own
from ui.app import Program
from ui.form.answer_editors.date_answer import CalendarPopup, DateAnswer
from ui.form.answer_editors.line_answer import LineAnswer
from ui.form.answer_editors.many_choices import ManyAnswer
from ui.form.answer_editors.one_choice import RadioAnswer
from ui.form.answer_editors.prose_answer import ProseAnswer
from ui.form.answer_editors.ranking_answer import RankingAnswer
from ui.form.answer_editors.scale_answer import ScaleAnswer
from ui.form.answer_editors.searched_choice import ComboAnswer
from ui.form.answer_editors.suggested_answer import SuggestAnswer
from ui.form.form_page import FormPage
from ui.form.question_card import NoteCard, QuestionCard
from ui.look.colours import Tone
from ui.widgets.wrapping_push import WrappingPush


def text_at(form: FormPage, path: str) -> str:
    return form.editing.session.view(path).text


def test_nothing_is_cut_from_a_line_however_long(form: FormPage, qtbot: QtBot) -> None:
    path = "ISC-A/ISC-A04"
    stored = "word " * 8_000 + "end."
    form.editing.answer(path, stored)
    editor = card_at(form, path).first.editor
    assert isinstance(editor, LineAnswer)
    qtbot.keyClick(editor.box, Qt.Key.Key_End)
    qtbot.keyClick(editor.box, Qt.Key.Key_Backspace)
    assert text_at(form, path) == stored.removesuffix(".")


def press(qtbot: QtBot, owner: QWidget, value: str) -> None:
    """Presses the button that stands for a choice."""
    buttons = [each for each in owner.findChildren(QWidget) if each.property("value") == value]
    buttons = [each for each in buttons if each.isVisibleTo(owner)]
    assert len(buttons) == 1
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)


def leave(qtbot: QtBot, form: FormPage) -> None:
    form.sections.setFocus()
    qtbot.waitUntil(lambda: form.editing.current == "")


def test_a_line_of_text_reaches_the_session_with_every_key(form: FormPage, qtbot: QtBot) -> None:
    card = card_at(form, "ISC-A/ISC-A04")
    assert isinstance(card.first.editor, LineAnswer)
    qtbot.keyClicks(card.first.editor.box, "IGC Secretariat")
    assert text_at(form, "ISC-A/ISC-A04") == "IGC Secretariat"


def test_the_cursor_stays_where_somebody_types(form: FormPage, qtbot: QtBot) -> None:
    card = card_at(form, "ISC-A/ISC-A04")
    assert isinstance(card.first.editor, LineAnswer)
    box = card.first.editor.box
    qtbot.keyClicks(box, "Secretariat")
    box.setCursorPosition(0)
    qtbot.keyClicks(box, "IGC ")
    assert box.text() == "IGC Secretariat"
    assert box.cursorPosition() == 4


def test_half_an_address_is_called_wrong_only_when_the_box_is_left(form: FormPage, qtbot: QtBot) -> None:
    card = card_at(form, "ISC-A/ISC-A06")
    assert isinstance(card.first.editor, LineAnswer)
    qtbot.keyClicks(card.first.editor.box, "anna@")
    assert not card.first.is_wrong
    leave(qtbot, form)
    assert card.first.is_wrong
    assert card.tone is Tone.BAD
    assert "anna@" in card.first.editor.box.text()
    assert card.first.error.text() in card.first.editor.box.accessibleDescription()


def test_a_complaint_goes_as_soon_as_the_answer_is_right(form: FormPage, qtbot: QtBot) -> None:
    card = card_at(form, "ISC-A/ISC-A06")
    assert isinstance(card.first.editor, LineAnswer)
    qtbot.keyClicks(card.first.editor.box, "anna@")
    leave(qtbot, form)
    card.focus_editor()
    card.first.editor.box.end(False)
    qtbot.keyClicks(card.first.editor.box, "example.org")
    assert not card.first.is_wrong


def test_an_integer_out_of_range_gets_a_red_frame_and_words(form: FormPage, qtbot: QtBot) -> None:
    card = card_at(form, "ISC-B/ISC-B01")
    assert isinstance(card.first.editor, LineAnswer)
    qtbot.keyClicks(card.first.editor.box, "1850")
    leave(qtbot, form)
    assert card.tone is Tone.BAD
    assert card.first.editor.box.property("wrong") is True
    assert card.first.error.text()


def test_an_unlikely_answer_brings_an_amber_note(form: FormPage, qtbot: QtBot) -> None:
    """The register knows another founding year for the IGC."""
    card = card_at(form, "ISC-B/ISC-B01")
    assert isinstance(card.first.editor, LineAnswer)
    qtbot.keyClicks(card.first.editor.box, "1999")
    notes = [each for each in form.form.widgets.cards.values() if isinstance(each, NoteCard)]
    assert any(note.isVisibleTo(form) and note.tone is Tone.WARN for note in notes)
    assert not card.first.is_wrong


def test_long_text_above_its_limit_is_counted_and_never_cut(form: FormPage, qtbot: QtBot) -> None:
    path = "ISC-B/ISC-B06"
    card = card_at(form, path)
    editor = card.first.editor
    assert isinstance(editor, ProseAnswer)
    text = "word " * 310
    editor.box.setPlainText(text)
    assert text_at(form, path) == text
    assert editor.counter.property("role") == "error"
    assert "50" in editor.counter.text()
    editor.box.setPlainText("short")
    assert editor.counter.property("role") == "small"


def test_a_date_is_typed_or_picked(form: FormPage, qtbot: QtBot) -> None:
    path = "ISC-A/ISC-A07"
    editor = card_at(form, path).first.editor
    assert isinstance(editor, DateAnswer)
    qtbot.keyClicks(editor.box, "2024-01-31")
    assert text_at(form, path) == "2024-01-31"
    qtbot.mouseClick(editor.pick, Qt.MouseButton.LeftButton)
    popup = editor.findChild(CalendarPopup)
    assert popup is not None
    popup.calendar.clicked.emit(QDate(2024, 2, 1))
    assert text_at(form, path) == "2024-02-01"
    assert editor.box.text() == "1 February 2024"


def test_what_is_no_date_stays_as_typed(form: FormPage, qtbot: QtBot) -> None:
    path = "ISC-A/ISC-A07"
    card = card_at(form, path)
    assert isinstance(card.first.editor, DateAnswer)
    qtbot.keyClicks(card.first.editor.box, "last spring")
    leave(qtbot, form)
    assert text_at(form, path) == "last spring"
    assert card.first.editor.box.text() == "last spring"
    assert card.first.is_wrong


def test_few_choices_are_radio_buttons(form: FormPage, qtbot: QtBot) -> None:
    path = "ISC-A/ISC-A03"
    editor = card_at(form, path).first.editor
    assert isinstance(editor, RadioAnswer)
    press(qtbot, editor, "secretariat")
    assert text_at(form, path) == "secretariat"


def test_tab_comes_to_the_chosen_radio_button_only(form: FormPage, qtbot: QtBot) -> None:
    editor = card_at(form, "ISC-A/ISC-A03").first.editor
    press(qtbot, editor, "secretariat")
    stops = [
        each.property("value")
        for each in editor.findChildren(QRadioButton)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops == ["secretariat"]


def test_many_choices_are_searched(form: FormPage, qtbot: QtBot) -> None:
    path = "ISC-A/ISC-A01"
    card = card_at(form, path)
    editor = card.first.editor
    assert isinstance(editor, ComboAnswer)
    editor.focus()
    editor.box.line.selectAll()
    qtbot.keyClicks(editor.box.line, "Bali")
    assert editor.box.names is not None
    offered = editor.box.names.found()
    assert "Bali Process" in offered[0]
    assert offered[1:] == ["Add “Bali”, which is not listed"]
    editor.box.names.take(0)
    assert text_at(form, path) == "bali-process"


def test_a_name_that_is_no_choice_is_kept_and_said(form: FormPage, qtbot: QtBot) -> None:
    path = "ISC-A/ISC-A01"
    card = card_at(form, path)
    editor = card.first.editor
    assert isinstance(editor, ComboAnswer)
    editor.focus()
    editor.box.line.selectAll()
    qtbot.keyClicks(editor.box.line, "Nowhere Process")
    editor.box.names.popup().hide()  # type: ignore[union-attr]
    leave(qtbot, form)
    assert text_at(form, path) == "Nowhere Process"
    assert card.first.is_wrong


def test_ticks_go_to_the_session_in_the_order_of_the_list(form: FormPage, qtbot: QtBot) -> None:
    path = "ISC-B/ISC-B07"
    editor = card_at(form, path).first.editor
    assert isinstance(editor, ManyAnswer)
    press(qtbot, editor, "work_plan")
    press(qtbot, editor, "strategy")
    assert text_at(form, path) == "strategy work_plan"
    press(qtbot, editor, "work_plan")
    assert text_at(form, path) == "strategy"


def test_a_long_list_of_ticks_is_filtered(form: FormPage, qtbot: QtBot) -> None:
    editor = card_at(form, "ISC-G/ISC-G01").first.editor
    assert isinstance(editor, ManyAnswer)
    assert editor.filter.isVisibleTo(editor)
    everything = [check for check in editor.controls() if check.isVisibleTo(editor)]
    qtbot.keyClicks(editor.filter, "network")
    shown = [check for check in editor.controls() if check.isVisibleTo(editor)]
    assert 0 < len(shown) < len(everything)


def test_a_scale_has_five_points_and_not_known(form: FormPage, qtbot: QtBot) -> None:
    path = "ISC-C/ISC-C01"
    editor = card_at(form, path).first.editor
    assert isinstance(editor, ScaleAnswer)
    assert [point.property("value") for point in editor.controls()] == ["1", "2", "3", "4", "5", "N"]
    press(qtbot, editor, "4")
    assert text_at(form, path) == "4"
    press(qtbot, editor, "N")
    assert text_at(form, path) == "N"


@pytest.fixture
def ranking(form: FormPage, qtbot: QtBot) -> RankingAnswer:
    """Three benefits to rank, none ranked yet."""
    benefits = card_at(form, "ISC-G/ISC-G01").first.editor
    for value in ("networking", "continuity", "joint_projects"):
        press(qtbot, benefits, value)
    editor = card_at(form, "ISC-G/ISC-G02").first.editor
    assert isinstance(editor, RankingAnswer)
    return editor


def test_a_ranking_is_made_by_choosing(form: FormPage, qtbot: QtBot, ranking: RankingAnswer) -> None:
    for value in ("continuity", "networking", "joint_projects"):
        press(qtbot, ranking, value)
    assert text_at(form, "ISC-G/ISC-G02") == "continuity networking joint_projects"


def test_a_ranking_is_ordered_by_the_keyboard(form: FormPage, qtbot: QtBot, ranking: RankingAnswer) -> None:
    press(qtbot, ranking, "continuity")
    press(qtbot, ranking, "networking")
    ranking.list.setCurrentRow(1)
    qtbot.keyClick(ranking.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert text_at(form, "ISC-G/ISC-G02") == "networking continuity"
    qtbot.keyClick(ranking.list, Qt.Key.Key_Delete)
    assert text_at(form, "ISC-G/ISC-G02") == "continuity"


def test_dragging_in_a_ranking_counts(form: FormPage, qtbot: QtBot, ranking: RankingAnswer) -> None:
    press(qtbot, ranking, "continuity")
    press(qtbot, ranking, "networking")
    model, top = ranking.list.model(), ranking.list.rootIndex()
    assert model.moveRow(top, 1, top, 0)  # what dropping the second row on the first does
    assert text_at(form, "ISC-G/ISC-G02") == "networking continuity"


MANY = """
| survey |
|  | type        | name | label |
|  | begin_group | s    | S     |
|  | rank c      | rk   | Rank  |
|  | end_group   |      |       |
| choices |
|  | list_name | name | label |
{rows}
| settings |
|  | form_id | form_title |
|  | many    | Many       |
"""


def test_very_many_choices_are_found_by_their_names_to_rank_them(
    program: Program, workspace: Workspace, qtbot: QtBot
) -> None:
    """A button for each of thousands kept the window busy for many seconds."""
    rows = "\n".join(f"|  | c | c{at} | Choice {at} |" for at in range(500))
    program.shell.open_response(start_own(workspace, MANY.replace("{rows}", rows)))
    form = program.shell.page
    assert isinstance(form, FormPage)
    editor = card_at(form, "s/rk").first.editor
    assert isinstance(editor, RankingAnswer)
    assert len(editor.findChildren(QPushButton)) == 3  # up, down, out
    for name in ("Choice 411", "Choice 12"):
        editor.focus_adder()
        assert editor.box.hasFocus()
        qtbot.keyClicks(editor.box, name)
        assert editor.names.found()[0] == name
        editor.names.take(0)
        assert editor.box.text() == ""
    assert text_at(form, "s/rk") == "c411 c12"
    qtbot.keyClicks(editor.box, "Choice 12")
    assert "Choice 12" not in editor.names.found()


def test_an_amount_has_its_currency_beside_it(form: FormPage, qtbot: QtBot) -> None:
    press(qtbot, card_at(form, "ISC-E/ISC-E18").first.editor, "fee_per_member")
    card = card_at(form, "ISC-E/ISC-E20")
    assert set(card.fields) == {"ISC-E/ISC-E20", "ISC-E/ISC-E21"}
    currency = card.fields["ISC-E/ISC-E21"].editor
    assert not currency.isVisibleTo(card)
    assert isinstance(card.first.editor, LineAnswer)
    qtbot.keyClicks(card.first.editor.box, "120000")
    assert currency.isVisibleTo(card)
    leave(qtbot, form)
    assert card.first.editor.box.text() == "120 000"
    assert text_at(form, "ISC-E/ISC-E20") == "120000"


def test_names_are_offered_while_typing_and_any_other_is_taken(form: FormPage, qtbot: QtBot) -> None:
    form.editing.answer("ISC-E/ISC-E08", "provided_by_an_igo")
    path = "ISC-E/ISC-E09"
    editor = card_at(form, path).first.editor
    assert isinstance(editor, SuggestAnswer)
    qtbot.keyClicks(editor.box, "International Org")
    completer = editor.box.completer()
    assert completer is not None
    offered = completer.completionModel()
    names = [str(offered.index(row, 0).data()) for row in range(offered.rowCount())]
    assert "International Organization for Migration (IOM)" in names
    editor.box.clear()
    completer.popup().hide()  # type: ignore[union-attr]
    qtbot.keyClicks(editor.box, "A small office")
    assert text_at(form, path) == "A small office"


def test_an_answer_that_hides_questions_hides_their_cards(form: FormPage) -> None:
    card = card_at(form, "ISC-E/ISC-E05")
    assert card.isHidden()
    form.editing.answer("ISC-E/ISC-E04", "one_rotating_chair")
    assert not card.isHidden()


def test_every_control_has_a_name(form: FormPage, stored: Callable[[str], str]) -> None:
    for section in ("ISC-A", "ISC-E", "ISC-G"):
        form.show_section(section)
        for card in form.form.widgets.cards.values():
            if isinstance(card, QuestionCard):
                for control in card.first.editor.controls():
                    assert control.accessibleName() or control.property("text"), card.path


def test_a_choice_to_rank_is_read_whole_where_one_line_is_too_short(program: Program) -> None:
    words = "+ Immigration and regular migration channels (work, study, family, business)"
    made = WrappingPush(words, program.shell)
    whole = made.sizeHint()
    assert made.heightForWidth(whole.width()) == whole.height()
    made.resize(whole.width() // 2, made.heightForWidth(whole.width() // 2))
    option = QStyleOptionButton()
    made.initStyleOption(option)
    assert option.text.split() == words.split()
    lines = option.text.count("\n") + 1
    assert lines > 1
    assert made.height() == whole.height() + (lines - 1) * made.fontMetrics().lineSpacing()
