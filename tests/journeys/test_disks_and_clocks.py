"""Full disks, folders that are read only, stores in use, wrong clocks: nothing that was saved is lost.

F-06 Disk full, or the folder read only: said in words; what was saved is there, and work goes on once there
     is room.
F-07 A store that another process has is left alone.
F-08 A clock that is set back loses and reorders nothing.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iscm_desktop.errors import FileProblem, IscmError, StoreProblem
from iscm_desktop.workspace import Workspace
from tests.support.faults import assert_summed_up
from tests.support.workspaces import NAME, STORY, Ticking, answer, exported, merge, opened, text_at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no limit on files")


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A file system of `size` bytes where we may make one; otherwise a limit on the size of files."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    if os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0:
        try:
            yield folder
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield folder
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def fill(folder: Path) -> Path:
    """Takes up the room that is left; where only files are limited, as much as one file may have."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    return filler


def test_a_full_disk(tmp_path: Path) -> None:
    """F-06: typing, exporting, merging and backing up on a disk without room, and then with room again."""
    with opened(tmp_path, "elsewhere") as elsewhere:
        packages = []
        for number in range(6):
            other = elsewhere.responses.start("small", f"r{number}")
            answer(elsewhere, other, story="word " * 20_000 + str(number))
            packages.append(exported(elsewhere, other, tmp_path / f"{number}.iscm"))
    with small_disk(tmp_path / "disk", 3 << 20) as disk, opened(disk, "store") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="kept")
        workspace.warm_up()
        filler = fill(disk)
        session = workspace.responses.open_session(response)
        session.answer(STORY, "word " * 100_000)
        problems = set()
        with pytest.raises(IscmError) as refused:
            workspace.responses.save(response, session)
        problems.add(refused.value.problem)
        with pytest.raises(IscmError) as refused:
            workspace.backups.make()
        problems.add(refused.value.problem)
        with pytest.raises(IscmError) as refused:
            workspace.packages.apply(workspace.packages.plan(packages))
        problems.add(refused.value.problem)
        assert problems <= {
            StoreProblem.STORE_NOT_WRITTEN,
            StoreProblem.BACKUP_NOT_MADE,
            FileProblem.FILE_NOT_WRITTEN,
        }
        assert text_at(workspace, response, NAME) == "kept"
        assert [file.name for file in disk.rglob("*.part")] == []
        filler.unlink()
        session.answer(STORY, "shorter, once there is room")
        workspace.responses.save(response, session)
        exported(workspace, response, disk / "igc.iscm")
        assert set(merge(workspace, *packages[:2])) == {"new"}
        assert text_at(workspace, response, STORY) == "shorter, once there is room"
        assert_summed_up(workspace)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Root may write anywhere but on a file system that is mounted so."""
    if os.geteuid() == 0:
        bind = ["mount", "--bind", str(folder), str(folder)]
        if subprocess.run(bind, capture_output=True, check=False).returncode:
            pytest.skip("root may write anywhere, and may not mount here")
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        try:
            yield
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        return
    folder.chmod(0o500)
    try:
        yield
    finally:
        folder.chmod(0o700)


def test_a_read_only_folder(tmp_path: Path) -> None:
    """F-06: a store that cannot be opened, and a file that cannot be written; both as they were."""
    folder = tmp_path / "folder"
    folder.mkdir()
    with opened(folder, "store") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="kept")
        store = workspace.store
    bytes_before = store.read_bytes()
    with read_only(folder), pytest.raises(IscmError) as refused:
        Workspace.open(store)
    assert refused.value.problem is StoreProblem.STORE_NOT_OPENED
    assert store.read_bytes() == bytes_before
    target = tmp_path / "target"
    target.mkdir()
    with Workspace.open(store) as workspace:
        exported(workspace, response, target / "igc.iscm")
        before = (target / "igc.iscm").read_bytes()
        answer(workspace, response, name="changed")
        with read_only(target), pytest.raises(IscmError) as refused:
            exported(workspace, response, target / "igc.iscm")
        assert refused.value.problem is FileProblem.FILE_NOT_WRITTEN
        assert [file.name for file in target.iterdir()] == ["igc.iscm"]
        assert (target / "igc.iscm").read_bytes() == before
        assert text_at(workspace, response, NAME) == "changed"
    with Workspace.open(store) as workspace:
        assert workspace.interrupted == ()


def test_a_store_that_another_process_has(tmp_path: Path) -> None:
    """F-07."""
    with opened(tmp_path, "store") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="kept")
        done = subprocess.run(
            [sys.executable, "-m", "iscm_desktop.cli", "--store", str(workspace.store), "new",
             "--questionnaire", "iscm", "--respondent", "pidc"],
            cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (1, "")
        assert "Another copy of the program" in done.stderr
        answer(workspace, response, story="and goes on")
        assert len(workspace.response_list.all()) == 1


def test_a_clock_that_is_set_back(tmp_path: Path) -> None:
    """F-08: parents put answers in order, times only inform."""
    clock = Ticking(datetime(2027, 3, 1, 9, tzinfo=UTC))
    with opened(tmp_path, "anna", clock=clock) as anna, opened(tmp_path, "bela") as bela:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="first")
        early = exported(anna, response, tmp_path / "early.iscm")
        clock.now -= timedelta(days=400)
        answer(anna, response, name="second")
        late = exported(anna, response, tmp_path / "late.iscm")
        assert merge(bela, late) == ["new"]
        assert merge(bela, early) == ["same"]
        assert text_at(bela, response, NAME) == "second"
        assert bela.conflicts.unsettled() == ()
        assert [row.text for row in bela.conflicts.history(response, NAME) if row.is_current] == ["second"]
        assert anna.backups.make_if_due() is not None
    with Workspace.open(tmp_path / "anna.iscmdb", clock=clock) as anna:
        assert text_at(anna, response, NAME) == "second"
