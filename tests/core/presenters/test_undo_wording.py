"""What Undo would take back, in words, and where one is led afterwards.

U-01  An answer is named by what was typed, a choice by its label, a box that is ticked by what it says.
U-02  What was cleared, an entry, a note and a mark are named by what they were.
U-03  Long texts are named by their beginning, on one line.
U-04  After a step one is led to what it changed, unless that is in view; of an entry that is gone, to its repeat.
"""

from __future__ import annotations

import pytest

from iscm_desktop.i18n import use_language
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
