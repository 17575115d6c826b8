"""Numbers of sections, questions and entries.

N-01 Codes of the form are its numbers; a question without one is a further one of the question before it.
N-02 A form without codes is counted, groups and notes aside.
N-03 Inside a repeat, the number of the entry comes first.
N-04 Arabic numbers sections by its own letters.
N-05 No two items of a questionnaire have the same number.
"""

from __future__ import annotations

import pytest

from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.questionnaire.form_paths import AnswerPath, TemplatePath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.model import Question, Repeat
from iscm_desktop.questionnaire.numbering import number_of, numbering, with_number
from tests.support.entering import entering, questionnaire

PLAIN = """
| survey |              |         |                |               |
|        | type         | name    | label          | calculation   |
|        | begin_group  | who     | Who            |               |
|        | text         | name    | Name           |               |
|        | note         | thanks  | Thanks         |               |
|        | begin_group  | contact | Contact        |               |
|        | text         | mail    | Mail           |               |
|        | calculate    | domain  |                | 1 + 1         |
|        | text         | phone   | Phone          |               |
|        | end_group    |         |                |               |
|        | begin_repeat | member  | Member         |               |
|        | text         | state   | State          |               |
|        | text         | since   | Since          |               |
|        | end_repeat   |         |                |               |
|        | end_group    |         |                |               |
|        | begin_group  | visits  | Visits         |               |
|        | begin_repeat | visit   | Visit          |               |
|        | text         | place   | Place          |               |
|        | begin_repeat | talk    | Talk           |               |
|        | text         | whom    | With whom      |               |
|        | end_repeat   |         |                |               |
|        | end_repeat   |         |                |               |
|        | end_group    |         |                |               |
|        | text         | remark  | Remark         |               |
"""

CODED = """
| survey |             |             |              |
|        | type        | name        | label        |
|        | begin_group | ABC-B       | Money        |
|        | text        | ABC-B01     | Fee          |
|        | text        | ABC-B01_other | Which other |
|        | text        | remark      | Remark       |
|        | text        | ABC-B02     | Budget       |
|        | end_group   |             |              |
|        | text        | last        | Last words   |
"""

NUMBERED = """
| survey |             |      |                    |
|        | type        | name | label              |
|        | begin_group | part | Part               |
|        | text        | a    | 1. Name            |
|        | text        | b    | Q2) Age            |
|        | text        | c    | Anything else      |
|        | end_group   |      |                    |
"""


def _number(form: str | Questionnaire, path: str, *entries: int, language: str | None = None) -> str:
    asked = questionnaire(form) if isinstance(form, str) else form
    return numbering(asked).number(TemplatePath(path), entries, language=language)


def test_codes_of_the_form_are_its_numbers() -> None:
    """N-01."""
    form = shipped("iscm")
    assert _number(form, "ISC-E") == "E"
    assert _number(form, "ISC-E/ISC-E20") == "E20"
    assert _number(form, "ISC-A/ISC-A03_other") == "A03a"
    assert _number(CODED, "ABC-B/ABC-B01_other") == "B01a"
    assert _number(CODED, "ABC-B/remark") == "B01b"
    assert _number(CODED, "ABC-B/ABC-B02") == "B02"
    assert _number(CODED, "ABC-B") == "B", "loose questions are no reason to count sections anew"


def test_a_form_without_codes_is_counted() -> None:
    """N-02: headings, notes and calculations take no number."""
    assert [_number(PLAIN, section.path) for section in questionnaire(PLAIN).sections] == ["1", "2", "3"]
    assert _number(PLAIN, "who/name") == "1.1"
    assert _number(PLAIN, "who/thanks") == _number(PLAIN, "who/contact/domain") == ""
    assert _number(PLAIN, "who/contact/phone") == "1.3"
    assert _number(PLAIN, "who/member") == "1.4"
    assert _number(PLAIN, "remark") == "3.1"


def test_labels_that_bring_their_numbers_get_no_others() -> None:
    """N-02: "1.1 1. Name" helps nobody."""
    assert _number(NUMBERED, "part/a") == _number(NUMBERED, "part/c") == ""
    assert _number(NUMBERED, "part") == "1"
    assert with_number("", "1. Name") == "1. Name"


def test_entries_come_before_what_is_in_them() -> None:
    """N-03: "C1.3" where the repeat is all of its section, else with the repeat's own number in front."""
    state, iscm = shipped("state"), shipped("iscm")
    assert _number(state, "STA-C/STA-C00") == "C"
    assert _number(state, "STA-C/STA-C00", 1) == "C1"
    assert _number(state, "STA-C/STA-C00/STA-C03", 1) == "C1.3"
    assert _number(state, "STA-C/STA-C00/STA-C06_other", 12) == "C12.6a"
    assert _number(state, "STA-C/STA-C00/STA-C03") == "C03", "the question, whatever the entry"
    assert _number(iscm, "ISC-B/ISC-B05", 2) == "B05.2"
    assert _number(iscm, "ISC-B/ISC-B05/ISC-B05.3", 2) == "B05.2.3"
    assert _number(PLAIN, "who/member/since", 3) == "1.4.3.2"
    assert _number(PLAIN, "visits/visit", 2) == "2.2"
    assert _number(PLAIN, "visits/visit/place", 2) == "2.2.1"
    assert _number(PLAIN, "visits/visit/talk", 2) == "2.2.2"
    assert _number(PLAIN, "visits/visit/talk", 2, 4) == "2.2.2.4"
    assert _number(PLAIN, "visits/visit/talk/whom", 2, 4) == "2.2.2.4.1"


def test_arabic_has_letters_of_its_own() -> None:
    """N-04: as documents of the United Nations do."""
    state = shipped("state")
    assert _number(state, "STA-E", language="ar") == "هاء"
    assert _number(state, "STA-E/STA-E03", language="ar") == "هاء-03"
    assert _number(state, "STA-C/STA-C00/STA-C03", 1, language="ar") == "جيم-1.3"
    assert _number(PLAIN, "who/name", language="ar") == "1.1"


@pytest.mark.parametrize("form", ["iscm", "state", "organization", PLAIN, CODED])
@pytest.mark.parametrize("entry", [(), (2, 2)])
def test_numbers_are_told_apart(form: str, entry: tuple[int, ...]) -> None:
    """N-05: in any entry, and in one entry."""
    asked = questionnaire(form) if "|" in form else shipped(form)
    counted = numbering(asked)
    depth = {item.path: _depth(asked, item.path) for item in walk(asked.items)}
    numbers = [
        counted.number(item.path, entry[: depth[item.path]])
        for item in walk(asked.items)
        if isinstance(item, Question) and item.kind.is_answered
    ]
    assert all(numbers)
    assert len(set(numbers)) == len(numbers)


def _depth(form: Questionnaire, path: TemplatePath) -> int:
    parts = path.split("/")
    around = (TemplatePath("/".join(parts[:end])) for end in range(1, len(parts)))
    return sum(isinstance(form.item(each), Repeat) for each in around if each in form)


def test_a_stored_path_has_the_number_of_its_question() -> None:
    """Where only the store is at hand, entries have no order yet."""
    state = shipped("state")
    assert number_of(state, AnswerPath("STA-C/STA-C00/x1/STA-C03")) == "C03"
    assert number_of(state, AnswerPath("STA-Z/gone")) == ""


def test_views_bring_their_numbers() -> None:
    """N-03: they follow the order of the entries."""
    session = entering(PLAIN)
    first = session.add_entry(AnswerPath("who/member"))
    second = session.add_entry(AnswerPath("who/member"))
    since = AnswerPath(f"{second}/since")
    assert session.view(since).number == "1.4.2.2"
    changed = session.remove_entry(first)
    assert session.view(since).number == "1.4.1.2"
    assert since in changed, "who draws it has to know"
    session.undo()
    assert session.view(since).number == "1.4.2.2"
    session.move_entry(second, None)
    assert session.view(since).number == "1.4.1.2"
    assert session.number(since) == "1.4.1.2"
    assert session.number(second) == "1.4.1"
    (repeat,) = [item for item in session.section(AnswerPath("who")).items if item.path == "who/member"]
    assert [entry.number for entry in repeat.entries] == ["1.4.1", "1.4.2"]
    assert [section.number for section in session.sections()] == ["1", "2", "3"]
