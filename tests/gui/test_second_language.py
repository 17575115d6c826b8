"""A second language under each question, chosen in the head of the form."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.workspace import Workspace
from tests.support.question_cards import card_at
from tests.support.workspaces import start_own
from ui.app import Program
from ui.form.form_page import FormPage
from ui.widgets.wrapping_buttons import WrappingRadio

FORM = """
| survey |
|        | type               | name    | label::English (en)  | label::العربية (ar)  | hint::English (en) | hint::العربية (ar) |
|        | begin_group        | first   | Structures           | الهياكل              |                    |                    |
|        | begin_group        | money   | Money                | المال                |                    |                    |
|        | select_one yn      | fee     | Is there a fee?      | هل هناك رسم؟         | Yearly.            | سنوياً.            |
|        | end_group          |         |                      |                      |                    |                    |
|        | text               | name    | Name                 |                      |                    |                    |
|        | note               | thanks  | Thank you            | شكراً                |                    |                    |
|        | begin_repeat       | meeting | Meetings             | الاجتماعات           |                    |                    |
|        | text               | place   | Place                | المكان               |                    |                    |
|        | end_repeat         |         |                      |                      |                    |                    |
|        | end_group          |         |                      |                      |                    |                    |
| choices |
|         | list_name | name | label::English (en) | label::العربية (ar) |
|         | yn        | yes  | Yes                 | نعم                 |
|         | yn        | no   | No                  | لا                  |
| settings |
|          | form_id | form_title | default_language |
|          | two     | Two        | English (en)     |
"""  # noqa: E501


@pytest.fixture
def two(program: Program, workspace: Workspace) -> FormPage:
    """A form in two languages, in view."""
    response_id = start_own(workspace, FORM)
    program.shell.open_response(response_id)
    page = program.shell.page
    assert isinstance(page, FormPage)
    return page


def _texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.text() and not label.isHidden()]


def _choose(form: FormPage, qtbot: QtBot, language: str) -> None:
    menu = form.head._language.menu()
    assert menu is not None
    actions = [action for action in menu.actions() if action.text() == language]
    actions[-1].trigger()
    qtbot.waitUntil(lambda: language in form.head._language.text() or language == "None")


def test_labels_hints_and_choices_stand_beneath(two: FormPage, qtbot: QtBot) -> None:
    card = card_at(two, "first/money/fee")
    assert "هل هناك رسم؟" not in _texts(card)
    _choose(two, qtbot, "العربية")
    assert two.head._language.text() == "English + العربية"
    texts = _texts(card)
    assert texts.index("هل هناك رسم؟") > 0
    assert "سنوياً." in texts
    radios = card.findChildren(WrappingRadio)
    assert [each.accessibleDescription().split("\n")[0] for each in radios] == ["نعم", "لا"]
    section = _texts(two.form)
    assert {"الهياكل", "المال", "شكراً", "الاجتماعات"} <= set(section)
    _choose(two, qtbot, "None")
    assert "هل هناك رسم؟" not in _texts(card)
    assert two.head._language.text() == "English"


def test_two_names_for_which_there_is_no_room_end_before_the_arrow(
    two: FormPage, program: Program, qtbot: QtBot
) -> None:
    program.context.theme.show_scale(200)
    program.shell.resize(1024, 700)
    _choose(two, qtbot, "العربية")
    language = two.head._language
    qtbot.waitUntil(lambda: language.width() < language.sizeHint().width())
    picture = language.grab().toImage()
    free = [picture.pixelColor(x, picture.height() // 2) for x in (6, 12, 18)]
    for y in range(10, picture.height() - 10):
        assert [picture.pixelColor(x, y) for x in (6, 12, 18)] == free, "a letter stands in the frame"
    assert language.toolTip()


def test_what_is_not_translated_is_not_said_twice(two: FormPage, qtbot: QtBot) -> None:
    card = card_at(two, "first/name")
    before = _texts(card)
    _choose(two, qtbot, "العربية")
    assert _texts(card) == before


def test_the_second_language_is_remembered_for_the_response(
    program: Program, two: FormPage, qtbot: QtBot
) -> None:
    _choose(two, qtbot, "العربية")
    program.shell.show_page("questionnaires")
    program.shell.open_response(two.response_id)
    again = program.shell.page
    assert isinstance(again, FormPage)
    assert "هل هناك رسم؟" in _texts(card_at(again, "first/money/fee"))


def test_each_group_of_languages_has_a_heading_that_cannot_be_chosen(two: FormPage) -> None:
    menu = two.head._language.menu()
    assert menu is not None
    shown = [(each.text(), each.isEnabled()) for each in menu.actions() if not each.isSeparator()]
    assert shown[0] == ("Language of the questionnaire", False)
    assert shown[3] == ("Second language under each question", False)
    assert [words for words, may in shown if may] == ["English", "العربية", "None", "العربية"]


def test_another_language_is_called_saved(two: FormPage, program: Program, qtbot: QtBot) -> None:
    two.head.language_chosen.emit("العربية (ar)")
    qtbot.waitUntil(lambda: "All changes saved" in program.shell.status.saved_text)


def test_an_entry_that_is_added_speaks_both(two: FormPage, qtbot: QtBot) -> None:
    _choose(two, qtbot, "العربية")
    entry = two.editing.session.add_entry(AnswerPath("first/meeting"))
    assert "المكان" in _texts(card_at(two, f"{entry}/place"))


def test_the_form_in_the_second_language_says_nothing_twice(two: FormPage, qtbot: QtBot) -> None:
    _choose(two, qtbot, "العربية")
    menu = two.head._language.menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "العربية").trigger()
    qtbot.waitUntil(lambda: two.head._language.text() == "العربية")
    card = card_at(two, "first/money/fee")
    assert _texts(card).count("هل هناك رسم؟") <= 1
    assert "المال" in _texts(two.form)
    assert "Money" not in _texts(two.form)
