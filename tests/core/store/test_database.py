"""Opening a store: made when new, upgraded after a copy, refused in words, held by one process at a time.

S-01  A second start on the same store says so and changes nothing.
S-02  A store that is newer than the program, damaged or something else is refused in words, unchanged.
S-03  A new store, the migrations and the models agree in columns, keys and checks; what is written after the
      models is up to date.
S-04  Opening a store that is up to date imports neither Alembic nor SQLAlchemy, nor what only revisions need.
S-05  Before an upgrade the file is copied.
S-06  A reader sees one moment, a writer all that was written before; neither sees half an action.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from iscm_desktop.errors import IscmError, Problem, StoreProblem
from iscm_desktop.store import schema_script
from iscm_desktop.store.database import store_version, upgrade
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.database.opening import open_database
from iscm_desktop.store.database.store_version import VERSIONS
from iscm_desktop.store.database.tables import Record, SettingRecord


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.iscmdb"
    open_database(path).close()
    return path


def refusal(path: Path) -> Problem:
    before = path.read_bytes()
    with pytest.raises(IscmError) as refused:
        open_database(path)
    assert path.read_bytes() == before
    return refused.value.problem


def test_a_second_start_says_that_the_store_is_in_use(store: Path) -> None:
    """S-01."""
    database = open_database(store)
    assert refusal(store) is StoreProblem.STORE_IN_USE
    opening = f"from iscm_desktop.workspace import Workspace; Workspace.open({str(store)!r})"
    other = subprocess.run([sys.executable, "-c", opening], capture_output=True, text=True, check=False)
    assert "Another copy of the program is using the store" in other.stderr
    database.close()
    open_database(store).close()


def test_a_refused_store_is_let_go(store: Path) -> None:
    """S-02: mended, it opens, without a restart of the program."""
    whole = store.read_bytes()
    store.write_bytes(b"no database" * 100)
    assert refusal(store) is StoreProblem.STORE_NOT_OURS
    store.write_bytes(whole)
    open_database(store).close()


def test_a_newer_store_is_refused(store: Path) -> None:
    """S-02."""
    with closing(sqlite3.connect(store)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    assert refusal(store) is StoreProblem.STORE_TOO_NEW


def test_a_damaged_store_is_refused(store: Path) -> None:
    """S-02: the table of tables is overwritten."""
    data = bytearray(store.read_bytes())
    data[100:4000] = b"\xff" * 3900
    store.write_bytes(bytes(data))
    assert refusal(store) is StoreProblem.STORE_DAMAGED


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    """S-02."""
    path = tmp_path / "contacts.db"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE contact (name TEXT)")
    assert refusal(path) is StoreProblem.STORE_NOT_OURS


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    """S-02."""
    tmp_path.chmod(0o500)
    with pytest.raises(IscmError) as refused:
        open_database(tmp_path / "store.iscmdb")
    assert refused.value.problem is StoreProblem.STORE_NOT_OPENED


def test_a_folder_in_the_stores_place_is_refused(tmp_path: Path) -> None:
    """S-02."""
    (tmp_path / "store.iscmdb").mkdir()
    with pytest.raises(IscmError) as refused:
        open_database(tmp_path / "store.iscmdb")
    assert refused.value.problem is StoreProblem.STORE_NOT_OPENED


def test_connections_are_durable(store: Path) -> None:
    database = open_database(store)
    with database.write() as db:
        pragmas = [db.run_text(f"PRAGMA {name}") for name in ("synchronous", "foreign_keys", "journal_mode")]
    database.close()
    assert pragmas == [[(2,)], [(1,)], [("wal",)]]


def test_a_window_that_looks_does_not_wait_for_a_merge(store: Path) -> None:
    database = open_database(store)

    def look() -> str | None:
        return database.settings.value("a")

    with database.write() as db, ThreadPoolExecutor(max_workers=1) as window:
        db.run_text("INSERT INTO setting VALUES ('a', 'b')")
        assert window.submit(look).result(timeout=5) is None
    assert look() == "b"
    database.close()


def half_an_action_in_two_ways(database: Database) -> None:
    with database.write() as db:
        db.run_text("INSERT INTO setting VALUES ('a', 'b')")
        assert db.sql.execute(select(SettingRecord.value)).scalars().all() == ["b"]
        db.sql.execute(insert(SettingRecord).values(key="c", value="d"))
        assert len(db.run_text("SELECT * FROM setting")) == 2
        _ = 1 / 0


def test_prepared_and_other_queries_are_one_transaction(store: Path) -> None:
    """What one of them wrote the other sees, and both go if the action fails."""
    database = open_database(store)
    for _turn in range(2):  # SQLAlchemy comes in in the middle of the first, and is there in the second
        with pytest.raises(ZeroDivisionError):
            half_an_action_in_two_ways(database)
        with database.read() as db:
            assert db.run_text("SELECT * FROM setting") == []
    database.close()


def half_an_action(database: Database) -> None:
    with database.write() as db:
        db.run_text("INSERT INTO setting VALUES ('a', 'b')")
        _ = 1 / 0


def test_a_failed_action_leaves_nothing(store: Path) -> None:
    database = open_database(store)
    with pytest.raises(ZeroDivisionError):
        half_an_action(database)
    with database.read() as db:
        assert db.run_text("SELECT * FROM setting") == []
    database.close()


def test_opening_needs_the_sqlite_module_only(store: Path) -> None:
    """S-04."""
    opening = (
        "import sys; from pathlib import Path; from iscm_desktop.workspace import Workspace;"
        f"w = Workspace.open(Path({str(store)!r}));"
        "w.rounds.all(); w.response_list.all(); w.person; w.rounds.current(); w.close();"
        "print([name for name in ('sqlalchemy', 'alembic', 'pyxform', 'openpyxl', 'reportlab', 'pikepdf',"
        " 'uharfbuzz', 'msgspec') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", opening], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def shape(statements: list[str]) -> dict[str, set[str]]:
    """Columns and constraints of each table, and each index, whatever their order and layout."""
    found: dict[str, set[str]] = {}
    for statement in statements:
        text = " ".join(statement.split())
        if created := re.fullmatch(r"CREATE TABLE (\w+) \( ?(.*?) ?\)", text):
            parts = re.split(r", (?![^(]*\))", created[2])
            found[created[1]] = {part.replace(" (", "(").strip() for part in parts}
        elif "INDEX" in text:
            found[text] = set()
    return found


def statements(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return [sql for (sql,) in raw.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]


def test_schema_is_the_same_three_ways(store: Path, tmp_path: Path) -> None:
    """S-03."""
    migrated = tmp_path / "migrated.iscmdb"
    upgrade.migrate(migrated)
    dialect = sqlite.dialect()
    modelled = [str(CreateTable(table).compile(dialect=dialect)) for table in Record.metadata.tables.values()]
    modelled += [
        str(CreateIndex(index).compile(dialect=dialect))
        for table in Record.metadata.tables.values()
        for index in table.indexes
    ]
    by_models = shape(modelled)
    by_migrations = shape(statements(migrated))
    by_script = shape(statements(store))
    version = by_migrations.pop("alembic_version")
    assert by_script.pop("alembic_version") == version
    assert by_models == by_migrations == by_script
    assert any("CHECK" in part for parts in by_models.values() for part in parts)


def test_what_is_written_after_the_tables_is_up_to_date() -> None:
    """S-03: `python -m iscm_desktop.store.schema_script` was run after the last change."""
    assert schema_script.FIRST_MIGRATION.read_text(encoding="utf-8") == schema_script.first_migration()
    assert store_version.schema() == schema_script.migrated_schema()
    assert schema_script.PREPARED.read_text(encoding="utf-8") == schema_script.prepared_queries()


def test_the_program_knows_all_its_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrade.MIGRATIONS))
    revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(revisions)) == VERSIONS


def test_migrations_import_nothing_of_ours() -> None:
    for file in upgrade.MIGRATIONS.rglob("*.py"):
        assert "iscm_desktop" not in file.read_text(encoding="utf-8")


def test_an_older_store_is_copied_then_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S-05: from a store that Alembic knows and that has no table yet, as before the first migration."""
    path = tmp_path / "store.iscmdb"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        raw.execute("CREATE TABLE kept_from_before (note TEXT)")
    monkeypatch.setattr(store_version, "VERSIONS", ("", *VERSIONS))
    opened = open_database(path)
    with opened.read() as db:
        assert db.run_text("SELECT * FROM revision") == []
    opened.close()
    copy = path.with_name("store.before-.iscmdb")
    assert [statement.split()[2] for statement in statements(copy)] == ["alembic_version", "kept_from_before"]


def test_a_store_whose_program_was_killed_opens_with_all_of_its_log(store: Path, tmp_path: Path) -> None:
    """The write-ahead log of a program that could not close belongs to the store."""
    running = open_database(store)
    with running.write() as db:
        db.run_text("INSERT INTO setting VALUES ('last', 'word')")
    left = tmp_path / "left.iscmdb"
    left.write_bytes(store.read_bytes())
    left.with_name("left.iscmdb-wal").write_bytes(store.with_name("store.iscmdb-wal").read_bytes())
    running.close()
    reopened = open_database(left)
    assert reopened.settings.value("last") == "word"
    reopened.close()


def test_whoever_reads_sees_one_moment(store: Path) -> None:
    """S-06: a setting that changes between two queries of one transaction stays as it was in the second."""
    with closing(open_database(store)) as opened, opened.read() as db:
        query = "SELECT count(*) FROM setting WHERE key = 'later'"
        before = db.run_text(query)
        opened.settings.put("later", "word")
        assert db.run_text(query) == before


def test_writers_take_turns(store: Path) -> None:
    """S-06: the second waits until the first has ended, and sees what it wrote."""
    inside, seen = Event(), []

    def second() -> None:
        inside.set()
        with opened.write() as db:
            seen.extend(db.run_text("SELECT value FROM setting WHERE key = 'turn'"))

    with closing(open_database(store)) as opened:
        with opened.write() as db:
            waiting = Thread(target=second)
            waiting.start()
            assert inside.wait(5)
            db.run_text("INSERT INTO setting VALUES ('turn', 'first')")
            assert not seen
        waiting.join(5)
        assert [tuple(row) for row in seen] == [("first",)]


def test_a_store_whose_making_was_interrupted_is_made(tmp_path: Path) -> None:
    """Killed while SQLite changes the first page: what is beside the file takes that back, and then all begins."""
    whole, path = tmp_path / "whole.iscmdb", tmp_path / "store.iscmdb"
    with closing(sqlite3.connect(whole, isolation_level=None)) as raw:
        raw.execute("PRAGMA application_id = 7")
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("PRAGMA application_id = 8")
        raw.execute("PRAGMA cache_spill = 1")
        raw.execute("PRAGMA cache_size = 1")
        raw.execute("CREATE TABLE filler (text TEXT)")
        raw.execute(
            "INSERT INTO filler VALUES (zeroblob(400000))"
        )  # more than fits: some of it goes to the file
        path.write_bytes(whole.read_bytes())
        (tmp_path / "store.iscmdb-journal").write_bytes((tmp_path / "whole.iscmdb-journal").read_bytes())
        raw.execute("ROLLBACK")
    with closing(open_database(path)) as database, database.read() as db:
        assert db.run_text("SELECT count(*) FROM revision") == [(0,)]
    assert not (tmp_path / "store.iscmdb-journal").exists()
