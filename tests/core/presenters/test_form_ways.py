"""Ways through a form by questions.

W-01 The next question and the one before, over sections and into entries; the form's ends are ends.
W-02 The next that is open, missing or to mend, also from the other end.
W-03 The sentence about progress: its parts lead to what they speak of; "nothing missing" never beside "to mend".
W-04 What is offered takes as long before it is taken over as after.
"""

from __future__ import annotations

import pytest

from iscm_desktop.presenters.form_presenter import FormPresenter
from iscm_desktop.presenters.form_progress import time_left_words
from iscm_desktop.presenters.form_ways import FormWays, Goal
from iscm_desktop.questionnaire.answering_time import seconds_for_entry
from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath, TemplatePath
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.offered_time import seconds_offered
from iscm_desktop.session.offers import ResponseOffers
from iscm_desktop.workspace.responses.register_offers import register_offers
from tests.support.entering import entering

FORM = """
| survey |              |         |          |                |            |          |
|        | type         | name    | label    | relevant       | constraint | required |
|        | begin_group  | who     | Who      |                |            |          |
|        | text         | name    | Name     |                |            | yes      |
|        | note         | thanks  | Thanks   |                |            |          |
|        | text         | mail    | Mail     |                |            |          |
|        | text         | secret  | Secret   | ${name} = 'x'  |            |          |
|        | end_group    |         |          |                |            |          |
|        | begin_group  | empty   | Empty    |                |            |          |
|        | note         | read    | Read     |                |            |          |
|        | end_group    |         |          |                |            |          |
|        | begin_group  | talks   | Talks    |                |            |          |
|        | begin_repeat | talk    | Talk     |                |            |          |
|        | integer      | year    | Year     |                | . > 1900   | yes      |
|        | end_repeat   |         |          |                |            |          |
|        | text         | remark  | Remark   |                |            |          |
|        | end_group    |         |          |                |            |          |
"""

WHO, TALKS = AnswerPath("who"), AnswerPath("talks")
NAME, MAIL, REMARK = AnswerPath("who/name"), AnswerPath("who/mail"), AnswerPath("talks/remark")
TALK = AnswerPath("talks/talk")
YEAR = AnswerPath("talks/talk/e1/year")


@pytest.fixture
def session() -> FormSession:
    made = entering(FORM)
    made.add_entry(TALK)
    return made


def walk(session: FormSession, goal: Goal, here: AnswerPath, section: AnswerPath, step: int = 1) -> list[str]:
    """Where one comes by, until the way ends or comes round."""
    ways, found = FormWays(session), []
    while (path := ways.next_path(goal, here, section, step)) is not None and path not in found:
        found.append(path)
        here, section = path, AnswerPath(path.partition("/")[0])
    return found


def test_questions_one_after_the_other(session: FormSession) -> None:
    """W-01: notes and what is not asked are passed over; a repeat is a stop, where entries are added."""
    assert walk(session, Goal.QUESTION, WHOLE_RESPONSE, WHO) == [NAME, MAIL, YEAR, TALK, REMARK]
    assert walk(session, Goal.QUESTION, REMARK, TALKS, -1) == [TALK, YEAR, MAIL, NAME]


def test_from_the_head_of_a_section_back_to_the_one_before(session: FormSession) -> None:
    """W-01."""
    assert FormWays(session).next_path(Goal.QUESTION, WHOLE_RESPONSE, TALKS, -1) == MAIL


def test_a_question_without_choices_yet_is_passed_over() -> None:
    """W-02: nobody could do anything there."""
    session = entering(
        """
        | survey  |                      |       |        |               |
        |         | type                 | name  | label  | choice_filter |
        |         | text                 | state | State  |               |
        |         | select_one towns     | town  | Town   | state = ${state} |
        |         | text                 | name  | Name   |               |
        | choices |                      |       |        |               |
        |         | list_name            | name  | label  | state         |
        |         | towns                | nbo   | Nairobi | ken          |
        """
    )
    (section,) = session.sections()
    following = FormWays(session).next_path(Goal.UNANSWERED, AnswerPath("state"), section.path)
    assert following == "name"
    session.answer(AnswerPath("state"), "ken")
    assert FormWays(session).next_path(Goal.UNANSWERED, AnswerPath("state"), section.path) == "town"


def test_the_next_open_question(session: FormSession) -> None:
    """W-02: from the last one round to the first."""
    session.answer(MAIL, "a@b.example")
    assert walk(session, Goal.UNANSWERED, MAIL, WHO) == [YEAR, REMARK, NAME]
    assert walk(session, Goal.MISSING, REMARK, TALKS) == [NAME, YEAR]


def test_the_next_problem_and_the_one_before(session: FormSession) -> None:
    """W-02."""
    assert FormWays(session).next_path(Goal.PROBLEM, NAME, WHO) is None
    session.answer(YEAR, "1850")
    assert FormWays(session).next_path(Goal.PROBLEM, NAME, WHO) == YEAR
    assert FormWays(session).next_path(Goal.PROBLEM, REMARK, TALKS, -1) == YEAR
    disputed = FormWays(session, lambda path: path in (WHO, MAIL))
    assert disputed.next_path(Goal.PROBLEM, REMARK, TALKS) == MAIL


def test_parts_of_the_sentence_lead_to_what_they_speak_of(session: FormSession) -> None:
    """W-03."""
    session.answer(YEAR, "1850")
    parts = FormPresenter(session).view.progress
    assert [(part.words, part.goal) for part in parts] == [
        ("0 of 4 answered", Goal.UNANSWERED),
        ("1 required left", Goal.MISSING),
        ("1 to mend", Goal.PROBLEM),
        ("about 2 min left", None),
    ]
    session.answer(NAME, "Anna")
    assert "nothing missing" not in FormPresenter(session).view.sentence
    session.answer(YEAR, "1950")
    assert FormPresenter(session).view.sentence == "2 of 4 answered · nothing missing"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5, "about 1 min left"),
        (400, "about 7 min left"),
        (1500, "about 25 min left"),
        (7300, "about 2 h left"),
    ],
)
def test_time_left_is_told_as_people_plan(seconds: int, words: str) -> None:
    """W-03."""
    assert time_left_words(seconds) == words


KENYA = ResponseOffers(register=register_offers(shipped("state"), "KEN", frozenset()))
BLOCKS = AnswerPath("STA-C/STA-C00")


def in_section(session: FormSession) -> int:
    return next(each.seconds_left for each in session.sections() if each.path == "STA-C")


def seconds_of(session: FormSession) -> int:
    """Of the section with the blocks, in seconds: other sections may ask about what was taken over."""
    return in_section(session) + seconds_offered(KENYA, session)


@pytest.fixture
def kenya() -> FormSession:
    session = FormSession(shipped("state"))
    session.answer(AnswerPath("STA-A/STA-A01"), "KEN")
    return session


def test_time_left_counts_what_is_offered_until_it_is_taken_over_or_declined(kenya: FormSession) -> None:
    """W-04: taking over is no new work, declining spares a block's; whatever the order."""
    block = seconds_for_entry(shipped("state").item(TemplatePath(BLOCKS)))  # type: ignore[arg-type] # it is a repeat
    known = 20  # which mechanism, and one's role in it, are offered with it
    ids = [one.entry_id for one in KENYA.waiting(kenya)]
    before = seconds_of(kenya)
    assert before == len(ids) * (block - known)
    for id_ in ids[:3]:
        KENYA.take_over(kenya, BLOCKS, id_)
        assert seconds_of(kenya) == before
    for place, id_ in enumerate(ids[3:], 1):
        KENYA.decline(kenya, BLOCKS, id_)
        assert seconds_of(kenya) == before - place * (block - known)


def test_time_left_after_all_was_declined_is_that_of_the_one_entry_that_is_required(
    kenya: FormSession,
) -> None:
    """W-04"""
    one_block = in_section(kenya)
    for one in KENYA.waiting(kenya):
        KENYA.decline(kenya, BLOCKS, one.entry_id)
    assert seconds_of(kenya) == one_block
    kenya.add_entry(BLOCKS)
    assert seconds_of(kenya) == one_block


def test_the_sentence_counts_what_is_offered(kenya: FormSession) -> None:
    """W-04"""
    presenter = FormPresenter(kenya)
    assert presenter.view.progress[-1].words == "about 20 min left"
    presenter.offers = KENYA
    assert presenter.view.progress[-1].words == "about 70 min left"


def test_a_block_of_the_state_questionnaire_takes_what_it_says() -> None:
    """W-03: "a block takes about ten minutes", says the questionnaire itself."""
    block = shipped("state").item(TemplatePath("STA-C/STA-C00"))
    assert 8 * 60 <= seconds_for_entry(block) <= 11 * 60  # type: ignore[arg-type] # it is a repeat
