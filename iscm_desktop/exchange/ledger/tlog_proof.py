"""Proofs that an entry is in a ledger, to be verified without it: index, hashes, and the checkpoint as it was signed.

Source: https://c2sp.org/tlog-proof
"""

from __future__ import annotations

from dataclasses import dataclass

from iscm_desktop.exchange.ledger.checkpoint import read_number
from iscm_desktop.exchange.ledger.strict_base64 import decoded, encoded
from iscm_desktop.store.merkle_tree import HASH_SIZE, MAX_PROOF

HEADER = "c2sp.org/tlog-proof@v1"
MAX_PROOF_FILE = 4 * 1024 * 1024
"""In bytes; of that, the ids of 30,000 answers are a half."""

_EXTRA, _INDEX = "extra ", "index "


@dataclass(frozen=True, slots=True)
class TlogProof:
    """A proof as it travels; nothing of it has been verified."""

    index: int  # from 0
    hashes: tuple[bytes, ...]
    checkpoint: str  # a note, word for word
    extra: bytes | None = None  # what the leaf is made of; not authenticated

    @property
    def written(self) -> str:
        """The file."""
        extra = () if self.extra is None else (f"{_EXTRA}{encoded(self.extra)}",)
        lines = (HEADER, *extra, f"{_INDEX}{self.index}", *map(encoded, self.hashes), "")
        return "".join(f"{line}\n" for line in lines) + self.checkpoint


def read_proof(data: bytes) -> TlogProof:
    """A proof from a file.

    Raises:
        ValueError: it is none, or larger than any of ours.
    """
    if len(data) > MAX_PROOF_FILE:
        raise ValueError("too long for a proof")
    head, blank, checkpoint = data.decode("utf-8").partition("\n\n")
    if not blank:
        raise ValueError("not a proof")
    header, *lines = head.split("\n")
    if header != HEADER or not lines:
        raise ValueError("not a proof")
    extra = None
    if lines[0].startswith(_EXTRA):
        extra = decoded(lines.pop(0).removeprefix(_EXTRA))
    if not lines or not lines[0].startswith(_INDEX):
        raise ValueError("a proof without an index")
    index, *hashes = lines
    found = tuple(map(decoded, hashes))
    if len(found) > MAX_PROOF or any(len(each) != HASH_SIZE for each in found):
        raise ValueError("these are no hashes of a proof")
    return TlogProof(read_number(index.removeprefix(_INDEX)), found, checkpoint, extra)
