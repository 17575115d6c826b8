"""What is asked, and what is calculated.

S-01  A question is asked while its `relevant` is true, and nothing inside a group that is not asked.
S-02  What is no longer asked keeps its answer, and shows it again when it is asked again.
S-03  An answer that is not asked counts as blank in every expression, and is not among the answers.
S-04  A calculation follows what it depends on, through other calculations and through what is hidden.
S-05  Labels show values, and follow them.
S-06  A number that cannot be read counts as blank in expressions.
S-07  The amount follows the fee question.
"""

from iscm_desktop.session.form_session import FormSession
from tests.support.entering import entering

FEES = """
| survey |
|        | type          | name   | label                     | relevant        | calculation   |
|        | select_one yn | fee    | Is there a fee?           |                 |               |
|        | integer       | chf    | Yearly fee per State, CHF | ${fee} = 'yes'  |               |
|        | calculate     | double |                           |                 | ${chf} * 2    |
|        | calculate     | four   |                           |                 | ${double} * 2 |
|        | note          | told   | Twice that is ${double}   | ${chf} > 100    |               |
| choices |
|         | list_name | name | label |
|         | yn        | yes  | Yes   |
|         | yn        | no   | No    |
"""

NESTED = """
| survey |
|        | type        | name   | label  | relevant        |
|        | select_one yn | body | Bodies? |                |
|        | begin_group | outer  | Bodies | ${body} = 'yes' |
|        | text        | chair  | Chair  |                 |
|        | begin_group | inner  | Detail | ${chair} != ''  |
|        | text        | term   | Term   |                 |
|        | end_group   |        |        |                 |
|        | end_group   |        |        |                 |
|        | note        | last   | Term: ${term} | ${term} != '' |
| choices |
|         | list_name | name | label |
|         | yn        | yes  | Yes   |
|         | yn        | no   | No    |
"""


def paths(response: FormSession) -> list[str]:
    return [answer.path for answer in response.answers()]


def test_amount_is_not_asked_without_a_fee() -> None:
    """S-07: the amount follows the fee question."""
    response = entering(FEES)
    response.answer("fee", "no")
    assert not response.view("chf").is_asked
    response.answer("fee", "yes")
    assert response.view("chf").is_asked


def test_hidden_answer_is_kept_and_comes_back() -> None:
    """S-02, S-03"""
    response = entering(FEES, {"fee": "yes", "chf": "15000"})
    response.answer("fee", "no")
    assert response.view("chf").text == "15000"
    assert paths(response) == ["fee"]
    response.answer("fee", "yes")
    assert paths(response) == ["fee", "chf"]


def test_calculations_follow_through_each_other() -> None:
    """S-04"""
    response = entering(FEES)
    response.answer("fee", "yes")
    response.answer("chf", "150")
    assert (response.view("double").text, response.view("four").text) == ("300", "600")
    response.answer("fee", "no")
    assert response.view("four").text == ""


def test_label_shows_the_value_of_now() -> None:
    """S-05"""
    response = entering(FEES, {"fee": "yes", "chf": "150"})
    assert response.view("told").label == "Twice that is 300"
    changed = response.answer("chf", "200")
    assert response.view("told").label == "Twice that is 400"
    assert {"chf", "told"} <= changed


def test_unreadable_number_counts_as_blank() -> None:
    """S-06"""
    response = entering(FEES, {"fee": "yes", "chf": "150"})
    response.answer("chf", "a lot")
    assert response.view("chf").text == "a lot"
    assert not response.view("told").is_asked
    assert response.view("double").text == ""


def test_groups_hide_what_is_inside_them() -> None:
    """S-01"""
    response = entering(NESTED, {"body": "yes", "outer/chair": "Canada", "outer/inner/term": "12"})
    assert response.view("last").is_asked
    response.answer("body", "no")
    assert not response.view("term").is_asked
    assert not response.view("last").is_asked
    assert paths(response) == ["body"]


def test_section_counts_only_what_is_asked() -> None:
    """S-01"""
    response = entering(NESTED)
    before = {section.path: section.asked for section in response.sections()}
    response.answer("body", "yes")
    after = {section.path: section.asked for section in response.sections()}
    assert (before["outer"], after["outer"]) == (0, 1)


def test_observers_hear_what_changed() -> None:
    heard: list[frozenset[str]] = []
    response = entering(FEES)
    response.on_changed.append(heard.append)
    changed = response.answer("fee", "yes")
    assert heard == [changed]
    assert {"fee", "chf"} <= changed
    assert response.answer("fee", "yes") == frozenset()
