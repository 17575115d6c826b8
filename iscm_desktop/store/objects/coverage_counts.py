"""What a round's coverage is counted of, for many responses at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from sqlalchemy import select

from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.store.database.tables import ItemRecord, ResponseRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.clearances import clearance_of
from iscm_desktop.store.objects.revision import ANSWER, CLEARANCE, SubjectId


def signed_off(db: Transaction) -> frozenset[SubjectId]:
    """Responses whose answers, as they are sealed now, somebody has signed off."""
    one = ResponseRecord
    query = select(one.id).where(one.signed_content != "", one.signed_content == one.content)
    return frozenset(db.sql.scalars(query))


def clearances(db: Transaction) -> Counter[SubjectId]:
    """How many steps of clearance somebody gave, by response."""
    one = ItemRecord
    query = select(one.subject, one.value).where(one.kind == CLEARANCE, one.value.is_not(None))
    steps = ((subject, clearance_of(text)) for subject, text in db.sql.execute(query))
    return Counter(subject for subject, step in steps if step is not None and step.by and not step.is_dropped)


def answered_paths(
    db: Transaction, subjects: Collection[SubjectId]
) -> Iterator[tuple[SubjectId, AnswerPath]]:
    """Response and path of each sealed answer of these responses that is not blank."""
    wanted = frozenset(subjects)
    one = ItemRecord
    query = select(one.subject, one.path).where(one.kind == ANSWER, one.value.is_not(None), one.value != "")
    for subject, path in db.sql.execute(query):
        if subject in wanted:
            yield subject, AnswerPath(path)
