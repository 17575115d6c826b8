"""What a broken store's file gives up.

R-01  Of a sound file everything comes back: answers, notes, texts, conflicts, drafts, whose response it is.
R-02  However the file is broken, every revision that is in the new store is one that was in the old, and those whose
      bytes are still there are found: header gone, pages zeroed, cut off, random bytes, no log, nothing but the log.
R-03  What is missing is said: files with who has them; with these files nothing is missing any more.
R-04  The broken file is not changed, and a file without any answer makes no new store.
R-05  Long texts that go on in other pages come back whole.
R-06  What others sent stays theirs: where nothing is known of its file any more, it counts as unsigned.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iscm_desktop.cli import main
from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.rescue.rescue import rescue
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_rescue import rescue_store
from tests.support.workspaces import NAME, STORY, answer, exported, merge, opened, text_at

NOW = datetime(2027, 6, 1, tzinfo=UTC)
LONG = "A long story, told again. " * 1500


def _story(respondent: str) -> str:
    return LONG if respondent == "igc" else f"The story of {respondent}, " * 30


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a coordinator's store, its log as a killed program leaves it, and the mail received."""
    folder = tmp_path_factory.mktemp("lived-in")
    (folder / "mail").mkdir()
    with opened(folder, "ministry") as ministry:
        for respondent in ("igc", "rcm", *(f"r{number}" for number in range(12))):
            response = ministry.responses.start("small", respondent)
            answer(
                ministry,
                response,
                name=f"Name of {respondent}",
                fee="yes",
                chf="120000",
                story=_story(respondent),
            )
            exported(ministry, response, folder / "mail" / f"{respondent}.iscm")
    with opened(folder, "coordinator") as coordinator:
        merge(coordinator, folder / "mail")
        own = coordinator.responses.start("small", "own")
        answer(coordinator, own, name="Ours", story="Łódź")
        exported(coordinator, own, folder / "own.iscm")
        answer(coordinator, own, name="Being typed")
        for end in ("", "-wal"):
            shutil.copyfile(f"{coordinator.store}{end}", folder / f"broken.iscmdb{end}")
    return folder


@pytest.fixture
def broken(lived_in: Path, tmp_path: Path) -> Path:
    for end in ("", "-wal"):
        shutil.copyfile(lived_in / f"broken.iscmdb{end}", tmp_path / f"broken.iscmdb{end}")
    return tmp_path / "broken.iscmdb"


@pytest.fixture
def in_one_file(broken: Path) -> Path:
    """The same, the log put into the file."""
    with closing(sqlite3.connect(broken)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("PRAGMA journal_mode = DELETE")
    return broken


def ids(store: Path) -> set[str]:
    with closing(sqlite3.connect(store)) as db:
        return {id_ for (id_,) in db.execute("SELECT id FROM revision")}


def test_of_a_sound_file_everything_comes_back(
    broken: Path, lived_in: Path, tmp_path: Path
) -> None:
    report = rescue(broken, tmp_path / "new.iscmdb", {}, NOW)
    assert (report.responses, report.missing_files, report.missing_parents, report.drafts) == (15, (), 0, 1)
    assert report.unplaced == {}
    assert ids(tmp_path / "new.iscmdb") == ids(lived_in / "coordinator.iscmdb")
    with Workspace.open(tmp_path / "new.iscmdb") as workspace:
        rows = {row.respondent: row.id for row in workspace.response_list.all()}
        assert text_at(workspace, rows["igc"], STORY) == LONG
        assert text_at(workspace, rows["own"], NAME) == "Being typed"
        report = workspace.verification.verify(with_signatures=True)
        assert (report.findings, report.packages, report.seals) == ((), 14, 15)


def test_what_others_sent_does_not_become_ours(
    in_one_file: Path, tmp_path: Path, lived_in: Path
) -> None:
    sent = brought(in_one_file)
    data = bytearray(in_one_file.read_bytes())
    zero_header(data)
    in_one_file.write_bytes(data)
    rescue(in_one_file, tmp_path / "new.iscmdb", {}, NOW)
    assert brought(tmp_path / "new.iscmdb") == sent
    with closing(sqlite3.connect(tmp_path / "new.iscmdb")) as db:
        assert db.execute("SELECT DISTINCT trust FROM package").fetchall() == [("unsigned",)]


def brought(store: Path) -> set[str]:
    with closing(sqlite3.connect(store)) as db:
        return {id_ for (id_,) in db.execute("SELECT id FROM revision WHERE package IS NOT NULL")}


def zero_header(data: bytearray) -> None:
    data[:100] = bytes(100)


def zero_page_headers(data: bytearray) -> None:
    """Of the pages of trees; in the others every byte is somebody's text."""
    for at in range(0, len(data), 4096):
        if data[at] in (0x02, 0x05, 0x0A, 0x0D) and data[at + 1 : at + 3] == b"\0\0":
            data[at : at + 8] = bytes(8)


def zero_every_third_page(data: bytearray) -> None:
    for at in range(0, len(data), 3 * 4096):
        data[at : at + 4096] = bytes(len(data[at : at + 4096]))


def cut_short(data: bytearray) -> None:
    """The first half of so small a store is mostly empty tables."""
    del data[len(data) * 3 // 5 :]


def cut_the_beginning(data: bytearray) -> None:
    del data[: 4096 * 2 + 77]


def random_bytes(data: bytearray) -> None:
    chance = random.Random(7)
    for _ in range(len(data) // 500):
        data[chance.randrange(len(data))] = chance.randrange(256)


@pytest.mark.parametrize(
    ("spoil", "least"),
    [
        (zero_header, 1.0),
        (zero_page_headers, 1.0),
        (zero_every_third_page, 0.2),
        (cut_short, 0.04),
        (cut_the_beginning, 0.3),
        (random_bytes, 0.2),
    ],
)
def test_whatever_is_still_there_is_found(
    in_one_file: Path, tmp_path: Path, lived_in: Path, spoil: Callable[[bytearray], None], least: float
) -> None:
    before = ids(in_one_file)
    data = bytearray(in_one_file.read_bytes())
    spoil(data)
    in_one_file.write_bytes(data)
    done = rescue_store(in_one_file, tmp_path / "new.iscmdb", [lived_in / "mail", lived_in / "own.iscm"])
    assert done.report.revisions + sum(done.report.unplaced.values()) >= least * len(before)
    assert ids(tmp_path / "new.iscmdb") == before
    assert in_one_file.read_bytes() == data


def test_without_its_log_and_with_nothing_but_it(
    broken: Path, lived_in: Path, tmp_path: Path
) -> None:
    whole = ids(lived_in / "coordinator.iscmdb")
    log = Path(f"{broken}-wal")
    kept = log.read_bytes()
    assert len(kept) > 4096
    broken.write_bytes(b"")
    only_log = rescue(broken, tmp_path / "from-log.iscmdb", {}, NOW)
    assert ids(tmp_path / "from-log.iscmdb") <= whole
    assert only_log.revisions > 0


def test_what_is_missing_is_named_with_who_has_it(in_one_file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(in_one_file)) as db, db:
        db.execute("PRAGMA secure_delete = ON")
        db.execute("DELETE FROM revision WHERE value = 'Name of rcm'")
    with closing(sqlite3.connect(in_one_file)) as db:
        db.execute("VACUUM")
    report = rescue(in_one_file, tmp_path / "new.iscmdb", {}, NOW)
    (missing,) = report.missing_files
    assert (missing.file_name, missing.sender, missing.respondent) == ("rcm.iscm", "Ministry", "rcm")
    assert missing.found == missing.revisions - 1


def test_without_any_answer_there_is_no_new_store(tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(b"Dear coordinator, " * 500)
    with pytest.raises(IscmError) as raised:
        rescue(tmp_path / "letter", tmp_path / "new.iscmdb", {}, NOW)
    assert raised.value.problem is StoreProblem.NOTHING_RESCUED
    assert not (tmp_path / "new.iscmdb").exists()


def test_on_the_command_line(
    in_one_file: Path, lived_in: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = bytearray(in_one_file.read_bytes())
    zero_header(data)
    in_one_file.write_bytes(data)
    new = tmp_path / "new.iscmdb"
    assert main(["rescue", str(in_one_file), "-o", str(new), "--against", str(lived_in / "mail")]) == 1
    said = capsys.readouterr().out
    assert "Rescued into" in said
    assert "list of responses could not be read whole" in said  # so whether all is here, nobody can tell
    assert main(["verify", "--store", str(new)]) == 0


def test_what_cannot_be_told_to_be_missing_is_said(
    in_one_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that was cut short has lost the lists by which anybody could say what is missing."""
    data = in_one_file.read_bytes()
    cut = tmp_path / "cut.iscmdb"
    for share in (3, 5, 7):
        cut.write_bytes(data[: len(data) * share // 8 // 4096 * 4096])
        target = tmp_path / f"{share}.iscmdb"
        assert main(["rescue", str(cut), "-o", str(target)]) == 1
        said = capsys.readouterr()
        if target.exists():
            assert "could not be read whole" in said.out
        else:
            assert "No answer could be found" in said.err
