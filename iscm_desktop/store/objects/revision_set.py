"""One hash for a set of revisions, whatever the order in which they came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from iscm_desktop.store.merkle_tree import tree_root
from iscm_desktop.store.objects.revision import RevisionId


def root_of(ids: Iterable[RevisionId]) -> str:
    """Root of the tree whose entries are the 32 bytes of each id, the ids ascending; 64 hexadecimal digits.

    Raises:
        ValueError: one of them is no id.
    """
    sha256, id_bytes = (
        hashlib.sha256,
        bytes.fromhex,
    )  # as `merkle_tree.leaf_hash` does it, for a million of them
    return tree_root([sha256(b"\0" + id_bytes(id_)).digest() for id_ in sorted(set(ids))]).hex()
