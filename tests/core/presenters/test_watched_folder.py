"""A watched folder: a file counts once it is whole, and once more when it has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from iscm_desktop.presenters.watched_folder import WatchedFolder, file_stamps

FIRST, SECOND = Path("a.iscm"), Path("b.iscm")


@pytest.fixture
def folder(tmp_path: Path) -> WatchedFolder:
    return WatchedFolder(tmp_path)


def test_a_file_counts_when_it_stood_still_between_two_looks(folder: WatchedFolder) -> None:
    assert folder.take_stamps({FIRST: (10, 1)}) == ((), True)
    assert folder.take_stamps({FIRST: (20, 2)}) == ((), True)
    assert folder.take_stamps({FIRST: (20, 2)}) == ((FIRST,), False)
    assert folder.take_stamps({FIRST: (20, 2)}) == ((), False)


def test_a_file_that_changes_counts_again_alone(folder: WatchedFolder) -> None:
    for _look in range(2):
        folder.take_stamps({FIRST: (1, 1), SECOND: (1, 1)})
    assert folder.take_stamps({FIRST: (1, 1), SECOND: (2, 2)}) == ((), True)
    assert folder.take_stamps({FIRST: (1, 1), SECOND: (2, 2)}) == ((SECOND,), False)


def test_a_folder_that_is_gone_holds_nothing(tmp_path: Path) -> None:
    assert file_stamps(tmp_path / "gone") == {}


def test_only_what_answers_could_lie_in_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "igc.iscm").write_bytes(b"12345")
    (tmp_path / "picture.png").write_bytes(b"1")
    (tmp_path / "renamed.iscm.txt").write_bytes(b"age-encryption.org/")
    (tmp_path / "half.iscm.part").write_bytes(b"age-encryption.org/")
    (tmp_path / "round.iscmdb").write_bytes(b"SQLite")
    stamps = file_stamps(tmp_path)
    found = [(path.name, size) for path, (size, _changed) in stamps.items()]
    assert found == [("igc.iscm", 5), ("renamed.iscm.txt", 19)]
