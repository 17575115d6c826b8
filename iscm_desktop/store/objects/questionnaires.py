"""The questionnaires that the responses of a store are filled in with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select

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


def form_ids(db: Transaction) -> tuple[str, ...]:
    """The forms of which the store has a version that can be filled in."""
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
    own = tables.QuestionnaireRecord
    used = select(tables.ResponseRecord.questionnaire)
    db.sql.execute(delete(own).where(own.form_id == form_id, own.hash.not_in(used)))
