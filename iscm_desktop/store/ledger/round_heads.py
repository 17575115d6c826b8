"""What the responses of a round hold now, for comparing two stores."""

from __future__ import annotations

from sqlalchemy import select

from iscm_desktop.store.database.tables import ItemRecord, ResponseRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.ledger.ledger_leaf import ATTESTED_KINDS, heads_root
from iscm_desktop.store.objects.revision import RevisionId, SubjectId


def heads_roots_of_round(db: Transaction, round_: str) -> dict[SubjectId, str]:
    """The root of the heads of each response that holds any, as far as it is sealed."""
    one, response = ItemRecord, ResponseRecord
    query = (
        select(one.subject, one.heads)
        .join(response, response.id == one.subject)
        .where(response.round == round_, one.kind.in_(ATTESTED_KINDS))
    )
    heads: dict[SubjectId, list[RevisionId]] = {}
    for subject, ids in db.sql.execute(query):
        heads.setdefault(subject, []).extend(ids.split())
    return {subject: heads_root(own) for subject, own in heads.items()}
