"""How the current question is named, and what is said about it.

H-01  By its number and words, and by the entry that it is in.
H-02  The hint is not said again as guidance.
"""

from __future__ import annotations

from iscm_desktop.presenters.question_head import question_head, section_around
from iscm_desktop.questionnaire.form_paths import AnswerPath, path_below
from iscm_desktop.session.form_session import FormSession
from tests.support.entering import entering

FORM = """
| survey |
|        | type         | name    | label    | hint            | guidance_hint        |
|        | begin_group  | A       | Meetings |                 |                      |
|        | text         | A01     | Name     | In full.        | in  full.            |
|        | begin_repeat | A02     | Held     |                 |                      |
|        | text         | A02.1   | Place    |                 |                      |
|        | text         | A02.2   | When     | Day or year.    | The year is enough.  |
|        | end_repeat   |         |          |                 |                      |
|        | end_group    |         |          |                 |                      |
"""


def filled() -> tuple[FormSession, AnswerPath]:
    session = entering(FORM)
    entry = session.add_entry(AnswerPath("A/A02"))
    session.answer(path_below(entry, "A02.1"), "Nairobi")
    return session, entry


def test_a_question_is_named_by_number_and_words() -> None:
    """H-01"""
    session, _entry = filled()
    head = question_head(session, AnswerPath("A/A01"))
    assert (head.place, head.words) == ("A01", "Name")


def test_a_question_in_an_entry_says_in_which() -> None:
    """H-01"""
    session, entry = filled()
    path = path_below(entry, "A02.2")
    head = question_head(session, path)
    assert head.place.replace("\u2068", "").replace("\u2069", "") == "A02.1.2 Held, Nairobi"
    assert head.words == "When"
    around = session.entry_of(path)
    assert around is not None
    assert around.path == entry
    assert session.entry_of(AnswerPath("A/A01")) is None
    session.remove_entry(entry)
    assert session.entry_of(entry) is None
    session.undo()
    section = section_around(session, path)
    assert section is not None
    assert section.label == "Meetings"


def test_the_hint_is_not_repeated() -> None:
    """H-02"""
    session, entry = filled()
    assert question_head(session, AnswerPath("A/A01")).guidance == ""
    assert question_head(session, path_below(entry, "A02.2")).guidance == "The year is enough."
