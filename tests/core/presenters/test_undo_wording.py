"""What Undo would take back, in words, and where one is led afterwards.

U-01  An answer is named by what was typed, a choice by its label, a box that is ticked by what it says.
U-02  What was cleared, an entry, a note and a mark are named by what they were.
U-03  Long texts are named by their beginning, on one line.
U-05  What somebody did with one press is named by that: taken over, added, removed or moved, with what is in it.
U-04  After a step one is led to what it changed, unless that is in view; of an entry that is gone, to its repeat.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from iscm_desktop.i18n import use_language
from iscm_desktop.presenters import undo_wording
from iscm_desktop.presenters.entries.entry_actions import duplicate_entry, order_entries, remove_entries
from iscm_desktop.presenters.undo_wording import (
    _REDO,
    _UNDO,
    MarkDeed,
    NoteDeed,
    place_of,
    redo_words,
    undo_words,
)
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath, path_below
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.offers import OfferOrigin, Offers, ResponseOffers
from iscm_desktop.session.views import Declaration, StepKind
from tests.support.entering import entering

FORM = """
| survey |
|        | type          | name    | label           |
|        | begin_group   | about   | About           |
|        | text          | name    | Name            |
|        | select_one yn | fee     | Is there a fee? |
|        | acknowledge   | sure    | I am sure       |
|        | end_group     |         |                 |
|        | begin_repeat  | meeting | Meetings        |
|        | text          | place   | Place           |
|        | text          | topic   | Topic           |
|        | end_repeat    |         |                 |
| choices |
|        | list_name     | name    | label           |
|        | yn            | yes     | Yes, there is   |
"""
NAME, FEE, SURE = AnswerPath("about/name"), AnswerPath("about/fee"), AnswerPath("about/sure")
MEETING = AnswerPath("meeting")


@pytest.fixture
def session() -> FormSession:
    return entering(FORM)


def test_nothing_to_undo_has_no_words(session: FormSession) -> None:
    assert (undo_words(session), redo_words(session)) == ("", "")


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        (NAME, "March 2025", "Undo “March 2025”"),
        (FEE, "yes", "Undo “Yes, there is”"),
        (SURE, "OK", "Undo “I am sure”"),
        (NAME, "one line\nand another that goes on and on", "Undo “one line and another that goes…”"),
        (NAME, "مارس 2025", "Undo “\u2068مارس 2025\u2069”"),
    ],
)
def test_an_answer_is_named_by_what_it_says(
    session: FormSession, path: AnswerPath, text: str, words: str
) -> None:
    """U-01, U-03"""
    session.answer(path, text)
    assert undo_words(session) == words
    session.undo()
    assert redo_words(session) == words.replace("Undo", "Redo")


def test_what_was_cleared_is_named_by_what_it_was(session: FormSession) -> None:
    """U-02"""
    session.answer(NAME, "IGC")
    session.commit_step()
    session.answer(NAME, "")
    assert undo_words(session) == "Undo clearing “IGC”"


def test_entries_are_named(session: FormSession) -> None:
    """U-02"""
    entry = session.add_entry(MEETING)
    assert undo_words(session) == "Undo adding “Meetings 1”"
    session.answer(path_below(entry, "place"), "Nairobi")
    session.remove_entry(entry)
    assert undo_words(session) == "Undo removing “Nairobi”"
    session.undo()
    other = session.add_entry(MEETING)
    session.move_entry(other, None)
    assert undo_words(session) == "Undo moving “Meetings 1”"


@pytest.mark.parametrize("words", [_UNDO, _REDO], ids=["undo", "redo"])
def test_each_kind_of_step_has_words(words: dict[str | StepKind, str]) -> None:
    elsewhere = {StepKind.ANSWER, StepKind.SEVERAL, StepKind.DEED}
    assert set(StepKind) - elsewhere == {kind for kind in words if isinstance(kind, StepKind)}


def test_no_step_has_two_sentences() -> None:
    """U-02: of a key that stands twice, one sentence would never be shown."""
    tree = ast.parse(Path(undo_wording.__file__).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        keys = [ast.unparse(key) for key in node.keys if key] if isinstance(node, ast.Dict) else []
        assert len(keys) == len(set(keys)), keys


def offered() -> ResponseOffers:
    """Two meetings out of a register, with two answers each."""
    answers = {
        AnswerPath("meeting/a/place"): "Nairobi",
        AnswerPath("meeting/a/topic"): "Visas",
        AnswerPath("meeting/b/place"): "Geneva",
        AnswerPath("meeting/b/topic"): "Data",
    }
    register = Offers(answers=answers, entries={MEETING: ("a", "b")}, origin=OfferOrigin.REGISTER)
    return ResponseOffers(register=register)


def test_taking_over_is_named_by_what_was_taken_over(session: FormSession) -> None:
    """U-05"""
    offered().take_over(session, MEETING, "a")
    assert undo_words(session) == "Undo “Take over”: Nairobi"
    session.undo()
    assert redo_words(session) == "Redo “Take over”: Nairobi"
    offered().take_over(session, MEETING)
    assert undo_words(session) == "Undo “Take over 2 proposed entries”"
    session.undo()
    assert redo_words(session) == "Redo “Take over 2 proposed entries”"


def test_earlier_answers_taken_over_are_counted(session: FormSession) -> None:
    """U-05"""
    last = Offers("2019", {NAME: "IGC", FEE: "yes"})
    assert last.confirm_section(session, AnswerPath("about")) == 2
    assert undo_words(session) == "Undo “Take over 2 answers”"
    session.undo()
    assert redo_words(session) == "Redo “Take over 2 answers”"


def test_what_was_declined_is_named(session: FormSession) -> None:
    """U-02"""
    assert offered().decline(session, MEETING, "a", "Nairobi")
    assert undo_words(session) == "Undo “not ours”: Nairobi"
    session.undo()
    assert redo_words(session) == "Redo “not ours”: Nairobi"


def test_several_entries_at_once_are_counted_and_one_is_named(session: FormSession) -> None:
    """U-05"""
    offered().take_over(session, MEETING)
    session.commit_step()
    paths = [entry.path for entry in session.repeat(MEETING).entries]
    duplicate_entry(session, paths[0])
    assert undo_words(session) == "Undo adding “Nairobi”"
    session.undo()
    order_entries(session, paths[::-1])
    assert undo_words(session) == "Undo moving “Geneva”"
    session.undo()
    remove_entries(session, paths)
    assert undo_words(session) == "Undo removing 2 entries"
    session.undo()
    assert redo_words(session) == "Redo removing 2 entries"


def test_what_is_told_after_all_is_named_as_the_button_says(session: FormSession) -> None:
    """U-02"""
    session.declare(Declaration.NOTHING_TO_REPORT, AnswerPath("about"))
    session.declare(Declaration.NOTHING_TO_REPORT, AnswerPath("about"), is_made=False)
    assert undo_words(session) == "Undo “something to report after all”: About"


def test_what_is_said_of_a_place_is_named(session: FormSession) -> None:
    """U-02"""
    session.declare(Declaration.NOTHING_TO_REPORT, AnswerPath("about"))
    assert undo_words(session) == "Undo “nothing to report”: About"
    session.undo()
    assert redo_words(session) == "Redo “nothing to report”: About"


def test_several_at_once_are_counted(session: FormSession) -> None:
    with session.one_step():
        session.answer(NAME, "IGC")
        session.answer(FEE, "yes")
    assert undo_words(session) == "Undo 2 answers"


def test_notes_and_marks_are_named_and_taken_back(session: FormSession) -> None:
    """U-02"""
    notes, marked = {NAME: "ask Finance"}, {FEE}
    session.remember(NoteDeed(NAME, "", "ask Finance", notes.__setitem__))
    assert undo_words(session) == "Undo the note “ask Finance”"
    session.remember(MarkDeed(FEE, True, lambda: marked.add(FEE), lambda: marked.discard(FEE)))
    assert undo_words(session) == "Undo “not for publication”: Is there a fee?"
    session.undo()
    session.undo()
    assert (notes, marked) == ({NAME: ""}, set())
    assert redo_words(session) == "Redo the note “ask Finance”"
    session.redo()
    assert notes == {NAME: "ask Finance"}


def test_it_speaks_the_language_of_the_interface(session: FormSession) -> None:
    session.answer(NAME, "IGC")
    use_language("ar")
    try:
        assert "\u2068IGC\u2069" in undo_words(session)
    finally:
        use_language("en")


def test_one_is_led_to_what_a_step_changed(session: FormSession) -> None:
    """U-04"""
    session.answer(NAME, "IGC")
    step = session.next_undo
    assert step is not None
    assert place_of(step, session, WHOLE_RESPONSE) == NAME
    assert place_of(step, session, NAME) is None
    entry = session.add_entry(MEETING)
    step = session.next_undo
    assert step is not None
    assert place_of(step, session, NAME) == entry
    session.undo()
    assert place_of(step, session, NAME) == MEETING
