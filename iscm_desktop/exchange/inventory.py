"""What a file would bring to a response, worked out from two sets of revisions and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from iscm_desktop.store.heads import ItemState, states
from iscm_desktop.store.revision import ANSWER, ItemKey, Revision, RevisionId

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
    keys = {revision.key for revision in theirs.values()}
    if before is None:
        before = states(ours)
    after = states({**ours, **theirs} if ours else theirs) if brings else before
    found = {key: standing(before.get(key), after[key]) for key in keys}
    answers = [stands for key, stands in found.items() if key[0] == ANSWER]
    return Comparison(
        brings=len(brings),
        new=answers.count(Standing.NEW),
        same=answers.count(Standing.SAME),
        newer=answers.count(Standing.NEWER),
        conflicts=sum(_comes_into_conflict(before, after, key) for key in after),
        after=after,
    )


def standing(before: ItemState | None, after: ItemState) -> Standing:
    """Where an incoming item stands, by our state of it before and after the union."""
    if after.is_conflict:
        return Standing.CONFLICTING
    if before is None:
        return Standing.NEW
    return Standing.SAME if before.value == after.value else Standing.NEWER


def _comes_into_conflict(
    before: Mapping[ItemKey, ItemState], after: Mapping[ItemKey, ItemState], key: ItemKey
) -> bool:
    """A conflict that was there already counts again only if it got another side."""
    return after[key].is_conflict and after[key] != before.get(key)
