"""Paths to what a form asks, and to what one respondent answered.

P-01 A path is made of its parent's and a name, and taken apart again; the root adds nothing.
P-02 The ids of entries, and nothing else, tell the path of an answer from that of its question.
P-03 A path may be written with slashes around it.
"""

import pytest

from iscm_desktop.questionnaire.form_paths import (
    FORM_ROOT,
    WHOLE_RESPONSE,
    AnswerPath,
    answer_path,
    last_name,
    outside_repeats,
    path_around,
    path_below,
)
from iscm_desktop.questionnaire.sections import template_path
from tests.support.entering import questionnaire

FORM = """
| survey |              |         |               |
|        | type         | name    | label         |
|        | begin_group  | ISC-F   | Partners      |
|        | begin_repeat | partner | Partner       |
|        | text         | name    | Name          |
|        | begin_repeat | project | Project       |
|        | text         | title   | Title         |
|        | end_repeat   |         |               |
|        | end_repeat   |         |               |
|        | text         | other   | Anything else |
|        | end_group    |         |               |
"""


def test_paths_are_put_together_and_taken_apart() -> None:
    """P-01"""
    section = path_below(FORM_ROOT, "ISC-F")
    repeat = path_below(section, "partner")
    assert repeat == "ISC-F/partner"
    assert (path_around(repeat), last_name(repeat)) == (section, "partner")
    assert path_around(section) == FORM_ROOT
    assert path_below(WHOLE_RESPONSE, "ISC-F") == "ISC-F"


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("ISC-F/other", "ISC-F/other"),
        ("ISC-F/partner", "ISC-F/partner"),
        ("ISC-F/partner/iom", "ISC-F/partner"),
        ("ISC-F/partner/name/name", "ISC-F/partner/name"),  # an id may be any word
        ("ISC-F/partner/iom/project/p1/title", "ISC-F/partner/project/title"),
    ],
)
def test_an_answer_lies_at_its_question(answer: str, asked: str) -> None:
    """P-02"""
    assert template_path(questionnaire(FORM), AnswerPath(answer)) == asked


def test_outside_of_repeats_both_paths_are_the_same() -> None:
    """P-02"""
    form = questionnaire(FORM)
    asked = form.item(template_path(form, AnswerPath("ISC-F/other"))).path
    assert template_path(form, outside_repeats(asked)) == asked


def test_slashes_around_a_path_mean_nothing() -> None:
    """P-03"""
    assert answer_path("/ISC-F/other/") == answer_path("ISC-F/other") == "ISC-F/other"
