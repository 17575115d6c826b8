"""Whose invitation a response answers, when a second key invites to the same round.

K-10  A second key for a round is asked about, naming both; until somebody says yes, nothing changes.
K-11  With a deliberate yes it takes the place of the first, for the respondents that it names.
K-12  Another invitation by the same key, or by one that was accepted, opens without a question.
K-13  Every opening and every export says who invites and by which key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError, TrustProblem
from iscm_desktop.exchange.trust.key_words import is_fingerprint, key_words
from iscm_desktop.exchange.trust.signature import SigningKey, fingerprint
from iscm_desktop.presenters.export_audience import (
    audience_words,
    coordinators_words,
    delegation_words,
    return_words,
)
from iscm_desktop.workspace import Workspace
from tests.support.inviting import coordinator, invited, merged


@pytest.fixture
def rita(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "rita.iscmdb") as made:
        yield made


@pytest.fixture
def genuine(tmp_path: Path) -> Path:
    """Carla's invitation of Canada."""
    return by("carla", tmp_path)


def by(name: str, folder: Path, *states: str, calls_herself: str = "Carla") -> Path:
    """An invitation to the round of 2027, from a computer of its own; the names are for everybody to choose."""
    with coordinator(folder, name) as theirs:
        theirs.set_person(calls_herself, "IOM")
        return invited(theirs, folder / f"from {name}", *(states or ("CAN",)))[0].path


def opened(rita: Workspace, file: Path, trusted_key: str = "") -> str:
    return rita.received_invitations.open_response(file, "", "", "", trusted_key)


def recipients(rita: Workspace, response: str) -> list[str]:
    row = rita.response_list.row(response)
    return [one.recipient for one in rita.received_invitations.coordinators_of(row)]


def words_of(file: Path, rita: Workspace) -> str:
    return rita.received_invitations.look_at(file).words


def test_a_strangers_invitation_does_not_take_over(rita: Workspace, genuine: Path, tmp_path: Path) -> None:
    """K-10: same round, same respondent, same name, another key."""
    response = opened(rita, genuine)
    before = recipients(rita, response)
    forged = by("eve", tmp_path)
    view = rita.received_invitations.look_at(forged)
    assert view.other_issuer is not None
    assert view.other_issuer.words == words_of(genuine, rita) != view.words
    for trusted in ("", words_of(genuine, rita), view.words.rpartition(" ")[0]):
        with pytest.raises(IscmError) as refused:
            opened(rita, forged, trusted)
        assert refused.value.problem is TrustProblem.INVITATION_SECOND_KEY
        assert view.words in str(refused.value)
        assert words_of(genuine, rita) in str(refused.value)
    assert recipients(rita, response) == before


@pytest.mark.parametrize("state", ["CAN", "NOR", ""])
def test_it_is_the_round_that_has_a_key(rita: Workspace, genuine: Path, tmp_path: Path, state: str) -> None:
    """K-10: neither does one to another respondent, nor an open one."""
    opened(rita, genuine)
    if state:
        forged = by("eve", tmp_path, state)
    else:
        with coordinator(tmp_path, "eve") as eve:
            forged = eve.invitations.issue_open(None, ["state"], "en", tmp_path / "open").path
    with pytest.raises(IscmError) as refused:
        rita.received_invitations.open_response(forged, "", "" if state else "CAN", "")
    assert refused.value.problem is TrustProblem.INVITATION_SECOND_KEY
    assert len(rita.response_list.all()) == 1


@pytest.mark.parametrize("said", ["words", "digits", "capitals"])
def test_a_new_laptop_takes_over_with_a_yes(
    rita: Workspace, genuine: Path, tmp_path: Path, said: str
) -> None:
    """K-11, K-12: then the first key is the one that is asked about."""
    response = opened(rita, genuine)
    anew = by("carla's new laptop", tmp_path)
    view = rita.received_invitations.look_at(anew)
    key = {"words": view.words, "digits": view.fingerprint, "capitals": view.words.upper()}[said]
    assert opened(rita, anew, key) == response
    issuer = rita.received_invitations.issuer_of(rita.response_list.row(response))
    assert issuer is not None
    assert issuer.words == view.words
    assert opened(rita, anew) == response
    with pytest.raises(IscmError):
        opened(rita, by("carla", tmp_path, "CAN"))


def test_a_renewal_by_the_same_key_is_quiet(rita: Workspace, genuine: Path, tmp_path: Path) -> None:
    """K-12: also to another round, by another key."""
    response = opened(rita, genuine)
    assert opened(rita, by("carla", tmp_path)) == response
    opened(rita, by("carla", tmp_path, "NOR"))
    with coordinator(tmp_path, "dora") as dora:
        dora.rounds.start("2029", "Assessment 2029", date(2029, 4, 30))
        opened(rita, invited(dora, tmp_path / "later", "CAN")[0].path)
    assert len(rita.response_list.all()) == 3


def test_an_accepted_key_is_for_those_it_names(rita: Workspace, genuine: Path, tmp_path: Path) -> None:
    """K-11: a second coordinator who invites Norway does not get the answers of Canada."""
    canada = opened(rita, genuine)
    before = recipients(rita, canada)
    second = by("dora", tmp_path, "NOR", calls_herself="Dora")
    norway = opened(rita, second, words_of(second, rita))
    assert recipients(rita, canada) == before
    assert not set(recipients(rita, norway)) & set(before)


def test_whoever_issues_in_a_round_has_its_key(tmp_path: Path) -> None:
    """K-10: a coordinator is not invited to her own round by somebody else without being asked."""
    with coordinator(tmp_path) as carla:
        invited(carla, tmp_path / "own", "CAN")
        with pytest.raises(IscmError) as refused:
            opened(carla, by("eve", tmp_path))
        assert refused.value.problem is TrustProblem.INVITATION_SECOND_KEY


def test_an_export_says_for_whom_it_is(rita: Workspace, genuine: Path, tmp_path: Path) -> None:
    """K-13."""
    response = opened(rita, genuine)
    issuer = rita.received_invitations.issuer_of(rita.response_list.row(response))
    assert "Carla, IOM" in audience_words(issuer)
    assert words_of(genuine, rita) in audience_words(issuer)
    assert words_of(genuine, rita) in delegation_words("Bela", issuer)
    rita.rounds.start("2028", "Assessment 2028")
    uninvited = rita.responses.start("state", "NOR", round="2028")
    assert rita.received_invitations.issuer_of(rita.response_list.row(uninvited)) is None
    assert "No invitation" in audience_words(None)


def test_sections_that_go_back_say_to_whose_key(rita: Workspace, genuine: Path, tmp_path: Path) -> None:
    """K-13: by whose key they were handed over, and for whose they are encrypted."""
    response = opened(rita, genuine)
    handed = rita.delegations.hand_over(response, ["STA-A"], to="Bela", target=tmp_path / "out.iscm").path
    with Workspace.open(tmp_path / "bela.iscmdb") as bela:
        merged(bela, handed)
        (row,) = bela.delegations.rows(response)
        assert row.key == rita.keys.device_key.public
        assert key_words(row.key) in return_words([row])
        assert "No key shows" in return_words([replace(row, key="")])
    (own,) = rita.delegations.rows(response)
    assert own.key == ""
    named = rita.received_invitations.coordinators_of(rita.response_list.row(response))
    assert [one.recipient in coordinators_words(named) for one in named] == [True]
    assert coordinators_words(()) == ""


def test_the_invited_are_called_what_the_register_calls_them(rita: Workspace, genuine: Path) -> None:
    assert rita.received_invitations.look_at(genuine).respondent_name == "Canada"


def test_fingerprints_in_words() -> None:
    keys = [SigningKey.new().public for _each in range(50)]
    assert len({key_words(key) for key in keys}) == 50
    assert all(len(key_words(key).split()) == 8 for key in keys)
    one, other = keys[:2]
    assert is_fingerprint(f"  {key_words(one).title()}\n", one)
    assert is_fingerprint(fingerprint(one).lower(), one)
    assert not any(is_fingerprint(said, one) for said in ("", key_words(other), fingerprint(one)[:-1]))
