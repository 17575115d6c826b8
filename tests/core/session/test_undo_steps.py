"""Undo, redo, and what the store is told.

S-50  Typing in one box is one step; leaving it, or going to another, begins the next.
S-51  A removed entry comes back with all that was in it, at its place.
S-52  A new edit after undoing ends what could be redone.
S-53  The store is told the last text of each answer, and all that happens to entries, in order.
S-54  After a merge the session shows what the store holds; steps from before cannot be undone.
S-55  Answers to questions that are gone are kept in view.
S-56  What would be taken back is named by what the person did.
S-57  Several edits can be one step.
S-58  What is done beside the answers, a mark or a note, is a step in one order with them.
"""

from dataclasses import dataclass, replace

import pytest

from iscm_desktop.questionnaire.form_paths import AnswerPath, path_below
from iscm_desktop.session.views import AnswerChanged, Deed, EntryPlaced, EntryRemoved, StepKind, StepView
from tests.support.entering import entering

A, B, R = AnswerPath("a"), AnswerPath("b"), AnswerPath("r")

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


def test_the_step_to_take_back_is_named_by_what_the_person_did() -> None:
    """S-56"""
    response = entering(FORM)
    assert response.next_undo is None
    response.answer(A, "Canada")
    step = response.next_undo
    assert step == StepView(StepKind.ANSWER, A, "", "Canada")
    entry = response.add_entry(R)
    assert response.next_undo == StepView(StepKind.ENTRY_ADDED, entry)
    response.answer(path_below(entry, "x"), "Vienna")
    response.remove_entry(entry)
    assert response.next_undo == StepView(StepKind.ENTRY_REMOVED, entry, title="Vienna")
    response.undo()
    assert response.next_redo == StepView(StepKind.ENTRY_REMOVED, entry, title="Vienna")


def test_several_edits_can_be_one_step() -> None:
    """S-57"""
    response, told = entering(FORM), list[frozenset[AnswerPath]]()
    response.on_changed.append(told.append)
    with response.one_step():
        response.answer(A, "1")
        response.commit_step()
        response.answer(B, "2")
        entry = response.add_entry(R)
        response.answer(path_below(entry, "x"), "3")
    assert told == [{"a", "b", "r", entry, f"{entry}/x", f"{entry}/s"}]
    response.answer(B, "4")
    response.undo()
    assert response.next_undo == StepView(StepKind.SEVERAL, A, count=3)
    response.undo()
    assert [response.view(path).text for path in (A, B)] == ["", ""]
    assert response.repeat(R).entries == ()
    response.redo()
    assert response.view(B).text == "2"


def test_an_answer_that_is_still_typed_belongs_to_the_step() -> None:
    """S-57: the first letter makes the entry, and the whole word goes with it."""
    response = entering(FORM)
    with response.one_step(goes_on=True):
        path = path_below(response.add_entry(R), "x")
        response.answer(path, "V")
    response.answer(path, "Vienna")
    response.undo()
    assert response.repeat(R).entries == ()
    response.redo()
    assert response.view(path).text == "Vienna"
    response.answer(path, "Rome")
    response.undo()
    assert response.view(path).text == "Vienna"


def test_nothing_done_together_is_no_step_and_ends_no_redo() -> None:
    """S-57"""
    response = entering(FORM)
    response.answer(A, "x")
    response.undo()
    with response.one_step():
        pass
    assert response.can_redo
    assert not response.can_undo


def test_what_was_done_before_a_fault_can_be_undone() -> None:
    """S-57"""
    response = entering(FORM)

    def two_answers() -> None:
        with response.one_step():
            response.answer(A, "x")
            response.answer(AnswerPath("nowhere"), "y")

    with pytest.raises(KeyError):
        two_answers()
    response.undo()
    assert response.view(A).text == ""


@dataclass(frozen=True)
class Remark:
    """A note at a question, in a book that is no part of the response."""

    book: dict[str, str]
    path: AnswerPath
    before: str
    after: str

    @property
    def is_nothing(self) -> bool:
        return self.before == self.after

    def goes_on_with(self, later: Deed) -> bool:
        return isinstance(later, Remark) and later.path == self.path

    def joined_with(self, later: Deed) -> "Remark":
        assert isinstance(later, Remark)
        return replace(self, after=later.after)

    def take_back(self) -> None:
        self.book[self.path] = self.before

    def do_again(self) -> None:
        self.book[self.path] = self.after


def test_what_is_done_beside_the_answers_is_taken_back_in_its_turn() -> None:
    """S-58"""
    response, book = entering(FORM), dict[str, str]()
    response.answer(A, "1")
    for before, after in (("", "as"), ("as", "ask")):
        book[A] = after
        response.remember(Remark(book, A, before, after))
    response.answer(A, "2")
    response.undo()
    step = response.next_undo
    assert step is not None
    assert (step.kind, step.path) == (StepKind.DEED, "a")
    assert response.undo() == frozenset()
    assert book == {"a": ""}
    response.redo()
    assert (book, response.view(A).text) == ({"a": "ask"}, "1")
    response.undo()
    response.undo()
    assert not response.can_undo


def test_what_was_done_beside_the_answers_goes_on_until_the_question_is_left() -> None:
    """S-58"""
    response, book = entering(FORM), dict[str, str]()
    response.remember(Remark(book, A, "", "ask"))
    response.commit_step()
    response.remember(Remark(book, A, "ask", "ask Anna"))
    response.undo()
    assert book == {"a": "ask"}
    response.remember(Remark(book, A, "ask", ""))
    response.remember(Remark(book, A, "", "ask"))
    response.commit_step()
    response.undo()
    assert book == {"a": ""}
