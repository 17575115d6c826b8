"""What the registers propose is an offer: nobody's answer until a person takes it over.

O-01  It is in no answer, count, file, document or conflict until then.
O-02  Taken over one by one or all at once; undoing that, it is offered as before.
O-03  Declined is declined, here and wherever the file goes, and can be undone.
O-04  Two people who take over the same row mean the same entry; removing stays removing.
O-05  Who answers follows from the response: no answer of anybody's, and changed it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.form_paths import answer_path
from iscm_desktop.session.offers import OfferOrigin
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import exported, merge, opened

BLOCKS, MECHANISM = answer_path("STA-C/STA-C00"), "STA-C01"
WHO = "STA-A/STA-A01"


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        yield workspace


@pytest.fixture
def kenya(anna: Workspace) -> str:
    return anna.responses.start("state", "KEN")


def offered(workspace: Workspace, response: str) -> list[str]:
    return [one.entry_id for one in workspace.offers.waiting(response)]


def blocks(workspace: Workspace, response: str) -> list[str]:
    return [one.entry_id for one in workspace.responses.open_session(response).repeat(BLOCKS).entries]


def stored(workspace: Workspace, response: str) -> set[str]:
    with workspace._database.read() as db:
        rows = db.run_text("SELECT path FROM draft WHERE kind IN ('answer', 'entry', 'not_ours')")
        rows += db.run_text("SELECT path FROM item WHERE kind IN ('answer', 'entry', 'not_ours')")
    return {path for (path,) in rows}


def test_what_is_offered_is_nobodys_answer(anna: Workspace, kenya: str, tmp_path: Path) -> None:
    """O-01"""
    listed = [one.mechanism for one in registers.proposed_memberships("KEN")]
    assert len(listed) > 2
    assert offered(anna, kenya) == listed
    assert {one.origin for one in anna.offers.waiting(kenya)} == {OfferOrigin.REGISTER}
    assert blocks(anna, kenya) == []
    assert stored(anna, kenya) == set()
    assert anna.response_list.row(kenya).answered == 0
    with opened(tmp_path, "bela") as bela:
        merge(bela, exported(anna, kenya, tmp_path / "blank.iscm"))
        assert blocks(bela, kenya) == []
        assert bela.response_list.row(kenya).answered == 0


def test_one_is_taken_over_with_what_the_register_knows(anna: Workspace, kenya: str) -> None:
    """O-02"""
    first, second, *_rest = listed = offered(anna, kenya)
    assert anna.offers.take_over(kenya, f"{BLOCKS}/{second}") == 1
    assert blocks(anna, kenya) == [second]
    session = anna.responses.open_session(kenya)
    assert session.view(f"{BLOCKS}/{second}/{MECHANISM}").text == second
    assert session.sections()[2].answered > 0
    anna.offers.take_over(kenya, f"{BLOCKS}/{first}")
    assert blocks(anna, kenya) == [first, second]  # in the order of the register
    assert anna.offers.take_over(kenya) == len(listed) - 2
    assert blocks(anna, kenya) == listed
    assert offered(anna, kenya) == []


def test_all_at_once_is_one_step_and_undone_it_is_offered_again(anna: Workspace, kenya: str) -> None:
    """O-02: also after the program was closed, for nobody has seen it."""
    listed = offered(anna, kenya)
    session, offers = anna.responses.open_session(kenya), anna.offers.of(kenya)
    assert offers.take_over(session, BLOCKS) == len(listed)
    anna.responses.save(kenya, session)
    session.undo()
    assert [one.entry_id for one in offers.entries(session.repeat(BLOCKS))] == listed
    assert not session.can_undo
    anna.responses.save(kenya, session)
    assert stored(anna, kenya) == set()
    assert offered(anna, kenya) == listed
    session.redo()
    anna.responses.save(kenya, session)
    assert blocks(anna, kenya) == listed


def test_declined_is_declined_and_travels(anna: Workspace, kenya: str, tmp_path: Path) -> None:
    """O-03"""
    first, *rest = offered(anna, kenya)
    anna.offers.decline(kenya, f"{BLOCKS}/{first}")
    assert offered(anna, kenya) == rest
    assert blocks(anna, kenya) == []
    assert anna.response_list.row(kenya).answered == 0
    with opened(tmp_path, "bela") as bela:
        bela.responses.start("state", "KEN")
        merge(bela, exported(anna, kenya, tmp_path / "declined.iscm"))
        assert offered(bela, kenya) == rest
    anna.offers.decline(kenya, f"{BLOCKS}/{first}", is_declined=False)
    assert offered(anna, kenya) == [first, *rest]


def test_all_of_a_repeat_is_declined_where_it_is_named(anna: Workspace, kenya: str) -> None:
    """O-03"""
    first, *rest = offered(anna, kenya)
    assert anna.offers.decline(kenya, answer_path(f"{BLOCKS}/{first}")) == 1
    assert offered(anna, kenya) == rest
    assert anna.offers.decline(kenya, BLOCKS) == len(rest) > 1
    assert offered(anna, kenya) == []


def test_declining_is_undone(anna: Workspace, kenya: str) -> None:
    """O-03"""
    listed = offered(anna, kenya)
    session, offers = anna.responses.open_session(kenya), anna.offers.of(kenya)
    assert offers.decline(session, BLOCKS, listed[0])
    assert [one.entry_id for one in offers.entries(session.repeat(BLOCKS))] == listed[1:]
    anna.responses.save(kenya, session)
    session.undo()
    anna.responses.save(kenya, session)
    assert stored(anna, kenya) == set()
    assert offered(anna, kenya) == listed


def test_two_who_take_over_the_same_meet(anna: Workspace, kenya: str, tmp_path: Path) -> None:
    """O-04"""
    first, second, third, *_rest = offered(anna, kenya)
    with opened(tmp_path, "bela") as bela:
        bela.responses.start("state", "KEN")
        for one in (first, second):
            anna.offers.take_over(kenya, f"{BLOCKS}/{one}")
        for one in (second, third):
            bela.offers.take_over(kenya, f"{BLOCKS}/{one}")
        theirs = exported(bela, kenya, tmp_path / "bela.iscm")
        merge(bela, exported(anna, kenya, tmp_path / "anna.iscm"))
        merge(anna, theirs)
        assert anna.conflicts.unsettled() == bela.conflicts.unsettled() == ()
        assert set(blocks(anna, kenya)) == {first, second, third}
        assert blocks(anna, kenya) == blocks(bela, kenya)


def test_a_colleague_who_only_opens_the_form_disputes_nothing(
    anna: Workspace, kenya: str, tmp_path: Path
) -> None:
    """O-04: the focal point removes what they had taken over, and says of others that these are not theirs."""
    first, second, third, *_rest = offered(anna, kenya)
    for one in (first, second):
        anna.offers.take_over(kenya, f"{BLOCKS}/{one}")
    session = anna.responses.open_session(kenya)
    session.remove_entry(f"{BLOCKS}/{first}")
    anna.responses.save(kenya, session)
    anna.offers.decline(kenya, f"{BLOCKS}/{third}")
    assert first not in offered(anna, kenya)
    with opened(tmp_path, "bela") as bela:
        bela.responses.start("state", "KEN")
        merge(anna, exported(bela, kenya, tmp_path / "opened.iscm"))
        merge(bela, exported(anna, kenya, tmp_path / "answered.iscm"))
        assert anna.conflicts.unsettled() == bela.conflicts.unsettled() == ()
        assert blocks(anna, kenya) == blocks(bela, kenya) == [second]
        assert not {first, third} & {*offered(anna, kenya), *offered(bela, kenya)}


def test_removed_is_not_offered_in_the_same_sitting(anna: Workspace, kenya: str) -> None:
    """O-04"""
    session, offers = anna.responses.open_session(kenya), anna.offers.of(kenya)
    first = offers.entries(session.repeat(BLOCKS))[0].entry_id
    offers.take_over(session, BLOCKS, first)
    session.remove_entry(f"{BLOCKS}/{first}")
    assert first not in [one.entry_id for one in offers.entries(session.repeat(BLOCKS))]
    session.undo()
    session.undo()
    assert first in [one.entry_id for one in offers.entries(session.repeat(BLOCKS))]


def test_what_is_not_offered_cannot_be_taken_over(anna: Workspace, kenya: str) -> None:
    for act in (anna.offers.take_over, anna.offers.decline):
        with pytest.raises(IscmError) as refused:
            act(kenya, f"{BLOCKS}/igc")
        assert refused.value.problem is AnswerProblem.OFFER_NOWHERE


def test_who_answers_follows_from_the_response(anna: Workspace, kenya: str, tmp_path: Path) -> None:
    """O-05: a colleague who only opened the form does not stand against a correction."""
    assert anna.responses.open_session(kenya).view(WHO).text == "KEN"
    with opened(tmp_path, "bela") as bela:
        bela.responses.start("state", "KEN")
        merge(anna, exported(bela, kenya, tmp_path / "opened.iscm"))
        for text in ("TZA", ""):
            session = anna.responses.open_session(kenya)
            session.answer(WHO, text)
            anna.responses.save(kenya, session)
            assert anna.responses.open_session(kenya).view(WHO).text == text
            merge(bela, exported(anna, kenya, tmp_path / f"changed{text}.iscm"))
            assert bela.responses.open_session(kenya).view(WHO).text == text
        assert anna.conflicts.unsettled() == bela.conflicts.unsettled() == ()


def test_what_somebody_added_by_hand_is_not_offered_too(anna: Workspace, kenya: str) -> None:
    first, *rest = offered(anna, kenya)
    session = anna.responses.open_session(kenya)
    session.answer(f"{session.add_entry(BLOCKS)}/{MECHANISM}", first)
    anna.responses.save(kenya, session)
    assert offered(anna, kenya) == rest
