"""Whatever the program makes is readable by its owner only, however careless the system's habits (umask 0).

On Windows a person's profile is theirs alone, and permissions as here do not exist.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.private_files import make_private, make_private_folder, open_private, write_private
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_transfer import copy_store, restore_backup
from tests.support.postgres import Server
from tests.support.workspaces import answer, exported, opened

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the profile's permissions hold there")


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """What in a folder somebody else could read or write."""
    return [
        f"{path.relative_to(folder)} {stat.S_IMODE(path.lstat().st_mode):o}"
        for path in sorted(folder.rglob("*"))
        if not path.is_symlink() and stat.S_IMODE(path.lstat().st_mode) & 0o077
    ]


def test_everything_that_a_workspace_makes(tmp_path: Path) -> None:
    """The store and what SQLite lays beside it, backups, exports in folders that are made for them, keys, locks."""
    with Workspace.open(tmp_path / "made" / "here" / "anna.iscmdb", keys_in_files=True) as workspace:
        response = workspace.responses.start("iscm", "igc")
        session = workspace.responses.open_session(response)
        session.answer("ISC-A/ISC-A04", "Geneva")
        workspace.responses.save(response, session)
        workspace.warm_up()
        assert (tmp_path / "made" / "here" / "anna.iscmdb-wal").exists()
        workspace.backups.make()
        workspace.backups.make(tmp_path / "stick" / "copy.iscmdb")
        package = workspace.exports.export(response, tmp_path / "out" / "igc.iscm").path
        workspace.documents.write_questionnaire(response, tmp_path / "out" / "igc.pdf")
        workspace.keys.own_identity()
        workspace.keys.back_up(tmp_path / "out" / "keys.age", "correct horse battery")
        assert open_to_others(tmp_path) == []
        workspace.packages.apply(workspace.packages.plan([package]))
        assert open_to_others(tmp_path) == []
        store = workspace.store
    aside = restore_backup(tmp_path / "stick" / "copy.iscmdb", store)
    copy_store(str(store), str(tmp_path / "moved" / "copy.iscmdb"))
    assert aside is not None
    assert open_to_others(tmp_path) == []


def test_a_store_of_an_earlier_version_is_closed_to_others(tmp_path: Path) -> None:
    with opened(tmp_path, "anna") as workspace:
        store = workspace.store
    store.chmod(0o644)
    Workspace.open(store).close()
    assert open_to_others(tmp_path) == []


def test_an_export_over_a_file_that_others_can_read(tmp_path: Path) -> None:
    target = tmp_path / "igc.iscm"
    target.write_text("from before")
    target.chmod(0o666)
    with opened(tmp_path, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="IGC")
        exported(workspace, response, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_what_is_laid_out_of_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the process that unpacks, in the folder for temporary files."""
    import zipfile

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir(mode=0o777)
    with opened(tmp_path, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="IGC")
        package = exported(workspace, response, tmp_path / "igc.iscm")
        with zipfile.ZipFile(tmp_path / "mail.zip", "w") as archive:
            archive.write(package, "igc.iscm")
        plan = workspace.packages.plan([tmp_path / "mail.zip"])
        assert len(plan.planned) == 1
        assert open_to_others(tmp_path / "temporary") == []
        assert list((tmp_path / "temporary").rglob("igc.iscm"))


def test_settings_of_a_shared_store(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with opened(tmp_path, "", address=postgres.new_database()) as workspace:
        workspace.backups.make(tmp_path / "copy.iscmdb")
        assert open_to_others(tmp_path) == []


@pytest.mark.parametrize("module", ["iscm_desktop.cli", "iscm_desktop.exchange.unpacking.unpacker_process"])
def test_processes_of_ours_make_nothing_that_others_can_read(module: str, tmp_path: Path) -> None:
    """Whatever libraries lay down on the way."""
    code = (
        "import os, runpy, sys\n"
        "try:\n"
        f"    runpy.run_module({module!r}, run_name='__main__', alter_sys=True)\n"
        "finally:\n"
        "    sys.stderr.write(f'umask {os.umask(0):o}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--store", str(tmp_path / "anna.iscmdb"), "responses"],
        input="", capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stderr.endswith("umask 77"), done.stderr


def test_a_private_file_is_private_before_it_holds_anything(tmp_path: Path) -> None:
    make_private_folder(tmp_path / "a" / "b")
    file = tmp_path / "a" / "b" / "c"
    os.close(open_private(file, os.O_WRONLY))
    assert open_to_others(tmp_path) == []
    file.chmod(0o644)
    write_private(file, b"secret")
    assert (file.read_bytes(), open_to_others(tmp_path)) == (b"secret", [])


def test_what_is_no_file_keeps_its_permissions(tmp_path: Path) -> None:
    """A device such as /dev/null is the whole computer's."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    pipe.chmod(0o666)
    make_private(pipe)
    assert stat.S_IMODE(pipe.stat().st_mode) == 0o666
    os.close(open_private(pipe, os.O_RDWR))
    assert stat.S_IMODE(pipe.stat().st_mode) == 0o666
