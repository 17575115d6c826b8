"""Checkpoints of a round's ledger: signed once for each size, consistent with each other, cosigned by another.

K-01  Asking for a checkpoint signs one if entries were added since, and gives the newest one otherwise.
K-02  What was signed can be compared: a changed, lost or foreign entry is told at the next start, by verify, and
      nothing new is signed.
K-03  Another coordinator cosigns when their store holds the same heads for every response of the round, and only then;
      a ledger that was cosigned has to be continued.
K-04  A cosignature by a key that is known is taken in; nothing else is.
K-05  The log says for each operation what it added, and by which checkpoint that is vouched for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError, LedgerProblem, Problem
from iscm_desktop.exchange.ledger.checkpoint import read_checkpoint
from iscm_desktop.exchange.ledger.signed_note import read_note
from iscm_desktop.store.verification.findings import FindingKind
from iscm_desktop.workspace import Workspace
from tests.support.postgres import Server
from tests.support.workspaces import CHF, answer, exported, merge, opened


class TwoCoordinators:
    """Both merged the files of three respondents, each in another order; they know each other's keys."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = []
        with opened(folder, "others") as workspace:
            for respondent in ("igc", "rcm", "puebla"):
                response = workspace.responses.start("small", respondent)
                answer(workspace, response, name=f"The {respondent}", fee="yes", chf="7")
                self.files.append(exported(workspace, response, folder / f"{respondent}.iscm"))
        self.anna, self.ben = opened(folder, "anna"), opened(folder, "ben")
        merge(self.anna, *self.files)
        for file in reversed(self.files):
            merge(self.ben, file)
        _identity, self.recipient = self.ben.keys.own_identity()

    def request(self) -> Path:
        return self.anna.cosigning.write_request("2027", self.folder / "request.age", [self.recipient])

    def cosign(self, request: Path) -> Path:
        return (
            self.ben.cosigning.cosign(
                request, self.folder / "cosigned.txt", [self.anna.ledger.public_key]
            ).file
            or Path()
        )


@pytest.fixture
def both(tmp_path: Path) -> Iterator[TwoCoordinators]:
    made = TwoCoordinators(tmp_path)
    yield made
    made.anna.close()
    made.ben.close()


def refused(act: object) -> Problem:
    with pytest.raises(IscmError) as error:
        act()  # type: ignore[operator]
    return error.value.problem


def tamper(workspace: Workspace, statement: str) -> None:
    """As somebody would who has the store's file and another program."""
    with workspace._database.write() as db:
        db.run_text(statement)


def test_a_checkpoint_is_signed_once_for_each_size(both: TwoCoordinators) -> None:
    """K-01."""
    first = both.anna.ledger.checkpoint("2027")
    assert (first.number, first.size) == (1, 3)
    assert both.anna.ledger.checkpoint("2027") == first
    assert not both.anna.ledger.is_behind("2027")
    both.anna.operations.take_back("1")
    assert both.anna.ledger.is_behind("2027")
    second = both.anna.ledger.checkpoint("2027")
    assert (second.number, second.size) == (2, 6)
    head = read_checkpoint(read_note(second.text.encode()).text)
    assert (head.size, head.root.hex()) == (second.size, second.root)


def test_a_round_without_entries_has_no_checkpoint(both: TwoCoordinators) -> None:
    both.anna.rounds.start("2029", "Next")
    assert refused(lambda: both.anna.ledger.checkpoint("2029")) is LedgerProblem.LEDGER_EMPTY


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_leaf SET hash = '" + "0" * 64 + "' WHERE position = 4",
        "DELETE FROM ledger_leaf WHERE position = 5",
        "UPDATE checkpoint SET root = '" + "0" * 64 + "' WHERE number = 2",
        "UPDATE checkpoint SET size = 5 WHERE number = 2",
        "UPDATE checkpoint SET peaks = '' WHERE number = 1",
    ],
)
def test_what_is_not_as_it_was_signed_is_told(both: TwoCoordinators, statement: str) -> None:
    """K-02: at the next start, and before anything else is signed."""
    both.anna.ledger.checkpoint("2027")
    both.anna.operations.take_back("1")
    both.anna.ledger.checkpoint("2027")
    tamper(both.anna, statement)
    assert refused(lambda: both.anna.ledger.checkpoint("2027")) is LedgerProblem.LEDGER_DAMAGED
    both.anna.close()
    both.anna = opened(both.folder, "anna")
    assert any("is not what was signed in its checkpoint" in sentence for sentence in both.anna.interrupted)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_leaf SET heads_root = '" + "0" * 64 + "' WHERE position = 1",
        "UPDATE ledger_leaf SET salt = '" + "0" * 32 + "' WHERE position = 0",
        "DELETE FROM ledger_leaf WHERE position = 1",
        "UPDATE checkpoint SET text = 'iscm/2027'",
    ],
)
def test_verifying_names_what_is_wrong_in_a_ledger(both: TwoCoordinators, statement: str) -> None:
    """K-02: the whole of it."""
    both.anna.ledger.checkpoint("2027")
    assert both.anna.verification.verify().is_whole
    tamper(both.anna, statement)
    found = both.anna.verification.verify().findings
    assert FindingKind.LEDGER_CHANGED in {finding.kind for finding in found}


def test_another_coordinator_cosigns_what_both_hold(both: TwoCoordinators) -> None:
    """K-03, K-04, K-05."""
    assert [row.is_cosigned for row in both.anna.ledger.log("2027")] == [False]
    cosigned = both.cosign(both.request())
    outcome = both.anna.cosigning.cosign(cosigned, keys=[both.ben.ledger.public_key])
    assert outcome.is_ours
    (row,) = both.anna.ledger.log("2027")
    assert (row.responses, row.size, row.checkpoint, row.is_cosigned) == (3, 3, 1, True)
    both.anna.operations.take_back("1")
    both.anna.ledger.checkpoint("2027")
    assert [(one.checkpoint, one.is_cosigned) for one in both.anna.ledger.log("2027")] == [
        (2, False),
        (1, True),
    ]


def test_a_respondent_sees_who_cosigned(both: TwoCoordinators) -> None:
    both.anna.cosigning.cosign(both.cosign(both.request()), keys=[both.ben.ledger.public_key])
    with opened(both.folder, "others") as workspace:
        response = next(row.id for row in workspace.response_list.all() if row.respondent == "igc")
        receipt = both.anna.receipts.make(response, both.folder / "receipt.txt").file
        keys = [both.anna.ledger.public_key, both.ben.ledger.public_key]
        assert len(workspace.receipts.check(receipt, keys).cosigned_by) == 1
        assert workspace.receipts.check(receipt, keys[:1]).cosigned_by == ()


def test_nobody_cosigns_what_they_do_not_hold(both: TwoCoordinators) -> None:
    """K-03: one answer more, one response less."""
    session = both.ben.responses.open_session(both.ben.response_list.all()[0].id)
    session.answer(CHF, "8")
    both.ben.responses.save(both.ben.response_list.all()[0].id, session)
    exported(both.ben, both.ben.response_list.all()[0].id, both.folder / "changed.iscm")
    request = both.request()
    assert refused(lambda: both.cosign(request)) is LedgerProblem.LEDGER_NOT_EQUAL
    assert not (both.folder / "cosigned.txt").exists()
    merge(both.anna, both.folder / "changed.iscm")
    assert both.cosign(both.request()).exists()
    with opened(both.folder, "others") as workspace:
        more = workspace.responses.start("small", "mtm")
        answer(workspace, more, name="The MTM")
        merge(both.ben, exported(workspace, more, both.folder / "mtm.iscm"))
    assert refused(lambda: both.cosign(both.request())) is LedgerProblem.LEDGER_NOT_EQUAL


def test_a_ledger_that_was_cosigned_has_to_be_continued(both: TwoCoordinators) -> None:
    """K-03: a store that drops entries finds no cosigner, though both hold the same answers."""
    both.anna.operations.take_back("1")
    both.anna.operations.put_back("1")
    both.cosign(both.request())
    tamper(both.anna, "DELETE FROM checkpoint")
    tamper(both.anna, "DELETE FROM ledger_leaf WHERE position >= 3")
    assert refused(lambda: both.cosign(both.request())) is LedgerProblem.LEDGER_NOT_CONTINUED


def test_what_is_no_cosignature_of_somebody_known_is_not_taken_in(both: TwoCoordinators) -> None:
    """K-04."""
    request = both.request()
    cosigned = both.cosign(request)
    before = both.anna.ledger.checkpoint("2027")
    assert refused(lambda: both.anna.cosigning.cosign(cosigned)) is LedgerProblem.CHECKPOINT_NOT_COSIGNED
    key = [both.ben.ledger.public_key]
    text = cosigned.read_text(encoding="utf-8")
    for changed in (text[:-6] + "AAA=\n", text.replace("\n3\n", "\n4\n"), "words\n", ""):
        cosigned.write_text(changed, encoding="utf-8")
        found = refused(lambda: both.anna.cosigning.cosign(cosigned, keys=key))
        assert found in (LedgerProblem.CHECKPOINT_NOT_COSIGNED, LedgerProblem.CHECKPOINT_UNKNOWN)
    assert both.anna.ledger.checkpoint("2027") == before


def test_a_request_that_is_not_for_us_or_from_nobody_known_is_refused(both: TwoCoordinators) -> None:
    """K-03."""
    request = both.request()
    assert refused(lambda: both.ben.cosigning.cosign(request)) is LedgerProblem.NOTE_UNSIGNED
    assert refused(lambda: both.anna.cosigning.cosign(request)) is LedgerProblem.REQUEST_BROKEN
    assert (
        refused(lambda: both.anna.cosigning.write_request("2027", both.folder / "x.age"))
        is LedgerProblem.COSIGNER_UNKNOWN
    )


def test_a_shared_store_keeps_its_ledger_likewise(
    both: TwoCoordinators, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """K-01, K-02: on a server, by two coordinators one after the other, each with a key of their own."""
    address = postgres.new_database()
    monkeypatch.setenv("XDG_DATA_HOME", str(both.folder / "first"))
    with opened(both.folder, "carla", address=address) as workspace:
        merge(workspace, *both.files[:2])
        first = workspace.ledger.checkpoint("2027")
        key = workspace.ledger.public_key
    monkeypatch.setenv("XDG_DATA_HOME", str(both.folder / "second"))
    with opened(both.folder, "dora", address=address) as workspace:
        assert workspace.ledger.public_key != key
        assert workspace.ledger.last_checkpoint("2027") == first
        merge(workspace, both.files[2])
        assert workspace.ledger.checkpoint("2027").size == 3
        (made, *_others) = workspace.receipts.make_all("2027", both.folder / "receipts")
        assert workspace.receipts.check(made.file).is_good
        tamper(workspace, "UPDATE checkpoint SET root = repeat('0', 64) WHERE number = 2")
        assert refused(lambda: workspace.ledger.checkpoint("2027")) is LedgerProblem.LEDGER_DAMAGED
