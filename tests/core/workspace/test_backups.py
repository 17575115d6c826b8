"""Backups as people see them: what is in each, a second place, and whether they can be relied upon.

BK-01 A backup says which responses it holds, and how each stands to the store now.
BK-02 Each rotating backup goes into the second place as well; a place that is not there is no failure.
BK-03 The program tries the newest backup out, and remembers what came of it; a damaged one is named.
BK-05 Where there is no room to try one out, nothing is said against it, and nothing remembered.
BK-06 A second place that fails in any way, or an old backup that cannot be deleted, fails no backup.
BK-04 A file that is no store is refused, and so is one that holds what no store writes; it hides no other.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database import kept_backups
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.backups.backup_contents import Standing
from tests.support.workspaces import answer, damage_responses, exported, opened


@pytest.fixture
def anna(tmp_path: Path) -> Workspace:
    return opened(tmp_path, "anna")


def test_a_backup_says_what_it_holds(anna: Workspace) -> None:  # BK-01
    igc, mtm = (anna.responses.start("small", code) for code in ("igc", "mtm"))
    answer(anna, igc, name="IGC", fee="no")
    backup = anna.backups.make()
    answer(anna, igc, story="It began in 1985.")
    anna.responses.start("small", "puebla")
    contents = anna.backups.contents(backup)
    found = {row.respondent: (row.answers, row.standing) for row in contents.responses}
    names = {row.id: row.respondent_name for row in anna.response_list.all()}
    assert found[names[igc]] == (2, Standing.OLDER)
    assert found[names[mtm]] == (0, Standing.SAME)
    assert len(contents.would_lose) == 2, "what was typed since, and what was begun since"
    assert contents.answers == 2


def test_each_backup_goes_to_the_second_place_too(anna: Workspace, tmp_path: Path) -> None:  # BK-02
    stick = tmp_path / "stick"
    stick.mkdir()
    anna.backups.set_second_place(stick)
    assert anna.backups.second_made_at is None
    first = anna.backups.make()
    assert (stick / first.name).read_bytes() == first.read_bytes()
    assert anna.backups.second_made_at is not None
    assert [row.is_second for row in anna.backups.rows()] == [False, True]
    assert anna.backups.second_missed == ""
    (stick / first.name).unlink()
    stick.rmdir()
    assert anna.backups.make().is_file()
    assert str(stick) in anna.backups.second_missed


def test_the_folder_of_the_backups_is_no_second_place(anna: Workspace) -> None:  # BK-02
    anna.backups.make()
    with pytest.raises(IscmError):
        anna.backups.set_second_place(anna.backups.folder)


def test_the_newest_backup_is_tried_out(anna: Workspace, tmp_path: Path) -> None:  # BK-03
    assert anna.backups.rehearse() is None, "there is none"
    response = anna.responses.start("small", "igc")
    answer(anna, response, story="It began in Geneva.")
    exported(anna, response, tmp_path / "igc.iscm")  # what is sealed can be proven
    backup = anna.backups.make()
    done = anna.backups.rehearse_if_due()
    assert done is not None
    assert (done.responses, done.fault) == (1, "")
    assert anna.backups.rehearse_if_due() is None, "not again so soon"
    remembered = anna.backups.last_rehearsal()
    assert remembered is not None
    assert (remembered.at, remembered.responses) == (done.at, 1)
    data = bytearray(backup.read_bytes())
    at = data.index(b"Geneva")
    data[at : at + 6] = b"Havana"
    backup.write_bytes(data)
    damaged = anna.backups.rehearse()
    assert damaged is not None
    assert damaged.fault


def test_what_is_no_store_is_refused(anna: Workspace, tmp_path: Path) -> None:  # BK-04
    (tmp_path / "letter.iscmdb").write_text("Dear colleague", encoding="utf-8")
    with pytest.raises(IscmError) as refused:
        anna.backups.contents(tmp_path / "letter.iscmdb")
    assert refused.value.problem is StoreProblem.STORE_DAMAGED


@pytest.mark.parametrize(
    "damage",
    ["changed_at = 'soon'", "changed_at = 12", "respondent_name = x'ff'", "round = CAST(x'ff' AS TEXT)"],
)
def test_what_no_store_writes_is_refused(anna: Workspace, damage: str) -> None:  # BK-04
    for code in ("igc", "mtm"):
        anna.responses.start("small", code)
    good, damaged = anna.backups.make(), anna.backups.make()
    damage_responses(damaged, damage)
    with pytest.raises(IscmError) as refused:
        anna.backups.contents(damaged)
    assert refused.value.problem is StoreProblem.STORE_DAMAGED
    held = {row.path: contents for row, contents in anna.backups.looked_into()}
    assert isinstance(held[damaged], IscmError)
    assert not isinstance(held[good], IscmError)


def test_a_whole_store_passes_the_quick_check(anna: Workspace) -> None:
    assert anna.verification.check_quickly() == ""


@pytest.mark.parametrize("at", ["tempfile.TemporaryDirectory", "iscm_desktop.store.database.backup._fill"])
def test_a_full_place_says_nothing_against_a_backup(
    anna: Workspace, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:  # BK-05
    def full(*_whatever: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    anna.responses.start("small", "igc")
    anna.backups.make()
    with monkeypatch.context() as patched:
        patched.setattr(at, full)
        with pytest.raises(IscmError) as refused:
            anna.backups.rehearse()
        assert refused.value.problem is StoreProblem.BACKUP_NOT_TRIED
        assert anna.backups.rehearse_if_due() is None
    assert anna.backups.last_rehearsal() is None
    assert anna.backups.rehearse_if_due() is not None, "it is still due"


@pytest.mark.parametrize("at", ["is_dir", "iterdir", "unlink", "read_bytes"])
def test_what_goes_wrong_with_other_copies_fails_no_backup(
    anna: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:  # BK-06
    stick = tmp_path / "stick"
    stick.mkdir()
    anna.backups.set_second_place(stick)
    real = getattr(Path, at)

    def failing(path: Path, *whatever: object, **named: object) -> object:
        if stick in (path, path.parent) or (at == "unlink" and path.name.startswith("anna-")):
            raise OSError(5, "Input/output error")
        return real(path, *whatever, **named)

    monkeypatch.setattr(kept_backups, "KEPT", 2)
    with monkeypatch.context() as patched:
        patched.setattr(Path, at, failing)
        for _each in range(3):
            assert anna.backups.make().is_file()
            assert bool(anna.backups.second_missed) is (at in ("is_dir", "read_bytes"))
        assert anna.backups.rows()
    anna.backups.make()
    assert len([row for row in anna.backups.rows() if not row.is_second]) == 2


def test_a_file_is_no_second_place(anna: Workspace, tmp_path: Path) -> None:  # BK-02
    (tmp_path / "letter").write_text("Dear colleague", encoding="utf-8")
    for wrong in (tmp_path / "letter", tmp_path / "nowhere"):
        with pytest.raises(IscmError):
            anna.backups.set_second_place(wrong)
