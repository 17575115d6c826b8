"""Whether a ledger still is what was signed, as far as each start can look; `store.verification` looks at all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iscm_desktop.store.database import prepared_queries
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.merkle_tree import EMPTY_ROOT, GrowingTree

_COMPARED = 2
"""The start compares so many checkpoints of each round: the newest ones."""


@dataclass(frozen=True, slots=True)
class LedgerFault:
    """A checkpoint whose root the entries do not give."""

    round: str
    checkpoint: int  # its number


def newest_faults(db: Transaction) -> tuple[LedgerFault, ...]:
    """Faults in the two newest checkpoints of each round; reads only the entries between them."""
    by_round: dict[str, list[tuple[int, int, str, str]]] = {}
    for round_, number, size, root, peaks in db.run(prepared_queries.CHECKPOINTS):
        by_round.setdefault(round_, []).append((number, size, root, peaks))
    return tuple(
        LedgerFault(round_, number)
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
