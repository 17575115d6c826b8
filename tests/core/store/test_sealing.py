"""What a person types becomes revisions that continue all that the person saw, and name all that they removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.workspace import Workspace
from tests.support.workspaces import NAME, PARTNER, answer, exported, merge, opened, text_at


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        yield workspace


@pytest.fixture
def bela(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "bela") as workspace:
        yield workspace


def test_typing_over_equal_answers_of_two_people_continues_both(
    anna: Workspace, bela: Workspace, tmp_path: Path
) -> None:
    """Two said the same without knowing of each other: whoever goes on from there has seen both."""
    response = anna.responses.start("small", "igc")
    bela.responses.start("small", "igc")
    answer(anna, response, name="IGC")
    answer(bela, response, name="IGC")
    merge(anna, exported(bela, response, tmp_path / "bela.iscm"))
    answer(anna, response, name="The IGC")
    exported(anna, response, tmp_path / "anna.iscm")
    assert anna.conflicts.unsettled() == ()
    assert merge(bela, tmp_path / "anna.iscm") == ["newer"]
    assert text_at(bela, response, NAME) == "The IGC"


def test_a_removed_entry_takes_what_was_sealed_inside_with_it(anna: Workspace, tmp_path: Path) -> None:
    response = anna.responses.start("small", "igc")
    session = anna.responses.open_session(response)
    entry = session.add_entry(PARTNER)
    session.answer(f"{entry}/who", "IOM")
    anna.responses.save(response, session)
    exported(anna, response, tmp_path / "with.iscm")
    session = anna.responses.open_session(response)
    session.remove_entry(entry)
    anna.responses.save(response, session)
    exported(anna, response, tmp_path / "without.iscm")
    assert anna.conflicts.unsettled() == ()
    assert entry not in [one.path for one in anna.responses.open_session(response).repeat(PARTNER).entries]
