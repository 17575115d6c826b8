"""Two checkpoints by one log: what a later one says about a receipt that rests on an earlier one."""

from __future__ import annotations

from enum import Enum

from iscm_desktop.exchange.ledger.checkpoint import Checkpoint


class CheckpointRelation(Enum):
    """What another checkpoint says about an entry; that both are signed is looked at apart."""

    CONTINUES = "continues"  # earlier or later, it may be the same ledger; only a new receipt shows more
    CONTRADICTS = "contradicts"  # two histories under one name: both signatures together prove that
    KEPT = "kept"  # a backup was restored, and the entry was in it
    LOST = "lost"  # a backup from before the entry was restored
    OTHER = "other"  # of another ledger


def relation(index: int, before: Checkpoint, other: Checkpoint) -> CheckpointRelation:
    """What `other` says about the entry at `index`, from 0, of the ledger of which `before` speaks."""
    if other.origin == before.origin:
        is_denied = other.size == before.size and other.root != before.root
        return CheckpointRelation.CONTRADICTS if is_denied else CheckpointRelation.CONTINUES
    if other.forked_at is not None and other.origin.startswith(f"{before.origin}/fork-"):
        return CheckpointRelation.KEPT if index < other.forked_at else CheckpointRelation.LOST
    return CheckpointRelation.OTHER
