"""Where packages come from: what is looked at, in which order, and what is left alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from iscm_desktop.exchange.unpacking.package_sources import PackageSource, files_in, find_sources
from tests.core.exchange.test_unpacker_process import OTHER, PACKAGE, zipped
from tests.support.mail import mail, written


def found(*paths: Path, room: Path) -> tuple[PackageSource, ...]:
    def folder() -> Path:
        room.mkdir()
        return room

    return find_sources(paths, folder)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """Not there yet: made when something has to be unpacked."""
    return tmp_path / "room"


def test_packages_in_the_open_stay_where_they_are(tmp_path: Path, room: Path) -> None:
    (tmp_path / "a.iscm").write_bytes(PACKAGE)
    (tmp_path / "b.iscm.age").write_bytes(b"age-encryption.org/v1\n")
    missing = tmp_path / "c.iscm"
    names = [
        source.path for source in found(tmp_path / "a.iscm", tmp_path / "b.iscm.age", missing, room=room)
    ]
    assert names == [tmp_path / "a.iscm", tmp_path / "b.iscm.age", missing]
    assert not room.exists()


def test_a_folder_gives_what_answers_could_lie_in(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "deep" / "er").mkdir(parents=True)
    for name in (
        "b.iscm",
        "a.PDF",
        "deep/er/c.eml",
        "photo.jpg",
        ".hidden.iscm",
        "deep/~lock",
        "d.iscm.part",
    ):
        (inbox / name).write_bytes(b"x")
    (inbox / "round").symlink_to(inbox)
    assert [str(file.relative_to(inbox)) for file in files_in([inbox, inbox])] == [
        "a.PDF",
        "b.iscm",
        "deep/er/c.eml",
    ]


def test_the_order_is_that_of_the_files_and_each_knows_its_origin(tmp_path: Path, room: Path) -> None:
    message = written(mail(("x.iscm", PACKAGE), mail(("y.iscm", OTHER))), tmp_path / "1.eml")
    (tmp_path / "2.iscm").write_bytes(PACKAGE)
    (tmp_path / "3.zip").write_bytes(zipped(("in/1.eml", message.read_bytes()), ("scan.pdf", b"%PDF-1.4")))
    seen = found(*(tmp_path / name for name in ("1.eml", "2.iscm", "3.zip")), room=room)
    assert [(one.within, one.path.name, one.refusal is not None) for one in seen] == [
        ("1.eml", "x.iscm", False),
        ("1.eml", "y.iscm", False),
        ("", "2.iscm", False),
        ("1.eml", "x.iscm", False),
        ("1.eml", "y.iscm", False),
        ("3.zip", "scan.pdf", True),
    ]
    assert seen[4].origin == f"{tmp_path}/3.zip › 1.eml › y.iscm".replace("/", os.sep)
    assert len({one.path for one in seen}) == 6
    assert [one.path.read_bytes() for one in seen[:2]] == [PACKAGE, OTHER]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes there")
@pytest.mark.parametrize("name", ["pipe.iscm", "pipe.eml"])
def test_a_pipe_keeps_nobody_waiting(tmp_path: Path, room: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    (one,) = found(tmp_path / name, room=room)
    assert "not a package" in str(one.refusal)
