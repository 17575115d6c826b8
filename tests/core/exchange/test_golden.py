"""Packages of every format version that ever left the house: still read, still merged, still the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iscm_desktop.exchange.package.package_reader import open_package, read_package
from iscm_desktop.exchange.package.package_writer import revision_lines
from iscm_desktop.exchange.trust.age_encryption import recipient_of
from iscm_desktop.exchange.trust.verification import Trust
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.row_types import SignOff
from tests.support.workspaces import CHF, NAME, PARTNER, STORY, Ticking, merge

DATA = Path(__file__).parents[2] / "data"
VERSION_1_0 = DATA / "package-1.0.iscm"
VERSION_1_1 = DATA / "package-1.1.iscm"
VERSION_1_2 = DATA / "package-1.2.iscm"
INVITATION_1_0 = DATA / "invitation-1.0.iscminvite"


def test_version_1_0_merges(tmp_path: Path) -> None:
    """Two people's work with a settled conflict, a removed entry, a note and a sign-off."""
    with Workspace.open(tmp_path / "coordinator.iscmdb", clock=Ticking()) as workspace:
        assert merge(workspace, VERSION_1_0) == ["new"]
        (row,) = workspace.response_list.all()
        session = workspace.responses.open_session(row.id)
        assert (row.respondent, row.round, row.language, row.conflicts) == ("igc", "2027", "fr", 0)
        assert session.view(NAME).text == "Annas name"
        assert session.view(CHF).text == "120000"
        assert session.view(STORY).text == "Long prose.\nIn two lines — «so»."
        assert [session.view(f"{one.path}/who").text for one in session.repeat(PARTNER).entries] == ["UNHCR"]
        assert workspace.notes.all(row.id) == {NAME: "to be confirmed"}
        assert workspace.conflicts.history(row.id, NAME)[0].reason == "agreed by telephone"
        (signed,) = workspace.sign_offs.claimed(row.id)  # nobody signed the file, so it is but claimed
        assert signed == SignOff("Ms Example", "Head of Secretariat", signed_at(signed), is_current=True)


def signed_at(signed: SignOff | None) -> datetime:
    assert signed is not None
    assert signed.signed_at.date() == datetime(2027, 3, 1, tzinfo=UTC).date()
    return signed.signed_at


def test_version_1_0_is_written_as_it_was() -> None:
    opened = open_package(VERSION_1_0)
    assert revision_lines(read_package(opened).revisions) == opened.members["revisions.jsonl"]


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Workspace]:
    """Whoever issued the invitation: the key that checks it is among the data, and protects nothing else."""
    with Workspace.open(tmp_path / "coordinator.iscmdb") as workspace:
        identity = (DATA / "coordinator-key-1.0.txt").read_text().strip()
        workspace.keys._keep_identity(identity, recipient_of(identity) or "", "Carla")
        yield workspace


@pytest.mark.parametrize(
    "file", [VERSION_1_1, VERSION_1_1.with_suffix(".iscm.age")], ids=["open", "encrypted"]
)
def test_version_1_1_is_still_proven(file: Path, coordinator: Workspace) -> None:
    """Its signature and the proof of its invitation hold for ever."""
    (plan,) = coordinator.packages.apply(coordinator.packages.plan([file])).files
    assert (plan.result.value, plan.trust, plan.signer) == ("new", Trust.VERIFIED, "Rita")
    (row,) = coordinator.response_list.all()
    assert (row.respondent, row.round, row.language) == ("igc", "2027", "fr")
    assert coordinator.responses.open_session(row.id).view(CHF).text == "120000"


def test_version_1_2_is_still_sealed(coordinator: Workspace) -> None:
    """Two devices, three seals: each revision is proven, also what another device than the sender's made."""
    (report,) = coordinator.packages.apply(coordinator.packages.plan([VERSION_1_2])).files
    assert (report.result.value, report.trust) == ("new", Trust.VERIFIED)
    package = read_package(open_package(VERSION_1_2))
    assert [len(seal.revisions) for seal in package.seals] == [4, 1, 1]
    assert {one.device for one in package.revisions.values()} == {seal.device for seal in package.seals}
    (row,) = coordinator.response_list.all()
    history = coordinator.conflicts.history(row.id, AnswerPath("ISC-E/ISC-E20"))
    assert [(one.text, one.rests_on, one.is_proven) for one in history] == [
        ("125 000", "verified", True),
        ("120 000", "verified", True),
    ]
    signed = coordinator.sign_offs.of(row.id)
    assert signed is not None
    assert signed.name == "Ms Example"


def test_invitation_1_0_still_opens(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "rita.iscmdb") as theirs:
        view = theirs.received_invitations.look_at(INVITATION_1_0)
        assert (view.issuer, view.respondent, view.round) == ("Carla", "igc", "Assessment 2027")
        response = theirs.received_invitations.open_response(INVITATION_1_0, "", "", "")
        assert theirs.responses.open_session(response).view(NAME).label == "Name"
