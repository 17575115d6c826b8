"""Packages of every format version that ever left the house: still read, still merged, still the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from iscm_desktop.exchange.package import revision_lines
from iscm_desktop.exchange.reading import open_package, read_package
from iscm_desktop.workspace import SignOff, Workspace
from tests.support.workspaces import CHF, NAME, PARTNER, STORY, merge

DATA = Path(__file__).parents[2] / "data"
VERSION_1_0 = DATA / "package-1.0.iscm"


def test_version_1_0_merges(tmp_path: Path) -> None:
    """Two people's work with a settled conflict, a removed entry, a note and a sign-off."""
    with Workspace.open(tmp_path / "coordinator.iscmdb") as workspace:
        assert merge(workspace, VERSION_1_0) == ["new"]
        (row,) = workspace.responses()
        session = workspace.session(row.id)
        assert (row.respondent, row.round, row.language, row.conflicts) == ("igc", "2027", "fr", 0)
        assert session.view(NAME).text == "Annas name"
        assert session.view(CHF).text == "120000"
        assert session.view(STORY).text == "Long prose.\nIn two lines — «so»."
        assert [session.view(f"{one.path}/who").text for one in session.repeat(PARTNER).entries] == ["UNHCR"]
        assert workspace.notes(row.id) == {NAME: "to be confirmed"}
        assert workspace.history(row.id, NAME)[0].reason == "agreed by telephone"
        signed = workspace.sign_off_of(row.id)
        assert signed == SignOff("Ms Example", "Head of Secretariat", signed_at(signed), is_current=True)


def signed_at(signed: SignOff | None) -> datetime:
    assert signed is not None
    assert signed.signed_at.date() == datetime(2027, 3, 1, tzinfo=UTC).date()
    return signed.signed_at


def test_version_1_0_is_written_as_it_was() -> None:
    opened = open_package(VERSION_1_0)
    assert revision_lines(read_package(opened).revisions) == opened.members["revisions.jsonl"]
