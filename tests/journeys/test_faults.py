"""Power cuts and full disks at bad moments: nothing acknowledged is lost, nothing half-done stays.

F-01 Killed while merging: each file is merged whole or not at all; merging again completes the rest.
F-02 Killed while exporting: the file is whole, the one from before or the new one; what was typed is there.
F-03 Killed while backing up: every backup with a name is sound; so is the store.
F-04 Killed while migrating: the store is at the old version or at the new one, with all that it held.
F-05 The next start says what was interrupted, once, and removes half-written files.
F-06 Disk full, or the folder read only: said in words; what was saved is there, and work goes on once there
     is room.
F-07 A store that another process has is left alone.
F-08 A clock that is set back loses and reorders nothing.

`ISCM_FAULT_RUNS=60` (per kind) is the nightly number; each kind prints how its runs ended.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.exchange.merging.merge_plan import MergePlan
from iscm_desktop.exchange.package.package_reader import open_package, read_package
from iscm_desktop.store.database import store_version
from iscm_desktop.store.database.store_version import VERSIONS
from iscm_desktop.store.objects.heads import states
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import NAME, STORY, Ticking, answer, exported, merge, opened, text_at

RUNS = int(os.environ.get("ISCM_FAULT_RUNS", "4"))
FILES = 24

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL, and no limit on files")

Tell = Callable[[object], None]


# the harness


def killed(act: Callable[[Tell], None], after_s: float) -> tuple[list[object], bool]:
    """Runs `act` in a child that is killed; gives what it told before, and whether it had ended by itself."""
    context = multiprocessing.get_context("fork")
    hear, tell = context.Pipe(duplex=False)
    child = context.Process(target=_live, args=(act, tell), daemon=True)
    child.start()
    tell.close()
    assert hear.poll(30), "the child never began"
    assert hear.recv() == "begun"
    child.join(after_s)
    has_ended = child.exitcode is not None
    if not has_ended:
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join()
    assert child.exitcode in (0, -signal.SIGKILL)
    said: list[object] = []
    try:
        while hear.poll():
            said.append(hear.recv())
    except (EOFError, OSError):
        pass
    return said, has_ended


def _live(act: Callable[[Tell], None], tell: Connection) -> None:
    tell.send("begun")
    act(tell.send)


def assert_sound(store: Path) -> None:
    with closing(sqlite3.connect(store)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


def assert_summed_up(workspace: Workspace) -> None:
    """What follows from the revisions is what they come to, for every response."""
    with workspace._database.read() as db:
        for row in workspace.response_list.all():
            assert items_of(db, row.id) == states(revisions_of(db, row.id))


def report(kind: str, ended: Counter[str]) -> None:
    line = ", ".join(f"{count} {how}" for how, count in sorted(ended.items()))
    sys.stdout.write(f"\n{kind}: {sum(ended.values())} runs: {line}\n")


# killed


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
        assert not list(tmp_path.glob("*.part"))
        ended[
            "had ended" if has_ended else "killed, at the new version" if is_new else "killed, at the old"
        ] += 1
    report("migrating", ended)


# disks


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A file system of `size` bytes where we may make one; otherwise a limit on the size of files."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    if os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0:
        try:
            yield folder
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield folder
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def fill(folder: Path) -> Path:
    """Takes up the room that is left; where only files are limited, as much as one file may have."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    return filler


def test_a_full_disk(tmp_path: Path) -> None:
    """F-06: typing, exporting, merging and backing up on a disk without room, and then with room again."""
    with opened(tmp_path, "elsewhere") as elsewhere:
        packages = []
        for number in range(6):
            other = elsewhere.responses.start("small", f"r{number}")
            answer(elsewhere, other, story="word " * 20_000 + str(number))
            packages.append(exported(elsewhere, other, tmp_path / f"{number}.iscm"))
    with small_disk(tmp_path / "disk", 3 << 20) as disk, opened(disk, "store") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="kept")
        workspace.warm_up()
        filler = fill(disk)
        session = workspace.responses.open_session(response)
        session.answer(STORY, "word " * 100_000)
        problems = set()
        with pytest.raises(IscmError) as refused:
            workspace.responses.save(response, session)
        problems.add(refused.value.problem)
        with pytest.raises(IscmError) as refused:
            workspace.backups.make()
        problems.add(refused.value.problem)
        with pytest.raises(IscmError) as refused:
            workspace.packages.apply(workspace.packages.plan(packages))
        problems.add(refused.value.problem)
        assert problems <= {Problem.STORE_NOT_WRITTEN, Problem.BACKUP_NOT_MADE, Problem.FILE_NOT_WRITTEN}
        assert text_at(workspace, response, NAME) == "kept"
        assert [file.name for file in disk.rglob("*.part")] == []
        filler.unlink()
        session.answer(STORY, "shorter, once there is room")
        workspace.responses.save(response, session)
        exported(workspace, response, disk / "igc.iscm")
        assert set(merge(workspace, *packages[:2])) == {"new"}
        assert text_at(workspace, response, STORY) == "shorter, once there is room"
        assert_summed_up(workspace)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Root may write anywhere but on a file system that is mounted so."""
    if os.geteuid() == 0:
        bind = ["mount", "--bind", str(folder), str(folder)]
        if subprocess.run(bind, capture_output=True, check=False).returncode:
            pytest.skip("root may write anywhere, and may not mount here")
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        try:
            yield
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        return
    folder.chmod(0o500)
    try:
        yield
    finally:
        folder.chmod(0o700)


def test_a_read_only_folder(tmp_path: Path) -> None:
    """F-06: a store that cannot be opened, and a file that cannot be written; both as they were."""
    folder = tmp_path / "folder"
    folder.mkdir()
    with opened(folder, "store") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="kept")
        store = workspace.store
    bytes_before = store.read_bytes()
    with read_only(folder), pytest.raises(IscmError) as refused:
        Workspace.open(store)
    assert refused.value.problem is Problem.STORE_NOT_OPENED
    assert store.read_bytes() == bytes_before
    target = tmp_path / "target"
    target.mkdir()
    with Workspace.open(store) as workspace:
        exported(workspace, response, target / "igc.iscm")
        before = (target / "igc.iscm").read_bytes()
        answer(workspace, response, name="changed")
        with read_only(target), pytest.raises(IscmError) as refused:
            exported(workspace, response, target / "igc.iscm")
        assert refused.value.problem is Problem.FILE_NOT_WRITTEN
        assert [file.name for file in target.iterdir()] == ["igc.iscm"]
        assert (target / "igc.iscm").read_bytes() == before
        assert text_at(workspace, response, NAME) == "changed"
    with Workspace.open(store) as workspace:
        assert workspace.interrupted == ()


def test_a_store_that_another_process_has(tmp_path: Path) -> None:
    """F-07."""
    with opened(tmp_path, "store") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="kept")
        done = subprocess.run(
            [sys.executable, "-m", "iscm_desktop.cli", "--store", str(workspace.store), "new",
             "--questionnaire", "iscm", "--respondent", "pidc"],
            cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (1, "")
        assert "Another copy of the program" in done.stderr
        answer(workspace, response, story="and goes on")
        assert len(workspace.response_list.all()) == 1


def test_a_clock_that_is_set_back(tmp_path: Path) -> None:
    """F-08: parents put answers in order, times only inform."""
    clock = Ticking(datetime(2027, 3, 1, 9, tzinfo=UTC))
    with opened(tmp_path, "anna", clock=clock) as anna, opened(tmp_path, "bela") as bela:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="first")
        early = exported(anna, response, tmp_path / "early.iscm")
        clock.now -= timedelta(days=400)
        answer(anna, response, name="second")
        late = exported(anna, response, tmp_path / "late.iscm")
        assert merge(bela, late) == ["new"]
        assert merge(bela, early) == ["same"]
        assert text_at(bela, response, NAME) == "second"
        assert bela.conflicts.unsettled() == ()
        assert [row.text for row in bela.conflicts.history(response, NAME) if row.is_current] == ["second"]
        assert anna.backups.make_if_due() is not None
    with Workspace.open(tmp_path / "anna.iscmdb", clock=clock) as anna:
        assert text_at(anna, response, NAME) == "second"
