"""A whole store verified.

V-01  What the program writes is whole: typed, exported, merged, contradicted, settled, taken back and put back.
V-02  A row of the truth that was changed or deleted is named with whose it is and which file has it.
V-03  What follows from the truth is compared with it; stale rows are named as what can be rebuilt.
V-04  The log of operations is in order: a changed, deleted or inserted row is named.
V-05  A parent that a file never held is explained by that file being here whole.
V-06  Damage to the file itself is a finding, never an error.
V-07  A value of another type than its column has is named, whichever column it is: one bit makes bytes of a text.
V-08  An error that nobody foresaw, with a damaged store behind it, is told as damage.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.verification.findings import FindingKind, VerificationReport
from iscm_desktop.store.verification.store_reader import reading_file
from iscm_desktop.store.verification.verification import verify
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.verification_service import verify_file
from tests.support.lived_in import lived_in_store
from tests.support.workspaces import CHF, answer, exported, merge, opened


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived_in_store(tmp_path_factory.mktemp("lived-in"))


@pytest.fixture
def store(lived_in: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "store.iscmdb"
    copy.write_bytes(lived_in.read_bytes())
    return copy


def verified(store: Path) -> VerificationReport:
    with reading_file(store) as reader:
        return verify(reader)


def change(store: Path, statement: str) -> None:
    with closing(sqlite3.connect(store)) as db, db:
        assert db.execute(statement).rowcount >= 1


def test_what_the_program_writes_is_whole(lived_in: Path) -> None:  # V-01
    report = verified(lived_in)
    assert report.findings == ()
    assert report.is_whole
    assert report.revisions == report.revisions_good > 10
    assert report.packages == report.packages_good == 4
    assert report.operations == report.operations_good > 5


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE revision SET value = '121001' WHERE value = '121000'", FindingKind.REVISION_CHANGED),
        ("DELETE FROM revision WHERE value = '121000'", FindingKind.PACKAGE_INCOMPLETE),
        ("DELETE FROM revision WHERE value = 'IGC, renamed'", FindingKind.REVISION_MISSING),
        ("DELETE FROM revision WHERE value = 'IGC, as we know it'", FindingKind.REVISION_MISSING),
        ("UPDATE package SET root = digest WHERE number = 1", FindingKind.PACKAGE_INCOMPLETE),
        ("UPDATE package SET sender = 'Somebody' WHERE number = 1", FindingKind.OPERATION_CHANGED),
        ("UPDATE package SET subject = (SELECT max(id) FROM subject)", FindingKind.OPERATION_CHANGED),
        ("DELETE FROM package_revision", FindingKind.PACKAGE_INCOMPLETE),
        ("UPDATE item SET value = '1' WHERE path = 'about/chf'", FindingKind.PRESENT_STALE),
        ("DELETE FROM item WHERE path = 'about/chf'", FindingKind.PRESENT_STALE),
        (
            "UPDATE item SET is_conflict = NOT is_conflict WHERE path = 'about/name'",
            FindingKind.PRESENT_STALE,
        ),
        ("UPDATE response SET conflicts = conflicts + 1", FindingKind.FIGURES_STALE),
        ("UPDATE response SET content = everything", FindingKind.FIGURES_STALE),
        ("UPDATE response SET respondent = 'xyz' WHERE respondent = 'igc'", FindingKind.IDENTITY_CHANGED),
        ("UPDATE revision SET is_hidden = 1 WHERE value = 'IGC, renamed'", FindingKind.VIEW_STALE),
        ("UPDATE revision SET is_hidden = 0 WHERE is_hidden", FindingKind.VIEW_STALE),
        ("UPDATE operation SET person = 'Somebody' WHERE number = 2", FindingKind.OPERATION_CHANGED),
        ("UPDATE operation SET outcome = 'stopped' WHERE number = 1", FindingKind.OPERATION_CHANGED),
        ("DELETE FROM operation WHERE kind = 'resolve'", FindingKind.OPERATION_CHANGED),
        ("UPDATE operation_file SET newer = newer + 1", FindingKind.OPERATION_CHANGED),
        ("DELETE FROM operation_file WHERE operation = 2", FindingKind.OPERATION_CHANGED),
        ("UPDATE questionnaire SET source = source || ' '", FindingKind.QUESTIONNAIRE_CHANGED),
        ("UPDATE draft SET made_at = 'yesterday'", FindingKind.DRAFT_UNREADABLE),
        ("UPDATE subject SET kind = 'summary'", FindingKind.IDENTITY_CHANGED),
        ("DELETE FROM questionnaire", FindingKind.REFERENCE_BROKEN),
        ("DROP INDEX ix_package_revision_subject", FindingKind.SCHEMA_CHANGED),
    ],
)
def test_each_row_that_is_not_as_it_was_is_named(
    store: Path, statement: str, kind: FindingKind
) -> None:  # V-02, V-03, V-04
    if statement.startswith("DROP"):
        with closing(sqlite3.connect(store)) as db:
            db.execute(statement)
    else:
        change(store, statement)
    assert kind in {finding.kind for finding in verified(store).findings}


def test_a_changed_answer_is_named_for_people(store: Path) -> None:  # V-02
    change(store, "UPDATE revision SET value = '121001' WHERE value = '121000'")
    report = verified(store)
    (changed,) = [one for one in report.findings if one.kind is FindingKind.REVISION_CHANGED]
    assert (changed.path, changed.text, changed.file_name) == (CHF, "121001", "again.iscm")
    assert changed.respondent
    assert changed.author.startswith("Ministry")
    assert changed.sender == "Ministry"
    assert report.revisions_good == report.revisions - 1


def test_damage_to_the_file_is_a_finding(store: Path) -> None:  # V-06
    data = bytearray(store.read_bytes())
    at = data.index(b"UNHCR") // 4096 * 4096
    data[at : at + 8] = b"\xff" * 8
    store.write_bytes(data)
    assert not verified(store).is_whole


PAGE = 4096


def opened_if_it_can_be(store: Path) -> Workspace | None:
    """None where too much is broken to open it, which is said to be damage."""
    try:
        return Workspace.open(store)
    except IscmError as error:
        if error.problem is StoreProblem.STORE_DAMAGED:
            return None
        raise


def test_wherever_a_page_is_zeroed_the_open_store_is_verified_and_names_it(
    store: Path, tmp_path: Path
) -> None:  # V-06
    data = store.read_bytes()
    for at in range(2 * PAGE, len(data), PAGE):
        broken = tmp_path / f"{at}.iscmdb"
        broken.write_bytes(data[:at] + bytes(PAGE) + data[at + PAGE :])
        assert not verify_file(broken).is_whole
        workspace = opened_if_it_can_be(broken)
        if workspace is None:
            continue
        with workspace:
            report = workspace.verification.verify(with_signatures=True)
            assert not report.is_whole
            last = workspace.verification.last()
            assert last is not None
            assert last.findings == len(report.findings)


def test_answers_that_cannot_be_read_are_told_of_whose_they_are(store: Path) -> None:  # V-06
    data = bytearray(store.read_bytes())
    at = data.index(b"Told again") // PAGE * PAGE
    data[at : at + PAGE] = bytes(PAGE)
    store.write_bytes(data)
    findings = verified(store).findings
    unreadable = [one for one in findings if one.kind is FindingKind.REVISIONS_UNREADABLE]
    assert unreadable
    assert all(one.respondent for one in unreadable)
    assert len(set(findings)) == len(findings)
    kinds = [one.kind for one in findings]
    damaged = kinds.count(FindingKind.FILE_DAMAGED)
    assert kinds[len(kinds) - damaged :] == [FindingKind.FILE_DAMAGED] * damaged  # whose answers come first


def test_a_parent_that_a_file_never_held_is_explained(tmp_path: Path) -> None:  # V-05
    with opened(tmp_path, "ministry") as ministry:
        response = ministry.responses.start("small", "igc")
        answer(ministry, response, name="Secret", fee="no")
        exported(ministry, response, tmp_path / "first.iscm")
        answer(ministry, response, name="The IGC")
        edition = ministry.public_exports.export(response, tmp_path / "public.iscm").path
    with opened(tmp_path, "reader") as reader:
        merge(reader, edition)
        assert verified(reader.backups.make(tmp_path / "copy.iscmdb")).findings == ()


def text_columns(store: Path) -> list[tuple[str, str]]:
    """Of each table but those of SQLite, the columns in which some row has a text."""
    with closing(sqlite3.connect(store)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [
            (table, column)
            for table in tables
            if not table.startswith(("sqlite_", "alembic"))
            for _at, column, *_rest in db.execute(f'PRAGMA table_info("{table}")')
            if db.execute(f'SELECT count(*) FROM "{table}" WHERE typeof("{column}") = \'text\'').fetchone()[0]  # noqa: S608 - names of our own tables
        ]


def test_bytes_in_the_place_of_a_text_are_named(lived_in: Path, tmp_path: Path) -> None:  # V-07
    unnoticed = []
    for table, column in text_columns(lived_in):
        store = tmp_path / f"{table}-{column}.iscmdb"
        store.write_bytes(lived_in.read_bytes())
        with closing(sqlite3.connect(store)) as db, db:
            db.execute("PRAGMA ignore_check_constraints = ON")
            db.execute(f'UPDATE "{table}" SET "{column}" = cast("{column}" AS BLOB)')  # noqa: S608 - likewise
        if verified(store).is_whole:
            unnoticed.append((table, column))
    assert unnoticed == []


def test_an_unforeseen_error_with_damage_behind_it_is_told_as_damage(store: Path) -> None:  # V-08
    with pytest.raises(ZeroDivisionError), Workspace.open(store):
        _ = 1 / 0  # the store is whole: the defect is ours
    change(store, "UPDATE package SET file_name = cast(file_name AS BLOB)")
    with pytest.raises(IscmError) as told, Workspace.open(store):
        _ = 1 / 0
    assert told.value.problem is StoreProblem.STORE_DAMAGED
