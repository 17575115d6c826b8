"""Invitations and encrypted files that somebody made to hurt: refused in words, soon, and nothing has changed.

H-01  Hostile archives and JSON as invitations.
H-02  Signed nonsense: any value in any field is refused in words, or opened like any other.
H-03  An encrypted file that was changed anywhere is refused, or holds the very same package.
H-04  What hurts hurts no more inside an encrypted file: bombs, encryption within encryption.

`ISCM_FUZZ=20000` is the nightly number of examples.
"""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import os
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iscm_desktop.errors import IscmError
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.exchange.trust.age_encryption import encrypted
from iscm_desktop.exchange.trust.invitation_file import read_invitation
from iscm_desktop.exchange.trust.signature import SigningKey
from iscm_desktop.workspace import Workspace
from tests.support.inviting import answered, coordinator, invited, planned
from tests.support.packages import members

HOSTILE = Path(__file__).parents[2] / "data" / "hostile"
EXAMPLES = int(os.environ.get("ISCM_FUZZ", "60"))
SOON_S = 5

many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def collected(name: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress((HOSTILE / name).read_bytes()))) as archive:
        for member in archive:
            if member.isfile():
                held = archive.extractfile(member)
                assert held is not None
                yield Path(member.name).name, held.read()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("inviting")


@pytest.fixture(scope="module")
def carla(folder: Path) -> Iterator[Workspace]:
    with coordinator(folder) as made:
        yield made


@pytest.fixture(scope="module")
def invitation(carla: Workspace, folder: Path) -> Path:
    return invited(carla, folder, "CAN")[0].path


@pytest.fixture(scope="module")
def sealed(invitation: Path, folder: Path) -> bytes:
    """An encrypted package that the coordinator can open."""
    return answered(folder, "rita", invitation, ".iscm.age").read_bytes()


def is_read(data: bytes, folder: Path) -> bool:
    """Whether these bytes are an invitation; anything but words about them is a defect."""
    file = folder / "some.iscminvite"
    file.write_bytes(data)
    begun = time.monotonic()
    try:
        read_invitation(file)
    except IscmError:
        return False
    finally:
        assert time.monotonic() - begun < SOON_S
    return True


def signed(document: bytes) -> bytes:
    key = SigningKey(b"\1" * 8, b"\2" * 32)
    return zipped({"invitation.json": document, "invitation.json.minisig": key.sign(document, "some")})


@pytest.mark.parametrize(
    ("name", "data"), [pytest.param(*one, id=one[0]) for one in collected("archives.tar.xz")]
)
def test_hostile_archives(name: str, data: bytes, folder: Path) -> None:
    """H-01."""
    assert not is_read(data, folder)


def test_hostile_json(invitation: Path, folder: Path) -> None:
    """H-01: as the whole document, and as a value in one."""
    document = json.loads(members(invitation)["invitation.json"])
    document["issuer"]["key"] = SigningKey(b"\1" * 8, b"\2" * 32).public
    whole = json.dumps(document).encode()
    assert is_read(signed(whole), folder)
    for name, text in collected("json.tar.xz"):
        assert not is_read(signed(text), folder)
        nested = whole.replace(b'"round"', b'"x": ' + text + b', "round"', 1)
        assert not is_read(signed(nested), folder) or name.startswith(("y_", "i_")), name


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@many
@given(st.data())
def test_signed_nonsense(invitation: Path, folder: Path, data: st.DataObject) -> None:
    """H-02: read, it can also be opened, or refused in words."""
    document = json.loads(members(invitation)["invitation.json"])
    place = data.draw(st.sampled_from(sorted(document)))
    inner = document[place]
    if isinstance(inner, dict) and inner and data.draw(st.booleans()):
        inner[data.draw(st.sampled_from(sorted(inner)))] = data.draw(anything)
    else:
        document[place] = data.draw(anything)
    if isinstance(document["issuer"], dict):
        document["issuer"]["key"] = SigningKey(b"\1" * 8, b"\2" * 32).public
    if is_read(signed(json.dumps(document).encode()), folder):
        store = folder / f"{hashlib.sha256(repr(document).encode()).hexdigest()[:12]}.iscmdb"
        with Workspace.open(store) as theirs:
            try:
                theirs.received_invitations.open_response(folder / "some.iscminvite", "", "", "")
            except IscmError:
                assert theirs.response_list.all() == ()


@many
@given(st.lists(st.tuples(st.integers(0, 2**20), st.integers(1, 255)), min_size=1, max_size=3))
def test_a_changed_encrypted_file(
    sealed: bytes, carla: Workspace, folder: Path, changes: list[tuple[int, int]]
) -> None:
    """H-03."""
    spoiled = bytearray(sealed)
    for place, value in changes:
        spoiled[place % len(spoiled)] ^= value
    file = folder / "spoiled.iscm.age"
    file.write_bytes(spoiled)
    (plan,) = planned(carla, file)
    assert explain(plan) if bytes(spoiled) != sealed else plan.result.value == "new"
    assert (plan.result.value == "refused") is (bytes(spoiled) != sealed)


@pytest.mark.parametrize(
    ("name", "data"), [pytest.param(*one, id=one[0]) for one in collected("archives.tar.xz")]
)
def test_hostile_archives_in_encrypted_files(name: str, data: bytes, carla: Workspace, folder: Path) -> None:
    """H-04."""
    _identity, recipient = carla.keys.own_identity()
    file = folder / "hostile.iscm.age"
    file.write_bytes(encrypted(data, [recipient]))
    begun = time.monotonic()
    assert [plan.result.value for plan in planned(carla, file)] == ["refused"], name
    assert time.monotonic() - begun < SOON_S


def test_encryption_within_encryption(sealed: bytes, carla: Workspace, folder: Path) -> None:
    """H-04: one layer is a package; more is nothing that this program writes."""
    _identity, recipient = carla.keys.own_identity()
    file = folder / "twice.iscm.age"
    file.write_bytes(encrypted(sealed, [recipient]))
    assert planned(carla, file)[0].result.value == "refused"
