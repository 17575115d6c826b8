"""What is not for publication, and responses of which only the public edition is here."""

from __future__ import annotations

from sqlalchemy import select

from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.database.tables import SubjectRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.drafts import all_drafts_of
from iscm_desktop.store.objects.items import items_of
from iscm_desktop.store.objects.responses import is_made_here
from iscm_desktop.store.objects.revision import (
    EDITION,
    EDITION_SUBJECT,
    QUESTIONNAIRE,
    RESTRICTION,
    SubjectId,
)


def restricted(db: Transaction, subject: SubjectId, device: str) -> frozenset[AnswerPath]:
    """Paths of answers, entries, repeats and sections that are marked, what was marked just now included.

    A mark that was made on any device counts at once; one that was lifted, when that device has sealed it or is this
    one: nothing is published that somebody is about to withhold.
    """
    values = {key: state.value for key, state in items_of(db, subject, [RESTRICTION]).items()}
    drafts = [(key, draft) for key, draft in all_drafts_of(db, subject) if key[0] == RESTRICTION]
    values |= {key: draft.value for key, draft in drafts if draft.is_of(device)}
    values |= {
        key: draft.value for key, draft in drafts if draft.value is not None and not draft.is_of(device)
    }
    return frozenset(AnswerPath(path) for (_kind, path), value in values.items() if value is not None)


def is_edition(db: Transaction, subject: SubjectId) -> bool:
    """Whether a public edition is all that is here of a response: whoever holds it whole knows its questionnaire."""
    own = select(SubjectRecord.kind).where(SubjectRecord.id == subject)
    if db.sql.execute(own).scalar_one_or_none() == EDITION_SUBJECT:
        return True
    kinds = {kind for kind, _path in items_of(db, subject, [EDITION, QUESTIONNAIRE])}
    if kinds != {EDITION}:
        return False
    return not is_made_here(db, subject)
