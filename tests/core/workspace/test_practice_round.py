"""A practice round: in a store of its own, marked for ever, thrown away whole; nothing of it ever counts elsewhere.

P-01 It holds sample answers and goes on where it was left.
P-02 Packages, sections, questions and invitations out of it are refused in words by every other store.
P-03 What is printed from it says so first.
P-05 Files lie beside it that can be merged in it, and nowhere else; one of them brings a conflict.
P-04 Throwing it away leaves no file; a store in which answers count is never taken for one.
P-06 A copy of it takes the place of no store in which answers count; what is restored, copied or rescued of it at
     a place of its own is a practice round as well.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.cli import main
from iscm_desktop.errors import FileProblem, IscmError, StoreProblem, TrustProblem
from iscm_desktop.exchange.merging.merge_plan import RefusedFile
from iscm_desktop.store.rows import Person, ResponseState
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.opened_files.opened_file import Destination
from iscm_desktop.workspace.practice_mark import is_practice_file
from iscm_desktop.workspace.practice_round import discard_practice, practice_files, start_practice
from iscm_desktop.workspace.store_rescue import rescue_store
from iscm_desktop.workspace.store_transfer import copy_store, restore_backup
from tests.support.pdf_text import page_texts
from tests.support.workspaces import exported, merge


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return start_practice(Person("Anna", "IGC"), "en", tmp_path / "practice.iscmdb")


@pytest.fixture
def practice(store: Path) -> Iterator[Workspace]:
    with Workspace.open(store) as opened:
        yield opened


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "real.iscmdb") as opened:
        yield opened


def test_it_is_filled_in_marked_and_goes_on_where_it_was_left(store: Path) -> None:
    """P-01"""
    with Workspace.open(store) as first:
        assert first.is_practice
        assert first.person.name == "Anna"
        rows = {row.respondent: row for row in first.response_list.all()}
        assert rows.keys() == {"igc", "NOR", "ESP"}
        assert rows["igc"].answered > 20
        assert all(row.state is ResponseState.DRAFT for row in rows.values())
        first.rounds.start("mine", "My own")
    assert start_practice(Person("Anna", "IGC"), "en", store) == store
    with Workspace.open(store) as again:
        assert "mine" in [row.code for row in again.rounds.all()]


def test_its_files_are_refused_by_every_other_store(
    practice: Workspace, real: Workspace, tmp_path: Path
) -> None:
    """P-02"""
    response = practice.response_list.all()[0].id
    files = [exported(practice, response, tmp_path / "whole.iscm")]
    sections = practice.delegations.sections_to_share(response)[:1]
    handed = practice.delegations.hand_over(
        response, [path for path, _label in sections], to="Bela", target=tmp_path / "part.iscm"
    )
    files.append(handed.path)
    for file in real.packages.plan(files).files:
        assert isinstance(file, RefusedFile)
        assert file.problem is FileProblem.PACKAGE_OF_PRACTICE
    invitation = practice.invitations.issue_open(None, ["state"], "en", tmp_path / "anybody").path
    with pytest.raises(IscmError) as refused:
        real.received_invitations.open_response(invitation, "state", "CAN", "")
    assert refused.value.problem is TrustProblem.INVITATION_OF_PRACTICE
    opened = real.opened_files.look_at([*files, invitation]).files
    assert {one.destination for one in opened} == {Destination.NOWHERE}
    assert all("practice round" in one.words for one in opened)
    assert real.response_list.all() == ()


def test_within_practice_its_files_are_merged(practice: Workspace, tmp_path: Path) -> None:
    """P-02"""
    response = practice.response_list.all()[0].id
    file = exported(practice, response, tmp_path / "whole.iscm")
    with Workspace.open(start_practice(Person("Bela", ""), "en", tmp_path / "other.iscmdb")) as other:
        assert merge(other, file) != ["refused"]


def test_files_to_merge_lie_beside_it(store: Path, practice: Workspace, real: Workspace) -> None:
    """P-05"""
    files = practice_files(store)
    assert [file.name for file in files] == ["nor.iscm", "pol.iscm", "sacm.iscm"]
    assert all(isinstance(file, RefusedFile) for file in real.packages.plan(files).files)
    practice.packages.apply(practice.packages.plan(files))
    rows = {row.respondent: row for row in practice.response_list.all()}
    assert rows.keys() == {"igc", "NOR", "ESP", "POL", "sacm"}
    assert rows["NOR"].answered > 10
    assert [one.path for one in practice.conflicts.unsettled()] == ["STA-A/STA-A03"]


def test_files_that_somebody_removed_are_written_again(store: Path) -> None:
    """P-05"""
    shutil.rmtree(practice_files(store)[0].parent)
    start_practice(Person("Anna", "IGC"), "en", store)
    assert len(practice_files(store)) == 3


def test_what_is_printed_says_so_first(practice: Workspace, tmp_path: Path) -> None:
    """P-03"""
    target = tmp_path / "printed.pdf"
    practice.documents.write_questionnaire(practice.response_list.all()[0].id, target)
    assert "Practice: nothing here counts" in page_texts(target.read_bytes())[0]


def test_it_is_thrown_away_whole_and_nothing_else_is(store: Path, tmp_path: Path) -> None:
    """P-04"""
    with Workspace.open(store) as opened:
        opened.backups.make()
        assert opened.keys.device_key.public
    mine = tmp_path / "mine.iscmdb"
    Workspace.open(mine).close()
    discard_practice(store)
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("practice")] == []
    with pytest.raises(IscmError) as none:
        discard_practice(store)
    assert none.value.problem is StoreProblem.PRACTICE_NONE
    for act in (lambda: discard_practice(mine), lambda: start_practice(Person("", ""), "", mine)):
        with pytest.raises(IscmError) as refused:
            act()
        assert refused.value.problem is StoreProblem.STORE_NOT_PRACTICE
    assert mine.exists()


@pytest.mark.parametrize("taken", ["practice-files", "practice-backups", "practice-keys", "practice.db"])
def test_what_lies_where_a_round_would_is_not_taken_over(tmp_path: Path, taken: str) -> None:
    """P-04"""
    if taken == "practice.db":
        Workspace.open(tmp_path / taken).close()
    else:
        (tmp_path / taken).mkdir()
    store = tmp_path / "practice.iscmdb"
    with pytest.raises(IscmError) as refused:
        start_practice(Person("Anna", "IGC"), "en", store)
    assert refused.value.problem is StoreProblem.PRACTICE_PLACE_TAKEN
    assert taken in str(refused.value)
    assert not store.exists()


def test_what_others_laid_beside_it_stays(store: Path, tmp_path: Path) -> None:
    """P-04: a person, and a store that came later and is called alike."""
    real = tmp_path / "practice.db"
    for each in (store, real):
        with Workspace.open(each, keys_in_files=True) as opened:
            made = opened.backups.make()
            assert opened.keys.device_key.public
            keys = opened.keys.files()
    own = tmp_path / "practice-files" / "mine.txt"
    own.write_text("mine", encoding="utf-8")
    discard_practice(store)
    left = {
        path for path in tmp_path.rglob("*") if path.is_file() and not path.name.startswith("practice.db")
    }
    assert left == {made, own, *keys}


@pytest.fixture
def backup(store: Path, tmp_path: Path) -> Path:
    with Workspace.open(store) as opened:
        opened.backups.make()
        return opened.backups.make(tmp_path / "elsewhere.iscmdb")


def test_it_takes_the_place_of_no_store_that_counts(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P-06: whichever way it comes, looked at in a terminal or in the window."""
    own, empty = tmp_path / "own.iscmdb", tmp_path / "empty.iscmdb"
    monkeypatch.setattr("iscm_desktop.workspace.practice_mark.default_store", lambda: own)
    Workspace.open(empty).close()
    mine = tmp_path / "mine.iscmdb"
    with Workspace.open(mine) as opened:
        before = opened.backups.make(tmp_path / "before.iscmdb")
        with pytest.raises(IscmError) as refused:
            opened.backups.contents(backup)
        assert opened.backups.contents(before).responses == ()
    assert refused.value.problem is StoreProblem.PRACTICE_STAYS_APART
    for act in (
        lambda: restore_backup(backup, mine),
        lambda: restore_backup(backup, own),
        lambda: copy_store(str(backup), str(empty)),
        lambda: copy_store(str(backup), str(own)),
        lambda: copy_store(str(backup), "postgresql+psycopg://nobody@nowhere/none"),
    ):
        with pytest.raises(IscmError) as refused:
            act()
        assert refused.value.problem is StoreProblem.PRACTICE_STAYS_APART
    assert main(["restore", str(backup), "--preview", "--store", str(mine)]) == 1
    assert main(["restore", str(backup), "--preview", "--store", str(own)]) == 1
    assert not own.exists()
    assert not is_practice_file(mine)
    assert not is_practice_file(empty)
    assert not list(tmp_path.glob("*.before-*"))


def test_at_a_place_of_its_own_it_comes_back(store: Path, backup: Path, tmp_path: Path) -> None:
    """P-06: over itself, also where it is broken or gone, and beside it."""
    assert main(["restore", str(backup), "--preview", "--store", str(store)]) == 0
    restore_backup(backup, store)
    store.write_bytes(store.read_bytes()[:5000])
    restore_backup(backup, store)
    copy_store(str(store), str(tmp_path / "copied.iscmdb"))
    rescue_store(store, tmp_path / "rescued.iscmdb")
    store.unlink()
    restore_backup(backup, store)
    for file in (store, tmp_path / "copied.iscmdb", tmp_path / "rescued.iscmdb"):
        with Workspace.open(file) as opened:
            assert opened.is_practice
            assert len(opened.response_list.all()) == 3
