"""A store on a PostgreSQL server: several coordinators at once, the same content as in a file.

D-01  Two processes that start on an empty database at the same time make its tables once.
D-02  Coordinators merge and settle at once; the outcome is that of one who did all of it in a file.
D-03  A store copied from a file to a server and back has changed in nothing.
D-04  What somebody else was typing at the same answer stays in its history.
D-05  Addresses that lead nowhere, and stores of newer programs, are refused in words.
D-06  The password of an address is shown nowhere.
D-07  The migrations make there what the models say.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint

from iscm_desktop.errors import IscmError, Problem, StoreProblem
from iscm_desktop.store.database.tables import Record
from iscm_desktop.store.objects.items import items_of
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_transfer import copy_store
from tests.core.workspace.test_own_questionnaires import workbook
from tests.support.postgres import Server
from tests.support.workspaces import NAME, STORY, answer, content, exported, merge, opened, text_at

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What belongs to this computer lies beside the test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def address(postgres: Server) -> str:
    return postgres.new_database()


def coordinator(address: str, name: str, folder: Path) -> subprocess.Popen[str]:
    """Another process that merges all files of a folder one by one, and settles whatever it finds."""
    command = [sys.executable, "-m", "tests.core.store.coordinator", address, name, str(folder)]
    home = {"XDG_DATA_HOME": str(folder.parent / f"home of {name}")}
    return subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **home, "PYTHONPATH": str(ROOT)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def files_of_two_ministries(folder: Path, respondents: int) -> list[Path]:
    """Files of the same respondents from two sides, whose stories contradict each other."""
    folder.mkdir()
    files = []
    for name in ("anna", "bela"):
        with opened(folder.parent, name) as workspace:
            for number in range(respondents):
                response = workspace.responses.start("small", f"r{number}")
                answer(workspace, response, name="agreed", story=f"{name} tells {number}")
                files.append(exported(workspace, response, folder / f"{number:02}-{name}.iscm"))
    return files


def test_coordinators_at_once(address: str, tmp_path: Path) -> None:
    """D-01, D-02: three processes, each with all the files."""
    files = files_of_two_ministries(tmp_path / "files", 8)
    running = [coordinator(address, name, tmp_path / "files") for name in ("chen", "dina", "emil")]
    said = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said
    with Workspace.open(address) as shared, opened(tmp_path, "alone") as alone:
        assert shared.conflicts.unsettled() == ()
        assert len(shared.operations.merges()) == 3 * len(files)
        merge(alone, *files)
        assert len(alone.conflicts.unsettled()) == 8
        for row in shared.response_list.all():
            settled = exported(shared, row.id, tmp_path / "settled.iscm")
            assert text_at(shared, row.id, STORY).startswith("settled by ")
            merge(alone, settled)
            with shared._database.read() as there, alone._database.read() as here:
                assert items_of(there, row.id) == items_of(here, row.id)
        assert alone.conflicts.unsettled() == ()
        assert {row.id for row in alone.response_list.all()} == {row.id for row in shared.response_list.all()}


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a file holds, row by row."""
    with closing(sqlite3.connect(path)) as raw:
        found = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = [name for (name,) in found if not name.startswith("sqlite_")]  # its own statistics
        return {name: sorted(raw.execute(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608


def test_a_store_goes_to_a_server_and_back(address: str, tmp_path: Path) -> None:
    """D-03."""
    files = files_of_two_ministries(tmp_path / "files", 3)
    with opened(tmp_path, "start") as start:
        merge(start, *files)
        start.operations.take_back(start.operations.merges()[0].id)
        merge(start, files[0])
        own = start.responses.start("small", "igc")
        answer(start, own, name="being typed", story="“quotes”, عربي, 中文, '; DROP TABLE item; --")
        start.notes.put(own, NAME, "a note")
    rows = copy_store(str(tmp_path / "start.iscmdb"), address)
    assert rows == copy_store(address, str(tmp_path / "back.iscmdb"))
    assert tables(tmp_path / "start.iscmdb") == tables(tmp_path / "back.iscmdb")
    with Workspace.open(address) as shared, Workspace.open(tmp_path / "start.iscmdb") as start:
        assert shared.response_list.all() == start.response_list.all()
        assert [row.merged for row in shared.operations.merges()] == [
            row.merged for row in start.operations.merges()
        ]
        assert merge(shared, *files) == merge(start, *files)
        packages = [exported(one, own, tmp_path / f"{one.is_shared}.iscm") for one in (shared, start)]
        lines = [content(package)["revisions.jsonl"] for package in packages]
        assert isinstance(lines[0], bytes)
        assert len(lines[0].splitlines()) == len(set(lines[0].splitlines()))
    with pytest.raises(IscmError) as refused:
        copy_store(str(tmp_path / "start.iscmdb"), address)
    assert refused.value.problem is StoreProblem.COPY_TARGET_TAKEN


def test_a_backup_is_a_store_in_a_file(address: str, tmp_path: Path) -> None:
    with opened(tmp_path, "", address=address) as shared:
        response = shared.responses.start("small", "igc")
        answer(shared, response, name="kept")
        made = shared.backups.make(tmp_path / "backup.iscmdb")
        assert shared.backups.make_if_due() is None
    with Workspace.open(made) as copy:
        assert text_at(copy, response, NAME) == "kept"
    assert [file.name for file in tmp_path.glob("*.part*")] == []


def test_two_people_at_the_same_answer(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """D-04: neither is lost; the later one is shown."""
    with opened(tmp_path, "", address=address) as chen:
        chen.set_person("Chen", "IOM")
        response = chen.responses.start("small", "igc")
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "another computer"))
        with Workspace.open(address) as dina:
            assert dina.device != chen.device
            dina.set_person("Dina", "IOM")
            answer(chen, response, name="typed by Chen")
            answer(dina, response, name="typed by Dina")
            assert chen.person.name == "Chen"
            assert text_at(chen, response, NAME) == "typed by Dina"
            said = {row.text: row.author for row in chen.conflicts.history(response, NAME)}
            assert "Chen" in said["typed by Chen"]
            assert "Dina" in said["typed by Dina"]


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ("mysql://somewhere/else", StoreProblem.SHARED_ADDRESS),
        ("postgresql+psycopg://", StoreProblem.SHARED_ADDRESS),
        ("postgresql+psycopg://me:secret@/nothing?host=/nowhere", StoreProblem.SHARED_UNREACHABLE),
    ],
)
def test_addresses_that_lead_nowhere(wrong: str, problem: Problem) -> None:
    """D-05, D-06."""
    with pytest.raises(IscmError) as refused:
        Workspace.open(wrong)
    assert refused.value.problem is problem
    assert "secret" not in str(refused.value)


def test_a_newer_shared_store_is_refused(address: str) -> None:
    """D-05."""
    with Workspace.open(address) as shared, shared._database.write() as db:
        db.run_text("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(IscmError) as refused:
        Workspace.open(address)
    assert refused.value.problem is StoreProblem.STORE_TOO_NEW


def test_an_older_shared_store_goes_on_with_the_questionnaires_that_it_had(
    address: str, tmp_path: Path
) -> None:
    """D-07."""
    with Workspace.open(address) as shared:
        shared.rounds.start("2027", "Assessment 2027")
        shared.questionnaires.add(workbook(tmp_path))
        with shared._database.write() as db:
            db.run_text("DROP TABLE taken_questionnaire")
            db.run_text("UPDATE alembic_version SET version_num = '0001'")
    with Workspace.open(address) as shared:
        assert shared.responses.start("visits", "A ministry")
        shared.received_questionnaires.set_aside("visits")
        (row,) = shared.received_questionnaires.all()
        assert row.responses == 1
        shared.received_questionnaires.take_over(row)
        assert shared.received_questionnaires.all() == ()


def test_the_command_line_takes_an_address(address: str, tmp_path: Path) -> None:
    """D-06."""
    with opened(tmp_path, "start") as start:
        start.responses.start("small", "igc")
    program = [sys.executable, "-m", "iscm_desktop.cli"]
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    copied = subprocess.run(
        [*program, "store", "copy", str(tmp_path / "start.iscmdb"), address],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "nothing changed" in copied.stdout
    made = subprocess.run(
        [*program, "--store", address, "new", "--questionnaire", "iscm", "--respondent", "igc", "--json"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    with Workspace.open(address) as shared:
        assert {row.respondent for row in shared.response_list.all()} == {"igc"}
        assert any(row.id in made.stdout for row in shared.response_list.all())


def test_the_migrations_make_what_the_models_say(address: str) -> None:
    """D-07: tables, columns, types, keys and indexes, as Alembic compares them."""
    with Workspace.open(address) as shared, shared._database.read() as db:
        context = MigrationContext.configure(db.sql, opts={"compare_type": True})
        assert compare_metadata(context, Record.metadata) == []
        checks = {name for (name,) in db.run_text("SELECT conname FROM pg_constraint WHERE contype = 'c'")}
    named = {
        str(constraint.name)
        for table in Record.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert named <= checks
