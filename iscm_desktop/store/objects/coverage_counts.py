"""What a round's coverage is counted of, for many responses at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, func, select, type_coerce

from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.store.database.tables import (
    InvitationRecord,
    ItemRecord,
    PackageRecord,
    ResponseRecord,
    RevisionRecord,
)
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.clearances import clearance_of
from iscm_desktop.store.objects.packages import is_standing
from iscm_desktop.store.objects.revision import (
    ANSWER,
    CLEARANCE,
    REPLY,
    ItemPath,
    Revision,
    RevisionId,
    SubjectId,
)

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class WhatCame:
    """Which responses of a round were ever here, and which of those in view came in files."""

    ever: frozenset[tuple[str, str]]  # questionnaire and respondent, those out of view included
    answered: frozenset[SubjectId]  # with sealed answers
    received: frozenset[SubjectId]  # of these, brought by a file whose merge stands


def what_came(db: Transaction, round_code: str) -> WhatCame:
    """Of one round."""
    one, package = ResponseRecord, PackageRecord
    query = select(one.id, one.form_id, one.respondent, one.is_hidden, one.rests_on).where(
        one.round == round_code
    )
    rows = db.sql.execute(query).all()
    brought = select(package.subject).where(is_standing()).distinct()
    in_files = set(db.sql.scalars(brought))
    answered = frozenset(id_ for id_, _form, _who, is_hidden, rests_on in rows if rests_on and not is_hidden)
    return WhatCame(
        frozenset((form_id, respondent) for _id, form_id, respondent, _hidden, _rests_on in rows),
        answered,
        frozenset(answered & in_files),
    )


def signed_off(db: Transaction) -> frozenset[SubjectId]:
    """Responses whose answers, as they are sealed now, somebody has signed off."""
    one = ResponseRecord
    query = select(one.id).where(one.signed_content != "", one.signed_content == one.content)
    return frozenset(db.sql.scalars(query))


def clearances(db: Transaction) -> Counter[SubjectId]:
    """How many steps of clearance somebody gave, by response."""
    one = ItemRecord
    query = select(one.subject, one.value).where(one.kind == CLEARANCE, one.value.is_not(None))
    return Counter(subject for subject, text in db.sql.execute(query) if is_cleared(text))


def is_cleared(text: str | None) -> bool:
    """Whether a step of clearance was given."""
    step = clearance_of(text)
    return step is not None and bool(step.by) and not step.is_dropped


def replies_of_many(
    db: Transaction, subjects: Collection[SubjectId]
) -> dict[SubjectId, dict[RevisionId, Revision]]:
    """The replies in view to queries about each of these responses; absent where there are none."""
    one = RevisionRecord
    found: dict[SubjectId, dict[RevisionId, Revision]] = {}
    for part in parts_of(subjects):
        query = select(
            one.subject, one.id, one.path, one.value, one.parents, one.author, one.device,
            type_coerce(one.made_at, Text),
        ).where(one.subject.in_(part), one.kind == REPLY, one.is_hidden.is_(False))  # fmt: skip
        for subject, id_, path, value, parents, author, device, made_at in db.sql.execute(query):
            found.setdefault(subject, {})[id_] = Revision(
                author, device, REPLY, made_at, tuple(parents.split()), ItemPath(path), subject, value
            )
    return found


def parts_of(subjects: Collection[SubjectId]) -> Iterator[list[SubjectId]]:
    """So many of them as one statement can name."""
    whole = sorted(subjects)
    return (whole[at : at + _AT_ONCE] for at in range(0, len(whole), _AT_ONCE))


def first_invited(db: Transaction, round_code: str) -> Mapping[tuple[str, str], datetime]:
    """When each respondent of a round was first invited, by questionnaire and code."""
    one = InvitationRecord
    query = select(one.form_id, one.respondent, func.min(one.issued_at)).where(one.round == round_code)
    rows = db.sql.execute(query.group_by(one.form_id, one.respondent))
    return {(form_id, respondent): at for form_id, respondent, at in rows}


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
