"""Places of which something is said rather than answered there.

S-100  Nothing to report of a section or repeat is an answer: nothing in it is missing any more, and it is complete.
S-101  It can be said only while nothing is answered there; whoever answers there takes it back with the same step.
S-102  What is said is undone and done again like an answer, and told to the store.
S-103  What the program filled in by itself is not counted, until somebody answers otherwise.
"""

import pytest

from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerChanged, Declaration, DeclarationChanged, EntryPlaced, Verdict
from tests.support.entering import entering, questionnaire

FORM = """
| survey |
|        | type         | name    | label   | required | bind::iscm:min_entries | bind::iscm:identity |
|        | begin_group  | who     | Who     |          |   |            |
|        | text         | name    | Name    | yes      |   | respondent |
|        | end_group    |         |         |          |   |            |
|        | begin_group  | compact | Compact |          |   |            |
|        | text         | goals   | Goals   | yes      |   |            |
|        | text         | steps   | Steps   |          |   |            |
|        | end_group    |         |         |          |   |            |
|        | begin_group  | work    | Work    |          |   |            |
|        | begin_repeat | meeting | Meeting |          | 1 |            |
|        | text         | place   | Place   | yes      |   |            |
|        | end_repeat   |         |         |          |   |            |
|        | text         | remark  | Remark  |          |   |            |
|        | end_group    |         |         |          |   |            |
| settings |
|          | namespaces |
|          | iscm="https://iscm-desktop.invalid/xforms" |
"""
NOTHING = Declaration.NOTHING_TO_REPORT


@pytest.fixture
def response() -> FormSession:
    return entering(FORM)


def figures(response: FormSession, at: int) -> tuple[int, int, int, bool]:
    section = response.sections()[at]
    return section.answered, section.asked, section.missing, section.has_nothing


def test_a_section_with_nothing_to_report_is_complete(response: FormSession) -> None:
    """S-100"""
    assert figures(response, 1) == (0, 2, 1, False)
    assert {"compact", "compact/goals"} <= response.declare(NOTHING, "compact")
    assert figures(response, 1) == (2, 2, 0, True)
    assert response.view("compact/goals").verdict is Verdict.OK
    assert all(finding.section != "compact" for finding in response.findings())


def test_a_repeat_with_nothing_to_report_wants_no_entry(response: FormSession) -> None:
    """S-100: it counts as one answer, and as one question before."""
    assert response.repeat("work/meeting").verdict is Verdict.MISSING
    assert figures(response, 2) == (0, 2, 1, False)
    response.declare(NOTHING, "work/meeting")
    repeat = response.repeat("work/meeting")
    assert (repeat.verdict, repeat.has_nothing) == (Verdict.OK, True)
    assert figures(response, 2) == (1, 2, 0, False)


def test_it_cannot_be_said_of_what_is_answered(response: FormSession) -> None:
    """S-101"""
    assert response.can_declare_nothing("compact")
    response.answer("compact/steps", "Two")
    assert not response.can_declare_nothing("compact")
    with pytest.raises(ValueError, match="compact"):
        response.declare(NOTHING, "compact")
    response.add_entry("work/meeting")
    assert not response.can_declare_nothing("work/meeting")
    assert not response.can_declare_nothing("who")  # it says whose response it is
    assert not response.can_declare_nothing("compact/goals")
    with pytest.raises(KeyError):
        response.declare(NOTHING, "compact/goals")


def test_whoever_answers_takes_it_back(response: FormSession) -> None:
    """S-101, S-102: one step, and undoing it says again what was said."""
    response.declare(NOTHING, "compact")
    response.take_changes()
    response.answer("compact/goals", "Some")
    assert not response.declared(NOTHING)
    assert response.take_changes() == (
        AnswerChanged("compact/goals", "Some"),
        DeclarationChanged("compact", NOTHING, is_made=False),
    )
    response.undo()
    assert response.declared(NOTHING) == {"compact"}
    assert response.view("compact/goals").text == ""
    response.redo()
    assert not response.declared(NOTHING)


def test_an_entry_takes_it_back_around_it(response: FormSession) -> None:
    """S-101"""
    response.declare(NOTHING, "work")
    response.take_changes()
    assert response.repeat("work/meeting").has_nothing
    response.add_entry("work/meeting")
    assert response.take_changes()[-1] == DeclarationChanged("work", NOTHING, is_made=False)
    assert isinstance(response.next_undo, object)
    response.undo()
    assert response.declared(NOTHING) == {"work"}


def test_clearing_an_answer_takes_nothing_back(response: FormSession) -> None:
    """S-101"""
    response.declare(NOTHING, "compact")
    response.answer("compact/goals", "")
    assert response.declared(NOTHING) == {"compact"}


def test_saying_it_is_a_step(response: FormSession) -> None:
    """S-102"""
    response.declare(NOTHING, "compact")
    assert response.take_changes() == (DeclarationChanged("compact", NOTHING, is_made=True),)
    response.undo()
    assert figures(response, 1) == (0, 2, 1, False)
    assert response.take_changes() == (DeclarationChanged("compact", NOTHING, is_made=False),)
    response.redo()
    assert figures(response, 1) == (2, 2, 0, True)


def test_what_the_store_was_told_comes_back() -> None:
    """S-102"""
    declared = FormSession(questionnaire(FORM), is_new=False, declarations=[(NOTHING, "compact")])
    assert figures(declared, 1) == (2, 2, 0, True)
    declared.replace({}, {})
    assert figures(declared, 1) == (0, 2, 1, False)


def test_what_came_filled_in_is_nobodys_answer() -> None:
    """S-103"""
    response = FormSession(
        questionnaire(FORM), answers={"who/name": "Kenya"}, given={"who/name": "Kenya"}, is_new=False
    )
    assert figures(response, 0) == (0, 0, 0, False)
    assert [one.text for one in response.answers()] == ["Kenya"]
    response.answer("who/name", "Republic of Kenya")
    assert figures(response, 0) == (1, 1, 0, False)
    response.answer("who/name", "")
    assert figures(response, 0) == (0, 1, 1, False)


def test_an_undone_entry_says_so() -> None:
    """S-102: the store may forget what nobody has seen."""
    response = entering(FORM)
    entry = response.add_entry("work/meeting")
    assert response.take_changes() == (EntryPlaced(entry, None),)
    response.undo()
    (removed,) = response.take_changes()
    assert removed.is_undone  # type: ignore[union-attr]
    response.redo()
    response.remove_entry(entry)
    assert not response.take_changes()[-1].is_undone  # type: ignore[union-attr]


COUNTED = """
| survey |
|        | type         | name  | label | repeat_count |
|        | begin_group  | a     | A     |              |
|        | begin_repeat | twice | Twice | 2            |
|        | text         | word  | Word  |              |
|        | end_repeat   |       |       |              |
|        | end_group    |       |       |              |
"""


def test_a_repeat_that_the_form_counts_cannot_have_nothing() -> None:
    """S-101: its section can."""
    response = entering(COUNTED)
    assert not response.can_declare_nothing("a/twice")
    assert response.can_declare_nothing("a")
    with pytest.raises(ValueError, match="twice"):
        response.declare(NOTHING, "a/twice")


def test_only_some_sections_are_told_of() -> None:
    """S-102, S-46: what is said of a section that is held here is told to the store."""
    form = questionnaire(FORM)
    held = FormSession(form, sections=["compact"], is_new=False)
    held.declare(NOTHING, "compact")
    assert held.take_changes() == (DeclarationChanged("compact", NOTHING, is_made=True),)
    assert not held.can_declare_nothing("work")
