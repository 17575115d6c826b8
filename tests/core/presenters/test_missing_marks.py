"""Which blank required questions are called missing.

M-01  Nothing is, in a form that somebody has only opened.
M-02  A question is that somebody was in and left; its neighbours are not.
M-03  All of a section are once somebody asked what is missing there; other sections are not.
"""

from __future__ import annotations

import pytest

from iscm_desktop.presenters.missing_marks import MissingMarks
from iscm_desktop.questionnaire.form_paths import AnswerPath
from tests.support.entering import questionnaire

FORM = """
| survey |
|        | type         | name  | label  | required |
|        | begin_group  | about | About  |          |
|        | text         | name  | Name   | yes      |
|        | text         | town  | Town   | yes      |
|        | end_group    |       |        |          |
|        | begin_group  | money | Money  |          |
|        | begin_repeat | fee   | Fees   |          |
|        | integer      | chf   | CHF    | yes      |
|        | end_repeat   |       |        |          |
|        | end_group    |       |        |          |
"""
NAME, TOWN, CHF = AnswerPath("about/name"), AnswerPath("about/town"), AnswerPath("money/fee/abc/chf")


@pytest.fixture
def marks() -> MissingMarks:
    return MissingMarks(questionnaire(FORM))


def test_nobody_is_told_off_for_what_they_have_not_come_to(marks: MissingMarks) -> None:
    """M-01"""
    assert not any(map(marks.is_due, (NAME, TOWN, CHF)))


def test_what_was_left_blank_is_missing_and_its_neighbours_are_not(marks: MissingMarks) -> None:
    """M-02"""
    marks.leave([NAME])
    assert [marks.is_due(path) for path in (NAME, TOWN, CHF)] == [True, False, False]
    assert not marks.is_shown(NAME)


def test_a_section_is_shown_by_itself(marks: MissingMarks) -> None:
    """M-03: asked for by a question, an entry, or the section."""
    assert marks.show(CHF) == "money"
    assert marks.show(AnswerPath("money")) is None
    assert [marks.is_due(path) for path in (NAME, CHF, AnswerPath("money/fee"))] == [False, True, True]
