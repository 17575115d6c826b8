"""Where an item stands, given its revisions: its heads, the value to show, and whether people must decide.

Pure functions of sets of revisions and of how far each is proven: the order in which revisions arrived plays no part,
so every store that holds the same, and knows the same keys, comes to the same state. Nor does any time: what came after
what, the parents say; between what is concurrent, proof decides, then the id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from iscm_desktop.store.objects.path_order import PathOrder
from iscm_desktop.store.objects.proof_levels import Levels
from iscm_desktop.store.objects.revision import (
    ACCEPTANCE,
    CLEARANCE,
    CONTENT_KINDS,
    CONTEXT,
    DELEGATION,
    EDITION,
    ENTRY,
    LANGUAGE,
    LAST_ROUND,
    NOT_OURS,
    NOTHING,
    QUERY,
    QUESTIONNAIRE,
    REASON,
    REPLY,
    RESTRICTION,
    RETURNED,
    SIGN_OFF,
    ItemKey,
    Revision,
    RevisionId,
)

_SETTLE = frozenset(
    {
        QUESTIONNAIRE,
        RESTRICTION,
        LANGUAGE,
        SIGN_OFF,
        REASON,
        DELEGATION,
        CONTEXT,
        RETURNED,
        QUERY,
        REPLY,
        EDITION,
        LAST_ROUND,
        CLEARANCE,
        NOT_OURS,
        ACCEPTANCE,
    }
)
"""Kinds of which one head counts, and nobody is asked."""
_NUMBER = re.compile(r"([0-9]+)")


class ItemState(NamedTuple):
    """The present of an item."""

    value: str | None
    heads: tuple[RevisionId, ...]  # the one whose value is shown first, the others ascending
    is_conflict: bool = False


def heads_of(revisions: Mapping[RevisionId, Revision], levels: Levels = None) -> list[RevisionId]:
    """Those that no other one continues which is proven as well, ascending.

    What is proven less does not take the place of what it continues: both stand, until somebody whose word is
    worth as much continues both.
    """
    if len(revisions) == 1:
        return list(revisions)
    if levels is None:
        continued = {parent for revision in revisions.values() for parent in revision.parents}
    else:
        continued = _continued(revisions, levels)
    return sorted(id_ for id_ in revisions if id_ not in continued)


def _continued(revisions: Mapping[RevisionId, Revision], levels: Mapping[RevisionId, int]) -> set[RevisionId]:
    """Those with a descendant that is proven at least as well."""
    found: set[RevisionId] = set()
    for level in {levels[id_] for id_ in revisions}:
        behind = {parent for id_, one in revisions.items() if levels[id_] >= level for parent in one.parents}
        found |= {id_ for id_ in closed(behind, revisions) if levels[id_] <= level}
    return found


def item_state(revisions: Mapping[RevisionId, Revision], levels: Levels = None) -> ItemState:
    """The state of an item other than an entry; `revisions` are all of this one item, at least one."""
    if len(revisions) == 1:
        ((id_, only),) = revisions.items()
        return ItemState(only.value, (id_,))
    heads = heads_of(revisions, levels)
    kind = next(iter(revisions.values())).kind
    shown = max(heads, key=lambda id_: _precedence(kind, id_, revisions[id_], levels))
    values = {revisions[id_].value for id_ in heads}
    is_conflict = len(values) > 1 and kind not in _SETTLE
    return ItemState(revisions[shown].value, _first(shown, heads), is_conflict)


def entry_state(
    revisions: Mapping[RevisionId, Revision],
    inside: Iterable[tuple[RevisionId, str | None]],
    levels: Levels = None,
) -> ItemState:
    """The state of a repeat entry.

    A removal names all that it removed. What was edited elsewhere meanwhile it does not name, so both stand
    against each other until somebody decides; until then the entry stays in view. Nor does it take with it what is
    better proven than the removal.

    Args:
        revisions: All of the entry's own.
        inside: Every head of every answer and entry below it, with its value.
    """
    if len(revisions) == 1:
        ((id_, only),) = revisions.items()
        if only.value is not None:
            return ItemState(only.value, (id_,))
    heads = heads_of(revisions, levels)
    placed = [id_ for id_ in heads if revisions[id_].value is not None]
    removed = [id_ for id_ in heads if revisions[id_].value is None]
    if not removed:
        return ItemState(*_chosen(placed, heads, revisions, levels))
    gone = gone_with(removed, revisions, levels)
    is_edited = any(value is not None and id_ not in gone for id_, value in inside)
    if placed:
        return ItemState(*_chosen(placed, heads, revisions, levels), is_conflict=True)
    if is_edited:
        _, heads_first = _chosen(removed, heads, revisions, levels)
        return ItemState(last_place(revisions, levels), heads_first, is_conflict=True)
    return ItemState(*_chosen(removed, heads, revisions, levels))


def nothing_state(
    revisions: Mapping[RevisionId, Revision],
    inside: Iterable[tuple[RevisionId, str | None]],
    levels: Levels = None,
) -> ItemState:
    """The state of what says that there is nothing to report of a section or repeat.

    It names all that lay below when it was said. What somebody else answered there meanwhile it does not name, so both
    stand against each other until somebody decides; until then the answers are in view, and it does not hold.

    Args:
        inside: Every head of every answer and entry below it, with its value.
    """
    heads = heads_of(revisions, levels)
    said = [id_ for id_ in heads if revisions[id_].value is not None]
    gone = gone_with(said, revisions, levels)
    if said and any(value is not None and id_ not in gone for id_, value in inside):
        return ItemState(None, _chosen(said, heads, revisions, levels)[1], is_conflict=True)
    return item_state(revisions, levels)


def gone_with(
    removals: Iterable[RevisionId], revisions: Mapping[RevisionId, Revision], levels: Levels = None
) -> set[RevisionId]:
    """What these removals take with them: all that they name, as far as it is proven no better than they are."""
    named = ((parent, id_) for id_ in removals for parent in revisions[id_].parents)
    if levels is None:
        return {parent for parent, _id in named}
    return {parent for parent, id_ in named if levels[id_] >= levels.get(parent, 0)}


def last_place(revisions: Mapping[RevisionId, Revision], levels: Levels = None) -> str:
    """The order key that a removed entry had last; "" (before all others) where none is known."""
    placed = last_of((id_ for id_, revision in revisions.items() if revision.value is not None), revisions)
    last = max(placed, key=lambda id_: _proof(id_, levels), default=None)
    return (revisions[last].value or "") if last else ""


def last_of(ids: Iterable[RevisionId], revisions: Mapping[RevisionId, Revision]) -> list[RevisionId]:
    """Those of `ids` that no other of them came after, by way of whatever lies between; ascending."""
    chosen = set(ids)
    before = {parent for id_ in chosen for parent in revisions[id_].parents}
    return sorted(chosen - closed(before, revisions))


def closed(ids: Iterable[RevisionId], revisions: Mapping[RevisionId, Revision]) -> set[RevisionId]:
    """`ids` with all their ancestors among `revisions`: what is built upon belongs to what was built."""
    found: set[RevisionId] = set()
    waiting = [id_ for id_ in ids if id_ in revisions]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting.extend(parent for parent in revisions[id_].parents if parent in revisions)
    return found


def states(revisions: Mapping[RevisionId, Revision], levels: Levels = None) -> dict[ItemKey, ItemState]:
    """The state of every item of one subject, of which these are the revisions in view."""
    first: dict[ItemKey, RevisionId] = {}
    several: dict[ItemKey, dict[RevisionId, Revision]] = {}
    around: list[ItemKey] = []
    for id_, revision in revisions.items():
        key = (revision.kind, revision.path)
        before = first.setdefault(key, id_)
        if before is not id_:
            several.setdefault(key, {before: revisions[before]})[id_] = revision
        elif revision.kind in (ENTRY, NOTHING):
            around.append(key)
    # Most items have one revision, and there are many: what follows is the whole cost of a merge but for the disk.
    found = {key: ItemState(revisions[id_].value, (id_,)) for key, id_ in first.items()}
    found |= {key: item_state(own, levels) for key, own in several.items() if key[0] not in (ENTRY, NOTHING)}
    order: PathOrder | None = None  # asked where an entry was removed, which is rare
    for key in sorted(around, key=_innermost_first):  # what is around others needs their state
        own = several.get(key) or {first[key]: revisions[first[key]]}
        inside: list[tuple[RevisionId, str | None]] = []
        is_entry = key[0] == ENTRY
        if _has_removal(own) if is_entry else any(one.value is not None for one in own.values()):
            order = order or PathOrder(each for each in first if each[0] in CONTENT_KINDS)
            below = (each for each in order.below(key[1]) if is_entry or each[0] != NOTHING)
            inside = [(head, revisions[head].value) for each in below for head in found[each].heads]
        found[key] = (entry_state if is_entry else nothing_state)(own, inside, levels)
    return found


def _innermost_first(key: ItemKey) -> int:
    return -key[1].count("/")  # entries and what is said of a repeat never share a path


def _has_removal(own: Mapping[RevisionId, Revision]) -> bool:
    return any(revision.value is None for revision in own.values())


def _precedence(kind: str, id_: RevisionId, revision: Revision, levels: Levels) -> tuple[object, ...]:
    level = 0 if levels is None else levels[id_]
    if kind == QUESTIONNAIRE:  # the newer version, whoever came first
        return (level, natural(revision.value or ""), id_)
    if kind == RESTRICTION:  # one asks for silence and one does not: silence, whoever spoke
        return (revision.value is not None, level, id_)
    return (level, id_)


def _proof(id_: RevisionId, levels: Levels) -> tuple[int, RevisionId]:
    return (0 if levels is None else levels[id_], id_)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts "2.10" after "2.9", of numbers of any length: texts of files are hostile."""
    return tuple(_natural_part(part) for part in _NUMBER.split(text) if part)


def _natural_part(part: str) -> tuple[int, int, str]:
    if not _NUMBER.fullmatch(part):
        return (0, 0, part)
    digits = part.lstrip("0")
    return (1, len(digits), digits)


def _chosen(
    among: list[RevisionId],
    heads: list[RevisionId],
    revisions: Mapping[RevisionId, Revision],
    levels: Levels,
) -> tuple[str | None, tuple[RevisionId, ...]]:
    shown = max(among, key=lambda id_: _proof(id_, levels))
    return revisions[shown].value, _first(shown, heads)


def _first(shown: RevisionId, heads: list[RevisionId]) -> tuple[RevisionId, ...]:
    return (shown, *(id_ for id_ in heads if id_ != shown))
