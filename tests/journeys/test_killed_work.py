"""Power cuts at bad moments: nothing acknowledged is lost, nothing half-done stays.

F-01 Killed while merging: each file is merged whole or not at all; merging again completes the rest.
F-02 Killed while exporting: the file is whole, the one from before or the new one; what was typed is there.
F-03 Killed while backing up: every backup with a name is sound; so is the store.
F-04 Killed while migrating: the store is at the old version or at the new one, with all that it held.
F-05 The next start says what was interrupted, once, and removes half-written files.

`ISCM_FAULT_RUNS=60` (per kind) is the nightly number; each kind prints how its runs ended.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from iscm_desktop.exchange.merging.merge_plan import MergePlan
from iscm_desktop.exchange.package.package_reader import open_package, read_package
from iscm_desktop.store.database import store_version
from iscm_desktop.store.database.store_version import VERSIONS
from iscm_desktop.store.objects.items import revisions_of
from iscm_desktop.workspace import Workspace
from tests.support.faults import RUNS, Tell, assert_sound, assert_summed_up, killed, report
from tests.support.workspaces import STORY, Ticking, answer, exported, merge, opened, text_at

FILES = 24

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Packages of different respondents, among them some who sent twice."""
    folder = tmp_path_factory.mktemp("pile")
    files = []
    with opened(folder, "anna") as workspace:
        for number in range(FILES * 2 // 3):
            response = workspace.responses.start("small", f"r{number}")
            answer(workspace, response, name=f"Respondent {number}", story="word " * 400, fee="no")
            files.append(exported(workspace, response, folder / f"{number:02}-a.iscm"))
            if number % 2:
                answer(workspace, response, story=f"another story {number}")
                files.append(exported(workspace, response, folder / f"{number:02}-b.iscm"))
    return files


def test_killed_while_merging(pile: list[Path], tmp_path: Path) -> None:
    """F-01, F-05."""
    ended: Counter[str] = Counter()
    with opened(tmp_path, "reference") as reference:
        merge(reference, *pile)
        whole = {row.id: text_at(reference, row.id, STORY) for row in reference.response_list.all()}
    for seed in range(RUNS):
        opened(tmp_path, f"store{seed}").close()
        store = tmp_path / f"store{seed}.iscmdb"

        def act(tell: Tell, store: Path = store) -> None:
            with Workspace.open(store, clock=Ticking()) as workspace:
                plan = workspace.packages.plan(pile)
                tell("planned")
                for part in range(0, len(pile), 4):  # several merges, so that some have been acknowledged
                    report = workspace.packages.apply(_part(plan, part))
                    tell([file.digest for file in report.files])

        said, has_ended = killed(act, Random(seed).random() * 0.45)
        assert_sound(store)
        with Workspace.open(store, clock=Ticking()) as workspace:
            held = _held(workspace)
            assert {digest for told in said if isinstance(told, list) for digest in told} <= held.keys()
            for path in pile:
                package = read_package(open_package(path))
                if package.digest in held:
                    assert package.revisions.keys() <= held[package.digest]
            assert_summed_up(workspace)
            spoke = bool(workspace.interrupted)
            merge(workspace, *pile)
            assert {
                row.id: text_at(workspace, row.id, STORY) for row in workspace.response_list.all()
            } == whole
        with Workspace.open(store) as workspace:
            assert workspace.interrupted == ()
        ended["had ended" if has_ended else "killed, and said so" if spoke else "killed between merges"] += 1
    report("merging", ended)


def _part(plan: MergePlan, part: int) -> MergePlan:
    return MergePlan(plan.files[part : part + 4])


def _held(workspace: Workspace) -> dict[str, set[str]]:
    """By digest of a package that was merged, the revisions of its response."""
    with workspace._database.read() as db:
        packages = db.run_text("SELECT digest, subject FROM package")
        return {digest: set(revisions_of(db, subject)) for digest, subject in packages}


def test_killed_while_exporting(tmp_path: Path) -> None:
    """F-02, F-05."""
    ended: Counter[str] = Counter()
    with opened(tmp_path, "store") as workspace:
        response = workspace.responses.start("small", "igc")
        store = workspace.store
    target = tmp_path / "out" / "igc.iscm"
    for seed in range(RUNS):

        def act(tell: Tell, seed: int = seed) -> None:
            with Workspace.open(store) as workspace:
                for turn in range(1000):
                    answer(workspace, response, story=f"{seed}.{turn} " + "word " * 200)
                    tell(f"{seed}.{turn}")
                    exported(workspace, response, target)
                    tell(target.stat().st_size)

        said, _has_ended = killed(act, 0.02 + Random(seed).random() * 0.2)
        assert_sound(store)
        with Workspace.open(store) as workspace:
            told = [one for one in said if isinstance(one, str)]
            if told:
                assert _turn(text_at(workspace, response, STORY)) >= _turn(told[-1])
            spoke = bool(workspace.interrupted)
        if any(isinstance(one, int) for one in said) or target.exists():
            read_package(open_package(target))
        assert [file.name for file in tmp_path.rglob("*.part")] == []
        ended["killed, and said so" if spoke else "killed between exports"] += 1
    report("exporting", ended)


def _turn(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split()[0].split("."))


def test_killed_while_backing_up(pile: list[Path], tmp_path: Path) -> None:
    """F-03, F-05."""
    ended: Counter[str] = Counter()
    with opened(tmp_path, "store") as workspace:
        merge(workspace, *pile)
        store, folder, responses = (
            workspace.store,
            workspace.backups.folder,
            len(workspace.response_list.all()),
        )

    def act(tell: Tell) -> None:
        with Workspace.open(store) as workspace:
            for _turn in range(1000):
                tell(str(workspace.backups.make()))

    for seed in range(RUNS):
        said, _has_ended = killed(act, 0.005 + Random(seed).random() * 0.1)
        assert_sound(store)
        with Workspace.open(store) as workspace:
            spoke = bool(workspace.interrupted)
        kept = sorted(folder.glob("*.iscmdb"))
        assert [path for path in folder.glob("*") if path not in kept] == []  # no -journal, no half copy
        assert {Path(str(one)) for one in said[-5:]} <= set(kept)
        for copy in kept:
            assert_sound(copy)
        if kept:
            shutil.copy(kept[-1], tmp_path / "restored.iscmdb")
            with Workspace.open(tmp_path / "restored.iscmdb") as restored:
                assert len(restored.response_list.all()) == responses
        assert [file.name for file in tmp_path.rglob("*.part")] == []
        ended["killed, and said so" if spoke else "killed between backups"] += 1
    report("backing up", ended)


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store from before the first migration, with something in it, that this program knows how to upgrade."""
    path = tmp_path / "older.iscmdb"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        raw.execute("CREATE TABLE kept_from_before (note TEXT)")
        raw.executemany("INSERT INTO kept_from_before VALUES (?)", [("word " * 500,)] * 500)
    monkeypatch.setattr(store_version, "VERSIONS", ("", *VERSIONS))
    return path


def test_killed_while_migrating(older: Path, tmp_path: Path) -> None:
    """F-04."""
    from iscm_desktop.store.database import sqlite_engine, upgrade

    assert sqlite_engine
    assert upgrade  # imported before the children are born, who then spend their lives migrating
    ended: Counter[str] = Counter()
    for seed in range(RUNS):
        store = tmp_path / f"store{seed}.iscmdb"
        shutil.copy(older, store)

        def act(_tell: Tell, store: Path = store) -> None:
            Workspace.open(store).close()

        _said, has_ended = killed(act, Random(seed).random() * 0.12)
        with closing(sqlite3.connect(store)) as raw:
            tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            is_new = raw.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
        assert ("revision" in tables) == ("draft" in tables) == is_new
        with Workspace.open(store) as workspace:
            assert workspace.response_list.all() == ()
            with workspace._database.read() as db:
                assert db.run_text("SELECT count(*) FROM kept_from_before") == [(500,)]
        assert_sound(store)
        assert not list(tmp_path.glob("*.part*"))
        ended[
            "had ended" if has_ended else "killed, at the new version" if is_new else "killed, at the old"
        ] += 1
    report("migrating", ended)
