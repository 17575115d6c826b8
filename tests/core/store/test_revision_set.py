"""One hash for a set of revisions."""

from __future__ import annotations

import hashlib

from iscm_desktop.store.merkle_tree import leaf_hash, tree_root
from iscm_desktop.store.objects.revision_set import root_of


def test_a_set_has_the_root_over_its_ids_ascending_whatever_their_order() -> None:
    ids = [hashlib.sha256(bytes([number])).hexdigest() for number in range(7)]
    wanted = tree_root([leaf_hash(bytes.fromhex(id_)) for id_ in sorted(ids)]).hex()
    assert root_of(ids) == root_of([*reversed(ids), ids[0]]) == wanted
