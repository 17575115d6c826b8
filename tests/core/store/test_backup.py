"""Backups: proven by opening, rotated, and no half file where a whole one was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError, StoreProblem
from iscm_desktop.store import times
from iscm_desktop.store.database.kept_backups import KEPT
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_transfer import restore_backup
from tests.support.workspaces import NAME, Ticking, answer, opened, text_at


def test_a_backup_opens_and_holds_everything(tmp_path: Path) -> None:
    with opened(tmp_path, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="IGC")
        copy = workspace.backups.make()
        answer(workspace, response, name="typed after the backup")
    with Workspace.open(copy) as restored:
        assert text_at(restored, response, NAME) == "IGC"


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    with opened(tmp_path, "anna") as workspace:
        made = [workspace.backups.make() for _ in range(KEPT + 3)]
    assert sorted(made[0].parent.glob("*.iscmdb")) == made[3:]


def test_a_backup_is_due_after_a_day_with_changes(tmp_path: Path) -> None:
    clock = Ticking()
    with opened(tmp_path, "anna", clock=clock) as workspace:
        clock.now = times.now()
        assert workspace.backups.make_if_due() is not None
        assert workspace.backups.make_if_due() is None
        clock.now += timedelta(days=2)
        answer(workspace, workspace.responses.start("small", "igc"), name="IGC")
        assert workspace.backups.make_if_due() is not None


def test_a_backup_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with opened(tmp_path, "anna") as workspace:
        with pytest.raises(IscmError) as refused:
            workspace.backups.make(tmp_path / "file" / "copy.iscmdb")
        assert refused.value.problem is StoreProblem.BACKUP_NOT_MADE


def test_a_failed_backup_leaves_the_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path, "anna") as workspace:
        copy = workspace.backups.make(tmp_path / "copy.iscmdb")
        before = copy.read_bytes()

        def unsound(*_copy: object) -> str:
            raise OSError("unsound")

        monkeypatch.setattr("iscm_desktop.store.database.backup._fault_of", unsound)
        with pytest.raises(IscmError):
            workspace.backups.make(copy)
    assert copy.read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


def test_a_restored_store_says_from_which_backup_it_came(tmp_path: Path) -> None:
    """What was there is set aside, with what was typed since."""
    with opened(tmp_path, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="IGC")
        copy, store = workspace.backups.make(), workspace.store
        answer(workspace, response, name="typed after the backup")
    aside = restore_backup(copy, store)
    with Workspace.open(store) as restored:
        assert text_at(restored, response, NAME) == "IGC"
        (row,) = restored.operations.rows()
        assert (row.kind, row.parameters) == (OperationKind.RESTORE, {"backup": str(copy)})
    assert aside is not None
    with Workspace.open(aside) as before:
        assert text_at(before, response, NAME) == "typed after the backup"


def test_nothing_is_restored_into_a_store_in_use(tmp_path: Path) -> None:
    with opened(tmp_path, "anna") as workspace:
        copy = workspace.backups.make()
        with pytest.raises(IscmError) as refused:
            restore_backup(copy, workspace.store)
        assert refused.value.problem is StoreProblem.STORE_IN_USE


def test_no_other_file_is_restored(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear colleagues")
    for file, problem in (
        (letter, StoreProblem.STORE_NOT_OURS),
        (tmp_path / "none", AnswerProblem.FILE_MISSING),
    ):
        with pytest.raises(IscmError) as refused:
            restore_backup(file, tmp_path / "anna.iscmdb")
        assert refused.value.problem is problem
        assert not (tmp_path / "anna.iscmdb").exists()


def test_every_store_that_is_set_aside_keeps_a_name_of_its_own(tmp_path: Path) -> None:
    """Restoring again within a second leaves what the first one set aside."""
    with opened(tmp_path, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        copy, store = workspace.backups.make(), workspace.store
        answer(workspace, response, name="typed after the backup")
    at = Ticking().now
    aside = [restore_backup(copy, store, lambda: at) for _ in range(3)]
    assert len(set(aside)) == 3
    with Workspace.open(aside[0]) as before:
        assert text_at(before, response, NAME) == "typed after the backup"


@pytest.mark.parametrize(
    "damage", [b"", b"not a store at all", b"SQLite format 3\0" + bytes(range(256)) * 20]
)
def test_a_damaged_store_is_restored_and_set_aside_as_it_was(damage: bytes, tmp_path: Path) -> None:
    with opened(tmp_path, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        copy, store = workspace.backups.make(), workspace.store
    store.write_bytes(damage)
    aside = restore_backup(copy, store)
    assert aside is not None
    assert aside.read_bytes() == damage
    with Workspace.open(store) as restored:
        assert restored.response_list.row(response).id == response


def test_a_damaged_backup_is_refused_and_the_store_stays(tmp_path: Path) -> None:
    with opened(tmp_path, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        copy, store = workspace.backups.make(), workspace.store
    whole = copy.read_bytes()
    foreign = sqlite3.connect(tmp_path / "foreign.iscmdb")
    with closing(foreign), foreign:
        foreign.execute("CREATE TABLE alembic_version (version_num TEXT)")
        foreign.execute("INSERT INTO alembic_version VALUES ('0001')")
    copy.write_bytes(whole[:5000] + bytes(len(whole) - 5000))
    for file in (copy, tmp_path / "foreign.iscmdb"):
        with pytest.raises(IscmError):
            restore_backup(file, store)
        with Workspace.open(store) as workspace:
            assert workspace.response_list.row(response).id == response
    assert not list(tmp_path.rglob("*.restoring*"))


def test_a_restore_that_fails_in_the_end_leaves_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last step of all, when the store has been set aside already."""
    with opened(tmp_path, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        copy, store = workspace.backups.make(), workspace.store
        answer(workspace, response, name="typed after the backup")
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target == store:
            raise PermissionError("held by another program")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(IscmError):
        restore_backup(copy, store)
    monkeypatch.undo()
    with Workspace.open(store) as as_it_was:
        assert text_at(as_it_was, response, NAME) == "typed after the backup"
    assert [one.name for one in tmp_path.glob("*before*")] == []
    assert [one.name for one in tmp_path.glob("*restoring*")] == []
