"""Where packages come from: what is looked at, in which order, and what is left alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from iscm_desktop.exchange.unpacking import package_sources, unpacker_process
from iscm_desktop.exchange.unpacking.extraction import FoundPackage
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
    (inbox / "renamed.iscm.txt").write_bytes(PACKAGE)
    (inbox / "round").symlink_to(inbox)
    assert [str(file.relative_to(inbox)) for file in files_in([inbox, inbox])] == [
        "a.PDF",
        "b.iscm",
        "deep/er/c.eml",
        "renamed.iscm.txt",
    ]


RENAMED = {
    "a.iscm.txt": PACKAGE,
    "b.iscm_": PACKAGE,
    "c": PACKAGE,
    "d.emlx": b"%d\n" % len(mail(("x.iscm", PACKAGE)).as_bytes()) + mail(("x.iscm", PACKAGE)).as_bytes(),
    "e.msg.txt": mail(("x.iscm", PACKAGE)).as_bytes(),
    "f": b"From - Mon Nov 23 10:00:00 2026\n" + mail(("x.iscm", PACKAGE)).as_bytes(),
    "g.iscm": mail(("x.iscm", PACKAGE)).as_bytes(),
    "h.ZIP_": zipped(("x.iscm", PACKAGE)),
    "i.iscm.AGE_": b"age-encryption.org/v1\n",
}


def test_a_folder_is_judged_by_content_as_single_files_are(tmp_path: Path, room: Path) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "sub").mkdir(parents=True)
    for number, (name, data) in enumerate(RENAMED.items()):
        (inbox / ("sub" if number % 2 else ".") / name).write_bytes(data)
    files = sorted((path for path in inbox.rglob("*") if path.is_file()), key=lambda path: path.name)
    from_folder, alone = found(inbox, room=room), found(*files, room=tmp_path / "room 2")
    assert len(from_folder) == len(RENAMED)
    assert sorted(one.origin for one in from_folder) == sorted(one.origin for one in alone)
    refused = [one.path.name for one in (*from_folder, *alone) if one.refusal is not None]
    assert refused == []


def test_what_is_beside_in_a_folder_is_named(tmp_path: Path, room: Path) -> None:
    """Nothing is left out without a word, but for what systems put there."""
    inbox = tmp_path / "inbox"
    (inbox / "__MACOSX").mkdir(parents=True)
    contents = {
        "answers.iscm": PACKAGE,
        ".hidden.iscm": PACKAGE,
        "half.iscm.part": PACKAGE[:20],
        "invited.iscminvite": zipped(("invitation.json", b"{}")),
        "letter.docx": zipped(("word/document.xml", b"<x/>")),
        "minutes.txt": b"Date: today\nFrom: us\n\nWe met.\n",
        "odd.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "photo.jpg": b"\xff\xd8\xff",
        "program.whl": zipped(("a.py", b"x")),
        "round.iscmdb": b"SQLite format 3\0",
        "round.iscmdb-wal": b"x",
        "empty": b"",
        "answers.7z": b"7z\xbc\xaf\x27\x1c",
        "damaged.pdf": b"",
        "._answers.iscm": b"\x00\x05\x16\x07",
        ".DS_Store": b"\0",
        "Thumbs.db": b"\xd0\xcf\x11\xe0",
        "__MACOSX/x.iscm": PACKAGE,
    }
    for name, data in contents.items():
        (inbox / name).write_bytes(data)
    seen = found(inbox, room=room)
    assert {one.path.name for one in seen if one.refusal is None} == {"answers.iscm", "damaged.pdf"}
    assert {one.path.name for one in seen if one.is_passed_over} == {
        ".hidden.iscm",
        "empty",
        "half.iscm.part",
        "invited.iscminvite",
        "letter.docx",
        "minutes.txt",
        "photo.jpg",
        "program.whl",
        "round.iscmdb",
        "round.iscmdb-wal",
    }
    refused = {one.path.name: one.refusal for one in seen if one.refusal and not one.is_passed_over}
    assert refused.keys() == {"answers.7z", "odd.db"}
    assert "Unpack it first" in str(refused["answers.7z"])
    assert all("add it by itself" in str(one.refusal) for one in seen if one.is_passed_over)


def test_only_named_files_of_other_kinds_are_refused(tmp_path: Path, room: Path) -> None:
    """Somebody wants them to be read; their own reader says what they are."""
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (one,) = found(tmp_path / "photo.jpg", room=room)
    assert not one.is_passed_over


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="whoever may do anything may read it"
)
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path, room: Path) -> None:
    (tmp_path / "inbox" / "locked").mkdir(parents=True)
    (tmp_path / "inbox" / "locked").chmod(0)
    (one,) = found(tmp_path / "inbox", room=room)
    (tmp_path / "inbox" / "locked").chmod(0o700)
    assert "could not be read" in str(one.refusal)


def test_a_folder_without_end_says_where_it_stopped(
    tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_sources, "MAX_IN_FOLDERS", 3)
    for number in range(5):
        (tmp_path / f"{number}.iscm").write_bytes(PACKAGE)
    seen = found(tmp_path, room=room)
    assert [one.refusal is None for one in seen] == [True, True, True, False]
    assert "more than 3 files" in str(seen[-1].refusal)


@pytest.mark.parametrize(
    "name", ["प्रवासन पर परामर्श तंत्र का मूल्यांकन " * 6, "移民问题区域磋商机制评估问卷答复" * 8, "a" * 300]
)
def test_a_long_name_in_any_script_is_cut_and_merged(tmp_path: Path, room: Path, name: str) -> None:
    (tmp_path / "long.zip").write_bytes(zipped((f"{name}.iscm", PACKAGE)))
    (one,) = found(tmp_path / "long.zip", room=room)
    assert one.refusal is None
    assert name.startswith(one.path.stem)
    assert one.path.read_bytes() == PACKAGE


@pytest.mark.skipif(sys.platform == "win32", reason="not a limit of its disks")
def test_a_disk_that_takes_short_names_only(tmp_path: Path) -> None:
    one = FoundPackage("é" * 200 + ".iscm", (), PACKAGE)
    path = Path(str(unpacker_process._laid_out(tmp_path / "0-0", one)["path"]))
    assert (path.name, path.read_bytes()) == ("1.iscm", PACKAGE)


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
