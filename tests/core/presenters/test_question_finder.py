"""Finding a place in a form.

Q-01 By number, written as people write it, by words of the question in any order, by the name of an entry.
Q-02 By words of an answer, without accents, with the piece around them.
Q-03 What is not asked is found, with the reason in words, and leads to the question that decides.
"""

from __future__ import annotations

import pytest

from iscm_desktop.presenters.question_finder import FoundKind, FoundPlace, QuestionFinder
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.session.form_session import FormSession
from tests.support.entering import entering

FORM = """
| survey  |                  |            |                            |                         |             |
|         | type             | name       | label                      | relevant                | calculation |
|         | begin_group      | ABC-E      | Structures                 |                         |             |
|         | select_one yn    | ABC-E01    | Is there a fee?            |                         |             |
|         | integer          | ABC-E02    | Annual fee of each member  | ${ABC-E01} = 'yes'      |             |
|         | text             | ABC-E20    | Who pays the members' fee? | ${ABC-E02} > 100        |             |
|         | text             | ABC-E21    | Tell us more about Genève  |                         |             |
|         | calculate        | has_more   |                            |                         | ${ABC-E21} != '' |
|         | text             | ABC-E22    | And what else?             | ${has_more} = 'true'    |             |
|         | begin_repeat     | ABC-E30    | Meetings                   |                         |             |
|         | text             | ABC-E30.1  | Place                      |                         |             |
|         | text             | ABC-E30.2  | Host                       | ${ABC-E30.1} != ''      |             |
|         | end_repeat       |            |                            |                         |             |
|         | end_group        |            |                            |                         |             |
|         | begin_group      | ABC-F      | Money                      | ${ABC-E01} = 'yes'      |             |
|         | text             | ABC-F01    | Account                    |                         |             |
|         | end_group        |            |                            |                         |             |
| choices |                  |            |                            |                         |             |
|         | list_name        | name       | label                      |                         |             |
|         | yn               | yes        | Yes                        |                         |             |
|         | yn               | no         | Not at all                 |                         |             |
"""

FEE, AMOUNT, MORE = (AnswerPath(f"ABC-E/ABC-E{number}") for number in ("01", "02", "21"))
MEETINGS = AnswerPath("ABC-E/ABC-E30")


@pytest.fixture
def session() -> FormSession:
    made = entering(FORM)
    made.add_entry(MEETINGS)
    made.add_entry(MEETINGS)
    made.answer(AnswerPath(f"{MEETINGS}/e1/ABC-E30.1"), "Nairobi")
    return made


def find(session: FormSession, text: str) -> list[FoundPlace]:
    return QuestionFinder(session).find(text)


def paths(session: FormSession, text: str) -> list[str]:
    return [place.path for place in find(session, text)]


@pytest.mark.parametrize("typed", ["E21", "e21", "abc-e21", "e 21"])
def test_by_number(session: FormSession, typed: str) -> None:
    """Q-01."""
    assert paths(session, typed)[0] == MORE


@pytest.mark.parametrize("typed", ["E30.1.1", "e30 1 1"])
def test_by_the_number_of_a_question_in_an_entry(session: FormSession, typed: str) -> None:
    """Q-01."""
    (found, *_rest) = find(session, typed)
    assert (found.path, found.above) == ("ABC-E/ABC-E30/e1/ABC-E30.1", "E Structures › E30.1 Nairobi")


def test_by_words_in_any_order_without_accents(session: FormSession) -> None:
    """Q-01."""
    assert paths(session, "geneve more") == [MORE]


def test_sections_are_found(session: FormSession) -> None:
    """Q-01."""
    assert find(session, "struct")[0] == FoundPlace(
        FoundKind.SECTION, AnswerPath("ABC-E"), "E", "Structures", ""
    )


def test_by_the_answer_with_the_piece_around_it(session: FormSession) -> None:
    """Q-02: labels of choices as well as texts."""
    session.answer(FEE, "no")
    session.answer(MORE, "It began in a small way, with a secretariat in Côte d'Ivoire.\nThen it grew.")
    (found,) = find(session, "ivoire COTE")
    assert (found.kind, found.path) == (FoundKind.ANSWER, MORE)
    assert "secretariat in Côte d'Ivoire. Then" in found.remark
    assert found.remark.startswith("…")
    assert [place.path for place in find(session, "not at all")] == [FEE]


def test_what_is_not_asked_leads_to_what_decides(session: FormSession) -> None:
    """Q-03."""
    (found,) = find(session, "annual fee")
    assert (found.kind, found.path) == (FoundKind.HIDDEN, FEE)
    assert found.remark == "Not asked until “E01 Is there a fee?” is answered."
    session.answer(FEE, "no")
    (found,) = find(session, "annual fee")
    assert found.remark == "Not asked because the answer to “E01 Is there a fee?” is “Not at all”."


def test_the_reason_behind_the_reason(session: FormSession) -> None:
    """Q-03: a question that is not asked itself decides nothing; a calculation is what it is made of."""
    session.answer(FEE, "no")
    assert session.why_not_asked(AnswerPath("ABC-E/ABC-E20")) == (FEE,)
    session.answer(FEE, "yes")
    assert session.why_not_asked(AnswerPath("ABC-E/ABC-E20")) == (AMOUNT,)
    assert session.why_not_asked(AnswerPath("ABC-E/ABC-E22")) == (MORE,)
    assert session.why_not_asked(AMOUNT) == ()


def test_a_section_that_is_not_asked_hides_what_is_in_it(session: FormSession) -> None:
    """Q-03."""
    (found,) = find(session, "account")
    assert (found.path, found.above) == (FEE, "F Money")


def test_in_an_entry_the_answer_of_that_entry_decides(session: FormSession) -> None:
    """Q-03."""
    hidden = AnswerPath(f"{MEETINGS}/e2/ABC-E30.2")
    assert session.why_not_asked(hidden) == (f"{MEETINGS}/e2/ABC-E30.1",)


def test_nothing_is_found_for_nothing(session: FormSession) -> None:
    assert find(session, "  ") == []
    assert find(session, "zebra") == []
