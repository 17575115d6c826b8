"""The public test vectors of the age format: every file behaves as its own head says.

A-01  What must open opens to the right content; what must not gives its own kind of fault and no content.
A-02  Files for hybrid (post-quantum) keys alone cannot be opened here and are refused as such: a deviation.
A-03  No vector costs more than moments, not even one that asks for minutes.
"""

from __future__ import annotations

import hashlib
import io
import tarfile
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from iscm_desktop.exchange.trust.age_encryption import HYBRID, AgeError, decrypted, recipient_of

VECTORS = Path(__file__).parent / "data" / "age.tar.xz"


@dataclass(frozen=True)
class Vector:
    name: str
    said: dict[str, list[str]]
    file: bytes

    @property
    def expects(self) -> str:
        return self.said["expect"][0]

    @property
    def identities(self) -> list[str]:
        """The keys that this program can hold."""
        return [one for one in self.said["identity"] if recipient_of(one)]

    @property
    def is_hybrid(self) -> bool:
        """Opens with a hybrid key only."""
        return any("-PQ-" in one for one in self.said["identity"]) and self.expects == "success"

    def outcome(self) -> str:
        passphrase = (self.said["passphrase"] or [""])[0]
        is_armored = self.said["armored"] == ["yes"]
        try:
            content = decrypted(self.file, self.identities, passphrase, armored=is_armored)
        except AgeError as error:
            return error.fault.value
        assert hashlib.sha256(content).hexdigest() == self.said["payload"][0]
        return "success"


def vectors() -> Iterator[Vector]:
    with tarfile.open(fileobj=io.BytesIO(VECTORS.read_bytes()), mode="r:xz") as archive:
        for member in archive:
            packed = archive.extractfile(member)
            assert packed is not None
            head, _blank, file = packed.read().partition(b"\n\n")
            said: dict[str, list[str]] = defaultdict(list)
            for line in head.decode().splitlines():
                key, _colon, value = line.partition(": ")
                said[key].append(value)
            yield Vector(member.name, said, zlib.decompress(file) if said["compressed"] else file)


ALL = list(vectors())


@pytest.mark.parametrize("vector", ALL, ids=lambda vector: vector.name)
def test_a_vector_behaves_as_it_says(vector: Vector) -> None:
    """A-01, A-02, A-03."""
    began = time.monotonic()
    outcome = vector.outcome()
    assert outcome == ("no match" if vector.is_hybrid else vector.expects)
    assert time.monotonic() - began < 5


def test_all_kinds_of_outcome_are_among_them() -> None:
    """A guard against an empty archive."""
    assert len(ALL) == 143
    assert {vector.expects for vector in ALL} == {
        "success", "no match", "HMAC failure", "header failure", "payload failure", "armor failure",
    }  # fmt: skip


def test_hybrid_files_are_told_apart() -> None:
    """A-02: the caller learns which stanzas there were, and can say it in words."""
    hybrid = next(vector for vector in ALL if vector.name == "hybrid")
    with pytest.raises(AgeError) as caught:
        decrypted(hybrid.file, [next(one for vector in ALL for one in vector.identities)])
    assert caught.value.kinds == {HYBRID}
