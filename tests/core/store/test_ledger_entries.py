"""The ledger of a round: what is written into it, and when.

L-01  Each operation adds one entry for each response that it changed, in its own transaction, and none for others.
L-02  An entry's hash is that of what it says; entries are numbered without gaps and never change.
L-03  What only others than the respondent say (notes, queries) changes no entry; what is typed does once it is sealed.
L-04  Taking a merge back, and putting it back, adds entries; the first says what the response was before.
L-05  A restored backup goes on under a new name, from where it ended; what it held stays as it was.
L-06  The same heads have the same root in every store, whatever came in which order.
"""

from __future__ import annotations

from pathlib import Path

from iscm_desktop.store.ledger import ledger_entries
from iscm_desktop.store.ledger.ledger_entries import LedgerEntry, LedgerOrigin
from iscm_desktop.store.ledger.ledger_leaf import heads_root
from iscm_desktop.store.merkle_tree import EMPTY_ROOT
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_transfer import restore_backup
from tests.support.workspaces import CHF, NAME, Ticking, answer, exported, merge, opened


def entries(workspace: Workspace, response: str | None = None) -> tuple[LedgerEntry, ...]:
    with workspace._database.read() as db:
        return ledger_entries.entries_of(db, "2027", response)


def kinds(workspace: Workspace, response: str | None = None) -> list[str]:
    return [entry.leaf.kind for entry in entries(workspace, response)]


def origins(workspace: Workspace) -> tuple[LedgerOrigin, ...]:
    with workspace._database.read() as db:
        return ledger_entries.origins_of(db, "2027")


def root_of(workspace: Workspace, response: str) -> str:
    with workspace._database.read() as db:
        return heads_root(ledger_entries.heads_of_response(db, response))


def file_of(folder: Path, who: str, respondent: str = "igc", **answers: str) -> Path:
    """What somebody exports who answers for a respondent."""
    with opened(folder, who) as workspace:
        response = workspace.responses.start("small", respondent)
        answer(workspace, response, **answers)
        return exported(workspace, response, folder / f"{who}.iscm")


def test_a_merge_adds_an_entry_for_each_response_that_it_changed(tmp_path: Path) -> None:
    """L-01, L-02."""
    first = file_of(tmp_path, "ministry", name="The IGC")
    second = file_of(tmp_path, "secretariat", "rcm", name="The RCM")
    with opened(tmp_path, "coordinator") as workspace:
        merge(workspace, first, second)
        merge(workspace, first, second)
        found = entries(workspace)
        assert [entry.position for entry in found] == [0, 1]
        assert {entry.leaf.operation for entry in found} == {1}
        for entry in found:
            assert entry.leaf.heads_root == root_of(workspace, entry.leaf.response)
        with workspace._database.read() as db:
            assert ledger_entries.hashes_of(db, "2027") == [entry.leaf.hash for entry in found]
        assert len({entry.leaf.salt for entry in found}) == 2


def test_every_operation_that_changes_a_response_is_in_its_ledger(tmp_path: Path) -> None:
    """L-01, L-04."""
    first = file_of(tmp_path, "ministry", name="The IGC", fee="yes", chf="120000")
    other = file_of(tmp_path, "cabinet", name="The IGC ", fee="yes", chf="90000")
    with opened(tmp_path, "coordinator") as workspace:
        merge(workspace, first)
        merge(workspace, other)
        (response,) = {entry.leaf.response for entry in entries(workspace)}
        before = root_of(workspace, response)
        conflict = next(row for row in workspace.conflicts.unsettled() if row.path == CHF)
        workspace.conflicts.resolve(conflict.id, value="100000")
        second_merge = workspace.operations.merges()[0].id
        workspace.operations.take_back(second_merge)
        workspace.operations.put_back(second_merge)
        workspace.settlement_rules.apply("spaces")
        workspace.public_exports.export(response, tmp_path / "public.iscm")
        assert kinds(workspace) == ["merge", "merge", "resolve", "take_back", "put_back", "settle_by_rule"]
        assert entries(workspace)[1].leaf.heads_root == before


def test_a_response_that_goes_out_of_view_holds_nothing(tmp_path: Path) -> None:
    """L-04."""
    with opened(tmp_path, "coordinator") as workspace:
        merge(workspace, file_of(tmp_path, "ministry", name="The IGC"))
        workspace.operations.take_back("1")
        assert [entry.leaf.heads_root == EMPTY_ROOT.hex() for entry in entries(workspace)] == [False, True]


def test_what_is_typed_enters_when_it_leaves_the_house(tmp_path: Path) -> None:
    """L-03."""
    with opened(tmp_path, "ministry") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="The IGC")
        assert kinds(workspace) == []
        exported(workspace, response, tmp_path / "one.iscm")
        workspace.queries.ask(response, NAME, "Is this the full name?")
        exported(workspace, response, tmp_path / "two.iscm")
        assert kinds(workspace) == ["export"]
        answer(workspace, response, name="The Consultations")
        workspace.delegations.hand_over(response, ["about"], to="Ben", target=tmp_path / "ben.iscm")
        answer(workspace, response, name="The IGC")
        workspace.public_exports.export(response, tmp_path / "public.iscm")
        assert kinds(workspace) == ["export", "export", "publish"]


def test_the_same_answers_have_the_same_root_everywhere(tmp_path: Path) -> None:
    """L-06."""
    first = file_of(tmp_path, "ministry", name="The IGC", fee="yes")
    second = file_of(tmp_path, "cabinet", name="the IGC", chf="7")
    roots = set()
    for name, files in (("one", (first, second)), ("other", (second, first))):
        with opened(tmp_path, name) as workspace:
            for file in files:
                merge(workspace, file)
            roots.add(entries(workspace)[-1].leaf.heads_root)
    assert len(roots) == 1


def test_a_restored_backup_goes_on_under_a_name_of_its_own(tmp_path: Path) -> None:
    """L-05."""
    clock = Ticking()
    with opened(tmp_path, "coordinator", clock=clock) as workspace:
        merge(workspace, file_of(tmp_path, "ministry", name="The IGC"))
        backup = workspace.backups.make(tmp_path / "backup.iscmdb")
        merge(workspace, file_of(tmp_path, "cabinet", name="the IGC"))
        before = entries(workspace)
    restore_backup(backup, tmp_path / "coordinator.iscmdb", clock)
    with opened(tmp_path, "coordinator", clock=clock) as workspace:
        merge(workspace, tmp_path / "cabinet.iscm")
        first, fork = origins(workspace)
        assert (first.size, fork.size, fork.is_fork) == (0, 1, True)
        assert fork.origin.startswith(f"{first.origin}/fork-2027")
        now = entries(workspace)
        assert now[0] == before[0]
        assert now[1] != before[1]
        assert now[1].leaf.heads_root == before[1].leaf.heads_root, "the same answers, under another salt"
