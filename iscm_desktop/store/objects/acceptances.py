"""Acceptances: that a coordinator lets a contradiction between answers stand, and why.

An item of the response in which the contradiction was found; it travels and merges as all items do. It names the
answers that it is about by their digest, so that it holds for these answers and for no others. Whoever answers has no
say in it: what the respondent's own key brought counts for nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

import msgspec
from sqlalchemy import Text, select, type_coerce

from iscm_desktop.store.database.tables import ItemRecord, PackageRecord, RevisionRecord, SealRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.heads import item_state
from iscm_desktop.store.objects.promise_evidence import promises_of_many
from iscm_desktop.store.objects.revision import (
    ACCEPTANCE,
    ItemPath,
    Revision,
    RevisionId,
    SubjectId,
)
from iscm_desktop.text_limits import TextLimit

_Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
_Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=TextLimit.MESSAGE.most)]


class AcceptedAnswers(msgspec.Struct, frozen=True):
    """The value of an `acceptance` item, as canonical JSON: its fields stand in alphabetical order."""

    answers: _Digest
    """Of the answers on both sides, as they read."""
    reason: _Reason


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An acceptance in force."""

    answers: str  # digest
    reason: str
    by: str
    made_at: str  # as stored


def accepted_answers(text: str | None) -> AcceptedAnswers | None:
    """What an item says; None where it was taken back, or is another program's idea of one."""
    try:
        return msgspec.json.decode(text, type=AcceptedAnswers) if text else None
    except msgspec.MsgspecError:
        return None


def acceptances(db: Transaction, subjects: Collection[SubjectId]) -> dict[tuple[SubjectId, str], Acceptance]:
    """Those in force in these responses, by response and finding; four statements where there are any, else one."""
    one = ItemRecord
    having = set(db.sql.scalars(select(one.subject).where(one.kind == ACCEPTANCE).distinct())) & set(subjects)
    if not having:
        return {}
    evidence = promises_of_many(db, having)
    whose = {subject: each.keys.of_respondent(each.revisions) for subject, each in evidence.items()}
    by_item: dict[tuple[SubjectId, str], dict[RevisionId, Revision]] = {}
    for id_, revision, keys, is_own in _revisions(db):
        if revision.subject in having and (is_own or (keys and not keys & whose[revision.subject])):
            by_item.setdefault((revision.subject, revision.path), {})[id_] = revision
    found = {}
    for where, revisions in by_item.items():
        head = revisions[item_state(revisions).heads[0]]
        said = accepted_answers(head.value)
        if said is not None:
            found[where] = Acceptance(said.answers, said.reason, head.author, head.made_at)
    return found


def _revisions(db: Transaction) -> list[tuple[RevisionId, Revision, frozenset[str], bool]]:
    """All acceptances in view, with the keys behind them, and whether they were made in this store."""
    one, package, seal = RevisionRecord, PackageRecord, SealRecord
    query = (
        select(
            one.id, one.path, one.value, one.parents, one.author, one.device,
            type_coerce(one.made_at, Text), one.subject, one.package, package.signer_key, seal.key,
        )
        .join(package, package.number == one.package, isouter=True)
        .join(seal, seal.number == one.seal, isouter=True)
        .where(one.kind == ACCEPTANCE, one.is_hidden.is_(False))
    )  # fmt: skip
    return [
        (
            id_,
            Revision(
                author, device, ACCEPTANCE, made_at, tuple(parents.split()), ItemPath(path), subject, value
            ),
            frozenset(filter(None, (signer, sealed))),
            number is None,
        )
        for id_, path, value, parents, author, device, made_at, subject, number, signer, sealed in db.sql.execute(
            query
        )
    ]
