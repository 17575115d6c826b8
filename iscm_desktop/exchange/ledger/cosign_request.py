"""What a coordinator hands to another so that they can compare both stores before they cosign.

It holds the checkpoint and what each entry is made of, salts included; so it is encrypted for the other coordinator,
who holds the same answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec

from iscm_desktop.exchange.ledger.checkpoint import Checkpoint, read_checkpoint
from iscm_desktop.exchange.ledger.signed_note import SignedNote, read_note
from iscm_desktop.store.ledger.ledger_leaf import LedgerLeaf
from iscm_desktop.store.merkle_tree import tree_root

REQUEST_FORMAT = "iscm-cosign-request/1"
MAX_REQUEST = 64 * 1024 * 1024
"""In bytes; 300,000 entries."""

_Hex32 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$", max_length=32)]
_Hex64 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$", max_length=64)]


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    response: _Hex32
    heads_root: _Hex64
    operation: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
    kind: Annotated[str, msgspec.Meta(pattern="^[a-z_]{1,32}$", max_length=32)]
    salt: _Hex32


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    round: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    checkpoint: str
    entries: list[_Entry]


@dataclass(frozen=True, slots=True)
class CosignRequest:
    """A request whose entries give the root of its checkpoint; the signature has not been verified."""

    round: str
    note: SignedNote
    checkpoint: Checkpoint
    hashes: tuple[bytes, ...]  # of all entries
    roots: dict[str, str]  # of the heads of each response, by its id, as its newest entry says


def written_request(note: str, leaves: Sequence[LedgerLeaf]) -> bytes:
    """The request, to be encrypted: a checkpoint, and all entries of the ledger of that size, at least one."""
    entries = [
        _Entry(leaf.response, leaf.heads_root, leaf.operation, leaf.kind, leaf.salt) for leaf in leaves
    ]
    return msgspec.json.encode(_Request(REQUEST_FORMAT, leaves[0].round, note, entries))


def read_request(data: bytes) -> CosignRequest:
    """A request that was decrypted.

    Raises:
        ValueError: it is none, or its parts do not fit together.
    """
    if len(data) > MAX_REQUEST:
        raise ValueError("too long for a request")
    try:
        found = msgspec.json.decode(data, type=_Request)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError("not a request") from error
    note = read_note(found.checkpoint.encode())
    checkpoint = read_checkpoint(note.text)
    leaves = [
        LedgerLeaf(found.round, one.response, one.heads_root, one.operation, one.kind, one.salt)
        for one in found.entries
    ]
    hashes = tuple(leaf.hash for leaf in leaves)
    if found.format != REQUEST_FORMAT or len(hashes) != checkpoint.size:
        raise ValueError("not a request for this checkpoint")
    if tree_root(hashes) != checkpoint.root:
        raise ValueError("these are not the entries of this checkpoint")
    return CosignRequest(
        found.round, note, checkpoint, hashes, {leaf.response: leaf.heads_root for leaf in leaves}
    )
