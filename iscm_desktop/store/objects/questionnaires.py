"""The questionnaires that the responses of a store are filled in with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, select

from iscm_desktop.store.database import tables
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.database.upserts import insert_or
from iscm_desktop.store.objects.revision import SubjectId

_ALL = select(
    tables.QuestionnaireRecord.hash,
    tables.QuestionnaireRecord.form_id,
    tables.QuestionnaireRecord.version,
    tables.QuestionnaireRecord.title,
    tables.QuestionnaireRecord.source,
)


@dataclass(frozen=True, slots=True)
class KnownQuestionnaire:
    """Which questionnaire it is, and the XForm where the store keeps it."""

    hash: str
    form_id: str
    version: str
    title: str
    source: str | None


def add_questionnaire(db: Transaction, known: KnownQuestionnaire) -> None:
    """Adds it, or its source where the store knew it by name only."""
    put = insert_or(db, tables.QuestionnaireRecord).values(
        hash=known.hash, form_id=known.form_id, version=known.version, title=known.title, source=known.source
    )
    source = func.coalesce(tables.QuestionnaireRecord.source, put.excluded.source)
    db.sql.execute(put.on_conflict_do_update(index_elements=["hash"], set_={"source": source}))


def questionnaire(db: Transaction, hash_: str) -> KnownQuestionnaire | None:
    """The questionnaire with this hash; None where the store does not name it."""
    row = db.sql.execute(_ALL.where(tables.QuestionnaireRecord.hash == hash_)).one_or_none()
    return None if row is None else KnownQuestionnaire(*row)


def take_over(db: Transaction, hash_: str, round_: str = "") -> None:
    """From now on new responses may use a questionnaire that is here, in this round or, for "", in every one."""
    put = insert_or(db, tables.TakenQuestionnaireRecord).values(hash=hash_, round=round_)
    db.sql.execute(put.on_conflict_do_nothing())


def set_aside(db: Transaction, hash_: str) -> None:
    """New responses no longer use a questionnaire, in no round; those that use it keep it."""
    taken = tables.TakenQuestionnaireRecord
    db.sql.execute(delete(taken).where(taken.hash == hash_))


def rounds_of_taken(db: Transaction, form_id: str | None = None) -> dict[str, frozenset[str]]:
    """By hash, the rounds in which new responses may use a questionnaire; "" is every round. Of a form, or of all."""
    own, taken = tables.QuestionnaireRecord, tables.TakenQuestionnaireRecord
    query = select(taken.hash, taken.round)
    if form_id is not None:
        query = query.join(own, own.hash == taken.hash).where(own.form_id == form_id)
    found: dict[str, set[str]] = {}
    for hash_, round_ in db.sql.execute(query):
        found.setdefault(hash_, set()).add(round_)
    return {hash_: frozenset(rounds) for hash_, rounds in found.items()}


def taken_form_ids(db: Transaction, round_: str = "") -> tuple[str, ...]:
    """The forms of which new responses may use a version that the store keeps, in every round or also in this one."""
    own = tables.QuestionnaireRecord
    query = select(own.form_id).where(own.source.is_not(None), _is_taken(round_)).distinct()
    return tuple(db.sql.execute(query).scalars())


def taken_versions(db: Transaction, form_id: str, round_: str = "") -> tuple[KnownQuestionnaire, ...]:
    """The versions of a form that new responses may use, in every round or also in this one; all have a source."""
    own = tables.QuestionnaireRecord
    wanted = _ALL.where(own.form_id == form_id, own.source.is_not(None), _is_taken(round_))
    return tuple(KnownQuestionnaire(*row) for row in db.sql.execute(wanted))


def is_taken(db: Transaction, hash_: str, round_: str) -> bool:
    """Whether new responses of a round may use a questionnaire."""
    own = tables.QuestionnaireRecord
    return db.sql.execute(select(own.hash).where(own.hash == hash_, _is_taken(round_))).first() is not None


def _is_taken(round_: str) -> ColumnElement[bool]:
    taken = tables.TakenQuestionnaireRecord
    return exists().where(taken.hash == tables.QuestionnaireRecord.hash, taken.round.in_({"", round_}))


@dataclass(frozen=True, slots=True)
class ReceivedForm:
    """A questionnaire of which the store has the source and that is not used in every round."""

    hash: str
    form_id: str
    version: str
    title: str
    responses: int  # that are filled in with it
    sender: str  # of the first file of such a response, as that says; "" where none is here
    read_at: datetime | None


def received_forms(db: Transaction, form_id: str | None = None) -> tuple[ReceivedForm, ...]:
    """Of a form, or of all, by form and version as they are written."""
    own, one, package = tables.QuestionnaireRecord, tables.ResponseRecord, tables.PackageRecord
    first = (
        select(one.questionnaire, func.min(package.number).label("number"))
        .join(package, package.subject == one.id)
        .group_by(one.questionnaire)
        .subquery()
    )
    used = select(func.count()).where(one.questionnaire == own.hash).scalar_subquery()
    query = (
        select(own.hash, own.form_id, own.version, own.title, used, package.sender, package.read_at)
        .join(first, first.c.questionnaire == own.hash, isouter=True)
        .join(package, package.number == first.c.number, isouter=True)
        .where(own.source.is_not(None), ~_is_taken(""))
        .order_by(own.form_id, own.version, own.hash)
    )
    if form_id is not None:
        query = query.where(own.form_id == form_id)
    return tuple(
        ReceivedForm(hash_, form, version, title, responses, sender or "", read_at)
        for hash_, form, version, title, responses, sender, read_at in db.sql.execute(query)
    )


def form_ids(db: Transaction) -> tuple[str, ...]:
    """The forms of which the store has a version that can be filled in, whoever brought it."""
    own = tables.QuestionnaireRecord
    return tuple(db.sql.execute(select(own.form_id).where(own.source.is_not(None)).distinct()).scalars())


def forms_of_responses(db: Transaction, subject: SubjectId | None = None) -> dict[SubjectId, str]:
    """The form of each response, or of one."""
    one = tables.ResponseRecord
    query = select(one.id, one.form_id)
    return dict(db.sql.execute(query if subject is None else query.where(one.id == subject)).all())


def questionnaires_of_form(db: Transaction, form_id: str) -> tuple[KnownQuestionnaire, ...]:
    """Every version of a form that the store has met."""
    rows = db.sql.execute(_ALL.where(tables.QuestionnaireRecord.form_id == form_id))
    return tuple(KnownQuestionnaire(*row) for row in rows)


def remove_form(db: Transaction, form_id: str) -> None:
    """Removes every version of a form that no response is filled in with."""
    own, taken = tables.QuestionnaireRecord, tables.TakenQuestionnaireRecord
    used = select(tables.ResponseRecord.questionnaire)
    gone = select(own.hash).where(own.form_id == form_id, own.hash.not_in(used))
    db.sql.execute(delete(taken).where(taken.hash.in_(gone)))
    db.sql.execute(delete(own).where(own.hash.in_(gone)))
