"""Who said what, when, and from which file; and what stands against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from iscm_desktop.store.database.tables import ItemRecord, PackageRecord, ResponseRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.heads import closed, gone_with, heads_of, last_of
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.store.objects.packages import brought_by, is_standing, made_here, proof_of
from iscm_desktop.store.objects.path_order import PathOrder
from iscm_desktop.store.objects.proof_levels import Ground, Levels, Shown, Voucher
from iscm_desktop.store.objects.revision import (
    CONTENT_KINDS,
    ENTRY,
    NOTHING,
    REASON,
    ItemKey,
    Revision,
    RevisionId,
    SubjectId,
    item_key,
)


class ItemHistories:
    """The revisions of one response that are in view, put in order once for many questions about its items."""

    def __init__(self, revisions: Mapping[RevisionId, Revision], levels: Levels = None) -> None:
        self.revisions = revisions
        self.levels = levels
        self._by_item: dict[ItemKey, dict[RevisionId, Revision]] = {}
        for id_, revision in revisions.items():
            self._by_item.setdefault(revision.key, {})[id_] = revision
        self._order = PathOrder(key for key in self._by_item if key[0] in CONTENT_KINDS)

    def of(self, key: ItemKey) -> Mapping[RevisionId, Revision]:
        """All states of one item; empty where there is none."""
        return self._by_item.get(key, {})

    def heads_inside(self, entry: str) -> set[RevisionId]:
        """The heads of all answers and entries below an entry: what a removal takes with it."""
        return {id_ for key in self._order.below(entry) for id_ in self.heads_of(key)}

    def heads_of(self, key: ItemKey) -> list[RevisionId]:
        """The heads of one item, ascending; none where there is none."""
        return heads_of(self.of(key), self.levels)


def histories_of(db: Transaction, subject: SubjectId) -> ItemHistories:
    """Of a response, with how far each of its revisions is proven."""
    revisions = revisions_of(db, subject)
    return ItemHistories(revisions, proof_of(db, subject).levels(revisions))


@dataclass(frozen=True, slots=True)
class DisputedItem:
    """An item in conflict, with what stands against each other."""

    subject: SubjectId
    key: ItemKey
    candidates: tuple[
        tuple[RevisionId, Revision], ...
    ]  # of other items too, where these lie in a removed entry
    ancestor: tuple[RevisionId, Revision] | None
    continuing: tuple[RevisionId, ...] = ()  # sides that go on from another side, and are less proven than it


def sources_of(db: Transaction, subject: SubjectId) -> dict[RevisionId, str]:
    """By revision, the name of the file that proves it best, of several the first; what was made here is absent."""
    package = PackageRecord
    query = select(package.number, package.file_name, package.trust, package.signer_key, is_standing())
    packages = db.sql.execute(query.where(package.subject == subject)).all()
    if not packages:
        return {}
    brought, own = brought_by(db, subject), made_here(db, subject)
    keys = proof_of(db, subject).respondent_keys() if len(packages) > 1 else ()

    def weight(at: int) -> tuple[bool, Ground, int]:
        number, _name, shown, key, stands = packages[at]
        return bool(stands), Voucher(Shown(shown), key, frozenset).ground(keys), -number

    found: dict[RevisionId, str] = {}
    for at in sorted(range(len(packages)), key=weight):
        number, name, *_rest = packages[at]
        found |= dict.fromkeys(brought.get(number, ()), name)
    return {id_: name for id_, name in found.items() if id_ not in own}


def reasons_of(db: Transaction, subject: SubjectId) -> dict[RevisionId, str]:
    """Why conflicts were settled as they were, by the settling revision."""
    return {
        path: state.value for (_kind, path), state in items_of(db, subject, [REASON]).items() if state.value
    }


def disputed_items(db: Transaction, subject: SubjectId | None = None) -> list[tuple[SubjectId, ItemKey]]:
    """All items in conflict that are in view, of one response or of all."""
    query = (
        select(ItemRecord.subject, ItemRecord.kind, ItemRecord.path)
        .join(ResponseRecord, ResponseRecord.id == ItemRecord.subject)
        .where(ItemRecord.is_conflict.is_(True), ResponseRecord.is_hidden.is_(False))
        .order_by(ResponseRecord.respondent_name, ItemRecord.subject, ItemRecord.path, ItemRecord.kind)
    )
    if subject is not None:
        query = query.where(ItemRecord.subject == subject)
    return [(subject_, item_key(kind, path)) for subject_, kind, path in db.sql.execute(query)]


def disputed(subject: SubjectId, key: ItemKey, histories: ItemHistories) -> DisputedItem:
    """What stands against each other at an item of a response."""
    own, revisions = histories.of(key), histories.revisions
    sides = _one_per_value(histories.heads_of(key), own, histories.levels)
    if key[0] in (ENTRY, NOTHING):
        sides += _edited_meanwhile(key, histories)
    candidates = tuple((id_, revisions[id_]) for id_ in sides)
    continuing = tuple(id_ for id_ in sides if not _before(id_, revisions).isdisjoint(sides))
    return DisputedItem(subject, key, candidates, _ancestor(sides, own, revisions), continuing)


def _before(id_: RevisionId, revisions: Mapping[RevisionId, Revision]) -> set[RevisionId]:
    return closed([id_], revisions) - {id_}


def _edited_meanwhile(key: ItemKey, histories: ItemHistories) -> list[RevisionId]:
    revisions = histories.revisions
    is_entry = key[0] == ENTRY
    removals = [id_ for id_ in histories.heads_of(key) if (revisions[id_].value is None) is is_entry]
    if not removals:
        return []
    edited = histories.heads_inside(key[1]) - gone_with(removals, revisions, histories.levels)
    return sorted(
        id_
        for id_ in edited
        if revisions[id_].value is not None and (is_entry or revisions[id_].kind != NOTHING)
    )


def _one_per_value(
    heads: list[RevisionId], own: Mapping[RevisionId, Revision], levels: Levels
) -> list[RevisionId]:
    """Of heads that say the same, the one that is proven best stands for all."""
    found: dict[str | None, RevisionId] = {}
    for id_ in sorted(heads, key=lambda id_: (0 if levels is None else levels[id_], id_)):
        found[own[id_].value] = id_
    return sorted(found.values(), key=lambda id_: (own[id_].made_at, id_))


def _ancestor(
    sides: list[RevisionId], own: Mapping[RevisionId, Revision], revisions: Mapping[RevisionId, Revision]
) -> tuple[RevisionId, Revision] | None:
    lines = [_before(id_, revisions) for id_ in sides]
    common = set.intersection(*lines) & own.keys() if lines else set()
    last = max(last_of(common, own), default=None)
    return None if last is None else (last, own[last])
