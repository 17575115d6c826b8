"""Merges that are taken back: what goes out of view, and what does not.

T-01  What somebody built upon stays in view, with all that it was built upon.
T-02  What a file brought that was here already stays, whichever of its merges is taken back first.
T-03  An entry that was removed here, and edited in a merge, is a conflict until the merge is taken back.
T-04  Typing over the side of a conflict that is shown does not settle it: nobody has chosen yet.

Each in a file and on a server.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.store.objects.heads import closed
from iscm_desktop.store.objects.items import revisions_of
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import NAME, PARTNER, answer, exported, merge, opened, text_at


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        yield workspace


@pytest.fixture(params=["file", "server"])
def bela(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    """She merges; into a file, and into a shared store."""
    address = "" if request.param == "file" else request.getfixturevalue("postgres").new_database()
    with opened(tmp_path, "bela", address=address) as workspace:
        yield workspace


def assert_complete(workspace: Workspace, response: str) -> None:
    with workspace._database.read() as db:
        everything = revisions_of(db, response, with_hidden=True)
        in_view = revisions_of(db, response)
    assert closed(in_view, everything) == in_view.keys()


def test_what_was_built_upon_stays(anna: Workspace, bela: Workspace, tmp_path: Path) -> None:
    """T-01: else the history would begin with an answer to nothing, and an export of it would be torn."""
    response = anna.responses.start("small", "igc")
    answer(anna, response, name="first", story="told by Anna")
    answer(anna, response, name="second")
    merge(bela, exported(anna, response, tmp_path / "first.iscm"))
    answer(anna, response, name="third")
    merge(bela, exported(anna, response, tmp_path / "second.iscm"))
    answer(bela, response, name="corrected by Bela")
    for operation in bela.operations.merges():
        bela.operations.take_back(operation.id)
    assert text_at(bela, response, NAME) == "corrected by Bela"
    assert text_at(bela, response, "about/story") == ""
    said = {row.text for row in bela.conflicts.history(response, NAME)}
    assert said == {"corrected by Bela", "third", "second"}
    assert_complete(bela, response)


def test_what_came_twice_stays_with_the_other_merge(anna: Workspace, bela: Workspace, tmp_path: Path) -> None:
    """T-02: in either order."""
    response = anna.responses.start("small", "igc")
    answer(anna, response, name="first")
    early = exported(anna, response, tmp_path / "early.iscm")
    answer(anna, response, story="more")
    late = exported(anna, response, tmp_path / "late.iscm")
    merge(bela, early)
    merge(bela, late)
    second, first = (operation.id for operation in bela.operations.merges())
    bela.operations.take_back(first)
    assert text_at(bela, response, NAME) == "first"
    bela.operations.take_back(second)
    assert bela.response_list.all() == ()
    bela.operations.put_back(first)
    assert text_at(bela, response, NAME) == "first"
    assert text_at(bela, response, "about/story") == ""


def test_an_entry_removed_here_and_edited_there(anna: Workspace, bela: Workspace, tmp_path: Path) -> None:
    """T-03."""
    response = anna.responses.start("small", "igc")
    session = anna.responses.open_session(response)
    entry = session.add_entry(PARTNER)
    session.answer(f"{entry}/who", "IOM")
    anna.responses.save(response, session)
    merge(bela, exported(anna, response, tmp_path / "begun.iscm"))
    session = bela.responses.open_session(response)
    session.remove_entry(entry)
    bela.responses.save(response, session)
    answer(bela, response, name="sealed with it")
    exported(bela, response, tmp_path / "removed.iscm")
    assert bela.conflicts.unsettled() == ()
    session = anna.responses.open_session(response)
    session.answer(f"{entry}/who", "IOM and UNHCR")
    anna.responses.save(response, session)
    merge(bela, exported(anna, response, tmp_path / "edited.iscm"))
    (conflict,) = bela.conflicts.unsettled()
    assert conflict.path == entry
    assert [one.entry_id for one in bela.responses.open_session(response).repeat(PARTNER).entries] == [
        entry.rpartition("/")[2]
    ]
    bela.operations.take_back(bela.operations.merges()[0].id)
    assert bela.conflicts.unsettled() == ()
    assert bela.responses.open_session(response).repeat(PARTNER).entries == ()
    assert_complete(bela, response)


def test_typing_over_one_side_settles_nothing(anna: Workspace, bela: Workspace, tmp_path: Path) -> None:
    """T-04."""
    response = anna.responses.start("small", "igc")
    assert bela.responses.start("small", "igc") == response
    answer(anna, response, name="told by Anna")
    answer(bela, response, name="told by Bela")
    assert merge(bela, exported(anna, response, tmp_path / "anna.iscm")) == ["conflict"]
    answer(bela, response, name="typed over what was shown")
    exported(bela, response, tmp_path / "bela.iscm")
    (conflict,) = bela.conflicts.unsettled()
    assert "typed over what was shown" in {side.text for side in conflict.candidates}
    assert len(conflict.candidates) == 2
    bela.conflicts.resolve(conflict.id, value="agreed by both", reason="asked them")
    assert bela.conflicts.unsettled() == ()
    assert text_at(bela, response, NAME) == "agreed by both"
