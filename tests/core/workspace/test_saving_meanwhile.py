"""Saving while long work goes on: in every phase of it, and every phase of it while a save is at it.

W-01 A save that begins in any phase of an operation succeeds, and so does the operation, which is recorded as ended.
W-02 An operation that reaches any phase while a save holds its transaction: likewise.
W-03 A transaction within a transaction of the same thread is a defect, and is told at once instead of waited for.

A phase lies between two steps of the operation: before it begins, each time it is about to write, in each of its
transactions, once it has ended. Nothing is left to chance: the operation is held at a step until the other thread has
got where it is to be.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from iscm_desktop.store.database.sqlite_connections import SqliteConnections
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.database.writer_turns import WriterTurns
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.revision import response_id
from iscm_desktop.store.operations.operation_kinds import OperationKind, OperationOutcome
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_transfer import restore_backup
from tests.support.workspaces import NAME, STORY, Ticking, answer, exported, merge, opened, text_at

PATIENCE_S = 20.0
"""Far more than anything takes: what waits so long hangs."""


class Steps:
    """Watches the transactions of one thread; `at` is called at each step of theirs, on that thread."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.thread: int | None = None
        self.writer: int | None = None  # the thread that has its turn
        self.count = 0
        self.at: Callable[[int, bool], None] = lambda _step, _holds: None
        self.waits = threading.Event()  # another thread is about to wait for its turn to write
        steps, transaction, taken = self, SqliteConnections._transaction, WriterTurns.taken

        @contextmanager
        def watched(
            self: SqliteConnections, beginning: str, *, counts: bool = False, only_reads: bool = False
        ) -> Iterator[Transaction]:
            with transaction(self, beginning, counts=counts, only_reads=only_reads) as db:
                steps._step()
                yield db

        @contextmanager
        def turn(self: WriterTurns) -> Iterator[None]:
            if threading.get_ident() != steps.thread:
                steps.waits.set()
            steps._step()
            with taken(self):
                steps.writer = threading.get_ident()
                yield
                steps.writer = None

        monkeypatch.setattr(SqliteConnections, "_transaction", watched)
        monkeypatch.setattr(WriterTurns, "taken", turn)

    def _step(self) -> None:
        if threading.get_ident() == self.thread:
            self.count += 1
            self.at(self.count, self.writer == self.thread)


class Saving:
    """A save on a thread of its own, as the window's saver does it."""

    def __init__(self, workspace: Workspace, response: str, text: str) -> None:
        session = workspace.responses.open_session(response)
        session.answer(STORY, text)
        self._keep = workspace.responses.save_later(response, session)
        self._failure: BaseException | None = None
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        try:
            assert self._keep is not None
            self._keep()
        except BaseException as failure:
            self._failure = failure

    def end(self) -> None:
        self.thread.join(PATIENCE_S)
        assert not self.thread.is_alive(), "the save hangs"
        if self._failure is not None:
            raise self._failure


class Scene:
    """A store in which every operation has something to do, and a response that somebody types into."""

    def __init__(self, made: Path, folder: Path) -> None:
        self.folder = shutil.copytree(made, folder)
        self.file, self.another_file = folder / "theirs.iscm", folder / "second.iscm"
        self.backup = folder / "early.iscmdb"
        self.workspace = Workspace.open(folder / "anna.iscmdb", clock=Ticking(), keys_in_files=True)
        self.response = response_id("2027", "small", "igc")
        self.typed_into = response_id("2027", "small", "typed")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    with opened(folder, "other") as other:
        theirs = other.responses.start("small", "igc")
        answer(other, theirs, name="The  same", fee="no")
        exported(other, theirs, folder / "theirs.iscm")
        second = other.responses.start("small", "r2")
        answer(other, second, name="second")
        exported(other, second, folder / "second.iscm")
    with opened(folder, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="The same")
        exported(workspace, response, folder / "ours.iscm")
        workspace.responses.start("small", "typed")
        workspace.backups.make(folder / "early.iscmdb")
    return folder


def _merge(scene: Scene) -> None:
    assert merge(scene.workspace, scene.another_file) == ["new"]


def _plan(scene: Scene) -> None:
    assert len(scene.workspace.packages.plan([scene.file, scene.another_file]).planned) == 2


def _merged_before(scene: Scene) -> None:
    merge(scene.workspace, scene.file)


def _settle(scene: Scene) -> None:
    (suggestion, *_others) = scene.workspace.settlement_rules.suggest()
    scene.workspace.settlement_rules.apply(suggestion.rule)


def _take_back(scene: Scene) -> None:
    assert scene.workspace.operations.take_back(scene.workspace.operations.merges()[0].id)


def _taken_back_before(scene: Scene) -> None:
    _merged_before(scene)
    _take_back(scene)


def _put_back(scene: Scene) -> None:
    assert scene.workspace.operations.put_back(scene.workspace.operations.merges()[0].id)


def _export(scene: Scene) -> None:
    exported(scene.workspace, scene.response, scene.folder / "again.iscm")


def _export_what_is_typed(scene: Scene) -> None:
    exported(scene.workspace, scene.typed_into, scene.folder / "typed.iscm")


def _publish(scene: Scene) -> None:
    scene.workspace.public_exports.export(scene.response, scene.folder / "public.iscm")


def _back_up(scene: Scene) -> None:
    scene.workspace.backups.make()


def _count(scene: Scene) -> None:
    with scene.workspace._database.write() as db:
        db.run_text("UPDATE response SET answered = NULL, asked = NULL, missing = NULL")
    scene.workspace.responses.count_uncounted()


def _complete(scene: Scene) -> None:
    scene.workspace.complete_file()


def _restore_elsewhere(scene: Scene) -> None:
    restore_backup(scene.backup, scene.folder / "restored.iscmdb")


def _nothing(_scene: Scene) -> None:
    pass


Act = Callable[[Scene], None]
WORK: list[tuple[Act, Act, OperationKind | None]] = [
    (_nothing, _plan, None),
    (_nothing, _merge, OperationKind.MERGE),
    (_merged_before, _settle, OperationKind.SETTLE_BY_RULE),
    (_merged_before, _take_back, OperationKind.TAKE_BACK),
    (_taken_back_before, _put_back, OperationKind.PUT_BACK),
    (_nothing, _export, OperationKind.EXPORT),
    (_nothing, _export_what_is_typed, OperationKind.EXPORT),
    (_nothing, _publish, OperationKind.PUBLISH),
    (_nothing, _back_up, None),
    (_nothing, _restore_elsewhere, None),
    (_nothing, _count, None),
    (_nothing, _complete, None),
]
each_work = pytest.mark.parametrize(
    ("before", "work", "kind"), WORK, ids=[work.__name__.strip("_") for _before, work, _kind in WORK]
)


def assert_ended(scene: Scene, kind: OperationKind | None, text: str) -> None:
    assert text_at(scene.workspace, scene.typed_into, STORY) == text
    rows = scene.workspace.operations.rows()
    assert [row for row in rows if row.outcome is not OperationOutcome.DONE] == []
    if kind is not None:
        assert rows[0].kind is kind
    scene.workspace.close()


@each_work
def test_a_save_in_every_phase(
    before: Act,
    work: Act,
    kind: OperationKind | None,
    made: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """W-01."""
    steps = Steps(monkeypatch)
    step, last = 0, 1
    while step <= last:
        scene = Scene(made, tmp_path / str(step))
        before(scene)
        text = f"typed in phase {step}"
        saving = Saving(scene.workspace, scene.typed_into, text)

        def begin_save(at: int, holds: bool, wanted: int = step, saving: Saving = saving) -> None:
            if at != wanted:
                return
            steps.waits.clear()
            saving.thread.start()
            if holds:
                assert steps.waits.wait(PATIENCE_S)  # it waits for its turn, and gets it when this has ended
            else:
                saving.end()  # nothing is in its way

        steps.thread, steps.count, steps.at = threading.get_ident(), 0, begin_save
        begin_save(0, False)
        work(scene)
        steps.thread, last = None, steps.count
        saving.end()
        assert_ended(scene, kind, text)
        step += 1


@each_work
def test_every_phase_while_a_save_is_at_it(
    before: Act,
    work: Act,
    kind: OperationKind | None,
    made: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """W-02: the save has its transaction when the operation comes to a phase, and asks for what it needs then."""
    steps, save_changes = Steps(monkeypatch), responses.save_changes
    step, last = 1, 1
    while step <= last:
        scene = Scene(made, tmp_path / str(step))
        before(scene)
        text = f"typed before phase {step}"
        saving = Saving(scene.workspace, scene.typed_into, text)
        has_turn, goes_on = threading.Event(), threading.Event()

        def hold(*arguments: Any, has_turn: threading.Event = has_turn,
                 goes_on: threading.Event = goes_on, **named: Any) -> None:  # fmt: skip
            """In the save's transaction, before anything is written."""
            if threading.get_ident() != steps.thread:
                has_turn.set()
                assert goes_on.wait(PATIENCE_S)
            save_changes(*arguments, **named)

        def reach(at: int, holds: bool, wanted: int = step, saving: Saving = saving,
                  has_turn: threading.Event = has_turn, goes_on: threading.Event = goes_on) -> None:  # fmt: skip
            if at == wanted and not holds:
                saving.thread.start()
                assert has_turn.wait(PATIENCE_S)
                goes_on.set()  # from here on both run
            elif at == wanted:
                goes_on.set()
                saving.thread.start()

        with monkeypatch.context() as during:
            during.setattr(responses, "save_changes", hold)
            steps.thread, steps.count, steps.at = threading.get_ident(), 0, reach
            work(scene)
            steps.thread, last = None, steps.count
            goes_on.set()
            saving.end()
        assert_ended(scene, kind, text)
        step += 1


def test_a_transaction_within_a_transaction_is_told_at_once(tmp_path: Path) -> None:
    """W-03: also by way of the settings."""
    with opened(tmp_path, "anna") as workspace:
        with pytest.raises(RuntimeError, match="within another"), workspace._database.write():
            workspace.set_setting("geometry", "1 2 3 4")
        with pytest.raises(RuntimeError, match="within another"), workspace._database.write():
            workspace.complete_file()
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="and goes on")
        assert text_at(workspace, response, NAME) == "and goes on"
