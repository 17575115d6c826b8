"""What a merge says about where a file comes from, and what becomes of keys.

T-01  A package that answers an invitation is verified; its device is known from then on.
T-02  Without an invitation a known device is shown by its name; others are new, or unsigned.
T-03  A broken or missing signature, or a proof that does not hold, refuses the file in a sentence of its own.
T-04  Encrypted packages open with any recipient's key, whatever the file is called, armored or not.
T-05  A lost key, another key, no key, a passphrase, a hybrid key: each its own sentence.
T-06  A backup brings the key back, and all that depends on it.
T-08  A device is known for the respondent whose invitation it proved, or for whom it was named; an open invitation
      is its own word and makes no device known.
T-09  Respondents are called what the registers call them, and what a file says is said.
T-07  The same answers again, or under another name; another round: each its own sentence, and no harm.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError, Problem, TrustProblem
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.exchange.trust import age_encryption
from iscm_desktop.exchange.trust.key_store import KeyChain
from iscm_desktop.exchange.trust.signature import SigningKey
from iscm_desktop.exchange.trust.verification import Trust
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.key_service import KeyService
from iscm_desktop.workspace.rounds.invitation_service import IssuedFile
from tests.support.inviting import answered, coordinator, invited, merged, planned
from tests.support.packages import SIGNATURE, members, unsigned
from tests.support.tools import run

PASSPHRASE = "four words are enough"  # noqa: S105


@pytest.fixture
def carla(tmp_path: Path) -> Iterator[Workspace]:
    with coordinator(tmp_path) as made:
        yield made


@pytest.fixture
def invitations(carla: Workspace, tmp_path: Path) -> tuple[IssuedFile, ...]:
    """To Canada, the Netherlands and Norway."""
    return invited(carla, tmp_path / "invitations", "CAN", "NLD", "NOR")


@pytest.fixture
def canada(invitations: tuple[IssuedFile, ...], tmp_path: Path) -> Path:
    return answered(tmp_path, "rita", invitations[0].path)


def signed_anew(package: Path, target: Path, **manifest: object) -> Path:
    """As the sender could do with the key of some device."""
    key, found = SigningKey.new(), members(package)
    content = json.loads(found["manifest.json"]) | manifest
    content["sender"]["key"] = key.public
    head = json.dumps(content).encode()
    target.write_bytes(zipped({**found, "manifest.json": head, SIGNATURE: key.sign(head, "anew")}))
    return target


def refusal(workspace: Workspace, file: Path) -> str:
    (plan,) = planned(workspace, file)
    assert plan.result.value == "refused"
    return explain(plan)


def problem_words(problem: Problem) -> str:
    """The beginning of a sentence, up to its first particular."""
    return problem.value.split("}", 1)[1].split("{", maxsplit=1)[0]


def test_an_answered_invitation_is_verified(carla: Workspace, canada: Path) -> None:
    """T-01."""
    (plan,) = planned(carla, canada)
    assert (plan.trust, plan.signer, plan.result.value) == (Trust.VERIFIED, "Rita", "new")
    assert carla.devices.all() == ()
    merged(carla, canada)
    (device,) = carla.devices.all()
    assert (device.name, device.respondent_name, device.key) == ("Rita", "Canada", plan.signer_key)
    (row, *_others) = carla.respondents.of(None)
    assert row.response == plan.response_id


def test_an_open_invitation_is_its_own_word(carla: Workspace, tmp_path: Path) -> None:
    """T-08: whoever has it may write in any State's name, so its device becomes known for none."""
    made = carla.invitations.issue_open(None, ["state"], "en", tmp_path / "open")
    with Workspace.open(tmp_path / "rita.iscmdb") as theirs:
        response = theirs.received_invitations.open_response(made.path, "", "POL", "")
        package = theirs.exports.export(response, tmp_path / "pol.iscm").path
    (plan,) = merged(carla, package)
    assert plan.trust is Trust.OPEN
    assert "open invitation" in explain(plan)
    assert carla.devices.all() == ()
    carla.devices.name(plan.signer_key, "Piotr", "state", "POL")
    assert planned(carla, package)[0].trust is Trust.KNOWN


def test_a_device_is_known_for_one_respondent(
    carla: Workspace, canada: Path, tmp_path: Path, invitations: tuple[IssuedFile, ...]
) -> None:
    """T-08: Norway's proven device writes in the name of Canada, and is a stranger there."""
    norway = answered(tmp_path, "nina", invitations[2].path)
    merged(carla, canada, norway)
    with Workspace.open(tmp_path / "nina.iscmdb") as theirs:
        package = theirs.exports.export(theirs.responses.start("state", "CAN"), tmp_path / "can.iscm").path
    (plan,) = planned(carla, package)
    assert (plan.trust, plan.respondent_name) == (Trust.NEW_DEVICE, "Canada")
    assert "known here as “Nina” of Norway" in explain(plan)
    carla.devices.name(plan.signer_key, "Nina, for both", "state", "can")
    assert planned(carla, package)[0].signer == "Nina, for both"
    assert {(row.name, row.respondent) for row in carla.devices.all()} == {
        ("Rita", "CAN"), ("Nina", "NOR"), ("Nina, for both", "CAN"),
    }  # fmt: skip
    carla.devices.forget(plan.signer_key, "state", "CAN")
    assert planned(carla, package, norway)[0].trust is Trust.NEW_DEVICE
    assert planned(carla, norway)[0].trust is Trust.VERIFIED


def test_a_device_is_named_for_somebody(carla: Workspace, canada: Path) -> None:
    """T-08."""
    (plan,) = planned(carla, canada)
    for form_id, respondent, problem in (
        ("", "", TrustProblem.DEVICE_OF_NOBODY),
        ("state", "Atlantis", TrustProblem.RESPONDENT_UNKNOWN),
    ):
        with pytest.raises(IscmError) as caught:
            carla.devices.name(plan.signer_key, "Rita", form_id, respondent)
        assert caught.value.problem is problem
    assert carla.devices.all() == ()


def test_the_register_says_who_it_is(carla: Workspace, canada: Path, tmp_path: Path) -> None:
    """T-09: a manifest may call Canada what it likes; its code says whose response it is."""
    response = json.loads(members(canada)["manifest.json"])["response"]
    claimed = signed_anew(
        canada, tmp_path / "eve.iscm", response=response | {"respondent_name": "Norway"}, invitation=None
    )
    (plan,) = planned(carla, claimed)
    assert plan.respondent_name == "Canada"
    assert "calls itself “Norway”" in explain(plan)
    french = response | {"respondent": "CAN", "respondent_name": "Canada"}
    (plan,) = planned(carla, signed_anew(canada, tmp_path / "fr.iscm", response=french, invitation=None))
    assert "calls itself" not in explain(plan)
    merged(carla, claimed)
    assert [row.respondent_name for row in carla.response_list.all()] == ["Canada"]


def test_devices_without_an_invitation(carla: Workspace, canada: Path, tmp_path: Path) -> None:
    """T-02: new, then named, then forgotten; and without any key."""
    with coordinator(tmp_path, "sven") as theirs:
        response = theirs.responses.start("state", "NOR")
        package = theirs.exports.export(response, tmp_path / "nor.iscm").path
    (plan,) = planned(carla, package)
    assert (plan.trust, plan.signer) == (Trust.NEW_DEVICE, "Sven")
    carla.devices.name(plan.signer_key, "Sven in Oslo", "state", "NOR")
    (plan,) = planned(carla, package)
    assert (plan.trust, plan.signer) == (Trust.KNOWN, "Sven in Oslo")
    carla.devices.name(plan.signer_key[:12], "Sven")
    carla.devices.forget(plan.signer_key[:12])
    assert planned(carla, package)[0].trust is Trust.NEW_DEVICE
    plain = tmp_path / "plain.iscm"
    plain.write_bytes(zipped(unsigned(canada)))
    assert planned(carla, plain)[0].trust is Trust.UNSIGNED


def test_a_name_given_stays_when_the_device_proves_itself_again(
    carla: Workspace, canada: Path, invitations: tuple[IssuedFile, ...], tmp_path: Path
) -> None:
    merged(carla, canada)
    (device,) = carla.devices.all()
    carla.devices.name(device.key, "Rita's laptop")
    merged(carla, answered(tmp_path, "rita", invitations[0].path, institution="Another ministry"))
    assert [one.name for one in carla.devices.all()] == ["Rita's laptop"]


@pytest.mark.parametrize("what", ["changed", "stripped", "taken from another", "huge"])
def test_a_broken_signature_is_refused(what: str, carla: Workspace, canada: Path, tmp_path: Path) -> None:
    """T-03."""
    found = members(canada)
    if what == "changed":
        found["manifest.json"] = found["manifest.json"].replace(b"Rita", b"Eve!")
    elif what == "stripped":
        del found[SIGNATURE]
    elif what == "huge":
        found[SIGNATURE] = b" " * 10_000
    else:
        found[SIGNATURE] = SigningKey.new().sign(found["manifest.json"], "another")
    file = tmp_path / "broken.iscm"
    file.write_bytes(zipped(found))
    (plan,) = planned(carla, file)
    assert (plan.result.value, plan.trust) == ("refused", Trust.BROKEN)
    assert problem_words(TrustProblem.SIGNATURE_BROKEN) in explain(plan)
    assert carla.response_list.all() == ()


def test_a_proof_on_another_device_does_not_hold(carla: Workspace, canada: Path, tmp_path: Path) -> None:
    """T-03: whoever gets hold of a package cannot send another one in its name."""
    assert problem_words(TrustProblem.PROOF_WRONG) in refusal(
        carla, signed_anew(canada, tmp_path / "eve.iscm")
    )


def test_an_invitation_of_somebody_else(
    carla: Workspace, canada: Path, invitations: tuple[IssuedFile, ...], tmp_path: Path
) -> None:
    """T-03: Canada's invitation in the answers of the Netherlands."""
    invitation = json.loads(members(canada)["manifest.json"])["invitation"]
    dutch = answered(tmp_path, "nel", invitations[1].path)
    said = refusal(carla, signed_anew(dutch, tmp_path / "mixed.iscm", invitation=invitation))
    assert "Netherlands" in said
    assert "issued to Canada" in said


def test_an_invitation_to_another_round(
    carla: Workspace, invitations: tuple[IssuedFile, ...], tmp_path: Path
) -> None:
    """T-03."""
    package = answered(tmp_path, "rita", invitations[0].path)
    invitation = json.loads(members(package)["manifest.json"])["invitation"]
    carla.rounds.start("2029", "Assessment 2029")
    (later,) = invited(carla, tmp_path / "later", "CAN")
    newer = answered(tmp_path, "rita", later.path)
    said = refusal(carla, signed_anew(newer, tmp_path / "mixed.iscm", invitation=invitation))
    assert "'Assessment 2029'" in said
    assert "'2027'" in said


def test_another_coordinators_invitation_is_no_proof_here(
    carla: Workspace, canada: Path, tmp_path: Path
) -> None:
    """T-02: signed, but by whom nobody here can say."""
    with coordinator(tmp_path, "dora") as dora:
        (plan,) = planned(dora, canada)
        assert (plan.trust, explain(plan)) == (Trust.NEW_DEVICE, "")  # a colleague, who invites nobody
        dora.keys.own_identity()
        (plan,) = planned(dora, canada)
    assert plan.trust is Trust.NEW_DEVICE
    assert "another coordinator" in explain(plan)


@pytest.mark.parametrize("name", ["can.iscm.age", "renamed.iscm", "attachment.bin"])
def test_an_encrypted_package_by_any_name(
    name: str, carla: Workspace, invitations: tuple[IssuedFile, ...], tmp_path: Path
) -> None:
    """T-04."""
    sent = answered(tmp_path, "rita", invitations[0].path, ".iscm.age")
    assert sent.read_bytes().startswith(b"age-encryption.org/v1\n")
    came = tmp_path / name
    shutil.copy(sent, came)
    assert merged(carla, came)[0].trust is Trust.VERIFIED


def test_the_age_tool_opens_it_with_the_coordinators_key(
    carla: Workspace, invitations: tuple[IssuedFile, ...], tmp_path: Path
) -> None:
    """T-04, and back: what the tool armors is merged."""
    sent = answered(tmp_path, "rita", invitations[0].path, ".iscm.age")
    (identity,) = carla.keys.identities().values()
    (tmp_path / "key").write_text(identity)
    opened = run("age", "-d", "-i", tmp_path / "key", sent)
    assert opened.stdout.startswith(b"PK"), opened.stderr
    (tmp_path / "can.iscm").write_bytes(opened.stdout)
    (recipient,) = carla.keys.identities()
    run("age", "-a", "-r", recipient, "-o", tmp_path / "armored.age", tmp_path / "can.iscm")
    assert planned(carla, tmp_path / "armored.age")[0].trust is Trust.VERIFIED


def test_several_coordinators_can_open_it(carla: Workspace, tmp_path: Path) -> None:
    """T-04: colleagues whom the invitation names."""
    with coordinator(tmp_path, "dora") as dora:
        _identity, key = dora.keys.own_identity()
        carla.keys.add_coordinator(key, "Dora")
        (made,) = invited(carla, tmp_path / "invitations", "CAN")
        sent = answered(tmp_path, "rita", made.path, ".iscm.age")
        assert planned(dora, sent)[0].result.value == "new"
        assert planned(carla, sent)[0].result.value == "new"
        carla.keys.remove_coordinator(key)
        (made,) = invited(carla, tmp_path / "later", "NOR")
        sent = answered(tmp_path, "nina", made.path, ".iscm.age")
        assert problem_words(TrustProblem.AGE_KEY_WRONG) in refusal(dora, sent)


def test_sentences_about_keys(
    carla: Workspace, invitations: tuple[IssuedFile, ...], canada: Path, tmp_path: Path
) -> None:
    """T-05."""
    sent = answered(tmp_path, "rita", invitations[0].path, ".iscm.age")
    with coordinator(tmp_path, "nobody") as nobody:
        assert problem_words(TrustProblem.AGE_KEY_MISSING) in refusal(nobody, sent)
        nobody.keys.own_identity()
        assert problem_words(TrustProblem.AGE_KEY_WRONG) in refusal(nobody, sent)
    locked = tmp_path / "locked.iscm.age"
    locked.write_bytes(age_encryption.encrypted_with(canada.read_bytes(), PASSPHRASE))
    assert problem_words(TrustProblem.AGE_WITH_PASSPHRASE) in refusal(carla, locked)
    cut = tmp_path / "cut.iscm.age"
    cut.write_bytes(sent.read_bytes()[:-20])
    assert problem_words(TrustProblem.AGE_DAMAGED) in refusal(carla, cut)
    assert carla.response_list.all() == ()


def test_a_lost_key_is_said_and_its_backup_brings_all_back(tmp_path: Path) -> None:
    """T-05, T-06."""
    with coordinator(tmp_path) as before:
        (made,) = invited(before, tmp_path / "invitations", "CAN")
        assert before.keys.back_up(tmp_path / "keys.age", PASSPHRASE) == 1
    plain, sent = (answered(tmp_path, "rita", made.path, suffix) for suffix in (".iscm", ".iscm.age"))
    shutil.rmtree(tmp_path / "carla-keys")
    with Workspace.open(tmp_path / "carla.iscmdb") as again:
        assert problem_words(TrustProblem.AGE_KEY_LOST) in refusal(again, sent)
        (plan,) = planned(again, plain)
        assert plan.trust is Trust.NEW_DEVICE
        assert "your key is not on this computer" in explain(plan)
        with pytest.raises(IscmError) as caught:
            again.keys.restore(tmp_path / "keys.age", "another passphrase")
        assert caught.value.problem is TrustProblem.PASSPHRASE_WRONG
        assert again.keys.restore(tmp_path / "keys.age", PASSPHRASE) == 1
        assert [plan.trust for plan in planned(again, sent, plain)] == [Trust.VERIFIED] * 2
    with coordinator(tmp_path, "dora") as dora:  # on another computer, where nobody knows of the invitation
        dora.keys.restore(tmp_path / "keys.age", PASSPHRASE)
        assert planned(dora, plain)[0].trust is Trust.VERIFIED


def test_a_backup_that_is_none(carla: Workspace, canada: Path, tmp_path: Path) -> None:
    """T-06."""
    with coordinator(tmp_path, "nobody") as nobody:
        with pytest.raises(IscmError) as caught:
            nobody.keys.back_up(tmp_path / "keys.age", PASSPHRASE)
        assert caught.value.problem is TrustProblem.KEYS_NONE
    with pytest.raises(IscmError) as caught:
        carla.keys.back_up(tmp_path / "keys.age", "short")
    assert caught.value.problem is TrustProblem.PASSPHRASE_SHORT
    odd = tmp_path / "odd.age"
    odd.write_bytes(age_encryption.encrypted_with(b'{"format": "something"}', PASSPHRASE))
    for file in (canada, odd):
        with pytest.raises(IscmError) as caught:
            carla.keys.restore(file, PASSPHRASE)
        assert caught.value.problem is TrustProblem.KEYS_FOREIGN


def test_a_key_store_of_the_system_holds_the_keys(carla: Workspace, tmp_path: Path) -> None:
    """K-01, through the whole program: no key lies in a file."""

    class Ring:
        def __init__(self) -> None:
            self.kept: dict[str, str] = {}

        def get_password(self, service: str, username: str) -> str | None:
            return self.kept.get(username)

        def set_password(self, service: str, username: str, password: str) -> None:
            self.kept[username] = password

    ring = Ring()
    trusting = KeyService(carla._context, lambda _desk: KeyChain(tmp_path / "no folder", ring))
    identity, recipient = trusting.own_identity()
    assert trusting.device_key.public
    assert ring.kept[f"coordinator {recipient}"] == identity
    assert sorted(name.partition(" ")[0] for name in ring.kept) == ["coordinator", "device"]
    assert not (tmp_path / "no folder").exists()


def test_the_same_answers_again(carla: Workspace, canada: Path, tmp_path: Path) -> None:
    """T-07."""
    merged(carla, canada)
    assert "merged before" in explain(planned(carla, canada)[0])
    renamed = tmp_path / "NLD_final.iscm"
    shutil.copy(canada, renamed)
    (plan,) = planned(carla, renamed)
    assert plan.result.value == "same"
    assert plan.respondent_name == "Canada"
    assert "'rita.iscm'" in explain(plan)


def test_a_package_for_another_round(carla: Workspace, canada: Path, tmp_path: Path) -> None:
    """T-07: it is taken, and goes where it belongs."""
    carla.rounds.start("2029", "Assessment 2029")
    assert explain(planned(carla, canada)[0]) == ""  # nothing is going on in the new round yet
    carla.respondents.ask(None, "state", ["CAN"], "en", "")
    (plan,) = merged(carla, canada)
    assert "another round, Assessment 2027" in explain(plan)
    assert [row.round for row in carla.response_list.all()] == ["2027"]


def test_encrypting_for_nobody_is_said(tmp_path: Path) -> None:
    """T-05."""
    with coordinator(tmp_path, "sven") as theirs:
        response = theirs.responses.start("state", "NOR")
        for recipients, problem in (
            ((), TrustProblem.RECIPIENT_MISSING),
            (("age1x",), TrustProblem.RECIPIENT_UNREADABLE),
        ):
            with pytest.raises(IscmError) as caught:
                theirs.exports.export(response, tmp_path / "x.iscm.age", encrypts=True, recipients=recipients)
            assert caught.value.problem is problem
        assert not (tmp_path / "x.iscm.age").exists()
