"""What is said of the place where a store lies.

SP-01 A folder that a known service copies is named, by its name or by what the service lays into it.
SP-02 Little room, and a clock that cannot be right, are said with what to do.
SP-03 A good place is worth no word; what somebody knows of is not said again, until the store lies elsewhere.
"""

from __future__ import annotations

import shutil
import sys
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_place import (
    PlaceFault,
    is_on_network,
    place_warnings,
    synchronising_service,
)

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
Usage = namedtuple("Usage", "total used free")


def _faults(store: Path, now: datetime = NOW, newest: datetime | None = None) -> set[PlaceFault]:
    return {one.fault for one in place_warnings(store, now, newest)}


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 0, 10**12))


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox/work", "Dropbox"),
        ("Dropbox (Ministry)/work", "Dropbox"),
        ("OneDrive - Ministry of the Interior", "OneDrive"),
        ("Library/CloudStorage/x", "a cloud service"),
        ("Nextcloud", "Nextcloud"),
        ("documents", ""),
        ("boxes", ""),
    ],
)
def test_folders_of_services_are_known_by_name(tmp_path: Path, folder: str, service: str) -> None:  # SP-01
    assert synchronising_service(tmp_path / folder / "store.iscmdb") == service


def test_folders_of_services_are_known_by_what_lies_in_them(tmp_path: Path) -> None:  # SP-01
    (tmp_path / ".stfolder").mkdir()
    assert _faults(tmp_path / "a" / "store.iscmdb") == {PlaceFault.SYNCHRONISED}


def test_the_folder_that_the_system_names_is_onedrives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # SP-01
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path))
    assert synchronising_service(tmp_path / "store.iscmdb") == "OneDrive"


@pytest.mark.skipif(sys.platform == "win32", reason="it knows its drives")
@pytest.mark.parametrize(
    ("written", "folder"),
    [
        ("/mnt/büro", "/mnt/büro/ISCM"),
        ("/mnt/our\\040files", "/mnt/our files"),
        ("/mnt/a\\134b", "/mnt/a\\b"),
    ],
)
def test_a_folder_on_another_computer_is_known_by_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, folder: str
) -> None:  # SP-01
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\nserver:/x {written} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr("iscm_desktop.workspace.store_place._MOUNTS", mounts)
    assert is_on_network(Path(folder))
    assert not is_on_network(Path("/home"))


def test_little_room_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # SP-02
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 0, 10**6))
    (warning,) = place_warnings(tmp_path / "store.iscmdb", NOW, None)
    assert warning.fault is PlaceFault.NO_ROOM
    assert "1 MB" in warning.words


@pytest.mark.parametrize(
    ("now", "newest", "is_wrong"),
    [
        (NOW, NOW - timedelta(days=3), False),
        (NOW, NOW + timedelta(hours=2), False),
        (NOW, NOW + timedelta(days=3), True),
        (datetime(1970, 1, 1, tzinfo=UTC), None, True),
        (datetime(2170, 1, 1, tzinfo=UTC), None, True),
    ],
)
def test_a_clock_that_cannot_be_right_is_said(
    tmp_path: Path, now: datetime, newest: datetime | None, is_wrong: bool
) -> None:  # SP-02
    assert (PlaceFault.CLOCK in _faults(tmp_path / "store.iscmdb", now, newest)) is is_wrong


def test_what_somebody_knows_of_is_not_said_again(tmp_path: Path) -> None:  # SP-03
    (tmp_path / "Dropbox").mkdir()
    with Workspace.open(tmp_path / "Dropbox" / "store.iscmdb") as workspace:
        assert [one.fault for one in workspace.place_warnings()] == [PlaceFault.SYNCHRONISED]
        workspace.accept_place(PlaceFault.SYNCHRONISED)
        assert workspace.place_warnings() == ()
    with Workspace.open(tmp_path / "store.iscmdb") as workspace:
        assert workspace.place_warnings() == ()
