"""An entry of a ledger as the bytes that are hashed, and the root of what a response holds.

`docs/formats/receipt.md` describes both for others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from iscm_desktop.store.merkle_tree import leaf_hash, root_of_hashes
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.revision import (
    ANSWER,
    ENTRY,
    NOTHING,
    RESTRICTION,
    SIGN_OFF,
    ItemKey,
    RevisionId,
    SubjectId,
)

LEAF_FORMAT = "iscm-leaf/1"
SALT_SIZE = 16
ATTESTED_KINDS = frozenset({ANSWER, ENTRY, NOTHING, SIGN_OFF, RESTRICTION})
"""What an entry vouches for: all that a respondent says. Notes and queries between others are no part of it."""

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class LedgerLeaf:
    """That an operation left a response so."""

    round: str
    response: SubjectId
    heads_root: str  # 64 hexadecimal digits
    operation: int
    kind: str  # of the operation
    salt: str  # 32 hexadecimal digits

    @property
    def hash(self) -> bytes:
        """Its leaf hash in the tree of RFC 6962, 32 bytes."""
        return leaf_hash(
            _encode(
                (
                    LEAF_FORMAT,
                    self.round,
                    self.response,
                    self.heads_root,
                    self.operation,
                    self.kind,
                    self.salt,
                )
            )
        )


def attested_heads(present: Mapping[ItemKey, ItemState]) -> list[RevisionId]:
    """The heads of all items for which an entry vouches."""
    return [id_ for (kind, _path), state in present.items() if kind in ATTESTED_KINDS for id_ in state.heads]


def heads_root(heads: Iterable[RevisionId]) -> str:
    """64 hexadecimal digits for a set of heads.

    They are the leaf hashes themselves, ascending: an id is the SHA-256 of a line that begins with a brace, so it
    is none of an inner node, whose input begins with 1.
    """
    return root_of_hashes(bytes.fromhex("".join(sorted(heads)))).hex()
