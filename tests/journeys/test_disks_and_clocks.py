"""Full disks, folders that are read only, stores in use, wrong clocks: nothing that was saved is lost.

F-06 Disk full, or the folder read only: said in words; what was saved is there, and work goes on once there
     is room.
F-07 A store that another process has is left alone.
F-08 A clock that is set back loses and reorders nothing.
"""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iscm_desktop.errors import FileProblem, IscmError, StoreProblem
from iscm_desktop.store.database.backup import copy_store as copy_before
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.known_questionnaires import add_known
from iscm_desktop.workspace.store_transfer import copy_store, restore_backup
from tests.support.faults import assert_summed_up
from tests.support.workspaces import (
    NAME,
    STORY,
    Ticking,
    answer,
    exported,
    merge,
    opened,
    small_form,
    text_at,
)

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


def _type(workspace: Workspace, response: str, _folder: Path) -> None:
    answer(workspace, response, story="word " * 100_000)


def _start(workspace: Workspace, _response: str, _folder: Path) -> None:
    for number in range(200):
        workspace.responses.start("small", f"new {number}")


def _note(workspace: Workspace, response: str, _folder: Path) -> None:
    workspace.notes.put(response, NAME, "note " * 100_000)


def _round(workspace: Workspace, _response: str, _folder: Path) -> None:
    for number in range(3000):
        workspace.rounds.start(f"20{number}", "Assessment " * 15)


def _person(workspace: Workspace, _response: str, _folder: Path) -> None:
    workspace.set_setting("large", "x" * 2_000_000)


def _questionnaire(workspace: Workspace, _response: str, folder: Path) -> None:
    form = folder.parent / "form.xml"
    form.write_text(small_form("2").source.replace("Small form", "Small form" + " " * 2_000_000), "utf-8")
    workspace.responses.add_questionnaire(form)


def _export(workspace: Workspace, response: str, folder: Path) -> None:
    exported(workspace, response, folder / "igc.iscm")


def _export_pdf(workspace: Workspace, response: str, folder: Path) -> None:
    workspace.pdf_exports.export(response, folder / "igc.pdf")


def _publish(workspace: Workspace, response: str, folder: Path) -> None:
    workspace.public_exports.export(response, folder / "public.iscm")


def _print(workspace: Workspace, response: str, folder: Path) -> None:
    workspace.documents.write_questionnaire(response, folder / "print.pdf")


def _merge(workspace: Workspace, _response: str, folder: Path) -> None:
    workspace.packages.apply(workspace.packages.plan(sorted(folder.parent.glob("*.iscm"))))


def _back_up(workspace: Workspace, _response: str, _folder: Path) -> None:
    workspace.backups.make()


def _back_up_there(workspace: Workspace, _response: str, folder: Path) -> None:
    workspace.backups.make(folder / "new folder" / "copy.iscmdb")


def _complete(workspace: Workspace, _response: str, _folder: Path) -> None:
    workspace.complete_file()


def _keys(workspace: Workspace, _response: str, folder: Path) -> None:
    workspace.keys.own_identity()
    workspace.keys.back_up(folder / "keys.age", "correct horse battery staple")


def _open_again(workspace: Workspace, _response: str, _folder: Path) -> None:
    workspace.close()
    Workspace.open(workspace.store).close()


def _restore(workspace: Workspace, _response: str, folder: Path) -> None:
    workspace.close()
    restore_backup(folder.parent / "early.iscmdb", workspace.store)


def _copy_here(workspace: Workspace, _response: str, folder: Path) -> None:
    workspace.close()
    copy_store(str(workspace.store), str(folder / "copied.iscmdb"))


def _copy_large_here(workspace: Workspace, _response: str, folder: Path) -> None:
    copy_store(str(folder.parent / "large.iscmdb"), str(folder / "copied.iscmdb"))


def _upgrade(workspace: Workspace, _response: str, folder: Path) -> None:
    """The copy that is set aside before a store is brought to the newest version."""
    workspace.close()
    with closing(sqlite3.connect(workspace.store)) as raw:
        copy_before(raw, folder / "store.before-0000.iscmdb", None, None)


ON_A_FULL_DISK = [
    _type, _start, _note, _round, _person, _questionnaire, _export, _export_pdf, _publish, _print, _merge, _back_up,
    _back_up_there, _complete, _keys, _open_again, _restore, _copy_here, _copy_large_here, _upgrade,
]  # fmt: skip


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with packages, a backup and a store that are larger than the room there will be."""
    folder = tmp_path_factory.mktemp("large")
    with opened(folder, "large") as elsewhere:
        for number in range(6):
            other = elsewhere.responses.start("small", f"r{number}")
            answer(elsewhere, other, story="word " * 20_000 + str(number))
            exported(elsewhere, other, folder / f"{number}.iscm")
        elsewhere.backups.make(folder / "early.iscmdb")
    return folder


@pytest.mark.parametrize("act", ON_A_FULL_DISK, ids=[act.__name__.strip("_") for act in ON_A_FULL_DISK])
def test_an_action_on_a_full_disk(
    act: Callable[[Workspace, str, Path], None], large: Path, tmp_path: Path
) -> None:
    """F-06: it succeeds or is refused in words; what was acknowledged is there, and no half file stays."""
    for file in large.iterdir():
        if file.is_file():
            shutil.copy(file, tmp_path)
    with small_disk(tmp_path / "disk", 2 << 20) as disk:
        workspace = Workspace.open(disk / "store.iscmdb", clock=Ticking(), keys_in_files=True)
        with workspace._database.write() as db:
            add_known(db, small_form())
        workspace.rounds.start("2027", "Assessment 2027")
        response = workspace.responses.start("small", "igc")
        for turn in range(5):
            answer(workspace, response, name=f"kept {turn}")
        workspace.warm_up()
        store = workspace.store
        filler = fill(disk)
        with suppress(IscmError):
            act(workspace, response, disk)
        with suppress(ValueError, sqlite3.ProgrammingError, OSError):  # where the action has closed it
            workspace.close()
        filler.unlink()
        assert store.is_file()
        with Workspace.open(store, clock=Ticking()) as again:
            if again.operations.rows() and again.operations.rows()[0].kind is OperationKind.RESTORE:
                return  # there was room enough
            assert text_at(again, response, NAME) == "kept 4"
            answer(again, response, name="and goes on")
            assert text_at(again, response, NAME) == "and goes on"
        assert [file for file in disk.rglob("*") if ".part" in file.name or "restoring" in file.name] == []
