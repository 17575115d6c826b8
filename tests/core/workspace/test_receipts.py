"""Receipts and checkpoints: what a coordinator signs, and what a respondent finds out with it, offline.

R-01  A receipt says that the answers of the respondent's store stand in the round, or exactly what differs.
R-02  Nothing is good that nobody known signed, or that was changed on its way.
R-03  What is changed here later, there later, or taken back there, is told apart.
R-04  A receipt holds nothing of other respondents but hashes; salts travel in their own receipt alone.
R-05  A restored backup is told: also that an entry is not there any more.
R-06  Receipts that were made are counted; those whose response has changed since are outdated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from iscm_desktop.errors import IscmError, LedgerProblem
from iscm_desktop.exchange.ledger.checkpoint import Checkpoint, fork_extension
from iscm_desktop.exchange.ledger.checkpoint_comparison import CheckpointRelation, relation
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.reports.typesetting.matrix_code import modules
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.ledger.receipt_check import ReceiptStanding
from iscm_desktop.workspace.ledger.receipt_service import CheckedReceipt
from iscm_desktop.workspace.ledger.receipt_wording import receipt_in_words
from iscm_desktop.workspace.store_transfer import restore_backup
from tests.support.packages import unsigned
from tests.support.workspaces import CHF, Ticking, answer, exported, merge, opened


class Round:
    """A ministry with a response of four answers, and a coordinator who has it and those of others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Ticking()
        self.ministry = opened(folder, "ministry")
        self.response = self.ministry.responses.start("small", "igc")
        answer(self.ministry, self.response, name="The IGC", fee="yes", chf="120000", story="Long")
        self.ministry.sign_offs.sign(self.response, function="Director", name="A. Roth")
        self.file = exported(self.ministry, self.response, folder / "igc.iscm")
        self.coordinator = opened(folder, "coordinator", clock=self.clock)
        others = []
        with opened(folder, "others") as workspace:
            for respondent in ("rcm", "puebla", "mtm"):
                other = workspace.responses.start("small", respondent)
                answer(workspace, other, name=f"The {respondent}")
                others.append(exported(workspace, other, folder / f"{respondent}.iscm"))
        merge(self.coordinator, self.file, *others)
        self.key = self.coordinator.ledger.public_key

    def receipt(self, name: str = "receipt.txt") -> Path:
        """What the coordinator makes for the ministry now."""
        return self.coordinator.receipts.make(self.response, self.folder / name).file

    def check(self, file: Path, workspace: Workspace | None = None) -> CheckedReceipt:
        return (workspace or self.ministry).receipts.check(file, [self.key])


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Round]:
    made = Round(tmp_path)
    yield made
    made.ministry.close()
    made.coordinator.close()


def words(found: CheckedReceipt) -> str:
    return " ".join(receipt_in_words(found))


def test_a_respondent_sees_that_their_answers_stand(running: Round) -> None:
    """R-01."""
    found = running.check(running.receipt())
    assert found.is_good
    assert found.findings.answers == 4
    assert (found.size, found.changed_here, found.not_there) == (4, (), ())
    assert words(found).startswith(
        "Your 4 answers, as signed off on 2027-03-01, stand in round 2027 as entry "
    )


def test_without_a_known_key_nothing_is_proven(running: Round) -> None:
    """R-02."""
    found = running.ministry.receipts.check(running.receipt())
    assert found.findings.standing is ReceiptStanding.STANDS
    assert found.signed_by is None
    assert not found.is_good
    with pytest.raises(IscmError) as error:
        running.ministry.receipts.check(running.receipt(), ["no key"])
    assert error.value.problem is LedgerProblem.RECEIPT_KEY_UNREADABLE


def test_another_key_proves_nothing(running: Round) -> None:
    """R-02."""
    found = running.ministry.receipts.check(running.receipt(), [running.ministry.ledger.public_key])
    assert found.signed_by is None


def test_what_was_changed_here_since_is_named(running: Round) -> None:
    """R-03: while it is typed, and when it is sealed."""
    receipt = running.receipt()
    answer(running.ministry, running.response, chf="90000")
    typed = running.check(receipt)
    assert typed.findings.standing is ReceiptStanding.DIFFERS
    assert typed.changed_here == ("Yearly fee, CHF",)
    exported(running.ministry, running.response, running.folder / "again.iscm")
    sealed = running.check(receipt)
    assert (sealed.changed_here, sealed.not_there) == (("Yearly fee, CHF",), ())
    assert "once you export again: Yearly fee, CHF" in words(sealed)


def test_what_a_coordinator_corrected_is_named(running: Round) -> None:
    """R-03."""
    session = running.coordinator.responses.open_session(running.response)
    session.answer(CHF, "100")
    running.coordinator.responses.save(running.response, session)
    exported(running.coordinator, running.response, running.folder / "theirs.iscm")
    found = running.check(running.receipt())
    assert found.findings.standing is ReceiptStanding.DIFFERS
    assert (found.changed_here, found.not_there) == ((), ("Yearly fee, CHF",))
    assert found.findings.unknown_here == 1
    assert "1 state there was never in this store" in words(found)


def test_what_waits_there_for_a_decision_is_named(running: Round) -> None:
    """R-03: an unsigned file does not take the place of what is proven; both stand until somebody decides."""
    answer(running.ministry, running.response, chf="90000")
    again = exported(running.ministry, running.response, running.folder / "again.iscm")
    again.write_bytes(zipped(unsigned(again)))
    merge(running.coordinator, again)
    found = running.check(running.receipt())
    assert found.findings.standing is ReceiptStanding.DIFFERS
    assert (found.changed_here, found.not_there, found.findings.unknown_here) == ((), (), 0)
    assert found.undecided_there == ("Yearly fee, CHF",)
    assert "until the coordinator decides: Yearly fee, CHF" in words(found)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_receipt_is_printed_with_a_code_that_holds_it(running: Round, language: str) -> None:
    """R-01: the code is drawn as it is, also where pages run from right to left."""
    running.coordinator.responses.set_language(running.response, language)
    printed = running.coordinator.receipts.print(running.response, running.folder / "receipt.pdf")
    assert (printed.pages, printed.missing) == (1, ())
    code = modules(running.coordinator.receipts.text(running.response, is_short=True))
    assert dark_modules(printed.path) == {
        (row, column) for row, cells in enumerate(code) for column, is_dark in enumerate(cells) if is_dark
    }


def dark_modules(file: Path) -> set[tuple[int, int]]:
    """Rows and columns of the dark squares that are drawn on the first page of a PDF."""
    with pikepdf.open(file) as pdf:
        drawn = [
            tuple(map(float, each.operands))
            for each in pikepdf.parse_content_stream(pdf.pages[0])
            if str(each.operator) == "re"
        ]
    ((side, _count),) = Counter(height for *_place, height in drawn).most_common(1)
    runs = [(x, y, width) for x, y, width, height in drawn if height == side]
    left, top = min(x for x, _y, _width in runs), max(y for _x, y, _width in runs)
    return {
        (round((top - y) / side), round((x - left) / side) + at)
        for x, y, width in runs
        for at in range(round(width / side))
    }


def test_a_short_receipt_says_that_something_differs(running: Round) -> None:
    """R-01: as on paper."""
    file = running.folder / "short.txt"
    file.write_text(running.coordinator.receipts.text(running.response, is_short=True), encoding="utf-8")
    assert running.check(file).is_good
    exported(running.ministry, running.response, running.folder / "again.iscm")
    answer(running.ministry, running.response, name="Other")
    exported(running.ministry, running.response, running.folder / "again.iscm")
    found = running.check(file)
    assert found.findings.standing is ReceiptStanding.DIFFERS
    assert "does not tell which answers differ" in words(found)


def test_taking_back_outdates_a_receipt(running: Round) -> None:
    """R-03, R-06."""
    receipt = running.receipt()
    assert running.coordinator.ledger.receipts("2027").outdated == 0
    running.coordinator.operations.take_back("1")
    found = running.check(receipt, running.coordinator)
    assert found.findings.standing is ReceiptStanding.OUTDATED
    assert "operation 2 took something of it back" in words(found)
    counts = running.coordinator.ledger.receipts("2027")
    assert (counts.made, counts.outdated) == (1, 1)
    running.coordinator.operations.put_back("1")
    assert running.check(receipt, running.coordinator).findings.standing is ReceiptStanding.OUTDATED
    assert running.check(running.receipt("new.txt")).is_good
    assert running.coordinator.ledger.receipts("2027").outdated == 0


def test_a_restored_backup_is_told(running: Round) -> None:
    """R-05: with the checkpoint, and where an entry is gone."""
    backup = running.coordinator.backups.make(running.folder / "backup.iscmdb")
    before = running.receipt("before.txt")
    answer(running.ministry, running.response, chf="90000")
    merge(running.coordinator, exported(running.ministry, running.response, running.folder / "late.iscm"))
    lost = running.receipt("lost.txt")
    running.coordinator.close()
    restore_backup(backup, running.folder / "coordinator.iscmdb", running.clock)
    running.coordinator = opened(running.folder, "coordinator", clock=running.clock)
    assert running.check(lost, running.coordinator).findings.standing is ReceiptStanding.LOST
    assert running.check(before, running.coordinator).findings.forked_at == 4
    merge(running.coordinator, running.folder / "late.iscm")
    anew = running.check(running.receipt("anew.txt"))
    assert anew.is_good
    assert "when the ledger had 4 entries" in words(anew)
    assert running.check(before).signed_by is not None, "what was signed before still is"


def test_a_receipt_for_a_response_that_is_not_here_says_so(running: Round) -> None:
    """R-01."""
    receipt = running.receipt()
    with opened(running.folder, "somebody") as workspace:
        found = running.check(receipt, workspace)
        assert found.findings.standing is ReceiptStanding.UNKNOWN
        assert not found.is_good


def test_no_receipt_betrays_others(running: Round) -> None:
    """R-04: salts, ids of revisions and responses of others are in none of its parts, however they are encoded."""
    files = running.coordinator.receipts.make_all("2027", running.folder / "receipts")
    assert len({one.file for one in files}) == 4
    with running.coordinator._database.read() as db:
        from iscm_desktop.exchange.ledger.receipt import read_receipt
        from iscm_desktop.store.ledger.ledger_entries import entries_of, heads_of_response

        leaves = [entry.leaf for entry in entries_of(db, "2027")]
        for one in files:
            found = read_receipt(one.file.read_bytes())
            text = one.file.read_text(encoding="utf-8")
            others = [leaf for leaf in leaves if leaf.response != one.response]
            assert found.leaf in leaves
            assert len(others) == 3
            for leaf in others:
                assert leaf.salt not in repr(found)
                assert leaf.response not in repr(found)
                assert leaf.response not in text
                assert not set(heads_of_response(db, leaf.response)) & set(found.heads or ())


def test_what_nobody_merged_has_no_receipt(running: Round) -> None:
    response = running.coordinator.responses.start("small", "budapest")
    with pytest.raises(IscmError) as error:
        running.coordinator.receipts.make(response, running.folder / "none.txt")
    assert error.value.problem is LedgerProblem.RECEIPT_NONE
    assert not (running.folder / "none.txt").exists()


def test_a_file_that_is_none_is_refused_in_words(running: Round) -> None:
    """R-02."""
    receipt = running.receipt()
    text = receipt.read_text(encoding="utf-8")
    for changed in (
        "",
        "Dear colleague,\n",
        text[:-1],
        text.replace("index ", "index 1"),
        text.replace("\n\n", "\n"),
    ):
        receipt.write_text(changed, encoding="utf-8")
        with pytest.raises(IscmError) as error:
            running.check(receipt)
        assert error.value.problem is LedgerProblem.RECEIPT_BROKEN


def test_another_checkpoint_is_held_against_a_receipt(running: Round) -> None:
    """R-05: a later one, one of a fork, one of another history, one of another store, and what is none."""
    receipt = running.receipt()
    file = running.folder / "checkpoint.txt"

    def against(workspace: Workspace) -> CheckedReceipt:
        workspace.ledger.write_checkpoint("2027", file)
        keys = [running.key, workspace.ledger.public_key]
        return running.ministry.receipts.check(receipt, keys, file)

    backup = running.coordinator.backups.make(running.folder / "backup.iscmdb")
    running.coordinator.operations.take_back("1")
    later = against(running.coordinator)
    assert later.newer is CheckpointRelation.CONTINUES
    assert later.is_good
    assert against(running.ministry).newer is CheckpointRelation.OTHER
    with running.coordinator._database.write() as db:
        db.run_text("DELETE FROM checkpoint")
        db.run_text("UPDATE ledger_leaf SET hash = salt || salt WHERE position = 0")
        db.run_text("DELETE FROM ledger_leaf WHERE position > 3")
    contradicting = against(running.coordinator)
    assert contradicting.newer is CheckpointRelation.CONTRADICTS
    assert not contradicting.is_good
    assert "two histories were signed" in words(contradicting)
    running.coordinator.close()
    restore_backup(backup, running.folder / "coordinator.iscmdb", running.clock)
    running.coordinator = opened(running.folder, "coordinator", clock=running.clock)
    assert against(running.coordinator).newer is CheckpointRelation.KEPT
    for text in ("", "words\n", file.read_text(encoding="utf-8").replace("4", "5")):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(IscmError) as error:
            running.ministry.receipts.check(receipt, [running.key], file)
        assert error.value.problem in (LedgerProblem.CHECKPOINT_BROKEN, LedgerProblem.NOTE_UNSIGNED)


@pytest.mark.parametrize(
    ("origin", "size", "root", "forked_at", "expected"),
    [
        ("iscm/1/a", 5, "x", None, CheckpointRelation.CONTINUES),
        ("iscm/1/a", 5, "y", None, CheckpointRelation.CONTRADICTS),
        ("iscm/1/a", 9, "y", None, CheckpointRelation.CONTINUES),
        ("iscm/1/a", 3, "y", None, CheckpointRelation.CONTINUES),
        ("iscm/1/a/fork-1", 9, "y", 4, CheckpointRelation.KEPT),
        ("iscm/1/a/fork-1", 9, "y", 3, CheckpointRelation.LOST),
        ("iscm/1/a/fork-1", 9, "y", None, CheckpointRelation.OTHER),
        ("iscm/1/ab", 9, "y", None, CheckpointRelation.OTHER),
    ],
)
def test_what_another_checkpoint_says(
    origin: str, size: int, root: str, forked_at: int | None, expected: CheckpointRelation
) -> None:
    """R-05: of entry 4 of 5."""
    before = Checkpoint("iscm/1/a", 5, b"x" * 32)
    extensions = () if forked_at is None else (fork_extension(forked_at),)
    assert relation(3, before, Checkpoint(origin, size, root.encode() * 32, extensions)) is expected
