"""Packages of format 1.1 with what is not for publication and with last round's answers: read as they were."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.exchange.package.package_reader import open_package, read_package
from iscm_desktop.exchange.package.package_writer import revision_lines
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import CHF, NAME, PARTNER, STORY, merge

DATA = Path(__file__).parents[2] / "data"
WHOLE, PUBLIC = DATA / "package-1.1-second-round.iscm", DATA / "package-1.1-public.iscm"


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "coordinator.iscmdb") as workspace:
        yield workspace


def test_the_whole_package(coordinator: Workspace) -> None:
    assert merge(coordinator, WHOLE) == ["new"]
    (row,) = coordinator.response_list.all()
    assert not row.is_public
    assert [one.label for one in coordinator.restrictions.rows(row.id)] == ["Story", "Partner"]
    last = coordinator.last_round.answers(row.id)
    assert (last.round, last.answers[NAME]) == ("2019", "IGC then")
    since = {one.path: one.since.value for one in coordinator.last_round.changes(row.id)}
    assert (since[NAME], since[CHF], since[STORY]) == ("changed", "changed", "new")


def test_its_public_edition(coordinator: Workspace) -> None:
    plan = coordinator.packages.plan([PUBLIC])
    assert "2 answers are left out" in explain(plan.files[0])
    coordinator.packages.apply(plan)
    (row,) = coordinator.response_list.all()
    session = coordinator.responses.open_session(row.id)
    assert row.is_public
    assert (session.view(CHF).text, session.view(STORY).text) == ("120000", "")
    assert [session.view(f"{one.path}/who").text for one in session.repeat(PARTNER).entries] == ["UNHCR"]
    assert merge(coordinator, WHOLE) == ["newer"]
    assert not coordinator.response_list.row(row.id).is_public


@pytest.mark.parametrize("file", [WHOLE, PUBLIC], ids=["whole", "public"])
def test_they_are_written_as_they_were(file: Path) -> None:
    opened = open_package(file)
    assert revision_lines(read_package(opened).revisions) == opened.members["revisions.jsonl"]
