"""What a form fills in by itself.

S-60  Defaults, static and calculated, are set once, when a response begins, and told to the store.
S-61  A new entry begins with its own defaults.
S-62  A trigger sets its target when its question is answered, in the same step.
S-63  Metadata is filled in when a response begins.
S-64  Constants of the form follow the form, not the store.
S-65  Read-only is told; calculations are not typed.
"""

from iscm_desktop.session.views import AnswerChanged
from tests.support.entering import entering

FORM = """
| survey |
|        | type         | name   | label  | default            | calculation    | trigger | read_only |
|        | today        | today  |        |                    |                |         |           |
|        | text         | lang   | Language | English          |                |         |           |
|        | date         | begun  | Begun  | today()            |                |         |           |
|        | integer      | year   | Year   |                    |                |         |           |
|        | text         | when   | When   |                    | concat('in ', ${year}) | ${year} |   |
|        | calculate    | stamp  |        |                    | concat(${year}, '!')   | ${year} |   |
|        | text         | fixed  | Fixed  | as is              |                |         | yes       |
|        | calculate    | twice  |        |                    | ${year} * 2    |         |           |
|        | begin_repeat | entry  | Entry  |                    |                |         |           |
|        | text         | kind   | Kind   | meeting            |                |         |           |
|        | integer      | since  | Since  | ${year} + 1        |                |         |           |
|        | end_repeat   |        |        |                    |                |         |           |
"""


def test_defaults_begin_a_response_only() -> None:
    """S-60, S-63"""
    response = entering(FORM)
    assert response.view("lang").text == "English"
    assert response.view("begun").text == response.view("today").text == "2026-11-21"
    told = {
        change.path: change.text for change in response.take_changes() if isinstance(change, AnswerChanged)
    }
    assert told == {"lang": "English", "begun": "2026-11-21", "today": "2026-11-21", "fixed": "as is"}
    assert not response.can_undo
    assert entering(FORM, {"year": "1985"}).view("lang").text == ""


def test_new_entry_begins_with_its_defaults() -> None:
    """S-61"""
    response = entering(FORM)
    response.answer("year", "1985")
    entry = response.add_entry("entry")
    assert response.view(f"{entry}/kind").text == "meeting"
    assert response.view(f"{entry}/since").text == "1986"
    response.undo()
    assert response.repeat("entry").entries == ()
    response.redo()
    assert response.view(f"{entry}/since").text == "1986"


def test_trigger_sets_its_target_in_the_same_step() -> None:
    """S-62"""
    response = entering(FORM)
    response.take_changes()
    response.answer("year", "1985")
    assert response.view("when").text == "in 1985"
    assert response.view("stamp").text == "1985!"
    assert {change.path for change in response.take_changes() if isinstance(change, AnswerChanged)} == {
        "year", "when", "stamp",
    }  # fmt: skip
    response.answer("when", "long ago")
    response.undo()
    response.undo()
    assert (response.view("year").text, response.view("when").text) == ("", "")


CONSTANT = """
| survey |
|        | type   | name  | label | default |
|        | hidden | rate  |       | 3       |
|        | text   | who   | Who?  |         |
|        | note   | shown | Rate ${rate} | |
"""


def test_constants_follow_the_form() -> None:
    """S-64"""
    response = entering(CONSTANT, {"who": "Canada"})
    assert response.view("shown").label == "Rate 3"
    assert response.take_changes() == ()


def test_read_only_and_calculated() -> None:
    """S-65"""
    response = entering(FORM)
    assert response.view("fixed").is_read_only
    assert response.view("twice").is_read_only
    response.answer("year", "10")
    assert response.answer("twice", "7") == frozenset()
    assert response.view("twice").text == "20"
    assert not response.view("lang").is_read_only
