"""Dates, numbers, ranges and places: typed as people write them, shown as the response's language does."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton, QStyle, QStyleOptionFrame
from pytestqt.qtbot import QtBot

from iscm_desktop.session.form_session import FormSession
from tests.support.entering import entering
from ui.app import Program
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.date_answer import DateAnswer
from ui.form.answer_editors.number_answer import NumberAnswer
from ui.form.answer_editors.place_answer import PlaceAnswer
from ui.form.answer_editors.range_answer import RangeAnswer
from ui.form.answer_editors.rating_answer import RatingAnswer
from ui.form.question_card import QuestionCard
from ui.form.section_form import SectionForm

FORM = """
| survey |
|  | type            | name  | label                | appearance  | parameters           | choice_filter |
|  | begin_group     | s     | Section              |             |                      |               |
|  | date            | day   | On which day?        |             |                      |               |
|  | date            | plain | On which day?        | no-calendar |                      |               |
|  | date            | month | In which month?      | month-year  |                      |               |
|  | date            | year  | In which year?       | year        |                      |               |
|  | decimal         | cost  | What did it cost?    |             |                      |               |
|  | integer         | people| How many people?     | counter     |                      |               |
|  | range           | much  | How much?            |             | start=0 end=10 step=2 |              |
|  | range           | stars | How good?            | rating      | start=1 end=5 step=1 |               |
|  | geopoint        | place | Where is it?         |             |                      |               |
|  | select_one yn   | first | Which first?         |             |                      |               |
|  | select_one kind | then  | And then?            |             |                      | of = ${first} |
|  | end_group       |       |                      |             |                      |               |
| choices |
|  | list_name | name | label  | of  |
|  | yn        | yes  | Yes    |     |
|  | yn        | no   | No     |     |
|  | kind      | a    | Apples | yes |
"""

Cards = Callable[[str], QuestionCard]


@pytest.fixture
def session(request: pytest.FixtureRequest) -> FormSession:
    """In English, or in the one language that a test names."""
    named = f"| label::Language ({getattr(request, 'param', 'en')}) "
    return entering(FORM.replace("| label ", named))


@pytest.fixture
def cards(program: Program, igc: str, session: FormSession) -> Cards:
    """The cards of a form of one's own; nothing of it is saved."""
    editing = ResponseEditing(igc, session, program.context, program.shell)
    session.on_changed.clear()
    window = QMainWindow(program.shell)
    section = SectionForm(editing, session.section("s"), window)
    session.on_changed.append(section.redraw)
    window.setCentralWidget(section)
    window.resize(900, 700)
    window.show()

    def card(name: str) -> QuestionCard:
        found = section.card(f"s/{name}")  # type: ignore[arg-type] # the paths of this form are its names
        assert found is not None
        found.focus_editor()
        return found

    return card


def test_a_day_is_shown_as_the_language_writes_it(cards: Cards, session: FormSession, qtbot: QtBot) -> None:
    editor = cards("day").first.editor
    assert isinstance(editor, DateAnswer)
    qtbot.keyClicks(editor.box, "21.11.2026")
    assert session.view("day").text == "2026-11-21"
    assert editor.box.text() == "21.11.2026"
    editor.left()
    assert editor.box.text() == "21 November 2026"


def test_two_readings_are_buttons(cards: Cards, session: FormSession, qtbot: QtBot) -> None:
    card = cards("day")
    card.show_focus(card.first.editor)
    qtbot.keyClicks(card.first.editor.controls()[0], "3/4/25")
    card.show_focus(None)
    assert card.first.error.text().startswith("This can be 3 April 2025 or 4 March 2025.")
    buttons = [each for each in card.findChildren(QPushButton) if each.text() == "4 March 2025"]
    assert buttons[0].accessibleName().endswith("On which day?")
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert session.view("day").text == "2025-03-04"
    assert not card.first.is_wrong
    assert not buttons[0].isVisibleTo(card)


def test_what_is_nearly_a_day_is_asked_back(cards: Cards, session: FormSession, qtbot: QtBot) -> None:
    session.answer("plain", "31.13.2024")
    card = cards("plain")
    assert (
        card.first.error.text()
        == "There is no 13th month. Did you mean 31 December 2024? What you wrote is kept."
    )
    session.answer("plain", "31.12.2024")
    assert not card.first.is_wrong


def test_a_month_or_a_year_is_enough_where_no_more_is_asked(cards: Cards, session: FormSession) -> None:
    for name, typed, kept in (("month", "3/2025", "2025-03-01"), ("year", "2025", "2025-01-01")):
        editor = cards(name).first.editor
        assert isinstance(editor, DateAnswer)
        assert editor.pick is None
        session.answer(name, typed)
        assert session.view(name).text == kept
        assert editor.box.text() == {"month": "March 2025", "year": "2025"}[name]
    plain = cards("plain").first.editor
    assert isinstance(plain, DateAnswer)
    assert plain.pick is None


def test_a_number_that_can_be_two_is_told_and_can_be_the_other(
    cards: Cards, session: FormSession, qtbot: QtBot
) -> None:
    editor = cards("cost").first.editor
    assert isinstance(editor, NumberAnswer)
    qtbot.keyClicks(editor.box, "1,250")
    assert session.view("cost").text == "1250"
    instead = [each for each in editor.findChildren(QPushButton) if each.isVisibleTo(editor)]
    assert [each.text() for each in instead] == ["I mean 1.250"]
    qtbot.mouseClick(instead[0], Qt.MouseButton.LeftButton)
    assert session.view("cost").text == "1.250"
    assert not [each for each in editor.findChildren(QPushButton) if each.isVisibleTo(editor)]


def test_a_counter_counts_by_buttons_and_arrows(cards: Cards, session: FormSession, qtbot: QtBot) -> None:
    editor = cards("people").first.editor
    assert isinstance(editor, NumberAnswer)
    assert editor.more is not None
    qtbot.mouseClick(editor.more, Qt.MouseButton.LeftButton)
    qtbot.keyClick(editor.box, Qt.Key.Key_Up)
    qtbot.keyClick(editor.box, Qt.Key.Key_Down)
    assert session.view("people").text == "1"
    session.answer("people", "many")
    qtbot.mouseClick(editor.more, Qt.MouseButton.LeftButton)
    assert session.view("people").text == "many"


def test_a_range_is_set_by_slider_or_box(cards: Cards, session: FormSession, qtbot: QtBot) -> None:
    editor = cards("much").first.editor
    assert isinstance(editor, RangeAnswer)
    slider = editor.slider
    assert slider is not None
    assert not slider.is_set
    assert slider.accessibleName().startswith("not set: ")
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert session.view("much").text == "0"
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert (session.view("much").text, editor.box.text()) == ("2", "2")
    editor.box.setText("")
    qtbot.keyClicks(editor.box, "8")
    assert slider.value() == 4
    assert slider.accessibleName().startswith("8: ")
    qtbot.mouseClick(editor.clear, Qt.MouseButton.LeftButton)
    assert (session.view("much").text, editor.box.text()) == ("", "")
    assert not slider.is_set
    session.undo()
    assert (session.view("much").text, editor.box.text()) == ("8", "8")


def test_a_slider_is_mirrored_where_reading_starts_at_the_right(
    cards: Cards, session: FormSession, qtbot: QtBot
) -> None:
    editor = cards("much").first.editor
    assert isinstance(editor, RangeAnswer)
    assert editor.slider is not None
    editor.slider.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    corner = editor.slider.rect().topRight()
    qtbot.mouseClick(editor.slider, Qt.MouseButton.LeftButton, pos=corner)
    assert session.view("much").text == "0"


def test_a_rating_is_a_row_of_points(cards: Cards, session: FormSession, qtbot: QtBot) -> None:
    editor = cards("stars").first.editor
    assert isinstance(editor, RatingAnswer)
    assert [each.property("value") for each in editor.controls()] == ["1", "2", "3", "4", "5"]
    qtbot.mouseClick(editor.controls()[3], Qt.MouseButton.LeftButton)
    assert session.view("stars").text == "4"


def test_a_place_is_pasted_from_a_map(cards: Cards, session: FormSession, qtbot: QtBot) -> None:
    editor = cards("place").first.editor
    assert isinstance(editor, PlaceAnswer)
    QApplication.clipboard().setText("46.2, 6.14")
    qtbot.keyClick(editor.boxes[2], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert session.view("place").text == "46.2 6.14"
    assert [box.text() for box in editor.boxes] == ["46.2", "6.14", ""]
    qtbot.keyClicks(editor.boxes[2], "372,5")
    assert session.view("place").text == "46.2 6.14 372.5"
    session.answer("place", "")
    qtbot.keyClicks(editor.boxes[0], "1.5, 36.8")
    assert session.view("place").text == "1.5 36.8"
    editor.left()
    assert [box.text() for box in editor.boxes] == ["1.5", "36.8", ""]
    names = [box.accessibleName() for box in editor.boxes]
    assert len(set(names)) == 3
    assert all(name.endswith("Where is it?") for name in names)


@pytest.mark.parametrize("session", ["en", "es", "fr"], indirect=True)
def test_degrees_have_no_thousands_and_what_is_stored_stays(
    cards: Cards, session: FormSession, qtbot: QtBot
) -> None:
    editor = cards("place").first.editor
    assert isinstance(editor, PlaceAnswer)
    session.answer("place", "46.204 6.143 125.250")
    editor.boxes[0].selectAll()
    qtbot.keyClicks(editor.boxes[0], "46.125")
    assert session.view("place").text == "46.125 6.143 125.250"


@pytest.mark.parametrize(
    "typed",
    [("46.2", "", "100"), ("", "6.14", ""), ("", "", "100"), ("95", "6.14", "7"), ("46.2", "east", "")],
)
def test_what_is_no_place_yet_stays_in_its_boxes(
    cards: Cards, session: FormSession, qtbot: QtBot, typed: tuple[str, str, str]
) -> None:
    card = cards("place")
    editor = card.first.editor
    assert isinstance(editor, PlaceAnswer)
    for box, text in zip(editor.boxes, typed, strict=True):
        qtbot.keyClicks(box, text)
    card.show_focus(None)
    assert card.first.is_wrong
    kept = session.view("place").text
    session.answer("place", "")
    assert [box.text() for box in editor.boxes] == ["", "", ""]
    session.answer("place", kept)
    assert tuple(box.text() for box in editor.boxes) == typed


def test_a_blank_list_says_why(cards: Cards, session: FormSession) -> None:
    card = cards("then")
    texts = [
        each.text() for each in card.first.editor.findChildren(type(card.label)) if each.isVisibleTo(card)
    ]
    assert any("Nothing can be chosen here yet" in text and "Which first?" in text for text in texts)
    session.answer("first", "yes")
    texts = [
        each.text() for each in card.first.editor.findChildren(type(card.label)) if each.isVisibleTo(card)
    ]
    assert not any("Nothing can be chosen" in text for text in texts)


@pytest.mark.parametrize("name", ["day", "plain", "month", "year"])
def test_the_example_of_a_date_can_be_read_whole(cards: Cards, name: str) -> None:
    box = cards(name).first.editor.controls()[0]
    assert isinstance(box, QLineEdit)
    option = QStyleOptionFrame()
    box.initStyleOption(option)
    room = box.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, box)
    assert box.fontMetrics().horizontalAdvance(box.placeholderText()) + 4 <= room.width()
