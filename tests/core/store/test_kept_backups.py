"""Which backups are kept: by what is in them, whatever clocks, names and times of files say.

B-01 The one just made is never dropped, and the store's latest are kept, in the order of its saves.
B-02 A clock that was ahead, stands still or was set back neither prevents backups nor multiplies them.
B-03 Others' files stay: another store's backups, names like ours, copies of which nobody knows whose they are.
B-04 A store that is damaged makes no good backup: the good ones stay, the copy lies apart, and it is said.
B-05 A backup that is damaged is not restored.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iscm_desktop.cli import main
from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database.kept_backups import KEPT
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_transfer import restore_backup
from tests.support.workspaces import NAME, Ticking, answer, exported, opened, text_at


def kept(workspace: Workspace) -> set[Path]:
    return set(workspace.backups.folder.glob("*.iscmdb"))


def test_a_clock_that_was_ahead_does_not_make_the_newest_go(tmp_path: Path) -> None:
    """B-01, B-02: ten backups of the year 2099, and then the clock is right again."""
    clock = Ticking(datetime(2099, 1, 1, tzinfo=UTC))
    with opened(tmp_path, "anna", clock=clock) as workspace:
        response = workspace.responses.start("small", "igc")
        ahead = [workspace.backups.make() for _ in range(KEPT)]
        clock.now = datetime(2027, 3, 1, tzinfo=UTC)
        for turn in range(3):
            answer(workspace, response, name=f"typed on day {turn}")
            made = workspace.backups.make_if_due()
            assert made is not None
            assert made in kept(workspace)
            clock.now += timedelta(days=1)
        assert kept(workspace) & set(ahead) == set(ahead[3:])
    with Workspace.open(made) as restored:
        assert text_at(restored, response, NAME) == "typed on day 2"


def test_a_clock_that_begins_anew_at_each_start_is_outdone_by_saves(tmp_path: Path) -> None:
    """B-02: an empty battery; a day never passes, but work does."""
    start = datetime(2020, 1, 1, tzinfo=UTC)
    with opened(tmp_path, "anna", clock=Ticking(start)) as workspace:
        assert workspace.backups.make_if_due() is not None
        response = workspace.responses.start("small", "igc")
        assert workspace.backups.make_if_due() is None
    with closing(sqlite3.connect(tmp_path / "anna.iscmdb")) as raw:  # a thousand saves
        raw.execute("PRAGMA user_version = 2000")
    with Workspace.open(tmp_path / "anna.iscmdb", clock=Ticking(start)) as workspace:
        answer(workspace, response, name="one more")
        assert workspace.backups.make_if_due() is not None
        assert workspace.backups.make_if_due() is None


def test_windows_and_settings_are_no_reason_for_a_backup(tmp_path: Path) -> None:
    clock = Ticking()
    with opened(tmp_path, "anna", clock=clock) as workspace:
        assert workspace.backups.make_if_due() is not None
        clock.now += timedelta(days=3)
        workspace.set_setting("geometry", "1 2 3 4")
        assert workspace.backups.make_if_due() is None


def test_times_of_files_take_no_part(tmp_path: Path) -> None:
    """B-01, B-02: the folder was copied, and all files are of today; or of the future."""
    with opened(tmp_path, "anna") as workspace:
        made = [workspace.backups.make() for _ in range(KEPT)]
        for at, path in enumerate(made):
            os.utime(path, (4e9 - at, 4e9 - at))
        newest = workspace.backups.make()
        assert kept(workspace) == {*made[1:], newest}


def test_names_take_no_part(tmp_path: Path) -> None:
    """B-01: the newest has the name of the oldest."""
    with opened(tmp_path, "anna") as workspace:
        made = [workspace.backups.make() for _ in range(KEPT)]
        for at, path in enumerate(made):
            path.rename(path.with_name(f"anna-{2050 - at}0101-000000-000000.iscmdb"))
        newest = workspace.backups.make()
        assert newest in kept(workspace)
        assert {path.name for path in kept(workspace)} - {newest.name} == {
            f"anna-{2050 - at}0101-000000-000000.iscmdb" for at in range(1, KEPT)
        }


def test_two_backups_of_one_moment_have_two_names(tmp_path: Path) -> None:
    """B-01: a clock that stands still overwrites nothing."""

    class Standing(Ticking):
        def __call__(self) -> datetime:
            return self.now

    with opened(tmp_path, "anna", clock=Standing()) as workspace:
        assert len({workspace.backups.make() for _ in range(3)}) == 3


def test_what_is_others_stays(tmp_path: Path) -> None:
    """B-03."""
    with opened(tmp_path, "anna") as before:
        others = before.backups.make()
    shutil.move(tmp_path / "anna.iscmdb", tmp_path / "moved.iscmdb")
    (tmp_path / "anna.iscmdb.lock").unlink()
    with opened(tmp_path, "anna") as workspace:  # another store under the same name, in the same folder
        folder = workspace.backups.folder
        letter, damaged = folder / "anna-holiday.iscmdb", folder / "anna-19990101-000000-000000.iscmdb"
        letter.write_text("Dear colleagues")
        damaged.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
        made = [workspace.backups.make() for _ in range(KEPT + 3)]
        assert kept(workspace) == {others, letter, damaged, *made[3:]}


def test_after_a_restore_later_backups_count_as_later(tmp_path: Path) -> None:
    """B-01: the restored store begins with fewer saves than its backups had."""
    with opened(tmp_path, "anna") as workspace:
        first, store = workspace.backups.make(), workspace.store
        response = workspace.responses.start("small", "igc")
        for turn in range(KEPT - 1):
            answer(workspace, response, name=str(turn))
            workspace.backups.make()
    restore_backup(first, store)
    with Workspace.open(store) as workspace:
        made = [workspace.backups.make() for _ in range(3)]
        assert set(made) <= kept(workspace)
        assert first not in kept(workspace)
        assert len(kept(workspace)) == KEPT


def change_a_byte(store: Path) -> None:
    """In the text of a sealed answer, where SQLite notices nothing."""
    data = store.read_bytes()
    at = data.rindex(b"Respondent Igc")
    store.write_bytes(data[:at] + b"Respondent Xgc" + data[at + 14 :])


def store_with_a_sealed_answer(folder: Path) -> tuple[Path, Path, str]:
    with opened(folder, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="Respondent Igc")
        exported(workspace, response, folder / "igc.iscm")
        return workspace.store, workspace.backups.make(), response


def test_damage_is_not_copied_over_good_backups(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """B-04."""
    store, good, _response = store_with_a_sealed_answer(tmp_path)
    with closing(sqlite3.connect(store)) as raw, raw:
        raw.execute("UPDATE revision SET value = 'Respondent Xgc' WHERE value = 'Respondent Igc'")
    for _turn in range(KEPT + 2):
        assert main(["--store", str(store), "backup"]) == 1
    assert "about/name" in capsys.readouterr().err
    folder = good.parent
    assert sorted(folder.glob("*.iscmdb")) == [good]
    (apart,) = (path for path in folder.iterdir() if path != good)
    assert apart.name.endswith(".damaged")
    with pytest.raises(IscmError) as refused, Workspace.open(store) as workspace:
        workspace.backups.make(tmp_path / "elsewhere.iscmdb")
    assert refused.value.problem is StoreProblem.BACKUP_NOT_GOOD
    assert not (tmp_path / "elsewhere.iscmdb").exists()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM revision WHERE value = 'Respondent Igc'",
        "UPDATE revision SET id = replace(id, substr(id, 1, 4), 'abcd') WHERE value = 'Respondent Igc'",
        "UPDATE revision SET value = CAST(x'ff' AS TEXT) WHERE value = 'Respondent Igc'",
        "DELETE FROM questionnaire",
    ],
)
def test_a_response_that_does_not_open_is_no_good_backup(damage: str, tmp_path: Path) -> None:
    """B-04."""
    store, _good, _response = store_with_a_sealed_answer(tmp_path)
    with closing(sqlite3.connect(store)) as raw, raw:
        raw.execute(damage)
    with Workspace.open(store) as workspace, pytest.raises(IscmError) as refused:
        workspace.backups.make()
    assert refused.value.problem is StoreProblem.BACKUP_NOT_GOOD


def test_a_damaged_backup_is_not_restored(tmp_path: Path) -> None:
    """B-05: SQLite finds it sound; its answers are not what they were."""
    store, good, response = store_with_a_sealed_answer(tmp_path)
    change_a_byte(good)
    before = store.read_bytes()
    with pytest.raises(IscmError) as refused:
        restore_backup(good, store)
    assert refused.value.problem is StoreProblem.BACKUP_NOT_RESTORED
    assert store.read_bytes() == before
    assert not list(tmp_path.glob("*restoring*"))
    with Workspace.open(store) as workspace:
        assert text_at(workspace, response, NAME) == "Respondent Igc"


def test_what_a_killed_backup_left_goes_and_others_stay(tmp_path: Path) -> None:
    with opened(tmp_path, "anna") as workspace:
        good, store = workspace.backups.make(), workspace.store
    folder = good.parent
    left = [
        folder / f"anna-20270301-090000-000000.iscmdb.part{end}" for end in ("", "-journal", "-wal", "-shm")
    ]
    left += [tmp_path / f".anna.restoring.iscmdb{end}" for end in ("", "-wal", "-shm", ".lock", ".part")]
    others = [folder / "anna-notes.iscmdb.part", folder / "other-20270301.iscmdb.part", tmp_path / "a.part"]
    for file in (*left, *others):
        file.write_bytes(b"half")
    Workspace.open(store).close()
    assert [file for file in left if file.exists()] == []
    assert all(file.exists() for file in others)
