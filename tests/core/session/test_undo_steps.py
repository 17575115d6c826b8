"""Undo, redo, and what the store is told.

S-50  Typing in one box is one step; leaving it, or going to another, begins the next.
S-51  A removed entry comes back with all that was in it, at its place.
S-52  A new edit after undoing ends what could be redone.
S-53  The store is told the last text of each answer, and all that happens to entries, in order.
S-54  After a merge the session shows what the store holds; steps from before cannot be undone.
S-55  Answers to questions that are gone are kept in view.
"""

from iscm_desktop.session.views import AnswerChanged, EntryPlaced, EntryRemoved
from tests.support.entering import entering

FORM = """
| survey |
|        | type         | name | label |
|        | text         | a    | A     |
|        | text         | b    | B     |
|        | begin_repeat | r    | R     |
|        | text         | x    | X     |
|        | begin_repeat | s    | S     |
|        | text         | y    | Y     |
|        | end_repeat   |      |       |
|        | end_repeat   |      |       |
"""


def test_a_burst_of_typing_is_one_step() -> None:
    """S-50"""
    response = entering(FORM)
    for text in ("C", "Ca", "Can"):
        response.answer("a", text)
    response.answer("b", "x")
    response.undo()
    assert (response.view("a").text, response.view("b").text) == ("Can", "")
    response.undo()
    assert response.view("a").text == ""
    assert not response.can_undo
    response.redo()
    assert response.view("a").text == "Can"


def test_leaving_the_box_ends_the_step() -> None:
    """S-50"""
    response = entering(FORM)
    response.answer("a", "Can")
    response.commit_step()
    response.answer("a", "Canada")
    response.undo()
    assert response.view("a").text == "Can"


def test_a_burst_that_ends_where_it_began_is_no_step() -> None:
    """S-50"""
    response = entering(FORM)
    response.answer("a", "x")
    response.answer("a", "")
    assert not response.can_undo
    assert response.undo() == frozenset()


def test_removed_entry_comes_back_whole() -> None:
    """S-51"""
    response = entering(
        FORM,
        {"r/p/x": "one", "r/p/s/n/y": "deep", "r/q/x": "two"},
        {"r": ["p", "q"], "r/p/s": ["n"]},
    )
    response.remove_entry("r/p")
    assert response.take_changes() == (EntryRemoved("r/p"),)
    response.undo()
    assert [entry.title for entry in response.repeat("r").entries] == ["one", "two"]
    assert response.view("r/p/s/n/y").text == "deep"
    assert response.take_changes() == (
        EntryPlaced("r/p", None),
        AnswerChanged("r/p/x", "one"),
        EntryPlaced("r/p/s/n", None),
        AnswerChanged("r/p/s/n/y", "deep"),
    )


def test_new_edit_ends_redo() -> None:
    """S-52"""
    response = entering(FORM)
    response.answer("a", "x")
    response.undo()
    assert response.can_redo
    response.answer("b", "y")
    assert not response.can_redo
    assert response.redo() == frozenset()


def test_changes_are_told_once_and_in_order() -> None:
    """S-53"""
    response = entering(FORM)
    response.answer("a", "x")
    entry = response.add_entry("r")
    response.answer(f"{entry}/x", "1")
    response.answer("a", "xy")
    other = response.add_entry("r", after=None)
    response.move_entry(other, "e1")
    assert response.take_changes() == (
        EntryPlaced("r/e1", None),
        AnswerChanged("r/e1/x", "1"),
        AnswerChanged("a", "xy"),
        EntryPlaced("r/e2", None),
        EntryPlaced("r/e2", "e1"),
    )
    assert response.take_changes() == ()


def test_a_merge_underneath_starts_over() -> None:
    """S-54"""
    response = entering(FORM, {"a": "old"})
    response.answer("a", "mine")
    changed = response.replace({"a": "theirs", "r/p/x": "new"}, {"r": ["p"]})
    assert {"a", "r", "r/p/x"} <= changed
    assert response.view("a").text == "theirs"
    assert response.repeat("r").entries[0].title == "new"
    assert not response.can_undo
    assert response.take_changes() == ()


def test_withdrawn_questions_keep_their_answers() -> None:
    """S-55"""
    response = entering(FORM, {"a": "x", "gone": "1985", "r/p/x": "kept in a removed entry"})
    assert response.withdrawn() == (("gone", "1985"),)
