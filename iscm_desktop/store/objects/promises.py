"""Promises: sign-offs, restrictions, delegations and queries, which count only with a key that may make them.

Pure functions of what was merged and of which keys are known: the order in which files came plays no part, and no
clock does. What does not count is only claimed: it is kept, shown as claimed, and acts on nothing.

P-01  What was made in this store counts in it.
P-02  A sign-off and a restriction, its lifting too, count with a key of the respondent: one that is known for them or,
      while none is, the one key with which their response began. Where two keys claim that beginning, neither is it;
      nor is one where a beginning was seen without any, for everybody can sign what they received.
      While it is not known whose key that is, whatever asks for silence counts, and nothing that lifts it.
P-03  A delegation is whoever's made it; only their key changes or ends it.
P-04  A query is whoever's asked it; their key and the inviter's change or withdraw it.
P-05  Where several claim to have made the same delegation or query, this store's own goes first, then the key that may
      make it, then any key, then none; and then the greater id.
P-06  Whoever has nothing but unsigned files has claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import IntEnum

import msgspec

from iscm_desktop.store.objects.heads import closed, item_state
from iscm_desktop.store.objects.revision import (
    DELEGATION,
    QUERY,
    QUESTIONNAIRE,
    RESTRICTION,
    SIGN_OFF,
    ItemKey,
    Revision,
    RevisionId,
)

PROMISE_KINDS = frozenset({SIGN_OFF, RESTRICTION, DELEGATION, QUERY})

Revisions = Mapping[RevisionId, Revision]


@dataclass(frozen=True, slots=True)
class PromiseKeys:
    """What is known of one response, to tell promises from claims."""

    keys: Mapping[RevisionId, frozenset[str]] = field(default_factory=dict)
    """Public keys that stand behind each revision; absent where none does."""
    own: frozenset[RevisionId] = frozenset()
    """Made in this very store."""
    respondent: frozenset[str] = frozenset()
    """Known for the respondent: by an invitation, or named."""
    inviter: frozenset[str] = frozenset()
    """Of the invitations that the response answers here."""
    has_bare_beginning: bool = False
    """A file brought a beginning of the response behind which no key in that file stands."""

    def behind(self, id_: RevisionId) -> frozenset[str]:
        """The keys that stand behind a revision; none where it is unsigned."""
        return self.keys.get(id_, frozenset())

    def of_respondent(self, revisions: Revisions) -> frozenset[str]:
        """The keys that may promise for the respondent (P-02)."""
        if self.respondent or self.has_bare_beginning:
            return self.respondent
        began = [self.behind(id_) for id_, one in revisions.items() if is_beginning(one)]
        return _single(frozenset().union(*began)) if all(began) else frozenset()


def is_beginning(one: Revision) -> bool:
    """Whether a response began with this revision, as it says."""
    return one.kind == QUESTIONNAIRE and not one.parents


def counting(revisions: Revisions, keys: PromiseKeys) -> set[RevisionId]:
    """Those of the promises among `revisions`, which are all of one response, that count."""
    respondent = keys.of_respondent(revisions)
    by_item: dict[ItemKey, dict[RevisionId, Revision]] = {}
    for id_, one in revisions.items():
        if one.kind in PROMISE_KINDS:
            by_item.setdefault(one.key, {})[id_] = one
    found: set[RevisionId] = set()
    for (kind, _path), own in by_item.items():
        if kind in (SIGN_OFF, RESTRICTION):
            found |= {id_ for id_ in own if id_ in keys.own or keys.behind(id_) & respondent}
            if kind == RESTRICTION and not respondent:
                found |= {id_ for id_, one in own.items() if one.value is not None}
        else:
            found |= _of_maker(own, keys, keys.inviter if kind == QUERY else respondent, kind)
    return found


def in_force(item: Revisions, counts: AbstractSet[RevisionId]) -> dict[RevisionId, Revision]:
    """What counts of one item, each following what counts before it, also past what is only claimed."""
    wanted = {id_ for id_ in item if id_ in counts}  # of thousands of items each is one of few
    return {
        id_: msgspec.structs.replace(
            item[id_], parents=tuple(sorted((closed(item[id_].parents, item) & wanted) - {id_}))
        )
        for id_ in wanted
    }


def head_in_force(item: Revisions, counts: AbstractSet[RevisionId]) -> RevisionId | None:
    """The revision that says where a promise stands; None where nothing counts."""
    standing = in_force(item, counts)
    return item_state(standing).heads[0] if standing else None


class Maker(IntEnum):
    """Who made a delegation or a query; the greater goes before the lesser (P-05)."""

    UNSIGNED = 0  # nobody's key stands behind it
    ANOTHER = 1  # some key
    RIGHTFUL = 2  # the inviter's, of a query; the respondent's, of a delegation
    OURS = 3  # made in this store


def maker_of(id_: RevisionId, keys: PromiseKeys, authority: frozenset[str]) -> Maker:
    """Who made what began with this revision.

    Args:
        authority: Keys that may make it.
    """
    if id_ in keys.own:
        return Maker.OURS
    behind = keys.behind(id_)
    return Maker.RIGHTFUL if behind & authority else Maker.ANOTHER if behind else Maker.UNSIGNED


def first_of(item: Revisions, keys: PromiseKeys, authority: frozenset[str]) -> RevisionId | None:
    """The revision with which a delegation or query began; None where that did not come here."""
    began = [id_ for id_, one in item.items() if not one.parents]
    return max(began, key=lambda id_: (maker_of(id_, keys, authority), id_), default=None)


def _of_maker(item: Revisions, keys: PromiseKeys, authority: frozenset[str], kind: str) -> set[RevisionId]:
    first = first_of(item, keys, authority)
    if first is None:
        return set()
    behind = keys.behind(first)
    may = behind & authority or _single(behind)
    if kind == QUERY:
        may |= authority
    is_ours = first in keys.own or kind == QUERY
    return {id_ for id_ in item if id_ == first or (id_ in keys.own and is_ours) or (keys.behind(id_) & may)}


def _single(keys: frozenset[str]) -> frozenset[str]:
    """Two keys that claim the same: neither is believed."""
    return keys if len(keys) == 1 else frozenset()
