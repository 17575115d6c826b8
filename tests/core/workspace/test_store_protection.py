"""A passphrase on a store.

PP-01 Without its passphrase a protected store opens for nobody, and none of its files shows anything of its answers.
PP-02 With it everything goes on as before: answers, saves, backups, verification, export, restore.
PP-03 It can be changed and taken off; backups follow.
PP-04 A wrong passphrase, and one that is too short, are refused in words; nothing is changed.
PP-05 Killed or out of room while it is set, the store is the old one or the new one, whole.
PP-06 A broken protected store is rescued with its passphrase, also where its first page is what broke.
PP-07 Copies that cannot be reached when a passphrase is set, changed or taken off are named, and follow once they can.
PP-08 What a restore or an upgrade set aside follows as backups do; what is damaged stays as it is, and is named.
PP-09 A store keeps its passphrase when a backup without one, or with an earlier one, takes its place.
PP-10 A copy of a protected store is protected before the first answer is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database import protected_files, protecting, store_copy
from iscm_desktop.store.database.backup import Proof
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.database.opening import open_database
from iscm_desktop.store.database.protecting import rewrite_file
from iscm_desktop.store.rescue.rescue import rescue
from iscm_desktop.workspace import Workspace, store_protection
from iscm_desktop.workspace.store_protection import protect_store
from iscm_desktop.workspace.store_transfer import copy_store, restore_backup
from iscm_desktop.workspace.unlocking import is_protected, unlock
from tests.support.workspaces import STORY, Ticking, answer, exported, merge, opened, text_at

PASSPHRASE, OTHER = "olive harbour nine", "another harbour"
STORED = "It began in a small room in Geneva."


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Each test begins as a program that was just started."""
    protected_files._given.clear()
    yield
    protected_files._given.clear()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """With an answer, a backup, and something typed since; closed."""
    with opened(tmp_path, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, story=STORED)
        workspace.backups.make()
        answer(workspace, response, name="IGC")
    return tmp_path / "anna.iscmdb"


def _response(workspace: Workspace) -> str:
    (row,) = workspace.response_list.all()
    return row.id


def _holds(folder: Path, text: str) -> list[Path]:
    return [
        file for file in sorted(folder.rglob("*")) if file.is_file() and text.encode() in file.read_bytes()
    ]


def _forget() -> None:
    protected_files._given.clear()


def test_without_the_passphrase_nothing_can_be_read(store: Path, tmp_path: Path) -> None:  # PP-01
    assert _holds(tmp_path, STORED)
    report = protect_store(store, PASSPHRASE)
    assert (report.is_protected, report.backups, report.left) == (True, 1, ())
    assert _holds(tmp_path, STORED) == []
    assert _holds(tmp_path, "Inter-governmental") == []
    _forget()
    assert is_protected(store)
    with pytest.raises(IscmError) as refused:
        Workspace.open(store)
    assert refused.value.problem is StoreProblem.STORE_PROTECTED


def test_with_it_everything_goes_on(store: Path, tmp_path: Path) -> None:  # PP-02
    protect_store(store, PASSPHRASE)
    _forget()
    unlock(store, f" {PASSPHRASE} ")
    with Workspace.open(store) as workspace:
        response = _response(workspace)
        assert text_at(workspace, response, STORY) == STORED
        answer(workspace, response, name="Renamed in secret")
        backup = workspace.backups.make()
        assert workspace.backups.contents(backup).answers == 2
        done = workspace.backups.rehearse()
        assert done is not None
        assert done.fault == ""
        package = exported(workspace, response, tmp_path / "igc.iscm")
        assert workspace.verification.verify().is_whole
        assert workspace.verification.check_quickly() == ""
        assert _holds(tmp_path, "Renamed in secret") == []
    with opened(tmp_path, "bela") as bela:
        assert merge(bela, package) == ["new"]
    restored = tmp_path / "restored.iscmdb"
    restore_backup(backup, restored)
    assert is_protected(restored)
    with Workspace.open(restored) as workspace:
        assert text_at(workspace, _response(workspace), "about/name") == "Renamed in secret"


def test_it_is_changed_and_taken_off(store: Path, tmp_path: Path) -> None:  # PP-03
    protect_store(store, PASSPHRASE)
    protect_store(store, OTHER)
    _forget()
    with pytest.raises(IscmError):
        unlock(store, PASSPHRASE)
    unlock(store, OTHER)
    report = protect_store(store, None)
    assert (report.is_protected, report.backups) == (False, 1)
    _forget()
    assert not is_protected(store)
    with Workspace.open(store) as workspace:
        assert text_at(workspace, _response(workspace), STORY) == STORED
        assert len(workspace.backups.rows()) == 1


@pytest.mark.parametrize(
    ("passphrase", "problem"),
    [("short", StoreProblem.PASSPHRASE_SHORT), ("   a   ", StoreProblem.PASSPHRASE_SHORT)],
)
def test_a_passphrase_that_protects_nothing_is_refused(
    store: Path, passphrase: str, problem: StoreProblem
) -> None:  # PP-04
    before = store.read_bytes()
    with pytest.raises(IscmError) as refused:
        protect_store(store, passphrase)
    assert refused.value.problem is problem
    assert store.read_bytes() == before


def test_a_wrong_passphrase_is_refused(store: Path) -> None:  # PP-04
    protect_store(store, PASSPHRASE)
    _forget()
    before = store.read_bytes()
    with pytest.raises(IscmError) as refused:
        unlock(store, OTHER)
    assert refused.value.problem is StoreProblem.PASSPHRASE_WRONG
    with pytest.raises(IscmError) as needed:
        protect_store(store, None)
    assert needed.value.problem is StoreProblem.STORE_PROTECTED
    assert store.read_bytes() == before


def test_a_wrong_passphrase_forgets_no_other(store: Path, tmp_path: Path) -> None:  # PP-04
    """The key of a store in the same folder, which is tried as that of a copy."""
    with opened(tmp_path, "bela") as bela:
        other = bela.store
    protect_store(other, OTHER)
    _forget()
    protect_store(store, PASSPHRASE)
    with Workspace.open(store) as workspace:
        known = dict(protected_files._given)
        with pytest.raises(IscmError) as refused:
            unlock(other, "mistyped harbour")
        assert refused.value.problem is StoreProblem.PASSPHRASE_WRONG
        assert protected_files._given == known
        workspace.backups.make()
    unlock(other, OTHER)
    Workspace.open(other).close()


def test_a_key_is_not_shown(store: Path) -> None:
    protect_store(store, PASSPHRASE)
    key = protected_files.key_of(store)
    assert key is not None
    assert repr(key.key) not in repr(key)


@pytest.mark.parametrize("at", ["write_salt", "_export", "sync_folder"])
def test_what_goes_wrong_on_the_way_leaves_a_whole_store(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:  # PP-05
    def full(*_whatever: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(protecting, at, full)
        with pytest.raises(IscmError):
            protect_store(store, PASSPHRASE)
    if at != "sync_folder":
        assert not is_protected(store)
    with Workspace.open(store) as workspace:
        assert text_at(workspace, _response(workspace), STORY) == STORED
        assert workspace.verification.verify().is_whole
    assert not list(tmp_path.glob("*.protecting*"))


def test_the_same_letters_typed_otherwise_are_the_same_passphrase(store: Path) -> None:
    protect_store(store, "caf\u00e9 au port")
    _forget()
    unlock(store, "cafe\u0301 au port")
    with Workspace.open(store) as workspace:
        assert workspace.response_list.all()


def test_a_broken_protected_store_is_rescued(tmp_path: Path) -> None:  # PP-06
    with opened(tmp_path, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, story=STORED * 300)  # longer than a page
        exported(workspace, response, tmp_path / "igc.iscm")
    store = tmp_path / "anna.iscmdb"
    protect_store(store, PASSPHRASE)
    data = bytearray(store.read_bytes())
    data[4096 * 3 : 4096 * 5] = bytes(4096 * 2)  # SQLite gives up somewhere behind
    data[100:200] = bytes(100)  # and cannot read its list of tables
    store.write_bytes(data)
    found = rescue(store, tmp_path / "rescued.iscmdb", {}, Ticking()())
    assert found.revisions
    with Workspace.open(tmp_path / "rescued.iscmdb") as workspace:
        assert text_at(workspace, _response(workspace), STORY) == STORED * 300
    _forget()
    with pytest.raises(IscmError) as refused:
        unlock(store, OTHER)
    assert refused.value.problem is StoreProblem.PASSPHRASE_WRONG
    unlock(store, PASSPHRASE)
    assert rescue(store, tmp_path / "again.iscmdb", {}, Ticking()()).revisions
    assert is_protected(tmp_path / "again.iscmdb")


def _with_stick(store: Path, stick: Path) -> None:
    stick.mkdir()
    with Workspace.open(store) as workspace:
        workspace.backups.set_second_place(stick)
        workspace.backups.make()


@pytest.mark.parametrize("ways", [[PASSPHRASE], [PASSPHRASE, OTHER], [PASSPHRASE, OTHER, None]])
def test_what_was_away_is_named_and_follows_later(
    store: Path, tmp_path: Path, ways: list[str | None]
) -> None:  # PP-07
    stick, pocket = tmp_path / "stick", tmp_path / "pocket"
    _with_stick(store, stick)
    for passphrase in ways[:-1]:
        protect_store(store, passphrase)
    stick.rename(pocket)
    report = protect_store(store, ways[-1])
    assert (report.backups, report.left, report.away) == (2, (), stick)
    _forget()
    unlock(store, ways[-1] or "")
    with Workspace.open(store) as workspace:
        assert str(stick) in " ".join(workspace.interrupted)
        workspace.backups.make_if_due()
        assert workspace.backups.behind_words(), "the stick is still away"
        pocket.rename(stick)
        assert [row.is_second for row in workspace.backups.rows()].count(True) == 1
        workspace.backups.make_if_due()
        assert workspace.backups.behind_words() == ()
    assert {is_protected(each) for each in stick.iterdir()} == {ways[-1] is not None}
    _forget()
    unlock(store, ways[-1] or "")
    with Workspace.open(store) as workspace:
        assert workspace.interrupted == ()
        assert [row.is_second for row in workspace.backups.rows()].count(True) == 1


def test_another_persons_backups_on_the_same_stick_are_left_alone(
    store: Path, tmp_path: Path
) -> None:  # PP-07
    stick = tmp_path / "stick"
    _with_stick(store, stick)
    (tmp_path / "other").mkdir()
    with opened(tmp_path / "other", "anna") as other:
        other.responses.start("small", "igc")
        theirs = other.backups.make(stick / "anna-20260101-000000-000000.iscmdb")
    before = theirs.read_bytes()
    report = protect_store(store, PASSPHRASE)
    assert (report.backups, report.left, report.away) == (3, (), None)
    assert theirs.read_bytes() == before


def test_what_was_set_aside_follows(store: Path, tmp_path: Path) -> None:  # PP-08
    (backup,) = (tmp_path / "anna-backups").iterdir()
    aside = restore_backup(backup, store)
    assert aside is not None
    report = protect_store(store, PASSPHRASE)
    assert (report.backups, report.left) == (2, ())
    assert _holds(tmp_path, STORED) == []
    with Workspace.open(aside) as workspace:
        assert text_at(workspace, _response(workspace), "about/name") == "IGC"


def test_what_is_damaged_stays_and_is_named(store: Path, tmp_path: Path) -> None:  # PP-08
    (backup,) = (tmp_path / "anna-backups").iterdir()
    damaged = backup.with_name(f"{backup.name}.damaged")
    data = bytearray(backup.read_bytes())
    data[4096:12288] = bytes(8192)
    damaged.write_bytes(data)
    report = protect_store(store, PASSPHRASE)
    assert (report.backups, report.left) == (1, (damaged,))
    assert damaged.read_bytes() == data
    with Workspace.open(store) as workspace:
        assert damaged.name in " ".join(workspace.interrupted)
    damaged.unlink()
    with Workspace.open(store) as workspace:
        assert workspace.interrupted == ()


@pytest.mark.parametrize("earlier", [None, OTHER])
def test_a_store_keeps_its_passphrase_when_it_is_restored(
    store: Path, tmp_path: Path, earlier: str | None
) -> None:  # PP-09
    if earlier is not None:
        protect_store(store, earlier)
    (backup,) = (tmp_path / "anna-backups").iterdir()
    kept = tmp_path / "elsewhere.iscmdb"
    kept.write_bytes(backup.read_bytes())
    protect_store(store, PASSPHRASE)
    _forget()
    unlock(store, PASSPHRASE)
    unlock(kept, earlier or "")
    restore_backup(kept, store)
    _forget()
    unlock(store, PASSPHRASE)
    with Workspace.open(store) as workspace:
        assert text_at(workspace, _response(workspace), STORY) == STORED


def test_a_store_whose_passphrase_is_lost_can_be_replaced(store: Path, tmp_path: Path) -> None:  # PP-09
    (backup,) = (tmp_path / "anna-backups").iterdir()
    kept = tmp_path / "elsewhere.iscmdb"
    kept.write_bytes(backup.read_bytes())
    protect_store(store, PASSPHRASE)
    Path(f"{store}-wal").write_bytes(b"left by a program that was killed")
    _forget()
    aside = restore_backup(kept, store)
    assert aside is not None
    assert is_protected(aside)
    assert not is_protected(store)


def test_a_copy_is_protected_from_its_beginning(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # PP-10
    protect_store(store, PASSPHRASE)
    copy = tmp_path / "copy.iscmdb"

    def cut_short(*_whatever: object) -> int:
        assert is_protected(copy)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(store_copy, "copy_rows", cut_short)
        with pytest.raises(OSError, match="No space"):
            copy_store(str(store), str(copy))
    assert copy_store(str(store), str(copy))
    assert _holds(tmp_path, STORED) == []
    _forget()
    unlock(copy, PASSPHRASE)
    with Workspace.open(copy) as workspace:
        assert text_at(workspace, _response(workspace), STORY) == STORED


@pytest.mark.parametrize("at", [16, 21, 28, 96, 100, 2000])
def test_a_damaged_byte_is_not_called_a_wrong_passphrase(store: Path, at: int) -> None:  # PP-06
    protect_store(store, PASSPHRASE)
    data = bytearray(store.read_bytes())
    data[at] ^= 0x30
    store.write_bytes(data)
    _forget()
    unlock(store, PASSPHRASE)
    if at >= 96:  # of what stands before, SQLCipher proves nothing
        with pytest.raises(IscmError) as refused:
            Workspace.open(store)
        assert refused.value.problem is StoreProblem.STORE_DAMAGED


@pytest.mark.parametrize("place", [slice(0, 1), slice(20, 24), slice(75, 76), slice(0, 96), slice(0, 4096)])
def test_a_damaged_head_is_made_up_by_a_backup(store: Path, tmp_path: Path, place: slice) -> None:  # PP-06
    protect_store(store, PASSPHRASE)
    unlock(store, PASSPHRASE)
    with Workspace.open(store) as workspace:
        exported(workspace, _response(workspace), tmp_path / "igc.iscm")
        workspace.backups.make()
    data = bytearray(store.read_bytes())
    data[place] = bytes(each ^ 0xA5 for each in data[place])
    store.write_bytes(data)
    _forget()
    with pytest.raises(IscmError) as refused:
        rescue(store, tmp_path / "rescued.iscmdb", {}, Ticking()())
    assert refused.value.problem is StoreProblem.STORE_PROTECTED
    asked = Path(str(refused.value.particulars["store"]))
    with pytest.raises(IscmError):
        unlock(asked, OTHER)
    unlock(asked, PASSPHRASE)
    rescue(store, tmp_path / "rescued.iscmdb", {}, Ticking()())
    assert is_protected(tmp_path / "rescued.iscmdb")
    with Workspace.open(tmp_path / "rescued.iscmdb") as workspace:
        assert text_at(workspace, _response(workspace), STORY) == STORED


def test_who_opens_the_store_meanwhile_keeps_its_copies_waiting(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # PP-07
    (backup,) = (tmp_path / "anna-backups").iterdir()
    rewritten: list[Path] = []

    def meanwhile(file: Path, key: protected_files.FileKey | None, prove: Proof) -> None:
        rewrite_file(file, key, prove)
        rewritten.append(file)

    def in_use(path: Path) -> Database:
        if rewritten:
            raise IscmError(StoreProblem.STORE_IN_USE, store=path)
        return open_database(path)

    with monkeypatch.context() as patched:
        patched.setattr(store_protection, "rewrite_file", meanwhile)
        patched.setattr(store_protection, "open_database", in_use)
        report = protect_store(store, PASSPHRASE)
    assert (report.is_protected, report.left) == (True, (backup,))
    with Workspace.open(store) as workspace:
        assert workspace.backups.behind_words()
        workspace.backups.make_if_due()
        assert workspace.backups.behind_words() == ()
    assert is_protected(backup)
