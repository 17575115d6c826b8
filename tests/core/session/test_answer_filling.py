"""Answers from a file: which entry of a repeat goes on, which is new, which is gone.

F-01  An entry that begins with the same answer as one that is there goes on with it, in the order of the file.
F-02  Repeats end with exactly the entries listed.
F-03  The same file twice changes nothing the second time.
F-04  Where the form decides how many entries there are, a file with more is refused.
"""

from __future__ import annotations

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.questionnaire.reading.xlsform import from_markdown
from iscm_desktop.session.answer_filling import fill_session
from iscm_desktop.session.form_session import FormSession

FORM = from_markdown("""
| survey |              |         |              |              |
|        | type         | name    | label        | repeat_count |
|        | integer      | number  | How many?    |              |
|        | begin_repeat | partner | Partner      |              |
|        | text         | who     | Who?         |              |
|        | text         | since   | Since when?  |              |
|        | end_repeat   |         |              |              |
|        | begin_repeat | child   | Child        | ${number}    |
|        | text         | name    | Name         |              |
|        | end_repeat   |         |              |              |
""")


def proposed() -> FormSession:
    return FormSession(
        FORM,
        answers={"partner/rcm/who": "RCM", "partner/igc/who": "IGC", "partner/igc/since": "1985"},
        entries={"partner": ["rcm", "igc"]},
    )


def partners(session: FormSession) -> list[tuple[str, str, str]]:
    entries = session.repeat("partner").entries
    return [
        (each.entry_id, session.view(f"{each.path}/who").text, session.view(f"{each.path}/since").text)
        for each in entries
    ]


def test_an_entry_that_begins_alike_goes_on() -> None:
    """F-01, F-02"""
    session = proposed()
    fill_session(session, {"partner": [{"who": "SACM"}, {"who": "IGC", "since": "1986"}]})
    (new, *_rest), igc = partners(session)
    assert new not in {"rcm", "igc"}
    assert igc == ("igc", "IGC", "1986")


def test_entries_come_in_the_order_of_the_file() -> None:
    """F-01"""
    session = proposed()
    fill_session(session, {"partner": [{"who": "IGC"}, {"who": "RCM", "since": "1996"}]})
    assert partners(session) == [("igc", "IGC", "1985"), ("rcm", "RCM", "1996")]


def test_the_same_file_twice_changes_nothing() -> None:
    """F-03"""
    session = proposed()
    listed = {"partner": [{"who": "APC"}, {"who": "IGC"}, {"who": "APC"}, {"since": "2000"}]}
    fill_session(session, listed)
    first = [row for row in partners(session) if row[1]]
    session.take_changes()
    fill_session(session, listed)
    assert [row for row in partners(session) if row[1]] == first


def test_more_entries_than_the_form_has_are_refused() -> None:
    """F-04"""
    session = FormSession(FORM)
    fill_session(session, {"number": 2, "child": [{"name": "Ana"}]})
    assert len(session.repeat("child").entries) == 2
    with pytest.raises(IscmError) as refused:
        fill_session(session, {"child": [{"name": "Ana"}, {"name": "Ben"}, {"name": "Cem"}]})
    assert refused.value.problem is AnswerProblem.ANSWERS_UNKNOWN
    assert "child/3" in str(refused.value)
