"""One hash for a set of revisions, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Iterable

from iscm_desktop.store.merkle_tree import leaf_hash, tree_root
from iscm_desktop.store.objects.revision import RevisionId


def root_of(ids: Iterable[RevisionId]) -> str:
    """Root of the tree whose entries are the 32 bytes of each id, the ids ascending; 64 hexadecimal digits.

    Raises:
        ValueError: one of them is no id.
    """
    return tree_root([leaf_hash(bytes.fromhex(id_)) for id_ in sorted(set(ids))]).hex()
