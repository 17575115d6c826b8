"""Rules that settle many conflicts: suggested, applied by a person, taken back.

S-01  A rule says how many conflicts it would settle, and changes nothing by that.
S-02  What it settled has a reason in the history and travels like any answer.
S-03  It can be taken back and put in again.
S-04  What was cleared or removed, and what the rule is not about, is left to people.
S-05  No rule goes by a name, nor makes a value win that is less proven than another.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.merging.settlement_rules import RuleEvidence, SettlementRule, chosen_by
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.store.objects.history import DisputedItem
from iscm_desktop.store.objects.revision import ANSWER, SIGN_OFF, ItemPath, Revision
from iscm_desktop.store.objects.seals import ProvenRevisions
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.conflicts.text_combination import combined_text
from tests.support.inviting import coordinator, invited
from tests.support.packages import unsigned
from tests.support.workspaces import CHF, NAME, STORY, Ticking, answer, exported, merge, opened, text_at

INSTITUTION, UNIT = "STA-A/STA-A02", "STA-A/STA-A03"
SUBJECT = "d" * 32


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
    before = text_at(bela, disputed, NAME)
    done = bela.settlement_rules.apply("spaces")
    assert done.conflicts == 1
    assert [one.path for one in bela.conflicts.unsettled()] == [CHF, STORY]
    assert text_at(bela, disputed, NAME) == before
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
    assert text_at(anna, disputed, NAME) == text_at(bela, disputed, NAME)
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


def test_a_name_settles_nothing(anna: Workspace, bela: Workspace, response: str, tmp_path: Path) -> None:
    """S-05: whoever calls themselves Anna is not Anna."""
    bela.set_person("Anna", "Ministry")
    answer(bela, response, chf="126")
    merge(bela, exported(anna, response, tmp_path / "anna.iscm"))
    assert counts(bela) == {"spaces": 1}


def test_what_was_cleared_is_for_people(
    anna: Workspace, bela: Workspace, response: str, tmp_path: Path
) -> None:
    """S-04: also where it was signed off, and the other answers would be settled so."""
    answer(anna, response, name="")
    anna.sign_offs.sign(response, "Anna", "Head")
    merge(bela, exported(anna, response, tmp_path / "anna.iscm"))
    bela.settlement_rules.apply("signed-off")
    assert [one.path for one in bela.conflicts.unsettled()] == [NAME]


def test_no_rule_makes_the_less_proven_side_win(tmp_path: Path) -> None:
    """S-05: an unsigned copy of a verified file goes on from it, in the same name, later, and with other blanks."""
    with coordinator(tmp_path) as carla, Workspace.open(tmp_path / "nina.iscmdb") as nina:
        (issued,) = invited(carla, tmp_path / "invitations", "NOR")
        nina.set_person("Nina", "Ministry")
        response = nina.received_invitations.open_response(issued.path, "", "", "")
        says(nina, response, {INSTITUTION: "Ministry of Justice", UNIT: "Border  unit"})
        merge(carla, exported(nina, response, tmp_path / "first.iscm"))
        with opened(tmp_path, "stranger") as stranger:
            stranger.set_person("Nina", "Ministry")
            merge(stranger, tmp_path / "first.iscm")
            says(stranger, response, {INSTITUTION: "Ministry of Truth", UNIT: "Border unit"})
            stranger.sign_offs.sign(response, "Nina", "Minister")
            bare = exported(stranger, response, tmp_path / "bare.iscm")
            bare.write_bytes(zipped(unsigned(bare)))
        merge(carla, bare)
        assert len(carla.conflicts.unsettled()) == 2
        assert counts(carla) == {"spaces": 1}
        carla.settlement_rules.apply("spaces")
        assert text_at(carla, response, UNIT) == "Border  unit"
        assert text_at(carla, response, INSTITUTION) == "Ministry of Justice"


def test_a_claimed_device_has_not_signed_off(tmp_path: Path) -> None:
    """S-05: who copies the device of whoever signed off lends no side their sign-off."""
    sign_off = said(None, "sign-off", SIGN_OFF, "Nina", at=3)
    genuine, copied = said("125", "a", ANSWER, "Nina", at=1), said("126", "b", ANSWER, "Nina", at=2)
    found = DisputedItem(SUBJECT, genuine[1].key, (genuine, copied), None)
    keys = {"sign-off": frozenset({"RW-nina"}), "a": frozenset({"RW-nina"}), "b": frozenset({"RW-stranger"})}
    proven = ProvenRevisions({"Nina": frozenset({"RW-nina"})}, keys, frozenset())
    assert chosen_by(SettlementRule.SIGNED_OFF, found, RuleEvidence(proven, None, sign_off)) == "a"
    better = RuleEvidence(proven, {"a": 1, "b": 2}, sign_off)
    assert chosen_by(SettlementRule.SIGNED_OFF, found, better) is None


def said(value: str | None, id_: str, kind: str, device: str, *, at: int) -> tuple[str, Revision]:
    made_at = f"2027-03-0{at}T00:00:00Z"
    path = ItemPath("about/name" if kind == ANSWER else "")
    return id_, Revision("Nina", device, kind, made_at, (), path, SUBJECT, value or "signed")


def says(workspace: Workspace, response: str, answers: dict[str, str]) -> None:
    session = workspace.responses.open_session(response)
    for path, text in answers.items():
        session.answer(path, text)
    workspace.responses.save(response, session)


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
    assert both[STORY] == "It began in 1985. Three States took part. Four States took part."
