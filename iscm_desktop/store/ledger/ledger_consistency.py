"""Whether a ledger still is what was signed: its newest checkpoints at each start, all of it on demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from iscm_desktop.store.database import prepared_queries
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.merkle_tree import EMPTY_ROOT, GrowingTree

_COMPARED = 2
"""The start compares so many checkpoints of each round: the newest ones."""


class LedgerFaultKind(Enum):
    """What is not as it was."""

    CHECKPOINT = "checkpoint"  # the entries do not give the root that was signed
    ENTRY = "entry"  # an entry does not give its hash
    GAP = "gap"  # an entry is missing


@dataclass(frozen=True, slots=True)
class LedgerFault:
    """Something of a round's ledger that is not as it was."""

    round: str
    kind: LedgerFaultKind
    number: int  # of the checkpoint, or of the entry, from 1


def newest_faults(db: Transaction) -> tuple[LedgerFault, ...]:
    """Faults in the two newest checkpoints of each round; reads only the entries between them."""
    by_round: dict[str, list[tuple[int, int, str, str]]] = {}
    for round_, number, size, root, peaks in db.run(prepared_queries.CHECKPOINTS):
        by_round.setdefault(round_, []).append((number, size, root, peaks))
    return tuple(
        LedgerFault(round_, LedgerFaultKind.CHECKPOINT, number)
        for round_, rows in by_round.items()
        for number in _unlike(db, round_, rows[-_COMPARED:])
    )


def _unlike(db: Transaction, round_: str, rows: list[tuple[int, int, str, str]]) -> Iterator[int]:
    number, size, root, peaks = rows[0]
    try:
        tree = GrowingTree(size, map(bytes.fromhex, peaks.split()))
    except ValueError:
        yield number
        return
    if tree.root.hex() != root:
        yield number
        return
    for number, size, root, _peaks in rows[1:]:
        hashes = db.run(prepared_queries.LEAF_HASHES, {"round": round_, "start": tree.size, "end": size})
        for (text,) in hashes:
            tree.append(_hash(text))
        if (tree.size, tree.root.hex()) != (size, root):
            yield number


def _hash(text: str) -> bytes:
    """What a damaged row holds gives another root, whatever it is."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return EMPTY_ROOT


def all_faults(db: Transaction, round_: str) -> tuple[LedgerFault, ...]:
    """Faults in all entries and checkpoints of a round: each hash recomputed, each root from the first entry on."""
    from iscm_desktop.store.ledger.checkpoint_rows import checkpoints_of
    from iscm_desktop.store.ledger.ledger_entries import entries_of

    found: list[LedgerFault] = []
    present = {entry.position: entry for entry in entries_of(db, round_)}
    size = max(present, default=-1) + 1
    for position in range(size):
        entry = present.get(position)
        if entry is None:
            found.append(LedgerFault(round_, LedgerFaultKind.GAP, position + 1))
        elif entry.leaf.hash.hex() != entry.kept_hash:
            found.append(LedgerFault(round_, LedgerFaultKind.ENTRY, position + 1))
    tree = GrowingTree()
    for row in checkpoints_of(db, round_):
        while tree.size < min(row.size, size):
            entry = present.get(tree.size)
            tree.append(EMPTY_ROOT if entry is None else entry.leaf.hash)
        if (tree.size, tree.root.hex()) != (row.size, row.root):
            found.append(LedgerFault(round_, LedgerFaultKind.CHECKPOINT, row.number))
    return tuple(found)
