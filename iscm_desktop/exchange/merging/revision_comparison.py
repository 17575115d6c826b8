"""What a file would bring to a response, worked out from two sets of revisions and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from iscm_desktop.store.objects.heads import ItemState, states
from iscm_desktop.store.objects.revision import ANSWER, ItemKey, Revision, RevisionId

Inventory = Mapping[RevisionId, Revision]


class Standing(Enum):
    """Where an incoming item stands against our copy of it."""

    NEW = "new"  # we had none
    SAME = "same"  # it brings no other value: we have it, or ours continues it
    NEWER = "newer"  # they continued from what we have
    CONFLICTING = "conflict"  # both went on since they last agreed


@dataclass(frozen=True, slots=True)
class Comparison:
    """Counts of answers by standing, and of items of any kind that come into conflict."""

    brings: int  # revisions that were not here
    new: int
    same: int
    newer: int
    conflicts: int
    after: Mapping[ItemKey, ItemState] = field(default_factory=dict, compare=False, repr=False)
    """The state of every item once both are united."""


def compare(
    ours: Inventory, theirs: Inventory, before: Mapping[ItemKey, ItemState] | None = None
) -> Comparison:
    """What the union of both would change for us; `before` is the state of our items, if at hand."""
    brings = theirs.keys() - ours.keys()
    if before is None:
        before = states(ours)
    after = states({**ours, **theirs} if ours else theirs) if brings else before
    answered = {revision.path for revision in theirs.values() if revision.kind == ANSWER}
    found = [standing(before.get((ANSWER, path)), after[ANSWER, path]) for path in answered]
    return Comparison(
        brings=len(brings),
        new=found.count(Standing.NEW),
        same=found.count(Standing.SAME),
        newer=found.count(Standing.NEWER),
        conflicts=_come_into_conflict(before, after),
        after=after,
    )


def standing(before: ItemState | None, after: ItemState) -> Standing:
    """Where an incoming item stands, by our state of it before and after the union."""
    if after.is_conflict:
        return Standing.CONFLICTING
    if before is None:
        return Standing.NEW
    return Standing.SAME if before.value == after.value else Standing.NEWER


def _come_into_conflict(before: Mapping[ItemKey, ItemState], after: Mapping[ItemKey, ItemState]) -> int:
    """A conflict that was there already counts again only if it got another side."""
    return sum(1 for key, state in after.items() if state.is_conflict and state != before.get(key))
