"""The log of operations: one row for each action that changes what a store holds.

O-01  Every action of a person that changes what the store holds adds exactly one operation, of its kind and done.
O-02  A row that has its outcome is never changed again, whatever is done later.
O-03  What was stopped, by a person or a problem, says so; what changes nothing is not recorded.
O-04  An operation that ended with the program is found by the next start, said once, and closed.
O-05  In a shared store another computer's running operation is left alone.
O-06  That something was taken back follows from a later operation, whatever was done in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from iscm_desktop.errors import FileProblem, IscmError, Problem
from iscm_desktop.store.operations.operation_kinds import OperationKind, OperationOutcome
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace
from tests.support.postgres import Server
from tests.support.workspaces import CHF, NAME, answer, exported, merge, opened


@dataclass(frozen=True, slots=True)
class Coordinator:
    """Somebody who has a response of their own, a file of a ministry that contradicts it, and a second file."""

    workspace: Workspace
    response: str
    contradicting: Path
    other: Path
    folder: Path


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What belongs to this computer lies beside the test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture(params=["in a file", "on a server"])
def coordinator(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Coordinator]:
    address = ""
    if request.param == "on a server":
        server: Server = request.getfixturevalue("postgres")
        address = server.new_database()
    with opened(tmp_path, "ministry") as ministry:
        response = ministry.responses.start("small", "igc")
        answer(ministry, response, name="The IGC ", fee="yes", chf="120000")
        contradicting = exported(ministry, response, tmp_path / "igc.iscm")
        second = ministry.responses.start("small", "rcm")
        answer(ministry, second, name="The RCM")
        other = exported(ministry, second, tmp_path / "rcm.iscm")
    with opened(tmp_path, "coordinator", address=address) as workspace:
        own = workspace.responses.start("small", "igc")
        answer(workspace, own, name="The IGC", fee="yes", chf="90000", story="Typed and not sealed")
        merge(workspace, contradicting)
        yield Coordinator(workspace, own, contradicting, other, tmp_path)


def resolve(one: Coordinator) -> None:
    conflict = next(row for row in one.workspace.conflicts.unsettled() if row.path == CHF)
    one.workspace.conflicts.resolve(conflict.id, value="100000", reason="agreed by telephone")


def hand_over(one: Coordinator) -> None:
    one.workspace.delegations.hand_over(one.response, ["about"], to="Ben", target=one.folder / "for-ben.iscm")


def ask_back(one: Coordinator) -> None:
    one.workspace.queries.ask(one.response, NAME, "Is this the full name?")
    one.workspace.queries.export(one.response, one.folder / "questions.iscm")


def publish(one: Coordinator) -> None:
    resolve_all(one)
    one.workspace.public_exports.export(one.response, one.folder / "public.iscm")


def resolve_all(one: Coordinator) -> None:
    for row in one.workspace.conflicts.unsettled():
        one.workspace.conflicts.resolve(row.id, value="100000" if row.path == CHF else "The IGC")


def put_back(one: Coordinator) -> None:
    (first,) = one.workspace.operations.merges()
    one.workspace.operations.take_back(first.id)
    one.workspace.operations.put_back(first.id)


ACTIONS: dict[str, tuple[OperationKind, Callable[[Coordinator], object]]] = {
    "merge": (OperationKind.MERGE, lambda one: merge(one.workspace, one.other)),
    "merge the same again": (OperationKind.MERGE, lambda one: merge(one.workspace, one.contradicting)),
    "settle by rule": (
        OperationKind.SETTLE_BY_RULE,
        lambda one: one.workspace.settlement_rules.apply("spaces"),
    ),
    "resolve": (OperationKind.RESOLVE, resolve),
    "take back": (
        OperationKind.TAKE_BACK,
        lambda one: one.workspace.operations.take_back(one.workspace.operations.merges()[0].id),
    ),
    "put back": (OperationKind.PUT_BACK, put_back),
    "export": (
        OperationKind.EXPORT,
        lambda one: exported(one.workspace, one.response, one.folder / "own.iscm"),
    ),
    "export as PDF": (
        OperationKind.EXPORT,
        lambda one: one.workspace.pdf_exports.export(one.response, one.folder / "own.pdf"),
    ),
    "hand sections over": (OperationKind.EXPORT, hand_over),
    "ask back": (OperationKind.EXPORT, ask_back),
    "publish": (OperationKind.PUBLISH, publish),
}
BEFORE = {"put back": 1, "publish": 2}
"""Operations that the action needs before its own."""


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_is_one_operation(coordinator: Coordinator, action: str) -> None:
    """O-01, O-02."""
    kind, act = ACTIONS[action]
    before = raw_rows(coordinator.workspace)
    act(coordinator)
    rows = coordinator.workspace.operations.rows()
    assert len(rows) == len(before) + BEFORE.get(action, 0) + 1
    assert (rows[0].kind, rows[0].outcome) == (kind, OperationOutcome.DONE)
    assert (rows[0].person, rows[0].device) == ("Coordinator", coordinator.workspace.device)
    assert raw_rows(coordinator.workspace)[: len(before)] == before


def raw_rows(workspace: Workspace) -> list[object]:
    """All columns, the oldest first."""
    with workspace._database.read() as db:
        return [tuple(row) for row in db.run_text("SELECT * FROM operation ORDER BY number")]


def test_typing_and_looking_are_no_operations(coordinator: Coordinator) -> None:
    """O-03."""
    before = raw_rows(coordinator.workspace)
    answer(coordinator.workspace, coordinator.response, story="Typed once more")
    coordinator.workspace.packages.plan([coordinator.other])
    coordinator.workspace.conflicts.unsettled()
    assert raw_rows(coordinator.workspace) == before


def test_what_is_taken_back_already_stays_so(coordinator: Coordinator) -> None:
    """O-03."""
    (first,) = coordinator.workspace.operations.merges()
    coordinator.workspace.operations.put_back(first.id)
    coordinator.workspace.operations.take_back(first.id)
    before = raw_rows(coordinator.workspace)
    coordinator.workspace.operations.take_back(first.id)
    assert raw_rows(coordinator.workspace) == before


def test_a_stopped_merge_says_so(coordinator: Coordinator) -> None:
    """O-03."""
    workspace = coordinator.workspace
    plan = workspace.packages.plan([coordinator.other])
    workspace.packages.apply(plan, TaskProgress(should_stop=lambda: True))
    assert workspace.operations.rows()[0].outcome is OperationOutcome.STOPPED


def test_an_export_that_fails_says_so(coordinator: Coordinator) -> None:
    """O-03."""
    (coordinator.folder / "in the way").write_text("a file")
    with pytest.raises(IscmError):
        exported(coordinator.workspace, coordinator.response, coordinator.folder / "in the way" / "own.iscm")
    failed = coordinator.workspace.operations.rows()[0]
    assert (failed.kind, failed.outcome) == (OperationKind.EXPORT, OperationOutcome.STOPPED)


def test_only_merges_and_settlements_can_be_taken_back(coordinator: Coordinator) -> None:
    exported(coordinator.workspace, coordinator.response, coordinator.folder / "own.iscm")
    export = coordinator.workspace.operations.rows()[0]
    with pytest.raises(IscmError) as refused:
        coordinator.workspace.operations.take_back(export.id)
    assert "Nothing was changed" in str(refused.value)


def test_taken_back_follows_from_the_last_word(coordinator: Coordinator) -> None:
    """O-06: the settlement is taken back, the merge as well, and the settlement put back alone."""
    workspace = coordinator.workspace
    settlement = workspace.settlement_rules.apply("spaces").operation
    (_settled, merged) = workspace.operations.merges()
    workspace.operations.take_back(settlement)
    workspace.operations.take_back(merged.id)
    workspace.operations.put_back(settlement)
    by_id = {row.id: row for row in workspace.operations.rows()}
    assert not by_id[settlement].taken_back_by
    assert by_id[by_id[merged.id].taken_back_by].kind is OperationKind.TAKE_BACK
    assert workspace.conflicts.unsettled() == ()
    workspace.operations.put_back(merged.id)
    assert [row.path for row in workspace.conflicts.unsettled()] == [CHF]


def killed_while(workspace: Workspace, kind: OperationKind, **parameters: str) -> None:
    """Begins an operation as a program does that is killed before it ends it."""
    log = workspace._context.log
    with workspace._database.write() as db:
        log._add(db, kind, parameters, None, None)


def test_an_interrupted_merge_is_said_once_and_closed(tmp_path: Path) -> None:
    """O-04."""
    with opened(tmp_path, "coordinator") as workspace:
        killed_while(workspace, OperationKind.MERGE, files="12")
    with Workspace.open(tmp_path / "coordinator.iscmdb") as workspace:
        (sentence,) = workspace.interrupted
        assert "0 of 12 files were merged" in sentence
        (row,) = workspace.operations.rows()
        assert row.outcome is OperationOutcome.STOPPED
    with Workspace.open(tmp_path / "coordinator.iscmdb") as workspace:
        assert workspace.interrupted == ()


def test_an_interrupted_export_leaves_no_half_file(tmp_path: Path) -> None:
    """O-04."""
    half = tmp_path / ".igc.iscm.part"
    half.write_bytes(b"half")
    with opened(tmp_path, "ministry") as workspace:
        killed_while(workspace, OperationKind.EXPORT, file=str(tmp_path / "igc.iscm"))
    with Workspace.open(tmp_path / "ministry.iscmdb") as workspace:
        (sentence,) = workspace.interrupted
    assert "igc.iscm" in sentence
    assert not half.exists()


def test_interrupted_summaries_leave_what_others_have_in_the_folder(tmp_path: Path) -> None:
    """O-04: of a folder only our own half-written files go, and it is said that some may be missing."""
    ours, others = tmp_path / ".summary-igc.pdf.part", tmp_path / ".holiday.mp4.part"
    for half in (ours, others):
        half.write_bytes(b"half")
    with opened(tmp_path, "coordinator") as workspace:
        killed_while(workspace, OperationKind.PUBLISH, round="Assessment 2027", folder=str(tmp_path))
    with Workspace.open(tmp_path / "coordinator.iscmdb") as workspace:
        (sentence,) = workspace.interrupted
    assert str(tmp_path) in sentence
    assert (ours.exists(), others.exists()) == (False, True)


def test_another_computers_work_goes_on(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """O-05."""
    address = postgres.new_database()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "chen"))
    with opened(tmp_path, "", address=address) as chen:
        killed_while(chen, OperationKind.MERGE, files="12")
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "dina"))
        with Workspace.open(address) as dina:
            assert dina.interrupted == ()
            assert dina.operations.rows()[0].outcome is None
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "chen"))
    with Workspace.open(address) as chen:
        assert len(chen.interrupted) == 1


def test_a_backup_knows_nothing_of_being_made(tmp_path: Path) -> None:
    """O-04: opening the copy is no reason to speak of an interrupted backup."""
    with opened(tmp_path, "coordinator") as workspace:
        copy = workspace.backups.make(tmp_path / "copy.iscmdb")
    with Workspace.open(copy) as restored:
        assert restored.interrupted == ()


@pytest.mark.parametrize("number", ["", "0", "-1", "1 ", "1.0", "\u0661", "99999", "9" * 20, "9" * 5000])
def test_a_number_that_no_merge_has_is_said_as_it_was_typed(coordinator: Coordinator, number: str) -> None:
    """O-06, on both databases: nothing of it reaches them as a number that they cannot take."""
    with pytest.raises(IscmError) as refused:
        coordinator.workspace.operations.take_back(number)
    assert refused.value.problem is FileProblem.OPERATION_UNKNOWN
    assert f"'{number}'" in str(refused.value)


def test_a_merge_that_runs_is_not_taken_back(coordinator: Coordinator) -> None:
    """O-06: half of it would stay in view."""
    workspace = coordinator.workspace
    said: list[Problem] = []

    def take_back(_done: int, _of: int) -> None:
        running = next((row for row in workspace.operations.rows() if row.outcome is None), None)
        if running is None:  # it has just ended
            return
        with pytest.raises(IscmError) as refused:
            workspace.operations.take_back(running.id)
        said.append(refused.value.problem)

    plan = workspace.packages.plan([coordinator.contradicting, coordinator.other])
    workspace.packages.apply(plan, TaskProgress(take_back))
    assert set(said) == {FileProblem.OPERATION_UNKNOWN}


def test_a_merge_tells_new_answers_from_newer_ones(tmp_path: Path) -> None:
    """O-01: the log counts them apart, as the plan did."""
    with opened(tmp_path, "ministry") as ministry, opened(tmp_path, "coordinator") as workspace:
        response = ministry.responses.start("small", "igc")
        answer(ministry, response, name="The IGC", fee="yes")
        merge(workspace, exported(ministry, response, tmp_path / "first.iscm"))
        answer(ministry, response, name="The Consultations")
        merge(workspace, exported(ministry, response, tmp_path / "second.iscm"))
        second, first = workspace.operations.merges()
    assert first.merged.new > 1
    assert (second.merged.new, second.merged.newer, second.merged.conflicts) == (0, 1, 0)
