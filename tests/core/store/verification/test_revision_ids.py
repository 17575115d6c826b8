"""Ids of revisions recomputed from what a store's file holds.

I-01  A sound store is sound, whatever is typed in it.
I-02  A changed byte in any column of a revision's content is found, and named with whose answer it is.
I-03  What is no text any more, or of another type, is found like a changed byte.
I-04  Where a page cannot be read, what lies around it is still judged, and what cannot be read is named.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from iscm_desktop.store.verification import revision_ids
from iscm_desktop.store.verification.revision_ids import verify_ids
from tests.support.workspaces import CHF, answer, exported, opened

COLUMNS = ("subject", "id", "kind", "path", "value", "parents", "author", "device", "made_at")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A copy of a ministry's store with two responses, one of them changed after an export."""
    with opened(tmp_path, "ministry") as ministry:
        for respondent in ("igc", "rcm"):
            response = ministry.responses.start("small", respondent)
            answer(ministry, response, name="The IGC", fee="yes", chf="120000", story="Łódź \U0001f30d\n")
            exported(ministry, response, tmp_path / f"{respondent}.iscm")
            answer(ministry, response, chf="130000")
            exported(ministry, response, tmp_path / f"{respondent}.iscm")
        return ministry.backups.make(tmp_path / "copy.iscmdb")


def change(store: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(store)) as db, db:
        assert db.execute(statement, values).rowcount == 1


def test_a_sound_store_is_sound(store: Path) -> None:  # I-01
    found = verify_ids(store)
    assert found.is_sound
    with closing(sqlite3.connect(store)) as db:
        assert found.total == db.execute("SELECT count(*) FROM revision").fetchone()[0] > 10


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_text_is_found(store: Path, column: str) -> None:  # I-02
    change(
        store,
        f"UPDATE revision SET {column} = {column} || ? WHERE path = ? AND parents = '' AND subject ="  # noqa: S608
        " (SELECT id FROM response WHERE respondent = 'igc')",
        "0",
        CHF,
    )
    (damaged,) = verify_ids(store).damaged
    assert damaged.author.startswith("Ministry")
    assert damaged.path.startswith(CHF)


@pytest.mark.parametrize("spoilt", [b"\xc3(", b"130000", 130000, None])
def test_what_is_no_text_any_more_is_found(store: Path, spoilt: object) -> None:  # I-03
    before = verify_ids(store).total
    change(
        store,
        "UPDATE revision SET value = CAST(? AS BLOB) WHERE value = '120000' AND subject ="
        " (SELECT id FROM response WHERE respondent = 'igc')",
        spoilt,
    )
    found = verify_ids(store)
    assert found.total == before
    assert [one.path for one in found.damaged] == [CHF]


def test_what_cannot_be_read_is_named(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # I-04
    with opened(tmp_path, "large") as ministry:
        for number in range(12):
            response = ministry.responses.start("small", f"r{number}")
            answer(ministry, response, name="x" * 3000, story="y" * 3000)
            exported(ministry, response, tmp_path / "any.iscm")
        copy = ministry.backups.make(tmp_path / "large-copy.iscmdb")
    with closing(sqlite3.connect(copy)) as db:
        whole = db.execute("SELECT count(*) FROM revision").fetchone()[0]
    data = bytearray(copy.read_bytes())
    for page in range(4096, len(data), 4096 * 3):
        if b"y" * 500 in data[page : page + 4096]:
            data[page : page + 8] = b"\xff" * 8
    copy.write_bytes(data)
    monkeypatch.setattr(revision_ids, "_AT_ONCE", 3)
    found = verify_ids(copy)
    assert found.unreadable or found.damaged
    assert 0 < found.total <= whole
    assert not found.is_sound
