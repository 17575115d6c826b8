"""Merging a file again puts back what of it is damaged or gone.

H-01  A changed answer is replaced by the undamaged one; what the damaged row said is told.
H-02  Deleted revisions come back, and what follows from them is as it was.
H-03  Another file that holds the same revisions heals as well, for an id says what belongs there.
H-04  What the store remembers of a file is put right from the file.
H-05  A sound file that is merged again changes nothing and heals nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from iscm_desktop.exchange.merging.merge_plan import FileReport
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.store.verification.findings import VerificationReport
from iscm_desktop.store.verification.store_reader import reading_file
from iscm_desktop.store.verification.verification import verify
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import CHF, answer, exported, opened, text_at


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """What a ministry sent twice, the second time with another fee."""
    with opened(tmp_path, "ministry") as ministry:
        response = ministry.responses.start("small", "igc")
        answer(ministry, response, name="The IGC", fee="yes", chf="120000")
        first = exported(ministry, response, tmp_path / "first.iscm")
        answer(ministry, response, chf="130000")
        return [first, exported(ministry, response, tmp_path / "second.iscm")]


@pytest.fixture
def coordinator(tmp_path: Path, files: list[Path]) -> Iterator[Workspace]:
    with opened(tmp_path, "coordinator") as workspace:
        reports(workspace, *files)
        yield workspace


def reports(workspace: Workspace, *files: Path) -> list[FileReport]:
    found = workspace.packages.apply(workspace.packages.plan(files)).merged
    return list(found)


def damage(workspace: Workspace, *statements: str) -> None:
    with closing(sqlite3.connect(workspace.store)) as db, db:
        for statement in statements:
            assert db.execute(statement).rowcount >= 1


def verified(workspace: Workspace, tmp_path: Path) -> VerificationReport:
    copy = tmp_path / "copied.iscmdb"
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(workspace.store)) as db, closing(sqlite3.connect(copy)) as into:
        db.backup(into)
    with reading_file(copy) as store:
        return verify(store)


def test_a_changed_answer_is_replaced(
    coordinator: Workspace, files: list[Path], tmp_path: Path
) -> None:  # H-01
    damage(coordinator, "UPDATE revision SET value = '999' WHERE value = '130000'")
    assert not verified(coordinator, tmp_path).is_whole
    (report,) = reports(coordinator, files[1])
    assert report.healed == 1
    assert "999" in explain(report)
    assert verified(coordinator, tmp_path).findings == ()


def test_deleted_revisions_come_back(
    coordinator: Workspace, files: list[Path], tmp_path: Path
) -> None:  # H-02
    response = coordinator.response_list.all()[0].id
    damage(
        coordinator,
        "DELETE FROM package_revision",
        "DELETE FROM revision WHERE value IN ('120000', '130000', 'yes')",
        "DELETE FROM item WHERE path = 'about/chf'",
    )
    found = reports(coordinator, *files)
    assert sum(report.healed for report in found) == 3
    assert text_at(coordinator, response, CHF) == "130000"
    assert verified(coordinator, tmp_path).findings == ()


def test_another_file_heals_too(coordinator: Workspace, tmp_path: Path) -> None:  # H-03
    with opened(tmp_path, "ministry") as ministry:
        response = ministry.response_list.all()[0].id
        answer(ministry, response, story="More to say")
        third = exported(ministry, response, tmp_path / "third.iscm")
    damage(coordinator, "UPDATE revision SET value = CAST(x'c328' AS TEXT) WHERE value = '120000'")
    (report,) = reports(coordinator, third)
    assert (report.healed, report.new) == (1, 1)
    assert verified(coordinator, tmp_path).findings == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE package SET root = digest",
        "UPDATE package SET revisions = revisions + 1",
        "DELETE FROM package_revision",
        "UPDATE revision SET package = 3 - package WHERE value = '130000'",
        "UPDATE revision SET package = NULL",
    ],
)
def test_what_is_remembered_of_a_file_is_put_right(
    coordinator: Workspace, files: list[Path], tmp_path: Path, statement: str
) -> None:  # H-04
    damage(coordinator, statement)
    assert not verified(coordinator, tmp_path).is_whole
    reports(coordinator, *files)
    assert verified(coordinator, tmp_path).findings == ()


def test_a_sound_file_changes_nothing(coordinator: Workspace, files: list[Path]) -> None:  # H-05
    again = reports(coordinator, *files)
    assert [(one.healed, one.is_healing, one.result.value) for one in again] == [(0, False, "same")] * 2
    assert all("merged before" in explain(one) for one in again)
