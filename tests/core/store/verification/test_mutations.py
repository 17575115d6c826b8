"""Random changes and deletions of rows and bytes, in a store and in the files that it received.

M-01  A changed or deleted row of what is covered is named by verifying, whichever column it is.
M-02  After the received files are merged again, every revision that they brought is there and is what it was.
M-03  A changed byte of the store's file is named, or changes nothing of what is covered.
M-04  A changed byte of a received file refuses it, or changes nothing of what is read from it.
M-05  None of it ends in anything but findings or a sentence.

docs/verification.md lists what is covered. ISCM_MUTATIONS draws more than the usual number, always the same ones.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError
from iscm_desktop.exchange.package.package_reader import open_package, read_package
from iscm_desktop.exchange.trust.seal_check import check_seals_of_store
from iscm_desktop.store.verification.findings import VerificationReport
from iscm_desktop.store.verification.store_reader import reading_file
from iscm_desktop.store.verification.verification import verify
from iscm_desktop.workspace import Workspace
from tests.support.lived_in import lived_in_store

DRAWN = int(os.environ.get("ISCM_MUTATIONS", "60"))

COVERED = {
    "revision": (
        "subject", "id", "kind", "path", "value", "parents", "author", "device", "made_at", "package", "is_hidden",
        "seal",
    ),
    "package": ("number", "digest", "subject", "file_name", "sender", "read_at", "revisions", "root"),
    "package_revision": ("package", "revision", "subject"),
    "operation": (
        "number", "kind", "started_at", "person", "device", "parameters", "about", "outcome", "ended_at", "digest",
        "closing",
    ),
    "operation_file": (
        "operation", "position", "package", "file_name", "result", "new", "same", "newer", "conflicts",
    ),
    "operation_refusal": (
        "operation", "position", "file_name", "origin", "within", "problem", "particulars", "form_id", "respondent",
        "respondent_name", "language", "sender", "address", "mail_subject", "mail_id", "mail_language",
    ),
    "operation_revision": ("operation", "revision", "subject"),
    "item": ("subject", "kind", "path", "value", "heads", "is_conflict"),
    "response": (
        "id", "round", "form_id", "respondent", "conflicts", "content", "everything", "signed_content", "rests_on",
    ),
    "questionnaire": ("hash", "source"),
    "subject": ("id", "kind"),
    "seal": ("number", "subject", "device", "signature", "members"),
}  # fmt: skip
FOUND_BY_CHAIN_ONLY = "number < (SELECT max(number) FROM operation)"
"""The newest operation has none after it that would miss it."""


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived_in_store(tmp_path_factory.mktemp("lived-in"))


@pytest.fixture
def store(lived_in: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(lived_in, tmp_path / "store.iscmdb"))


def verified(store: Path) -> VerificationReport:
    with reading_file(store) as reader:
        return verify(reader, seals=check_seals_of_store)


def content(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is covered, as bytes where it is text."""
    with closing(sqlite3.connect(store)) as db:
        db.text_factory = bytes
        return {
            table: sorted(db.execute(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)  # noqa: S608
            for table, columns in COVERED.items()
        }


def spoilt(value: object, chance: random.Random) -> object:
    """Another value of the same type."""
    if isinstance(value, int):
        return 1 - value if value in (0, 1) else value + chance.choice((-1, 1))
    if value is None:
        return chance.choice((1, "x"))
    text = str(value)
    if not text:
        return "x"
    at = chance.randrange(len(text))
    return text[:at] + chance.choice([each for each in "0aZ é" if each != text[at]]) + text[at + 1 :]


def change_row(db: sqlite3.Connection, chance: random.Random) -> str:
    """Changes one column of one row, or deletes the row; says which."""
    table = chance.choice(list(COVERED))
    is_found = FOUND_BY_CHAIN_ONLY if table == "operation" else "1"
    found = db.execute(f"SELECT * FROM {table} WHERE {is_found}")  # noqa: S608 - our own names
    names = [column[0] for column in found.description]
    row = dict(zip(names, chance.choice(found.fetchall()), strict=True))
    keys = [name for name in names if row[name] is not None]
    where = " AND ".join(f"{name} = :{name}" for name in keys)
    if chance.random() < 0.4:
        db.execute(f"DELETE FROM {table} WHERE {where}", row)  # noqa: S608 - our own names
        return f"{table}: deleted {row}"
    column = chance.choice(COVERED[table])
    new = spoilt(row[column], chance)
    if column in ("package", "about", "seal", "number") and not isinstance(new, int):
        new = 1
    db.execute(f"UPDATE {table} SET {column} = :new WHERE {where}", {**row, "new": new})  # noqa: S608
    return f"{table}.{column}: {row[column]!r} -> {new!r}"


@pytest.mark.parametrize("seed", range(DRAWN))
def test_a_changed_row_is_named(store: Path, seed: int, lived_in: Path, tmp_path: Path) -> None:  # M-01, M-02
    chance = random.Random(seed)
    before = content(store)
    with closing(sqlite3.connect(store)) as db:
        try:
            what = change_row(db, chance)
            db.commit()
        except sqlite3.IntegrityError:  # two rows would be one
            pytest.skip("the database refuses it")
    if content(store) == before:
        pytest.skip("what was written is the same")
    report = verified(store)
    assert report.findings, what
    if what.startswith(("revision: deleted", "revision.")) and seed % 5 == 0:
        with Workspace.open(store) as workspace:
            workspace.verification.repair([lived_in.parent / "mail"])
        assert brought(store) >= brought(lived_in)


def brought(store: Path) -> set[str]:
    """Revisions that files brought, and that are what their ids name."""
    with closing(sqlite3.connect(store)) as db:
        ids = {id_ for (id_,) in db.execute("SELECT id FROM revision WHERE package IS NOT NULL")}
        ids |= {id_ for (id_,) in db.execute("SELECT revision FROM package_revision")}
    with reading_file(store) as reader:
        return ids - {one.revision for one in verify(reader).findings}


@pytest.mark.parametrize("seed", range(DRAWN))
def test_a_changed_byte_of_the_store_is_named(store: Path, seed: int) -> None:  # M-03, M-05
    chance = random.Random(seed)
    before = content(store)
    data = bytearray(store.read_bytes())
    for _ in range(chance.choice((1, 1, 1, 20))):
        data[chance.randrange(100, len(data))] ^= 1 << chance.randrange(8)
    store.write_bytes(data)
    report = verified(store)
    if report.is_whole:
        assert content(store) == before
    usable(store)


def usable(store: Path) -> None:
    """Opens, lists and looks: what comes of it is a result or a sentence."""
    try:
        with Workspace.open(store) as workspace:
            for row in workspace.response_list.all():
                workspace.responses.open_session(row.id)
            workspace.operations.rows()
    except IscmError as problem:
        said = str(problem)
    else:
        return
    assert any(words in said for words in ("damaged", "not a store", "newer version", "Nothing was"))


@pytest.mark.parametrize("seed", range(DRAWN))
def test_a_changed_byte_of_a_file_refuses_it(lived_in: Path, seed: int, tmp_path: Path) -> None:  # M-04
    chance = random.Random(seed)
    file = chance.choice(sorted((lived_in.parent / "mail").iterdir()))
    was = read_package(open_package(file))
    data = bytearray(file.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    changed = tmp_path / "changed.iscm"
    changed.write_bytes(data)
    try:
        read = read_package(open_package(changed))
    except IscmError:
        return
    assert (read.revisions, read.manifest) == (was.revisions, was.manifest)
