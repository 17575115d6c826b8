"""Rules that settle many conflicts: suggested, applied by a person, taken back.

S-01  A rule says how many conflicts it would settle, and changes nothing by that.
S-02  What it settled has a reason in the history and travels like any answer.
S-03  It can be taken back and put in again.
S-04  What was cleared or removed, and what the rule is not about, is left to people.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.conflicts.text_combination import combined_text
from tests.support.workspaces import CHF, NAME, STORY, Ticking, answer, exported, merge, opened, text_at


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def anna(tmp_path: Path, clock: Ticking) -> Iterator[Workspace]:
    with opened(tmp_path, "anna", clock=clock) as workspace:
        yield workspace


@pytest.fixture
def bela(tmp_path: Path, clock: Ticking) -> Iterator[Workspace]:
    with opened(tmp_path, "bela", clock=clock) as workspace:
        yield workspace


@pytest.fixture
def response(anna: Workspace, bela: Workspace, tmp_path: Path) -> str:
    """Both have it, and both go on: the name differs in blanks, figure and story in what they say."""
    id_ = anna.responses.start("small", "igc")
    answer(anna, id_, name="IGC", fee="yes", chf="100", story="It began in 1985. Two States took part.")
    merge(bela, exported(anna, id_, tmp_path / "start.iscm"))
    answer(anna, id_, name="The  IGC", chf="120", story="It began in 1985. Three States took part.")
    answer(bela, id_, name="The IGC ", chf="125", story="It began in 1985. Four States took part.")
    return id_


@pytest.fixture
def disputed(anna: Workspace, bela: Workspace, response: str, tmp_path: Path) -> str:
    merge(bela, exported(anna, response, tmp_path / "anna.iscm"))
    return response


def counts(workspace: Workspace) -> dict[str, int]:
    return {one.rule: len(one.conflicts) for one in workspace.settlement_rules.suggest()}


def test_a_rule_is_only_suggested(bela: Workspace, disputed: str) -> None:
    """S-01, S-04: nobody has signed off, and two people answered."""
    assert counts(bela) == {"spaces": 1}
    assert len(bela.conflicts.unsettled()) == 3


def test_a_rule_settles_and_is_taken_back(bela: Workspace, disputed: str) -> None:
    """S-02, S-03."""
    done = bela.settlement_rules.apply("spaces")
    assert done.conflicts == 1
    assert [one.path for one in bela.conflicts.unsettled()] == [CHF, STORY]
    assert text_at(bela, disputed, NAME) == "The IGC "
    assert "same but for spaces" in bela.conflicts.history(disputed, NAME)[0].reason
    recorded = bela.operations.rows()[0]
    assert (recorded.id, recorded.kind) == (done.operation, OperationKind.SETTLE_BY_RULE)
    assert recorded.parameters == {"rule": "spaces", "conflicts": "1"}
    bela.operations.take_back(done.operation)
    assert [one.path for one in bela.conflicts.unsettled()] == [CHF, NAME, STORY]
    assert counts(bela) == {"spaces": 1}
    bela.operations.put_back(done.operation)
    assert [one.path for one in bela.conflicts.unsettled()] == [CHF, STORY]


def test_what_a_rule_settled_travels(anna: Workspace, bela: Workspace, disputed: str, tmp_path: Path) -> None:
    """S-02."""
    bela.settlement_rules.apply("spaces")
    merge(anna, exported(bela, disputed, tmp_path / "bela.iscm"))
    assert text_at(anna, disputed, NAME) == "The IGC "
    assert [one.path for one in anna.conflicts.unsettled()] == [CHF, STORY]
    assert "same but for spaces" in anna.conflicts.history(disputed, NAME)[0].reason


def test_the_signed_off_one(anna: Workspace, bela: Workspace, response: str, tmp_path: Path) -> None:
    anna.sign_offs.sign(response, "Anna", "Head")
    merge(bela, exported(anna, response, tmp_path / "anna.iscm"))
    assert counts(bela) == {"signed-off": 3, "spaces": 1}
    done = bela.settlement_rules.apply("signed-off")
    assert bela.conflicts.unsettled() == ()
    assert text_at(bela, response, CHF) == "120"
    bela.operations.take_back(done.operation)  # all of it, not the first alone
    assert [one.path for one in bela.conflicts.unsettled()] == [CHF, NAME, STORY]


def test_an_answer_after_the_sign_off_was_not_signed(
    anna: Workspace, bela: Workspace, response: str, tmp_path: Path
) -> None:
    """S-04."""
    anna.sign_offs.sign(response, "Anna", "Head")
    answer(anna, response, chf="130")
    merge(bela, exported(anna, response, tmp_path / "anna.iscm"))
    assert counts(bela) == {"signed-off": 2, "spaces": 1}


def test_one_person_at_two_computers(anna: Workspace, bela: Workspace, response: str, tmp_path: Path) -> None:
    bela.set_person("Anna", "Ministry")
    answer(bela, response, chf="126")
    merge(bela, exported(anna, response, tmp_path / "anna.iscm"))
    assert counts(bela)["same-person"] == 1
    bela.settlement_rules.apply("same-person")
    assert text_at(bela, response, CHF) == "126"


def test_what_was_cleared_is_for_people(
    anna: Workspace, bela: Workspace, response: str, tmp_path: Path
) -> None:
    """S-04: also where one person wrote both, and the other answers would be settled so."""
    bela.set_person("Anna", "Ministry")
    answer(bela, response, name="The IGC again", chf="126")
    answer(anna, response, name="")
    merge(bela, exported(anna, response, tmp_path / "anna.iscm"))
    bela.settlement_rules.apply("same-person")
    assert NAME in [one.path for one in bela.conflicts.unsettled()]
    assert text_at(bela, response, CHF) == "126"


def test_rules_that_do_nothing_say_so(bela: Workspace, disputed: str) -> None:
    with pytest.raises(IscmError) as refused:
        bela.settlement_rules.apply("signed-off")
    assert refused.value.problem is AnswerProblem.RULE_SETTLES_NOTHING
    with pytest.raises(IscmError) as unknown:
        bela.settlement_rules.apply("toss a coin")
    assert unknown.value.problem is AnswerProblem.RULE_UNKNOWN
    assert len(bela.conflicts.unsettled()) == 3


def test_prose_is_combined_and_nothing_else(bela: Workspace, disputed: str) -> None:
    both = {one.path: combined_text(one) for one in bela.conflicts.unsettled()}
    assert both[CHF] is None
    assert both[NAME] is None
    assert both[STORY] == (
        "It began in 1985.\n\n[Anna] Three States took part.\n\n[Bela] Four States took part."
    )
