"""Where an item stands, given its revisions: its heads, the value to show, and whether people must decide.

Pure functions of sets of revisions: the order in which revisions arrived plays no part, so every store that
holds the same revisions comes to the same state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from iscm_desktop.store.objects.path_order import PathOrder
from iscm_desktop.store.objects.revision import (
    CONTENT_KINDS,
    CONTEXT,
    DELEGATION,
    EDITION,
    ENTRY,
    LANGUAGE,
    LAST_ROUND,
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

_SETTLE_BY_TIME = frozenset(
    {LANGUAGE, SIGN_OFF, REASON, DELEGATION, CONTEXT, RETURNED, QUERY, REPLY, EDITION, LAST_ROUND}
)
_SETTLE = _SETTLE_BY_TIME | {QUESTIONNAIRE, RESTRICTION}
_NUMBER = re.compile(r"(\d+)")


class ItemState(NamedTuple):
    """The present of an item."""

    value: str | None
    heads: tuple[RevisionId, ...]  # the one whose value is shown first, the others ascending
    is_conflict: bool = False


def heads_of(revisions: Mapping[RevisionId, Revision]) -> list[RevisionId]:
    """Those that no other one continues, ascending."""
    if len(revisions) == 1:
        return list(revisions)
    continued = {parent for revision in revisions.values() for parent in revision.parents}
    return sorted(id_ for id_ in revisions if id_ not in continued)


def item_state(revisions: Mapping[RevisionId, Revision]) -> ItemState:
    """The state of an item other than an entry; `revisions` are all of this one item, at least one."""
    if len(revisions) == 1:
        ((id_, only),) = revisions.items()
        return ItemState(only.value, (id_,))
    heads = heads_of(revisions)
    kind = next(iter(revisions.values())).kind
    shown = max(heads, key=lambda id_: _precedence(kind, id_, revisions[id_]))
    values = {revisions[id_].value for id_ in heads}
    is_conflict = len(values) > 1 and kind not in _SETTLE
    return ItemState(revisions[shown].value, _first(shown, heads), is_conflict)


def entry_state(
    revisions: Mapping[RevisionId, Revision], inside: Iterable[tuple[str | None, tuple[RevisionId, ...]]]
) -> ItemState:
    """The state of a repeat entry.

    A removal names all that it removed. What was edited elsewhere meanwhile it does not name, so both stand
    against each other until somebody decides; until then the entry stays in view.

    Args:
        revisions: All of the entry's own.
        inside: Value and heads of every answer and entry below it.
    """
    if len(revisions) == 1:
        ((id_, only),) = revisions.items()
        if only.value is not None:
            return ItemState(only.value, (id_,))
    heads = heads_of(revisions)
    placed = [id_ for id_ in heads if revisions[id_].value is not None]
    removed = [id_ for id_ in heads if revisions[id_].value is None]
    if not removed:
        return ItemState(*_latest(placed, heads, revisions))
    gone = {parent for id_ in removed for parent in revisions[id_].parents}
    is_edited = any(value is not None and not gone.issuperset(ids) for value, ids in inside)
    if placed:
        return ItemState(*_latest(placed, heads, revisions), is_conflict=True)
    if is_edited:
        _, heads_first = _latest(removed, heads, revisions)
        return ItemState(last_place(revisions), heads_first, is_conflict=True)
    return ItemState(*_latest(removed, heads, revisions))


def last_place(revisions: Mapping[RevisionId, Revision]) -> str:
    """The order key that a removed entry had last; "" (before all others) where none is known."""
    placed = [id_ for id_, revision in revisions.items() if revision.value is not None]
    newest = max(placed, key=lambda id_: (revisions[id_].made_at, id_), default=None)
    return (revisions[newest].value or "") if newest else ""


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


def states(revisions: Mapping[RevisionId, Revision]) -> dict[ItemKey, ItemState]:
    """The state of every item of one subject, of which these are the revisions in view."""
    first: dict[ItemKey, RevisionId] = {}
    several: dict[ItemKey, dict[RevisionId, Revision]] = {}
    entries: list[ItemKey] = []
    for id_, revision in revisions.items():
        key = (revision.kind, revision.path)
        before = first.setdefault(key, id_)
        if before is not id_:
            several.setdefault(key, {before: revisions[before]})[id_] = revision
        elif revision.kind == ENTRY:
            entries.append(key)
    # Most items have one revision, and there are many: what follows is the whole cost of a merge but for the disk.
    found = {key: ItemState(revisions[id_].value, (id_,)) for key, id_ in first.items()}
    found |= {key: item_state(own) for key, own in several.items() if key[0] != ENTRY}
    order: PathOrder | None = None  # asked where an entry was removed, which is rare
    for key in sorted(entries, key=_innermost_first):  # an entry needs the state of those inside
        own = several.get(key) or {first[key]: revisions[first[key]]}
        inside: list[tuple[str | None, tuple[RevisionId, ...]]] = []
        if _has_removal(own):
            order = order or PathOrder(each for each in first if each[0] in CONTENT_KINDS)
            inside = [found[each][:2] for each in order.below(key[1])]
        found[key] = entry_state(own, inside)
    return found


def _innermost_first(key: ItemKey) -> int:
    return -key[1].count("/")


def _has_removal(own: Mapping[RevisionId, Revision]) -> bool:
    return any(revision.value is None for revision in own.values())


def _precedence(kind: str, id_: RevisionId, revision: Revision) -> tuple[object, ...]:
    if kind == QUESTIONNAIRE:  # the newer version, whoever came first
        return (natural(revision.value or ""), id_)
    if kind == RESTRICTION:  # one asks for silence and one does not: silence, whoever spoke last
        return (revision.value is not None, revision.made_at, id_)
    return (revision.made_at, id_)


def natural(text: str) -> tuple[tuple[int, int | str], ...]:
    """A key that sorts "2.10" after "2.9"."""
    return tuple((1, int(part)) if part.isdigit() else (0, part) for part in _NUMBER.split(text) if part)


def _latest(
    among: list[RevisionId], heads: list[RevisionId], revisions: Mapping[RevisionId, Revision]
) -> tuple[str | None, tuple[RevisionId, ...]]:
    shown = max(among, key=lambda id_: (revisions[id_].made_at, id_))
    return revisions[shown].value, _first(shown, heads)


def _first(shown: RevisionId, heads: list[RevisionId]) -> tuple[RevisionId, ...]:
    return (shown, *(id_ for id_ in heads if id_ != shown))
