"""Each set of revisions that is sealed together is signed by its device's key, and the signature travels.

K-01  Whoever exports seals what they made and nobody has seen yet, once; the seal goes with it from hand to hand.
K-02  A seal that was tampered with, or put over another's revisions, refuses the file.
K-03  A part of a response has seals that can be checked in the part.
K-04  A device is bound to the key it was first seen with; what that key does not cover is not proven.
K-05  Old packages are shown as what they are: a signed one vouches for its sender's own revisions.
K-06  Nobody seals what a file brought in their name; and from format 1.2 on a package's signature is no seal.
K-07  What a file says in the name of the very computer that merges it is named, and is never shown as made there.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from iscm_desktop.errors import IscmError, TrustProblem
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.exchange.package.package_reader import open_package, read_package
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.exchange.trust.sealing import is_whole, new_seal
from iscm_desktop.exchange.trust.signature import SigningKey, is_sealed
from iscm_desktop.questionnaire.form_paths import answer_path
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.items import revisions_of
from iscm_desktop.store.objects.revision import ItemPath, Revision, line
from iscm_desktop.store.objects.seals import (
    ProvenRevisions,
    Seal,
    Vouching,
    bound_device_keys,
    keep_seal,
    proven_revisions,
    sealed_text,
    seals_of,
)
from iscm_desktop.workspace import Workspace
from tests.support.claimed_promises import packed
from tests.support.packages import SEALS, members, unsigned
from tests.support.workspaces import NAME, STORY, answer, exported, merge, opened

GOLDEN = Path(__file__).parents[2] / "data" / "package-1.1.iscm"


def seals(package: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in members(package).get(SEALS, b"").splitlines()]


def stored(workspace: Workspace, response: str) -> list[Seal]:
    with workspace._database.read() as db:
        return [one.seal for one in seals_of(db, response)]


def proven(workspace: Workspace, response: str) -> ProvenRevisions:
    with workspace._database.read() as db:
        return proven_revisions(db, response, frozenset())


def with_seals(package: Path, data: bytes) -> bytes:
    """The package without a signature, with other seals and a manifest that vouches for them."""
    found = unsigned(package)
    manifest = json.loads(found["manifest.json"])
    manifest["members"][SEALS] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    return zipped({**found, "manifest.json": json.dumps(manifest).encode(), SEALS: data})


def test_what_was_never_sealed_becomes_one_set(tmp_path: Path) -> None:
    """K-01."""
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="first", story="told")
        (first,) = seals(exported(anna, response, tmp_path / "1.iscm"))
        assert (first["device"], first["key"]) == (anna.device, anna.keys.device_key.public)
        again = seals(exported(anna, response, tmp_path / "2.iscm"))
        assert again == [first]
        answer(anna, response, name="second")
        third = exported(anna, response, tmp_path / "3.iscm")
        package = read_package(open_package(third))
        assert len(package.seals) == 2
        assert first["signature"] in {seal.signature for seal in package.seals}
        assert sorted(id_ for seal in package.seals for id_ in seal.revisions) == sorted(package.revisions)
        assert all(is_whole(seal, response) for seal in package.seals)
        assert sorted(stored(anna, response), key=str) == sorted(package.seals, key=str)


def test_seals_go_from_hand_to_hand(tmp_path: Path) -> None:
    """K-01: whoever gets it from the second hand sees by which key the first made it."""
    with (
        opened(tmp_path, "anna") as anna,
        opened(tmp_path, "bela") as bela,
        opened(tmp_path, "chen") as chen,
    ):
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="by Anna")
        merge(bela, exported(anna, response, tmp_path / "1.iscm"))
        answer(bela, response, story="by Bela")
        merge(chen, exported(bela, response, tmp_path / "2.iscm"))
        found = proven(chen, response)
        with chen._database.read() as db:
            revisions = revisions_of(db, response)
        assert {one.device for one in revisions.values()} == {anna.device, bela.device}
        assert all(found.is_proven(id_, one.device) for id_, one in revisions.items())
        by_key = {key for id_ in revisions for key in found.keys_of(id_)}
        assert by_key == {anna.keys.device_key.public, bela.keys.device_key.public}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: line.replace(b'"signature":"', b'"signature":"A')[:-4] + b'"}\n',
        lambda line: line.replace(b'"device":"', b'"device":"x'),
        lambda line: line.replace(b"[[0,", b"[[1,"),
        lambda line: line.replace(b"[[0,", b"[[-1,"),
        lambda line: line.replace(b"]]", b"0000]]"),
        lambda line: line.replace(b"[[0,", b"[[0,0],[1,"),
        lambda line: line.replace(b'"revisions":[[', b'"revisions":[],"x":[['),
        lambda line: line + line,
        lambda line: line.rstrip(b"\n"),
        lambda line: line.replace(b'{"device"', b'{ "device"'),
        lambda _line: b"[" * 100_000 + b"\n",
        lambda line: b"".join(line.replace(b"=", str(n).encode()) for n in range(10_001)),
    ],
)
def test_a_seal_that_was_changed_refuses_the_file(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """K-02."""
    with opened(tmp_path, "anna") as anna, opened(tmp_path, "bela") as bela:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="by Anna")
        whole = exported(anna, response, tmp_path / "whole.iscm")
        changed = tmp_path / "changed.iscm"
        changed.write_bytes(with_seals(whole, members(whole)[SEALS]))
        assert not bela.packages.plan([changed]).refused
        changed.write_bytes(with_seals(whole, spoil(members(whole)[SEALS])))
        (refused,) = bela.packages.plan([changed]).refused
        assert refused.problem is TrustProblem.SEAL_BROKEN
        assert merge(bela, changed) == ["refused"]
        assert bela.response_list.all() == ()


def test_nobody_seals_in_anothers_name(tmp_path: Path) -> None:
    """K-02: a seal of Bela's key over what stands in Anna's name is Bela's word, and names another device."""
    key = SigningKey.new()
    with opened(tmp_path, "anna") as anna, opened(tmp_path, "bela") as bela:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="by Anna")
        whole = exported(anna, response, tmp_path / "whole.iscm")
        package = read_package(open_package(whole))
        seal_line = {
            "device": "bela", "key": key.public, "revisions": [[0, len(package.revisions) - 1]],
            "signature": key.seal(sealed_text(response, "bela", package.revisions)),
        }  # fmt: skip
        forged = tmp_path / "forged.iscm"
        forged.write_bytes(with_seals(whole, json.dumps(seal_line, separators=(",", ":")).encode() + b"\n"))
        with pytest.raises(IscmError) as caught:
            read_package(open_package(forged))
        assert caught.value.problem is TrustProblem.SEAL_BROKEN
        assert merge(bela, forged) == ["refused"]


def test_another_key_for_a_device_proves_nothing(tmp_path: Path) -> None:
    """K-04: seen first with one key, what another key covers alone is not proven; nor what none covers."""
    key = SigningKey.new()
    with opened(tmp_path, "anna") as anna, opened(tmp_path, "bela") as bela:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="by Anna")
        merge(bela, exported(anna, response, tmp_path / "1.iscm"))
        answer(anna, response, story="never said")
        later = exported(anna, response, tmp_path / "2.iscm")
        package = read_package(open_package(later))
        seal_line = {
            "device": anna.device, "key": key.public, "revisions": [[0, len(package.revisions) - 1]],
            "signature": key.seal(sealed_text(response, anna.device, package.revisions)),
        }  # fmt: skip
        forged = tmp_path / "forged.iscm"
        forged.write_bytes(with_seals(later, json.dumps(seal_line, separators=(",", ":")).encode() + b"\n"))
        merge(bela, forged)
        found = proven(bela, response)
        unproven = {
            one.path for id_, one in package.revisions.items() if not found.is_proven(id_, anna.device)
        }
        assert unproven == {STORY}
        merge(bela, later)
        found = proven(bela, response)
        assert all(found.is_proven(id_, anna.device) for id_ in package.revisions)


def test_a_key_that_is_known_goes_before_one_that_came_first() -> None:
    """K-04: whoever was quicker gains nothing; a device that lost its key keeps both where both are known."""

    def claims(*seen: tuple[str, int]) -> list[Vouching]:
        return [Vouching("laptop", key, sight, frozenset()) for key, sight in seen]

    assert bound_device_keys(claims(("a", 2), ("b", 1)))["laptop"] == {"b"}
    assert bound_device_keys(claims(("a", 2), ("b", 1)), frozenset("a"))["laptop"] == {"a"}
    assert bound_device_keys(claims(("a", 2), ("b", 1), ("c", 3)), frozenset("ac"))["laptop"] == {"a", "c"}
    assert bound_device_keys(claims(("b", 1), ("a", 1)))["laptop"] == {"a"}


def test_a_signed_package_of_before_vouches_for_its_sender(tmp_path: Path) -> None:
    """K-05."""
    package = read_package(open_package(GOLDEN))
    assert package.seals == ()
    with Workspace.open(tmp_path / "carla.iscmdb") as carla:
        assert merge(carla, GOLDEN) == ["new"]
        found = proven(carla, package.manifest.response.id)
        sender = package.manifest.sender
        assert all(
            found.is_proven(id_, one.device) is (one.device == sender.device)
            for id_, one in package.revisions.items()
        )


def test_an_unsigned_file_proves_nothing_and_takes_nothing_away(tmp_path: Path) -> None:
    """K-05: the same answers without a signature are another package, and change nothing that is proven."""
    with opened(tmp_path, "anna") as anna, opened(tmp_path, "bela") as bela:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="by Anna")
        whole = exported(anna, response, tmp_path / "1.iscm")
        bare = tmp_path / "bare.iscm"
        bare.write_bytes(zipped(unsigned(whole)))
        assert merge(bela, bare) == ["new"]
        ids = read_package(open_package(whole)).revisions
        assert not any(proven(bela, response).is_proven(id_, anna.device) for id_ in ids)
        assert merge(bela, whole) == ["same"]
        assert all(proven(bela, response).is_proven(id_, anna.device) for id_ in ids)
        assert merge(bela, bare) == ["same"]
        assert all(proven(bela, response).is_proven(id_, anna.device) for id_ in ids)


def test_sections_come_with_seals_of_their_own(tmp_path: Path) -> None:
    """K-03: and whoever holds the whole keeps both, each with what it covers."""
    with opened(tmp_path, "anna") as anna, opened(tmp_path, "bela") as bela:
        response = anna.responses.start("small", "igc")
        session = anna.responses.open_session(response)
        session.answer(NAME, "by Anna")
        session.add_entry("partners/partner")
        anna.responses.save(response, session)
        whole = exported(anna, response, tmp_path / "whole.iscm")
        part = anna.delegations.hand_over(response, ["about"], to="Bela", target=tmp_path / "part.iscm").path
        package = read_package(open_package(part))
        assert {id_ for seal in package.seals for id_ in seal.revisions} == package.revisions.keys()
        assert merge(bela, part) == ["new"]
        assert merge(bela, whole) == ["newer"]
        kept = stored(bela, response)
        assert len(kept) == 2
        assert all(is_whole(seal, response) for seal in kept)
        with bela._database.read() as db:
            revisions = revisions_of(db, response)
        assert all(proven(bela, response).is_proven(id_, anna.device) for id_ in revisions)


def in_the_name_of(package: Path, target: Path, key: SigningKey | None) -> tuple[Path, str]:
    """An answer that a stranger adds in the name of the device that wrote a package; and its id."""
    found = unsigned(package)
    lines = found["revisions.jsonl"].splitlines()
    known = [msgspec.json.decode(each, type=Revision) for each in lines]
    answered = next(one for one in known if one.kind == "answer")
    forged = line(msgspec.structs.replace(answered, path=ItemPath(STORY), parents=(), value="forged"))
    return packed(found, [*lines, forged], target, key), hashlib.sha256(forged).hexdigest()


@pytest.mark.parametrize("is_signed", [False, True])
def test_nobody_seals_what_a_file_brought_in_their_name(tmp_path: Path, is_signed: bool) -> None:
    """K-06: a stranger's answer in Anna's name is not proven, at hers and at whoever gets it from her."""
    key = SigningKey.new() if is_signed else None
    with opened(tmp_path, "anna") as anna, opened(tmp_path, "bela") as bela:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="by Anna")
        first = exported(anna, response, tmp_path / "1.iscm")
        merge(bela, first)
        file, forged = in_the_name_of(first, tmp_path / "forged.iscm", key)
        merge(anna, file)
        answer(anna, response, name="by Anna again")
        second = read_package(open_package(exported(anna, response, tmp_path / "2.iscm")))
        assert forged in second.revisions
        sealed = {id_ for seal in second.seals for id_ in seal.revisions}
        assert second.revisions.keys() - sealed == {forged}
        merge(bela, second.path)
        for store in (anna, bela):
            found = proven(store, response)
            unproven = {id_ for id_, one in second.revisions.items() if not found.is_proven(id_, one.device)}
            assert unproven == {forged}
            (row,) = store.conflicts.history(response, answer_path(STORY))
            assert (row.text, row.is_proven, row.device_is_ours) == ("forged", False, False)


@pytest.mark.parametrize("is_signed", [False, True])
def test_what_claims_to_be_of_this_computer_is_named(tmp_path: Path, is_signed: bool) -> None:
    """K-07: in plan and report, once; at others' it is not."""
    key = SigningKey.new() if is_signed else None
    with opened(tmp_path, "anna") as anna, opened(tmp_path, "bela") as bela:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="by Anna")
        first = exported(anna, response, tmp_path / "1.iscm")
        file, forged = in_the_name_of(first, tmp_path / "forged.iscm", key)
        (plan,) = anna.packages.plan([file]).planned
        assert plan.posing == (STORY,)
        words = "1 change claims to be of this computer, which never made it: story."
        assert words in explain(plan)
        (report,) = anna.packages.apply(anna.packages.plan([file])).merged
        assert report.posing == plan.posing
        assert words in explain(report)
        assert anna.packages.plan([file]).planned[0].posing == ()  # merged before
        rows = {row.revision_id: row for row in anna.conflicts.history(response, answer_path(STORY))}
        assert (rows[forged].device_is_ours, rows[forged].is_proven) == (False, False)
        (own,) = anna.conflicts.history(response, answer_path(NAME))
        assert (own.device_is_ours, own.is_proven) == (True, True)
        assert bela.packages.plan([file]).planned[0].posing == ()


def test_a_device_is_bound_to_its_own_key_alone(tmp_path: Path) -> None:
    """K-07: also where nothing was sealed here yet, and whoever's key a stranger made known."""
    with opened(tmp_path, "anna") as anna, opened(tmp_path, "bela") as bela:
        response = bela.responses.start("small", "igc")
        answer(bela, response, name="by Bela")
        found = unsigned(exported(bela, response, tmp_path / "bela.iscm"))
        lines = [
            each.replace(bela.device.encode(), anna.device.encode())
            for each in found["revisions.jsonl"].splitlines()
        ]
        stranger = SigningKey.new()
        file = packed(found, lines, tmp_path / "forged.iscm", stranger)
        anna.devices.name(stranger.public, "the Secretariat", "small", "igc")
        (plan,) = anna.packages.plan([file]).planned
        assert NAME in plan.posing
        merge(anna, file)
        (row,) = anna.conflicts.history(response, answer_path(NAME))
        assert (row.text, row.device_is_ours, row.is_proven) == ("by Bela", False, False)


def test_ones_own_file_poses_as_nobody(tmp_path: Path) -> None:
    """K-07: what this computer sealed and a store lost is proven by its key; what was taken back was made here."""
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="by Anna")
        first = exported(anna, response, tmp_path / "1.iscm")
        answer(anna, response, story="later")
        second = exported(anna, response, tmp_path / "2.iscm")
        assert anna.packages.plan([first, second]).planned[1].posing == ()
        key, device = anna.keys.own_keys(), anna.device
    with closing(sqlite3.connect(tmp_path / "anna.iscmdb")) as db, db:
        db.execute("DELETE FROM revision WHERE path = ?", (STORY,))
        db.execute("DELETE FROM item WHERE path = ?", (STORY,))
    with opened(tmp_path, "anna") as anna:
        assert (anna.keys.own_keys(), anna.device) == (key, device)
        (plan,) = anna.packages.plan([second]).planned
        assert plan.posing == ()
        merge(anna, second)
        (row,) = anna.conflicts.history(response, answer_path(STORY))
        assert (row.text, row.device_is_ours, row.is_proven) == ("later", True, True)
        third = exported(anna, response, tmp_path / "3.iscm")
        assert seals(third) == seals(second)
        assert anna.verification.verify(with_signatures=True).findings == ()


def test_another_keys_seal_in_ones_name_leaves_it_to_be_sealed(tmp_path: Path) -> None:
    """K-06: what was made here is sealed by this device's key, whoever put a seal over it before, and once."""
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="by Anna")
        stranger = SigningKey.new()
        with anna._database.write() as db:
            responses.seal_response(db, response, anna.device)
            ids = list(revisions_of(db, response))
            keep_seal(db, response, new_seal(stranger, response, anna.device, ids))
        key = anna.keys.device_key.public
        for name in ("1", "2"):
            kept = seals(exported(anna, response, tmp_path / f"{name}.iscm"))
            assert sorted(seal["key"] for seal in kept) == sorted([key, stranger.public])
            assert sorted(stored(anna, response), key=str) == sorted(
                read_package(open_package(tmp_path / f"{name}.iscm")).seals, key=str
            )
        assert anna.verification.verify().findings == ()


def test_a_signature_is_no_seal_since_format_1_2(tmp_path: Path) -> None:
    """K-06: but what a file of before proves stays, in whichever order both come."""
    key = SigningKey.new()
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="by Anna")
        found = unsigned(exported(anna, response, tmp_path / "whole.iscm"))
        device = anna.device
    lines = found["revisions.jsonl"].splitlines()
    old = packed(dict(found), lines, tmp_path / "old.iscm", key, "1.1")
    new = packed(dict(found), lines, tmp_path / "new.iscm", key, "1.2")
    assert open_package(old).digest != open_package(new).digest
    ids = read_package(open_package(old)).revisions
    for number, order in enumerate(([new], [new, old], [old, new])):
        with opened(tmp_path, f"bela{number}") as bela:
            for file in order:
                merge(bela, file)
            found_there = proven(bela, response)
            assert {found_there.is_proven(id_, device) for id_ in ids} == {old in order}


def test_a_public_edition_has_no_seals(tmp_path: Path) -> None:
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="by Anna")
        public = anna.public_exports.export(response, tmp_path / "public.iscm").path
        assert SEALS not in members(public)


def test_a_seal_is_over_a_text_that_says_what_it_is_for() -> None:
    """Nothing else that the key signs can be taken for a seal: neither a manifest nor another response's seal."""
    key = SigningKey.new()
    text = sealed_text("0" * 32, "laptop", ["b" * 64, "a" * 64])
    assert text == sealed_text("0" * 32, "laptop", ["a" * 64, "b" * 64])
    digest = hashlib.sha256(f"{'a' * 64}\n{'b' * 64}\n".encode()).hexdigest()
    assert json.loads(text) == ["iscm-seal", "0" * 32, "laptop", 2, digest]
    assert is_sealed(text, key.seal(text), key.public)
    assert not is_sealed(text, key.seal(text), SigningKey.new().public)
    assert not is_sealed(text + b" ", key.seal(text), key.public)
    assert not is_sealed(text, "nonsense", key.public)
