"""Readers that are not ours, kept beside the formats: plain Python, and they come to the same.

F-01  Every golden package, of each version of the format, is read: as many revisions, ids and heads as ours.
F-02  A package with one changed byte is refused by both, or says the same to both.
F-03  A store is verified without us; a changed answer and a lost one are named.
F-04  The reader of packages stays within what one sits down to read: 150 lines.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError
from iscm_desktop.exchange.package.package_reader import open_package, read_package
from iscm_desktop.store.objects.revision_set import root_of
from tests.support.lived_in import lived_in_store

ROOT = Path(__file__).resolve().parents[3]
FORMATS = ROOT / "docs" / "formats"
GOLDEN = sorted((ROOT / "tests" / "data").glob("package-*.iscm"))


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived_in_store(tmp_path_factory.mktemp("lived-in"))


def run(script: str, path: Path) -> tuple[int, str]:
    """Exit code and output, in a Python that knows no library but its own."""
    command = [sys.executable, "-I", "-S", "-c", RUN, str(FORMATS), script, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert not done.stderr
    return done.returncode, done.stdout


RUN = "import sys, runpy; sys.path.insert(0, sys.argv[1]); sys.stdout.reconfigure(encoding='utf-8'); " + (
    "script = sys.argv.pop(2); del sys.argv[1]; runpy.run_path(sys.path[0] + '/' + script, run_name='__main__')"
)


def test_there_are_packages_of_each_version() -> None:
    assert len(GOLDEN) >= 4


@pytest.mark.parametrize("package", GOLDEN, ids=lambda path: path.name)
def test_a_golden_package_is_read(package: Path) -> None:  # F-01
    code, told = run("read_package.py", package)
    read = read_package(open_package(package))
    assert code == 0
    assert f"{len(read.revisions)} revisions, all sound" in told
    answers = {one.path for one in read.revisions.values() if one.kind == "answer"}
    assert {
        line.split()[1].rstrip(":") for line in told.splitlines() if line.startswith("answer ")
    } == answers


def test_what_is_written_today_says_its_root(lived_in: Path) -> None:  # F-01
    for package in (lived_in.parent / "mail").iterdir():
        read = read_package(open_package(package))
        assert read.manifest.counts.root == root_of(read.revisions)
        assert run("read_package.py", package)[0] == 0


@pytest.mark.parametrize("seed", range(8))
def test_a_changed_byte_is_refused(seed: int, tmp_path: Path) -> None:  # F-02
    chance = random.Random(seed)
    data = bytearray(GOLDEN[0].read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    changed = tmp_path / "changed.iscm"
    changed.write_bytes(data)
    try:
        ours = len(read_package(open_package(changed)).revisions)
    except IscmError:
        ours = 0
    code, told = run("read_package.py", changed)
    assert code in (0, 1)
    if ours:
        assert f"{ours} revisions, all sound" in told


def test_a_store_is_verified_without_us(lived_in: Path, tmp_path: Path) -> None:  # F-03
    assert run("verify_store.py", lived_in)[0] == 0
    store = tmp_path / "store.iscmdb"
    store.write_bytes(lived_in.read_bytes())
    with closing(sqlite3.connect(store)) as db, db:
        assert db.execute("UPDATE revision SET value = '121001' WHERE value = '121000'").rowcount == 1
    code, told = run("verify_store.py", store)
    assert code == 1
    assert "changed: answer about/chf" in told
    assert "again.iscm" in told


def test_the_reader_is_short() -> None:  # F-04
    assert len((FORMATS / "read_package.py").read_text(encoding="utf-8").splitlines()) <= 150
