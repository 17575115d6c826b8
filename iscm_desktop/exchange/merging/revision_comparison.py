"""What a file would bring to a response, worked out from two sets of revisions and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from iscm_desktop.store.objects.heads import ItemState, states
from iscm_desktop.store.objects.proof_levels import ResponseProof
from iscm_desktop.store.objects.revision import (
    ANSWER,
    CONTENT_KINDS,
    ENTRY,
    ItemKey,
    Revision,
    RevisionId,
)

Inventory = Mapping[RevisionId, Revision]


class Standing(Enum):
    """Where an incoming item stands against our copy of it."""

    NEW = "new"  # we had none
    SAME = "same"  # it brings no other value: we have it, or ours continues it
    NEWER = "newer"  # they continued from what we have
    REMOVED = "removed"  # they cleared it
    CONFLICTING = "conflict"  # both went on since they last agreed


@dataclass(frozen=True, slots=True)
class Comparison:
    """Counts of answers by standing, and of items of any kind that come into conflict."""

    brings: int  # revisions that were not here
    new: int
    same: int
    newer: int
    conflicts: int
    lowers: tuple[ItemKey, ...] = ()
    """Items whose value it would have changed, and does not, for what stands there is better proven; sorted."""
    removed: tuple[str, ...] = ()  # paths of entries that go, and of answers that are cleared
    risen: tuple[ItemKey, ...] = ()
    """Answers and entries of which nothing came that was not here, and which change, for more is proven now; sorted."""
    after: Mapping[ItemKey, ItemState] = field(default_factory=dict, compare=False, repr=False)
    """The state of every item once both are united."""
    disputes: tuple[ItemKey, ...] = field(default=(), compare=False, repr=False)
    """The items that come into conflict."""
    lower_removals: tuple[str, ...] = field(default=(), compare=False)
    """Of those in `lowers`, the paths of entries that it would remove, and of answers that it would clear."""

    def without(self, idle: Collection[ItemKey]) -> Comparison:
        """The same, but for items that have no effect: nobody has to choose about them."""
        disputes = tuple(key for key in self.disputes if key not in idle)
        paths = {path for _kind, path in idle}
        return replace(
            self,
            conflicts=len(disputes),
            disputes=disputes,
            lowers=tuple(key for key in self.lowers if key not in idle),
            lower_removals=tuple(path for path in self.lower_removals if path not in paths),
        )


@dataclass(frozen=True, slots=True)
class ProofChange:
    """What vouches for a response before and after a file is merged."""

    before: ResponseProof
    after: ResponseProof


def compare(
    ours: Inventory,
    theirs: Inventory,
    before: Mapping[ItemKey, ItemState] | None = None,
    proof: ProofChange | None = None,
) -> Comparison:
    """What the union of both would change for us; `before` is the state of our items, if at hand."""
    brings = theirs.keys() - ours.keys()
    union = {**ours, **theirs} if ours else theirs
    levels_before = levels = None
    if proof is not None:
        levels_before, levels = proof.before.levels(ours), proof.after.levels(union)
    if before is None:
        before = states(ours, levels_before)
    is_same = not brings and levels_before is None and levels is None
    after = before if is_same else states(union, levels)
    answered = {revision.path for revision in theirs.values() if revision.kind == ANSWER}
    risen = () if levels is levels_before is None else _risen(brings, theirs, before, after)
    answered |= {path for kind, path in risen if kind == ANSWER}
    blank = {theirs[id_].key for id_ in brings if theirs[id_].value is None}
    found = [standing(before.get((ANSWER, path)), after[ANSWER, path]) for path in answered]
    disputes = _come_into_conflict(before, after)
    lowers, lower_removals = ((), ()) if levels is None else _lowers(brings, union, levels, after)
    return Comparison(
        brings=len(brings),
        new=found.count(Standing.NEW),
        same=found.count(Standing.SAME),
        newer=found.count(Standing.NEWER),
        conflicts=len(disputes),
        lowers=lowers,
        removed=_removed(blank.union(risen), before, after),
        risen=risen,
        after=after,
        disputes=disputes,
        lower_removals=lower_removals,
    )


def _risen(
    brings: Collection[RevisionId],
    theirs: Inventory,
    before: Mapping[ItemKey, ItemState],
    after: Mapping[ItemKey, ItemState],
) -> tuple[ItemKey, ...]:
    fresh = {theirs[id_].key for id_ in brings}
    changed = (
        key
        for key, state in after.items()
        if key[0] in CONTENT_KINDS
        and key not in fresh
        and not state.is_conflict
        and (was := before.get(key)) is not None
        and was.value != state.value
    )
    return tuple(sorted(changed))


def _lowers(
    brings: Collection[RevisionId],
    union: Inventory,
    levels: Mapping[RevisionId, int],
    after: Mapping[ItemKey, ItemState],
) -> tuple[tuple[ItemKey, ...], tuple[str, ...]]:
    """Where the state would be another one if all were proven alike; and which of it would be removed or cleared."""
    alike = states(union)
    touched = {union[id_].key for id_ in brings}
    best: dict[ItemKey, int] = {}
    for id_, one in union.items():
        if one.kind in CONTENT_KINDS or one.key in touched:
            best[one.key] = max(best.get(one.key, 0), levels[id_])
    lower = {
        union[id_].key
        for id_ in brings
        if levels[id_] < best[union[id_].key] or (union[id_].kind == ENTRY and union[id_].value is None)
    }
    found = sorted(
        key
        for key in lower
        if not alike[key].is_conflict and (after[key].is_conflict or after[key].value != alike[key].value)
    )
    gone = (path for kind, path in found if kind in CONTENT_KINDS and alike[kind, path].value is None)
    return tuple(found), tuple(gone)


def standing(before: ItemState | None, after: ItemState) -> Standing:
    """Where an incoming item stands, by our state of it before and after the union."""
    if after.is_conflict:
        return Standing.CONFLICTING
    if before is None:
        return Standing.NEW
    if before.value == after.value:
        return Standing.SAME
    return Standing.REMOVED if after.value is None else Standing.NEWER


def _removed(
    blank: Collection[ItemKey], before: Mapping[ItemKey, ItemState], after: Mapping[ItemKey, ItemState]
) -> tuple[str, ...]:
    """Of the items that somebody has left blank, those that stood here and stand no longer."""
    return tuple(
        sorted(
            key[1]
            for key in blank
            if key[0] in CONTENT_KINDS
            and (was := before.get(key)) is not None
            and standing(was, after[key]) is Standing.REMOVED
        )
    )


def _come_into_conflict(
    before: Mapping[ItemKey, ItemState], after: Mapping[ItemKey, ItemState]
) -> tuple[ItemKey, ...]:
    """A conflict that was there already counts again only if it got another side."""
    return tuple(key for key, state in after.items() if state.is_conflict and state != before.get(key))
