"""The store is one file with an identity: what was acknowledged is in it, and it is where it was opened.

I-01 When nobody types, on leaving, and with a backup, the file alone holds everything.
I-02 A copy that lacks what was in the log says so when it is opened; a whole one says nothing.
I-03 A store that was set back or deleted says so when it is opened.
I-04 A store that is moved, deleted, replaced or linked while it is open takes no save, and says where to go on.
I-05 One store, one lock: whatever name leads to it.
I-06 Another program that reads the open store and leaves does not take its log along.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from iscm_desktop.errors import AttachmentProblem, IscmError, StoreProblem
from iscm_desktop.exchange.unpacking.package_sources import find_sources
from iscm_desktop.store.database import save_number
from iscm_desktop.store.database.store_version import version_of_file
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_protection import protect_store
from iscm_desktop.workspace.store_transfer import restore_backup
from iscm_desktop.workspace.unlocking import is_protected, is_right
from tests.support.workspaces import NAME, STORY, Ticking, answer, opened, text_at

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")


def filled(folder: Path, turns: int = 20) -> tuple[Workspace, str]:
    workspace = opened(folder, "anna")
    response = workspace.responses.start("small", "igc")
    for turn in range(turns):
        answer(workspace, response, name=f"saved {turn}")
    return workspace, response


def copied(store: Path, folder: Path, *ends: str) -> Path:
    """The store's file as somebody copies it in a file manager, with those of its neighbours."""
    folder.mkdir(exist_ok=True)
    for end in ("", *ends):
        shutil.copyfile(f"{store}{end}", folder / f"{store.name}{end}")
    return folder / store.name


def test_a_copy_without_its_log_says_so(tmp_path: Path) -> None:
    """I-02: everything that was saved lies in the log."""
    workspace, _response = filled(tmp_path)
    with workspace:
        copy = copied(workspace.store, tmp_path / "stick")
    with Workspace.open(copy) as found:
        (said,) = found.interrupted
        assert "anna.iscmdb-wal" in said
    with Workspace.open(copy) as found:
        assert found.interrupted == (said,)  # until somebody has seen to it
        found.forget_doubt()
    with Workspace.open(copy) as found:
        assert found.interrupted == ()


def test_a_copy_with_its_log_is_whole_and_says_nothing(tmp_path: Path) -> None:
    """I-02."""
    workspace, response = filled(tmp_path)
    with workspace:
        copy = copied(workspace.store, tmp_path / "stick", "-wal")
    with Workspace.open(copy) as found:
        assert found.interrupted == ()
        assert text_at(found, response, NAME) == "saved 19"


@pytest.mark.parametrize("log", [b"", b"half a log", bytes(40_000)])
def test_a_copy_with_a_log_that_is_none_says_so(log: bytes, tmp_path: Path) -> None:
    """I-02: cut short on the way."""
    workspace, _response = filled(tmp_path)
    with workspace:
        copy = copied(workspace.store, tmp_path / "stick")
    Path(f"{copy}-wal").write_bytes(log)
    with Workspace.open(copy) as found:
        (said,) = found.interrupted
        assert "anna.iscmdb-wal" in said


@pytest.mark.parametrize("moment", ["idle", "backed up", "left"])
def test_the_file_alone_holds_everything(moment: str, tmp_path: Path) -> None:
    """I-01: and so does a copy of it."""
    workspace, response = filled(tmp_path)
    with workspace:
        if moment == "idle":
            workspace.complete_file()
        elif moment == "backed up":
            workspace.backups.make()
        if moment != "left":
            copy = copied(workspace.store, tmp_path / "stick")
    if moment == "left":
        assert not Path(f"{workspace.store}-wal").exists()
        copy = copied(workspace.store, tmp_path / "stick")
    with Workspace.open(copy) as found:
        assert found.interrupted == ()
        assert text_at(found, response, NAME) == "saved 19"


def test_typing_goes_on_after_the_file_was_completed(tmp_path: Path) -> None:
    """I-01, I-02: what is typed then is in the log again, and a copy says so again."""
    workspace, response = filled(tmp_path)
    with workspace:
        for turn in range(3):
            workspace.complete_file()
            assert save_number.in_file(workspace.store) > 0
            answer(workspace, response, story=f"typed {turn}")
            assert save_number.in_file(workspace.store) < 0
            with Workspace.open(copied(workspace.store, tmp_path / f"stick{turn}")) as found:
                assert found.interrupted
        assert text_at(workspace, response, STORY) == "typed 2"


def test_somebody_who_reads_is_waited_for_by_the_next_completion(tmp_path: Path) -> None:
    """I-01: an old view needs the log; saving goes on meanwhile."""
    workspace, response = filled(tmp_path)
    with workspace:
        with workspace._database.read() as db:
            db.run_text("SELECT count(*) FROM draft")
            answer(workspace, response, story="typed meanwhile")
            assert not workspace._database.complete_file()
        assert workspace._database.complete_file()
        copy = copied(workspace.store, tmp_path / "stick")
    with Workspace.open(copy) as found:
        assert (found.interrupted, text_at(found, response, STORY)) == ((), "typed meanwhile")


def test_a_program_that_was_killed_leaves_nothing_to_say(tmp_path: Path) -> None:
    """I-02: its log lies beside the store."""
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from tests.core.store.test_one_file import filled\n"
        "workspace, response = filled(Path(sys.argv[1]))\n"
        "os._exit(9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=Path(__file__).parents[3], check=False
    )
    assert done.returncode == 9
    with Workspace.open(tmp_path / "anna.iscmdb") as workspace:
        assert workspace.interrupted == ()
        (row,) = workspace.response_list.all()
        assert text_at(workspace, row.id, NAME) == "saved 19"


@pytest.mark.parametrize("way", ["older copy", "deleted", "log deleted"])
def test_a_store_that_was_set_back_says_so(way: str, tmp_path: Path) -> None:
    """I-03."""
    workspace, response = filled(tmp_path)
    with workspace:
        store = workspace.store
        workspace.complete_file()
        older = copied(store, tmp_path / "stick")
        answer(workspace, response, name="typed later")
        if way == "log deleted":  # by somebody who tidies up after a power cut
            left = copied(store, tmp_path / "left")
    if way == "older copy":
        shutil.copyfile(older, store)
    elif way == "deleted":
        store.unlink()
    else:
        shutil.copyfile(left, store)
    with Workspace.open(store) as found:
        (said,) = found.interrupted
        assert "less than was saved" in said
    with Workspace.open(store) as found:
        assert found.interrupted == (said,)
        found.forget_doubt()
    with Workspace.open(store) as found:
        assert found.interrupted == ()


def test_a_restore_on_purpose_is_no_setting_back(tmp_path: Path) -> None:
    """I-03."""
    workspace, response = filled(tmp_path)
    with workspace:
        copy, store = workspace.backups.make(), workspace.store
        answer(workspace, response, name="typed later")
    restore_backup(copy, store)
    with Workspace.open(store) as found:
        assert found.interrupted == ()


def moved(store: Path) -> None:
    store.rename(store.with_name("elsewhere.iscmdb"))


def moved_with_its_folder(store: Path) -> None:
    store.parent.rename(store.parent.with_name("elsewhere"))


def replaced(store: Path) -> None:
    shutil.copyfile(store, store.with_name("other.iscmdb"))
    store.with_name("other.iscmdb").replace(store)


def linked_elsewhere(store: Path) -> None:
    moved(store)
    store.symlink_to(store.with_name("elsewhere.iscmdb"))


def named_twice(store: Path) -> None:
    store.with_name("twice.iscmdb").hardlink_to(store)


def without_its_log(store: Path) -> None:
    Path(f"{store}-wal").unlink()


def with_another_log(store: Path) -> None:
    shutil.copyfile(f"{store}-wal", f"{store}-copy")
    Path(f"{store}-copy").replace(f"{store}-wal")


def emptied(store: Path) -> None:
    store.write_bytes(b"")


def cut_short(store: Path) -> None:
    store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])


def overwritten_with_older(store: Path) -> None:
    """As `cp` and programs that keep folders in step do it: in the same file."""
    store.write_bytes(store.with_name("older").read_bytes())


def with_its_log_emptied(store: Path) -> None:
    Path(f"{store}-wal").write_bytes(b"")


def with_its_log_cut_short(store: Path) -> None:
    log = Path(f"{store}-wal")
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])


def with_an_older_log(store: Path) -> None:
    """Of the same length: an older log has other frames where the new one ends."""
    log = Path(f"{store}-wal")
    held = log.read_bytes()
    log.write_bytes(held[: len(held) // 2].ljust(len(held), b"\0"))


@POSIX
@pytest.mark.parametrize(
    ("way", "is_complete"),
    [
        (emptied, False), (emptied, True), (cut_short, False), (cut_short, True), (overwritten_with_older, True),
        (with_its_log_emptied, False), (with_its_log_cut_short, False), (with_an_older_log, False),
    ],
)  # fmt: skip
def test_a_store_that_is_overwritten_in_place_takes_no_save(
    way: Callable[[Path], None], is_complete: bool, tmp_path: Path
) -> None:
    """I-04: the file keeps its name and number; closing writes nothing more into it, and keeps the log for rescue."""
    workspace, response = filled(tmp_path)
    shutil.copyfile(workspace.store, tmp_path / "older")
    for time in range(3):
        answer(workspace, response, name=f"typed {time}")
    if is_complete:
        workspace.complete_file()
    session = workspace.responses.open_session(response)
    way(workspace.store)
    log = Path(f"{workspace.store}-wal")
    found = workspace.store.read_bytes(), log.read_bytes()
    session.answer(NAME, "typed since")
    for _again in range(2):
        with pytest.raises(IscmError) as refused:
            workspace.responses.save(response, session)
        assert refused.value.problem is StoreProblem.STORE_OVERWRITTEN
    workspace.close()
    assert (workspace.store.read_bytes(), log.read_bytes()) == found


@POSIX
def test_a_store_that_is_overwritten_while_it_is_being_saved(tmp_path: Path) -> None:
    """I-04: between the beginning of a save and its end."""
    workspace, _response = filled(tmp_path)
    with pytest.raises(IscmError) as refused, workspace._database.write():
        cut_short(workspace.store)
    assert refused.value.problem is StoreProblem.STORE_OVERWRITTEN
    workspace.close()


@POSIX
@pytest.mark.parametrize(
    ("happens", "problem"),
    [
        (moved, StoreProblem.STORE_MOVED),
        (moved_with_its_folder, StoreProblem.STORE_MOVED),
        (Path.unlink, StoreProblem.STORE_MOVED),
        (replaced, StoreProblem.STORE_MOVED),
        (linked_elsewhere, StoreProblem.STORE_MOVED),
        (named_twice, StoreProblem.STORE_LINKED),
        (without_its_log, StoreProblem.STORE_LOG_LOST),
        (with_another_log, StoreProblem.STORE_LOG_LOST),
    ],
)
def test_nothing_is_called_saved_that_is_not(
    happens: Callable[[Path], None], problem: StoreProblem, tmp_path: Path
) -> None:
    """I-04: and what was typed waits for the next save."""
    (tmp_path / "here").mkdir()
    workspace, response = filled(tmp_path / "here")
    session = workspace.responses.open_session(response)
    happens(workspace.store)
    session.answer(NAME, "typed since")
    with pytest.raises(IscmError) as refused:
        workspace.responses.save(response, session)
    assert refused.value.problem is problem
    with pytest.raises(IscmError):
        workspace.rounds.start("2028", "Another round")
    if happens is not moved:
        workspace.close()
        return
    workspace.store.with_name("elsewhere.iscmdb").rename(workspace.store)  # put back
    workspace.responses.save(response, session)
    workspace.close()
    with Workspace.open(workspace.store) as again:
        assert text_at(again, response, NAME) == "typed since"


@POSIX
def test_moved_while_it_is_being_saved(tmp_path: Path) -> None:
    """I-04: between the beginning of a save and its end."""
    workspace, _response = filled(tmp_path)
    with pytest.raises(IscmError) as refused, workspace._database.write():
        moved(workspace.store)
    assert refused.value.problem is StoreProblem.STORE_MOVED
    workspace.close()


@POSIX
def test_no_empty_store_appears_where_one_was(tmp_path: Path) -> None:
    """I-04: not by reading either, for which more connections are made."""
    workspace, _response = filled(tmp_path)
    moved(workspace.store)
    with ExitStack() as views, pytest.raises(IscmError):
        any(views.enter_context(workspace._database.read()) is None for _view in range(5))
    workspace.close()
    assert not workspace.store.exists()


def by_hard_link(store: Path) -> Path:
    other = store.with_name("other.iscmdb")
    other.hardlink_to(store)
    return other


def by_symbolic_link(store: Path) -> Path:
    other = store.with_name("other.iscmdb")
    other.symlink_to(store)
    return other


def by_linked_folder(store: Path) -> Path:
    folder = store.parent.with_name("linked")
    folder.symlink_to(store.parent, target_is_directory=True)
    return folder / store.name


def by_detour(store: Path) -> Path:
    return store.parent / ".." / store.parent.name / "." / store.name


WAYS = [by_hard_link, by_symbolic_link, by_linked_folder, by_detour]


@POSIX
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("is_another_process", [False, True])
def test_one_store_has_one_lock(
    way: Callable[[Path], Path], is_another_process: bool, tmp_path: Path
) -> None:
    """I-05."""
    (tmp_path / "here").mkdir()
    with opened(tmp_path / "here", "anna") as workspace:
        store = workspace.store
    other = way(store)
    with Workspace.open(store, clock=Ticking()) as workspace:
        if is_another_process:
            done = subprocess.run(
                [sys.executable, "-m", "iscm_desktop.cli", "--store", str(other), "round", "list"],
                cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert (done.returncode, done.stdout) == (1, "")
            assert "Another copy of the program" in done.stderr
        else:
            for attempt in (Workspace.open, lambda path: restore_backup(store, path)):
                with pytest.raises(IscmError) as refused:
                    attempt(other)
                assert refused.value.problem is StoreProblem.STORE_IN_USE
        workspace.rounds.start("2028", "Goes on")
    with Workspace.open(other) as found:
        assert found.interrupted == ()
        assert {row.code for row in found.rounds.all()} >= {"2028"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")
def test_another_mount_meets_the_same_lock(tmp_path: Path) -> None:
    """I-05."""
    (tmp_path / "here").mkdir()
    (tmp_path / "mounted").mkdir()
    with opened(tmp_path / "here", "anna") as workspace:
        bind = ["mount", "--bind", str(tmp_path / "here"), str(tmp_path / "mounted")]
        if subprocess.run(bind, capture_output=True, check=False).returncode:
            pytest.skip("nothing may be mounted here")
        try:
            with pytest.raises(IscmError) as refused:
                Workspace.open(tmp_path / "mounted" / workspace.store.name)
            assert refused.value.problem is StoreProblem.STORE_IN_USE
        finally:
            subprocess.run(["umount", str(tmp_path / "mounted")], check=True)


@POSIX
def test_links_in_a_circle_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.iscmdb").symlink_to(tmp_path / "b.iscmdb")
    (tmp_path / "b.iscmdb").symlink_to(tmp_path / "a.iscmdb")
    with pytest.raises(IscmError) as refused:
        Workspace.open(tmp_path / "a.iscmdb")
    assert refused.value.problem is StoreProblem.STORE_NOT_OPENED


PASSPHRASE = "olive harbour nine"  # noqa: S105

READS = """
import sys
from contextlib import closing
from pathlib import Path
from iscm_desktop.store.database.sqlite_driver import connect_file
from iscm_desktop.store.database.unlocking import unlock

store = Path(sys.argv[1])
unlock(store, sys.argv[2])
with closing(connect_file(store, "rw")) as found:
    found.execute("SELECT count(*) FROM revision").fetchone()
"""


def another_view(workspace: Workspace) -> None:
    with workspace._database.read(), workspace._database.read():
        pass


def a_backup(workspace: Workspace) -> None:
    workspace.backups.make()


def looked_at(workspace: Workspace) -> None:
    is_protected(workspace.store)
    is_right(workspace.store, PASSPHRASE)
    version_of_file(workspace.store)


def opened_by_the_system(workspace: Workspace) -> None:
    (found,) = workspace.opened_files.look_at([workspace.store]).files
    assert found.store is not None
    assert found.store.is_ours


def merged(workspace: Workspace) -> None:
    (source,) = find_sources([workspace.store], lambda: workspace.store.parent)
    assert source.refusal is not None


def attached(workspace: Workspace) -> None:
    (row,) = workspace.response_list.all()
    question = workspace.responses.open_session(row.id).view(NAME).question
    with pytest.raises(IscmError) as refused:
        workspace.attachments.take_in(row.id, question, workspace.store)
    assert refused.value.problem is AttachmentProblem.FILE_UNREADABLE


@POSIX
@pytest.mark.parametrize("way", [another_view, a_backup, looked_at, opened_by_the_system, merged, attached])
@pytest.mark.parametrize("is_behind_passphrase", [False, True])
def test_who_reads_and_leaves_does_not_take_the_log_along(
    way: Callable[[Workspace], None], is_behind_passphrase: bool, tmp_path: Path
) -> None:
    """I-06: SQLite deletes the log with what it takes for the last connection; our locks say that it is not."""
    workspace, response = filled(tmp_path)
    workspace.close()
    if is_behind_passphrase:
        protect_store(workspace.store, PASSPHRASE)
    with Workspace.open(workspace.store, clock=Ticking()) as found:
        answer(found, response, name="before")
        way(found)
        subprocess.run(
            [sys.executable, "-c", READS, str(found.store), PASSPHRASE],
            cwd=Path(__file__).parents[3], capture_output=True, check=True,
        )  # fmt: skip
        assert Path(f"{found.store}-wal").exists()
        answer(found, response, name="after")
        assert text_at(found, response, NAME) == "after"


def test_a_restored_file_is_looked_at_anew(tmp_path: Path) -> None:
    """I-06: only of an open store is remembered whether it is protected."""
    workspace, _response = filled(tmp_path)
    assert not is_protected(workspace.store)
    workspace.close()
    protect_store(workspace.store, PASSPHRASE)
    assert is_protected(workspace.store)
