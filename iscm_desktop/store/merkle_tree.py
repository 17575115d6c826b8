"""The hash of a list, made so that a part of it can be proven without the rest.

The tree of RFC 6962, section 2.1: leaves and inner nodes are hashed under different prefixes, so that neither
can be taken for the other, and a list of any length has one root.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY_ROOT = hashlib.sha256().digest()
"""Of a list without entries."""

_LEAF, _NODE = b"\0", b"\1"


def leaf_hash(entry: bytes) -> bytes:
    """32 bytes for one entry of the list."""
    return hashlib.sha256(_LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """32 bytes for two neighbouring subtrees."""
    return hashlib.sha256(_NODE + left + right).digest()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """32 bytes for the list whose entries have these leaf hashes, in their order."""
    if not leaves:
        return EMPTY_ROOT
    row = list(leaves)
    while len(row) > 1:  # a subtree without a neighbour moves up as it is: the same split as the standard's
        row = [
            node_hash(row[at], row[at + 1]) if at + 1 < len(row) else row[at] for at in range(0, len(row), 2)
        ]
    return row[0]
