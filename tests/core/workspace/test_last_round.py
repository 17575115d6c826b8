"""Last round's answers: offered, never answers until somebody confirms them, and compared in the end.

L-01 They come out of the file that was exported then, or of the response where the same store has it.
L-02 Unconfirmed, an earlier answer is nothing: not answered, not exported as an answer, in no summary.
L-03 It is confirmed one by one, by entries, or by sections; typing and clearing settle it, too.
L-04 The report tells what changed, what is new, what is gone, and what nobody has confirmed.
L-05 The offer travels with the response, so colleagues see it; a file of others or of this round is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.workspace import Workspace
from tests.core.workspace.test_restrictions import kinds_in
from tests.core.workspace.test_versions import NEW_STORY, learn
from tests.support.workspaces import (
    CHF,
    FEE,
    NAME,
    PARTNER,
    STORY,
    answer,
    exported,
    merge,
    opened,
    text_at,
)


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        yield workspace


def answered_then(workspace: Workspace) -> str:
    """A response of the round of 2019, with two partners, one removed again."""
    workspace.rounds.start("2019", "Assessment 2019")
    then = workspace.responses.start("small", "igc")
    answer(workspace, then, name="IGC", fee="yes", chf="110000", story="A long story")
    session = workspace.responses.open_session(then)
    for who in ("UNHCR", "Nobody", "IOM"):
        entry = session.add_entry(PARTNER)
        session.answer(f"{entry}/who", who)
        session.answer(f"{entry}/since", "1999")
    session.remove_entry(session.repeat(PARTNER).entries[1].path)
    workspace.responses.save(then, session)
    return then


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """What was exported in 2019, on another computer."""
    with opened(tmp_path, "then") as workspace:
        return exported(workspace, answered_then(workspace), tmp_path / "IGC 2019.iscm")


@pytest.fixture
def response(anna: Workspace, file: Path) -> str:
    """A new response that offers the answers of 2019: six answers, and two entries with four of these."""
    anna.rounds.start("2027", "Assessment 2027")
    made = anna.responses.start("small", "igc")
    assert anna.last_round.offer(made, file) == 8
    return made


def partners(workspace: Workspace, response: str) -> list[str]:
    session = workspace.responses.open_session(response)
    return [session.view(f"{one.path}/who").text for one in session.repeat(PARTNER).entries]


def waiting(workspace: Workspace, response: str) -> dict[str, int]:
    session, last = workspace.responses.open_session(response), workspace.last_round.answers(response)
    return {one.path: last.pending_in(session, one.path) for one in session.sections()}


def test_an_earlier_answer_is_none_until_it_is_confirmed(
    anna: Workspace, response: str, tmp_path: Path
) -> None:
    """L-01, L-02"""
    assert anna.response_list.row(response).answered == 0
    assert anna.responses.open_session(response).answers() == ()
    assert anna.last_round.answers(response).round == "2019"
    package = exported(anna, response, tmp_path / "now.iscm")
    assert {"answer", "entry"} & kinds_in(package) == set()
    with pytest.raises(IscmError) as refused:
        anna.public_exports.export(response, tmp_path / "public.iscm")
    assert refused.value.problem is AnswerProblem.PUBLIC_EMPTY


def test_one_answer_is_confirmed(anna: Workspace, response: str) -> None:
    """L-03"""
    assert anna.last_round.confirm(response, "story") == 1
    assert text_at(anna, response, STORY) == "A long story"
    assert anna.last_round.confirm(response, "story") == 0


def test_the_entries_of_a_repeat_are_confirmed_with_their_ids(anna: Workspace, response: str) -> None:
    """L-03: two colleagues who both confirm them meet in the same entries."""
    assert anna.last_round.confirm(response, PARTNER) == 2
    assert partners(anna, response) == ["UNHCR", "IOM"]
    ids = [one.entry_id for one in anna.responses.open_session(response).repeat(PARTNER).entries]
    assert tuple(ids) == anna.last_round.answers(response).entries[PARTNER]


def test_a_section_is_confirmed_with_the_questions_that_its_answers_bring_up(
    anna: Workspace, response: str
) -> None:
    """L-03: the amount is only asked once there is a fee."""
    assert waiting(anna, response) == {"about": 3, "partners": 4}
    anna.last_round.confirm(response, "about")
    assert text_at(anna, response, CHF) == "110000"
    anna.last_round.confirm(response, "partners")
    assert waiting(anna, response) == {"about": 0, "partners": 0}
    assert anna.response_list.row(response).answered == 8


def test_what_was_cleared_is_not_offered_again(anna: Workspace, response: str, tmp_path: Path) -> None:
    """L-03: once an answer left the house, blank means blank."""
    anna.last_round.confirm(response, STORY)
    exported(anna, response, tmp_path / "now.iscm")
    answer(anna, response, story="")
    session = anna.responses.open_session(response)
    assert anna.last_round.answers(response).pending(session.view(STORY)) == ""
    assert anna.last_round.answers(response).pending(session.view(NAME)) == "IGC"


def test_taking_a_confirmation_back_offers_it_again(anna: Workspace, response: str) -> None:
    session, last = anna.responses.open_session(response), anna.last_round.answers(response)
    assert last.confirm(session, STORY)
    anna.responses.save(response, session)
    session.undo()
    anna.responses.save(response, session)
    assert (
        anna.last_round.answers(response).pending(anna.responses.open_session(response).view(STORY))
        == "A long story"
    )


def test_what_changed_since(anna: Workspace, response: str) -> None:
    """L-04"""
    anna.last_round.confirm(response, NAME)
    answer(anna, response, fee="yes", chf="120000")
    session = anna.responses.open_session(response)
    entry = session.add_entry(PARTNER)
    session.answer(f"{entry}/who", "ICMPD")
    anna.responses.save(response, session)
    rows = anna.last_round.changes(response)
    told = {row.path: (row.before, row.now, row.since.value) for row in rows}
    assert told[NAME] == ("IGC", "IGC", "same")
    assert told[FEE] == ("Yes", "Yes", "same")
    assert told[CHF] == ("110 000", "120 000", "changed")
    assert told[STORY] == ("A long story", "", "not_confirmed")
    assert told[f"{entry}/who"] == ("", "ICMPD", "new")
    assert [row.before for row in rows if row.since.value == "not_confirmed"] == [
        "A long story", "UNHCR", "1999", "IOM", "1999",
    ]  # fmt: skip
    answer(anna, response, fee="no")
    assert {row.path: row.since.value for row in anna.last_round.changes(response)}[CHF] == "gone"


def test_the_offer_travels_with_the_response(anna: Workspace, response: str, tmp_path: Path) -> None:
    """L-05"""
    package = exported(anna, response, tmp_path / "now.iscm")
    with opened(tmp_path, "bob") as bob:
        assert merge(bob, package) == ["new"]
        assert bob.last_round.confirm(response, STORY) == 1


def test_a_response_in_the_same_store_serves_as_well(anna: Workspace) -> None:
    """L-01"""
    then = answered_then(anna)
    anna.rounds.start("2027", "Assessment 2027")
    now = anna.responses.start("small", "igc")
    assert [row.id for row in anna.last_round.earlier_responses(now)] == [then]
    assert anna.last_round.offer(now, then) == 8
    assert anna.last_round.answers(now).round == "2019"


def test_the_offer_is_forgotten_on_request(anna: Workspace, response: str) -> None:
    anna.last_round.confirm(response, STORY)
    anna.last_round.withdraw(response)
    assert anna.last_round.answers(response).round == ""
    assert anna.last_round.changes(response) == ()
    assert text_at(anna, response, STORY) == "A long story"


def test_an_earlier_version_of_the_questionnaire_is_matched_by_name(anna: Workspace, response: str) -> None:
    answer(anna, response, name="IGC")
    learn(anna)
    assert anna.versions.of(response).newest == "2.10"
    anna.versions.move_to_newest(response)
    assert anna.last_round.answers(response).answers[NEW_STORY] == "A long story"


def test_files_of_others_and_of_this_round_are_refused(
    anna: Workspace, response: str, file: Path, tmp_path: Path
) -> None:
    """L-05"""
    other = anna.responses.start("small", "rcp")
    for target, source, problem in (
        (other, file, AnswerProblem.LAST_ROUND_OF_OTHERS),
        (response, exported(anna, response, tmp_path / "now.iscm"), AnswerProblem.LAST_ROUND_IS_THIS),
    ):
        with pytest.raises(IscmError) as refused:
            anna.last_round.offer(target, source)
        assert refused.value.problem is problem
