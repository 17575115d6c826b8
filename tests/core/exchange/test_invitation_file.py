"""Invitations written and read; those of strangers are hostile until checked.

I-01  A stranger reads an invitation with zipfile and json, and the reference tool checks its signature.
I-02  Whatever was changed refuses the whole file: document, signature, questionnaires, members.
I-03  What is no invitation, or one of a newer program, is said to be that.
I-04  A questionnaire that does not ship travels along and is kept.
I-05  An invitation is at most 4 KB where its questionnaire ships.
I-06  Whoever opens one gets the response of this respondent, in this round and language, however often.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError, Problem, TrustProblem
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.exchange.trust.invitation_file import read_invitation
from iscm_desktop.exchange.trust.signature import SigningKey
from iscm_desktop.store.invitation_rows import RespondentRow
from iscm_desktop.workspace import Workspace
from tests.support.inviting import coordinator, invited
from tests.support.packages import members
from tests.support.tools import run
from tests.support.workspaces import opened, small_form

Members = dict[str, bytes]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with coordinator(tmp_path) as made:
        yield made


@pytest.fixture
def file(workspace: Workspace, tmp_path: Path) -> Path:
    (made,) = invited(workspace, tmp_path / "invitations", "CAN", language="fr")
    return made.path


def problem(path: Path) -> Problem | None:
    try:
        read_invitation(path)
    except IscmError as error:
        return error.problem
    return None


def signed_anew(found: Members, change: Callable[[dict[str, Any]], None]) -> bytes:
    """As somebody would forge it who has a key of their own."""
    key = SigningKey.new()
    document = json.loads(found["invitation.json"])
    document["issuer"]["key"] = key.public
    change(document)
    data = json.dumps(document).encode()
    return zipped({**found, "invitation.json": data, "invitation.json.minisig": key.sign(data, "forged")})


def test_a_stranger_can_read_it(file: Path, tmp_path: Path) -> None:
    """I-01."""
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path)
        document = json.loads(archive.read("invitation.json"))
    assert document["round"] == {"code": "2027", "title": "Assessment 2027", "due_on": "2027-04-30"}
    assert document["invited"] == {"form_id": "state", "respondent": "CAN", "name": "Canada"}
    assert document["language"] == "fr"
    done = run("minisign", "-V", "-P", document["issuer"]["key"], "-m", tmp_path / "invitation.json")
    assert done.returncode == 0, done.stderr


def test_it_is_small(file: Path) -> None:
    """I-05."""
    assert file.stat().st_size <= 4 * 1024


def test_opening_it_starts_the_response(file: Path, tmp_path: Path) -> None:
    """I-06."""
    with Workspace.open(tmp_path / "rita.iscmdb") as theirs:
        view = theirs.received_invitations.look_at(file)
        assert (view.respondent_name, view.issuer, view.is_open, view.is_issuer_known) == (
            "Canada", "Carla", False, False,
        )  # fmt: skip
        assert theirs.response_list.all() == ()
        first = theirs.received_invitations.open_response(file, "", "", "")
        assert theirs.received_invitations.open_response(file, "", "", "") == first
        (row,) = theirs.response_list.all()
        assert (row.form_id, row.respondent, row.round, row.language) == ("state", "CAN", "2027", "fr")
        assert theirs.rounds.current().due_on == date(2027, 4, 30)
        assert theirs.received_invitations.look_at(file).is_issuer_known


@pytest.mark.parametrize(
    "change",
    [
        lambda found: {**found, "invitation.json": found["invitation.json"].replace(b"2027-04", b"2028-04")},
        lambda found: {**found, "invitation.json.minisig": b"untrusted comment: x\n"},
        lambda found: {name: data for name, data in found.items() if name.endswith(".json")},
        lambda found: {**found, "more.txt": b"?"},
        lambda found: {**found, f"questionnaire-{'0' * 64}.xml": b"<x/>"},
    ],
    ids=["document", "signature", "unsigned", "member", "form"],
)
def test_what_was_changed_is_refused(
    change: Callable[[Members], Members], file: Path, tmp_path: Path
) -> None:
    """I-02."""
    spoiled = tmp_path / "spoiled.iscminvite"
    spoiled.write_bytes(zipped(change(members(file))))
    assert problem(spoiled) is TrustProblem.INVITATION_BROKEN


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(coordinators=[]),
        lambda document: document["coordinators"][0].update(recipient="age1nonsense" + "q" * 40),
        lambda document: document.update(secret="short"),  # noqa: S106
        lambda document: document["invited"].update(form_id="iscm"),
        lambda document: document["round"].update(due_on="2027-02-31"),
        lambda document: document.update(id="../../etc"),
        lambda document: document["questionnaires"].append(document["questionnaires"][0]),
        lambda document: document["members"].update({"x.xml": {"sha256": "0" * 64, "size": 1}}),
        lambda document: document["round"].update(title="\0"),
    ],
    ids=["nobody", "no key", "secret", "other form", "no day", "id", "twice", "members", "nul"],
)
def test_nonsense_is_refused_even_if_it_is_signed(
    change: Callable[[dict[str, Any]], None], file: Path, tmp_path: Path
) -> None:
    """I-02."""
    forged = tmp_path / "forged.iscminvite"
    forged.write_bytes(signed_anew(members(file), change))
    assert problem(forged) is TrustProblem.INVITATION_BROKEN


def test_a_changed_byte_is_noticed(file: Path, tmp_path: Path) -> None:
    """I-02: refused, or of no meaning, such as the time of a member."""
    data, chance = file.read_bytes(), Random(11)
    sound = read_invitation(file).document
    spoiled = tmp_path / "spoiled.iscminvite"
    for _ in range(300):
        changed = bytearray(data)
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        spoiled.write_bytes(changed)
        try:
            assert read_invitation(spoiled).document == sound
        except IscmError as error:
            assert error.problem in (TrustProblem.INVITATION_BROKEN, TrustProblem.INVITATION_FOREIGN)  # noqa: PT017


def test_cut_short_it_is_refused(file: Path, tmp_path: Path) -> None:
    """I-02, at every byte."""
    data, spoiled = file.read_bytes(), tmp_path / "short.iscminvite"
    for length in range(len(data)):
        spoiled.write_bytes(data[:length])
        assert problem(spoiled) in (TrustProblem.INVITATION_BROKEN, TrustProblem.INVITATION_FOREIGN)


def test_what_is_none_is_said(file: Path, tmp_path: Path) -> None:
    """I-03."""
    letter, package = tmp_path / "letter.iscminvite", tmp_path / "package.iscminvite"
    letter.write_text("Dear colleague")
    package.write_bytes(zipped({"manifest.json": b"{}"}))
    assert {problem(letter), problem(package)} == {TrustProblem.INVITATION_FOREIGN}
    assert problem(tmp_path / "nowhere.iscminvite") is AnswerProblem.FILE_MISSING
    newer = tmp_path / "newer.iscminvite"
    newer.write_bytes(
        signed_anew(
            members(file),
            lambda document: document.update(
                format_version="2.0", made_by={"program": "x", "version": "9.1"}
            ),
        )
    )
    with pytest.raises(IscmError, match=r"9\.1"):
        read_invitation(newer)


def test_what_a_later_minor_version_adds_is_passed_over(file: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.iscminvite"
    later.write_bytes(signed_anew(members(file), lambda document: document.update(mood="good")))
    assert problem(later) is None


def test_a_questionnaire_of_ones_own_travels_along(tmp_path: Path) -> None:
    """I-04."""
    with opened(tmp_path, "carla") as workspace:
        row = RespondentRow("2027", "small", "igc", "IGC", "en")
        made = workspace.invitations.issue_one(row, tmp_path / "small")
    assert made.path.name == "small.iscminvite"
    with Workspace.open(tmp_path / "rita.iscmdb") as theirs:
        response = theirs.received_invitations.open_response(made.path, "", "", "")
        assert theirs.responses.open_session(response).questionnaire.hash == small_form().hash


def test_an_open_invitation_wants_to_know_for_whom(workspace: Workspace, tmp_path: Path) -> None:
    """I-06."""
    made = workspace.invitations.issue_open(None, ["state", "iscm"], "es", tmp_path / "open")
    with Workspace.open(tmp_path / "rita.iscmdb") as theirs:
        assert theirs.received_invitations.look_at(made.path).is_open
        for form, respondent, said in (
            ("", "", TrustProblem.INVITATION_WANTS_RESPONDENT),
            ("state", "", TrustProblem.INVITATION_WANTS_RESPONDENT),
            ("organization", "iom", TrustProblem.INVITATION_FOR_OTHERS),
            ("state", "Atlantis", TrustProblem.RESPONDENT_UNKNOWN),
        ):
            with pytest.raises(IscmError) as caught:
                theirs.received_invitations.open_response(made.path, form, respondent, "")
            assert caught.value.problem is said
        assert theirs.response_list.all() == ()
        theirs.received_invitations.open_response(made.path, "state", "nor", "")
        theirs.received_invitations.open_response(made.path, "iscm", "igc", "fr")
        assert {(row.respondent, row.language) for row in theirs.response_list.all()} == {
            ("NOR", "es"),
            ("igc", "fr"),
        }
