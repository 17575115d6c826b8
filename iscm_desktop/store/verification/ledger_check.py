"""The ledger of each round: every entry gives its hash, every checkpoint the root that was signed."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from iscm_desktop.store.ledger.ledger_leaf import LedgerLeaf
from iscm_desktop.store.merkle_tree import GrowingTree
from iscm_desktop.store.verification.findings import Finding, FindingKind
from iscm_desktop.store.verification.store_reader import StoreReader

_ENTRIES = """
    SELECT leaf.round, leaf.position, leaf.subject, leaf.heads_root, leaf.operation, done.kind, leaf.salt, leaf.hash
    FROM ledger_leaf AS leaf LEFT JOIN operation AS done ON done.number = leaf.operation
    ORDER BY leaf.round, leaf.position"""
_CHECKPOINTS = "SELECT round, number, size, root, text FROM checkpoint ORDER BY round, number"


def check_ledgers(store: StoreReader) -> Iterator[Finding]:
    """Entries that are not what they were or are gone, and checkpoints that the entries do not come to."""
    hashes: dict[str, list[bytes]] = {}
    for round_, position, subject, root, operation, kind, salt, kept in store.rows(_ENTRIES):
        own = hashes.setdefault(round_, [])
        if position != len(own):
            yield _finding(round_, f"entry {len(own) + 1} is gone", subject)
        leaf = LedgerLeaf(round_, subject, root, operation, kind or "", salt).hash
        if leaf.hex() != kept:
            yield _finding(round_, f"entry {position + 1}", subject)
        own.append(leaf)
    trees: dict[str, GrowingTree] = {}
    for round_, number, size, root, text in store.rows(_CHECKPOINTS):
        tree, own = trees.setdefault(round_, GrowingTree()), hashes.get(round_, [])
        for leaf in own[tree.size : size]:
            tree.append(leaf)
        told = [str(size), base64.b64encode(tree.root).decode()]
        if (tree.size, tree.root.hex()) != (size, root) or text.split("\n")[1:3] != told:
            yield _finding(round_, f"checkpoint {number}")


def _finding(round_: str, what: str, subject: str = "") -> Finding:
    return Finding(FindingKind.LEDGER_CHANGED, subject, detail=f"{round_}, {what}")
