"""Which round is followed after a merge: the same in window and command line, for both ask here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.presenters.followed_round import follow_answers
from iscm_desktop.workspace import Workspace


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "coordinator.iscmdb") as workspace:
        yield workspace


def merge_answers_of(round_: str, workspace: Workspace, folder: Path) -> None:
    """A file that the IGC sent for this round."""
    with Workspace.open(folder / f"{round_}.iscmdb") as theirs:
        theirs.rounds.start(round_, f"Assessment {round_}")
        theirs.exports.export(theirs.responses.start("iscm", "igc"), folder / f"{round_}.iscm")
    workspace.packages.apply(workspace.packages.plan([folder / f"{round_}.iscm"]))


def followed(workspace: Workspace) -> str:
    row = workspace.rounds.followed()
    assert row is not None
    return row.code


def test_an_empty_store_follows_nothing(coordinator: Workspace) -> None:
    assert follow_answers(coordinator) is None
    assert coordinator.rounds.followed() is None


def test_an_empty_round_is_left_for_that_of_the_answers(coordinator: Workspace, tmp_path: Path) -> None:
    coordinator.rounds.start("2026", "Assessment 2026")
    merge_answers_of("2031", coordinator, tmp_path)
    moved_to = follow_answers(coordinator)
    assert moved_to is not None
    assert (moved_to.code, followed(coordinator)) == ("2031", "2031")


def test_a_round_with_answers_is_not_left(coordinator: Workspace, tmp_path: Path) -> None:
    merge_answers_of("2027", coordinator, tmp_path)
    assert follow_answers(coordinator) is None
    merge_answers_of("2031", coordinator, tmp_path)
    assert follow_answers(coordinator) is None
    assert followed(coordinator) == "2027"


def test_a_round_stays_where_nothing_came_in(coordinator: Workspace) -> None:
    coordinator.rounds.start("2026", "Assessment 2026")
    assert follow_answers(coordinator) is None
    assert followed(coordinator) == "2026"
