"""Which round is followed after a merge: the same in window and command line, for both ask here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.exchange.merging.merge_plan import MergeReport
from iscm_desktop.presenters.followed_round import follow_answers
from iscm_desktop.workspace import Workspace


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "coordinator.iscmdb") as workspace:
        yield workspace


def merge_answers_of(round_: str, workspace: Workspace, folder: Path) -> MergeReport:
    """A file that the IGC sent for this round."""
    with Workspace.open(folder / f"{round_}.iscmdb") as theirs:
        theirs.rounds.start(round_, f"Assessment {round_}")
        theirs.exports.export(theirs.responses.start("iscm", "igc"), folder / f"{round_}.iscm")
    return merge_files(workspace, folder / f"{round_}.iscm")


def merge_files(workspace: Workspace, *files: Path) -> MergeReport:
    return workspace.packages.apply(workspace.packages.plan(files))


def followed(workspace: Workspace) -> str:
    row = workspace.rounds.followed()
    assert row is not None
    return row.code


def test_an_empty_store_follows_nothing(coordinator: Workspace) -> None:
    assert follow_answers(coordinator, merge_files(coordinator)) is None
    assert coordinator.rounds.followed() is None


def test_an_empty_round_is_left_for_that_of_the_answers(coordinator: Workspace, tmp_path: Path) -> None:
    coordinator.rounds.start("2026", "Assessment 2026")
    moved_to = follow_answers(coordinator, merge_answers_of("2031", coordinator, tmp_path))
    assert moved_to is not None
    assert (moved_to.code, followed(coordinator)) == ("2031", "2031")


def test_a_round_with_answers_is_not_left(coordinator: Workspace, tmp_path: Path) -> None:
    assert follow_answers(coordinator, merge_answers_of("2027", coordinator, tmp_path)) is None
    assert follow_answers(coordinator, merge_answers_of("2031", coordinator, tmp_path)) is None
    assert followed(coordinator) == "2027"


def test_a_round_stays_where_nothing_came_in(coordinator: Workspace, tmp_path: Path) -> None:
    """Neither a file that is refused nor answers that were here before move anybody to another round."""
    merge_answers_of("2027", coordinator, tmp_path)
    coordinator.rounds.start("2028", "Assessment 2028")
    junk = tmp_path / "junk.iscm"
    junk.write_bytes(b"junk")
    for file in (junk, tmp_path / "2027.iscm"):
        assert follow_answers(coordinator, merge_files(coordinator, file)) is None
        assert followed(coordinator) == "2028"
