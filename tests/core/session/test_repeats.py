"""Repeats and their entries.

S-20  Entries have ids that stay theirs when others come, go and move.
S-21  A repeat that wants entries and has none is missing; one that has its most can take no more.
S-22  Calculations over a repeat follow its entries; positions follow their order.
S-23  A counted repeat has as many entries as its count says; answers of those left out come back with them.
S-24  An entry is titled by the question that the form names, else by its first answer, else by its number.
S-25  Repeats nest.
S-27  A finding in an entry says in which: by its number and title, outer entries first.
S-26  People do not add to or take from what the form counts.
"""

import pytest

from iscm_desktop.session.views import EntryPlaced, Verdict
from tests.support.entering import entering

FORM = """
| survey |
|        | type         | name   | label          | calculation     | repeat_count | required | bind::iscm:min_entries | bind::iscm:max_entries | bind::iscm:entry_title |
|        | begin_repeat | event  | Turning points |                 |              |          | 1                      | 3                      | what                   |
|        | integer      | year   | Year           |                 |              | yes      |                        |                        |                        |
|        | text         | what   | What happened  |                 |              |          |                        |                        |                        |
|        | calculate    | place  |                | position(..)    |              |          |                        |                        |                        |
|        | begin_repeat | source | Source         |                 |              |          |                        |                        |                        |
|        | text         | title  | Title          |                 |              |          |                        |                        |                        |
|        | end_repeat   |        |                |                 |              |          |                        |                        |                        |
|        | end_repeat   |        |                |                 |              |          |                        |                        |                        |
|        | calculate    | total  |                | sum(${year})    |              |          |                        |                        |                        |
|        | calculate    | events |                | count(${event}) |              |          |                        |                        |                        |
|        | integer      | bodies | Bodies         |                 |              |          |                        |                        |                        |
|        | begin_repeat | body   | Body           |                 | ${bodies}    |          |                        |                        |                        |
|        | text         | name   | Name           |                 |              |          |                        |                        |                        |
|        | end_repeat   |        |                |                 |              |          |                        |                        |                        |
| settings |
|          | namespaces |
|          | iscm="https://iscm-desktop.invalid/xforms" |
"""  # noqa: E501


def test_entries_keep_their_ids() -> None:
    """S-20"""
    response = entering(FORM)
    first = response.add_entry("event")
    second = response.add_entry("event")
    front = response.add_entry("event", after=None)
    between = [entry.path for entry in response.repeat("event").entries]
    assert between == [front, first, second] == ["event/e3", "event/e1", "event/e2"]
    response.answer(f"{first}/year", "1985")
    response.move_entry(first, "e2")
    response.remove_entry(front)
    assert [entry.entry_id for entry in response.repeat("event").entries] == ["e2", "e1"]
    assert response.view("event/e1/year").text == "1985"


def test_too_few_and_enough_entries() -> None:
    """S-21"""
    response = entering(FORM)
    empty = response.repeat("event")
    assert (empty.verdict, empty.message) == (Verdict.MISSING, "Add at least 1 entry.")
    assert [finding.path for finding in response.findings()] == ["event"]
    response.add_entry("event")
    assert response.repeat("event").verdict is Verdict.OK
    response.add_entry("event")
    assert response.repeat("event").can_add
    response.add_entry("event")
    assert not response.repeat("event").can_add


def test_too_many_entries_after_a_merge_are_told() -> None:
    """S-21"""
    response = entering(FORM, entries={"event": ["a", "b", "c", "d"]})
    assert response.repeat("event").verdict is Verdict.OUT_OF_RANGE
    assert "At most 3" in response.repeat("event").message


def test_calculations_follow_entries() -> None:
    """S-22"""
    response = entering(FORM)
    for year in ("1985", "1999"):
        response.answer(f"{response.add_entry('event')}/year", year)
    assert (response.view("total").text, response.view("events").text) == ("3984", "2")
    assert [response.view(f"event/{name}/place").text for name in ("e1", "e2")] == ["1", "2"]
    response.move_entry("event/e2", None)
    assert [response.view(f"event/{name}/place").text for name in ("e1", "e2")] == ["2", "1"]
    response.remove_entry("event/e2")
    assert (response.view("total").text, response.view("event/e1/place").text) == ("1985", "1")


def test_counted_entries_come_back_with_their_answers() -> None:
    """S-23"""
    response = entering(FORM)
    response.answer("bodies", "2")
    response.answer("body/2/name", "Working party")
    response.answer("bodies", "1")
    assert [entry.entry_id for entry in response.repeat("body").entries] == ["1"]
    response.answer("bodies", "12")
    assert len(response.repeat("body").entries) == 12
    assert response.view("body/2/name").text == "Working party"
    assert not any(isinstance(change, EntryPlaced) for change in response.take_changes())


def test_answers_of_entries_left_out_are_kept_over_a_restart() -> None:
    """S-23"""
    response = entering(FORM, {"bodies": "1", "body/2/name": "Working party"})
    assert response.withdrawn() == ()
    response.answer("bodies", "2")
    assert response.view("body/2/name").text == "Working party"


def test_entry_titles() -> None:
    """S-24"""
    response = entering(FORM)
    entry = response.add_entry("event")
    assert response.repeat("event").entries[0].title == "Turning points 1"
    response.answer(f"{entry}/year", "1985")
    assert response.repeat("event").entries[0].title == "Turning points 1"
    response.answer(f"{entry}/what", "First round")
    assert response.repeat("event").entries[0].title == "First round"


def test_repeats_nest() -> None:
    """S-25"""
    response = entering(FORM)
    event = response.add_entry("event")
    source = response.add_entry(f"{event}/source")
    response.answer(f"{source}/title", "Minutes")
    assert source == "event/e1/source/e2"
    assert [answer.path for answer in response.answers()] == [f"{source}/title"]
    response.remove_entry(event)
    assert response.answers() == ()
    response.undo()
    assert [answer.text for answer in response.answers()] == ["Minutes"]


def test_people_leave_counted_entries_alone() -> None:
    """S-26"""
    response = entering(FORM, {"bodies": "2"})
    assert not response.repeat("body").can_add
    assert not response.repeat("body").can_remove
    with pytest.raises(ValueError, match="the form decides"):
        response.add_entry("body")
    with pytest.raises(ValueError, match="the form decides"):
        response.remove_entry("body/1")


def test_unknown_paths_are_a_defect_of_the_caller() -> None:
    response = entering(FORM)
    for wrong in ("nothing", "event/e9/year", "year", "event"):
        with pytest.raises(KeyError):
            response.view(wrong)
    with pytest.raises(KeyError):
        response.add_entry("event", after="e9")


def test_a_finding_names_its_entry() -> None:
    """S-27"""
    response = entering(
        FORM,
        {"event/p/what": "Review", "event/p/year": "2001", "event/q/what": "Crisis", "event/r/year": "x"},
        {"event": ["p", "q", "r"]},
    )
    assert [(one.path, one.entry) for one in response.findings()] == [
        ("event/q/year", "2 · Crisis"),
        ("event/r/year", "Turning points 3"),
    ]


def test_a_finding_in_an_entry_without_answers_has_its_number() -> None:
    """S-27"""
    response = entering(FORM, {}, {"event": ["p"]})
    assert [one.entry for one in response.findings()] == ["Turning points 1"]


def test_a_finding_outside_of_repeats_names_no_entry() -> None:
    """S-27"""
    response = entering(FORM, {"bodies": "many"})
    assert {one.path: one.entry for one in response.findings()} == {"event": "", "bodies": ""}
