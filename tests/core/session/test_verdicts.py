"""How answers stand against the questionnaire.

S-10  A required question that is asked and blank is missing; `required` may depend on other answers.
S-11  A text that is no value of its kind is unreadable: it is kept, and a sentence says what is expected.
S-12  A readable answer whose constraint is false is out of range, with the form's own message where it has one.
S-13  A choice that is not offered is unreadable.
S-14  Longer than its limit is out of range; nothing is cut off.
S-15  Notes and calculations are never wrong; a warning stops nobody.
S-16  Findings list what is to be done, in form order, with its section.
S-17  Range questions keep to their ends and steps.
S-18  An answer that is unreadable or out of range is not counted as answered.
"""

import pytest

from iscm_desktop.session.views import Verdict
from tests.support.entering import entering

FORM = """
| survey |
|        | type           | name   | label        | required      | constraint              | constraint_message                  | relevant | bind::iscm:max_length | bind::iscm:format | bind::iscm:warning | parameters |
|        | begin_group    | a      | Basics       |               |                         |                                     |          |    |       |     |  |
|        | integer        | year   | Year founded | yes           | . >= 1950 and . <= 2026 | Give a year from 1950 to 2026.      |          |    |       |     |  |
|        | select_one yn  | chair  | Is there a chair? |          |                         |                                     |          |    |       |     |  |
|        | text           | who    | Who?         | ${chair} = 'yes' |                      |                                     |          | 10 |       |     |  |
|        | date           | met    | Last met     |               | . <= today()            |                                     |          |    |       |     |  |
|        | end_group      |        |              |               |                         |                                     |          |    |       |     |  |
|        | begin_group    | b      | Contacts     |               |                         |                                     |          |    |       |     |  |
|        | text           | mail   | E-mail       |               |                         |                                     |          |    | email |     |  |
|        | text           | page   | Page         |               |                         |                                     |          |    | url   |     |  |
|        | select_multiple yn | many | Several    |               |                         |                                     |          |    |       |     |  |
|        | range          | share  | Share        |               |                         |                                     |          |    |       |     | start=0 end=100 step=5 |
|        | note           | odd    | That is odd  |               |                         |                                     | ${year} < 1960 |    |       | yes |  |
|        | end_group      |        |              |               |                         |                                     |          |    |       |     |  |
| choices |
|         | list_name | name | label |
|         | yn        | yes  | Yes   |
|         | yn        | no   | No    |
| settings |
|          | namespaces |
|          | iscm="https://iscm-desktop.invalid/xforms" |
"""  # noqa: E501


def verdict(question: str, text: str) -> tuple[Verdict, str]:
    response = entering(FORM)
    response.answer(question, text)
    view = response.view(question)
    assert view.text == text
    return view.verdict, view.message


def test_required_and_blank_is_missing() -> None:
    """S-10"""
    response = entering(FORM)
    assert response.view("year").verdict is Verdict.MISSING
    assert response.view("year").message == "This question needs an answer."
    assert response.view("who").verdict is Verdict.OK
    changed = response.answer("chair", "yes")
    assert "a/who" in changed
    assert response.view("who").verdict is Verdict.MISSING


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("year", "nineteen", "Write a whole number, such as 25. What you wrote is kept until you change it."),
        ("year", "19.5", "Write a whole number, such as 25. What you wrote is kept until you change it."),
        ("met", "last May", "Write a date, such as 21 November 2026 or 2026-11-21. What you wrote is kept until you change it."),  # noqa: E501
        ("mail", "igc at igc.ch", "Write one e-mail address, such as name@example.org. What you wrote is kept until you change it."),  # noqa: E501
        ("page", "igc.ch", "Write the whole web address, such as https://www.iom.int. What you wrote is kept until you change it."),  # noqa: E501
    ],
)  # fmt: skip
def test_unreadable_is_kept_and_explained(question: str, text: str, expected: str) -> None:
    """S-11"""
    assert verdict(question, text) == (Verdict.UNREADABLE, expected)


def test_constraint_speaks_the_forms_words() -> None:
    """S-12"""
    assert verdict("year", "1805") == (Verdict.OUT_OF_RANGE, "Give a year from 1950 to 2026.")
    assert verdict("year", "1985") == (Verdict.OK, "")


def test_constraint_without_a_message_has_a_general_one() -> None:
    """S-12: the clock of the session says what today is."""
    found, message = verdict("met", "2026-11-22")
    assert found is Verdict.OUT_OF_RANGE
    assert "does not fit" in message
    assert verdict("met", "2026-11-21") == (Verdict.OK, "")


def test_stranger_among_the_choices() -> None:
    """S-13"""
    assert verdict("chair", "perhaps") == (
        Verdict.UNREADABLE,
        "The answer “perhaps” is not among those offered. Choose one of them.",
    )
    assert verdict("many", "yes perhaps")[0] is Verdict.UNREADABLE
    assert verdict("many", "no yes") == (Verdict.OK, "")


def test_too_long_is_told_and_nothing_is_cut() -> None:
    """S-14"""
    found, message = verdict("who", "The Netherlands")
    assert found is Verdict.OUT_OF_RANGE
    assert message == "This answer has 15 characters; 10 are the limit. Nothing was cut off."
    assert verdict("who", "Canada") == (Verdict.OK, "")


def test_warning_is_a_note_and_no_finding() -> None:
    """S-15"""
    response = entering(FORM)
    response.answer("year", "1955")
    assert response.view("odd").is_asked
    assert response.view("odd").is_warning
    assert response.findings() == ()


def test_findings_come_in_form_order() -> None:
    """S-16"""
    response = entering(FORM)
    response.answer("page", "here")
    response.answer("met", "2030-01-01")
    found = [(finding.path, finding.verdict, finding.section) for finding in response.findings()]
    assert found == [
        ("a/year", Verdict.MISSING, "a"),
        ("a/met", Verdict.OUT_OF_RANGE, "a"),
        ("b/page", Verdict.UNREADABLE, "b"),
    ]
    first, second = response.sections()
    assert (first.asked, first.answered, first.missing, first.wrong) == (4, 0, 1, 1)
    assert (second.asked, second.answered, second.missing, second.wrong) == (4, 0, 0, 1)


def test_an_answer_that_is_wrong_is_not_done() -> None:
    """S-18: what cannot be read, or does not fit, counts as wrong and not as answered."""
    response = entering(FORM)
    response.answer("year", "1955")
    assert (response.sections()[0].answered, response.sections()[0].wrong) == (1, 0)
    response.answer("year", "long ago")
    assert (response.sections()[0].answered, response.sections()[0].wrong) == (0, 1)


@pytest.mark.parametrize(
    ("text", "expected"), [("55", ""), ("105", "most"), ("-5", "least"), ("52", "steps")]
)
def test_range_keeps_to_ends_and_steps(text: str, expected: str) -> None:
    """S-17"""
    found, message = verdict("share", text)
    assert (found is Verdict.OK) is (not expected)
    assert expected in message
