"""What the first window asks of a store, spelled by the tables; `schema_script` makes `prepared_queries` of it.

SQLAlchemy takes longer to import than the whole window may take, so these few are put into words beforehand.
Times and dates stay the texts that they are in SQLite.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BindParameter,
    ClauseElement,
    ColumnElement,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.schema import CreateTable

from iscm_desktop.store.database.tables import (
    CheckpointRecord,
    DraftRecord,
    ItemRecord,
    LedgerLeafRecord,
    OperationFileRecord,
    OperationRecord,
    OperationRefusalRecord,
    OperationRevisionRecord,
    PackageRecord,
    QuestionnaireRecord,
    Record,
    ResponseRecord,
    RoundRecord,
    SettingRecord,
    SubjectRecord,
)
from iscm_desktop.store.database.upserts import insert_for
from iscm_desktop.store.objects.revision import CONTENT_KINDS, EDITION, EDITION_SUBJECT, QUESTIONNAIRE


def queries(dialect: str) -> Mapping[str, ClauseElement]:
    """All of them by name, for "sqlite" or "postgresql"."""
    key = SettingRecord.key == bindparam("key")
    return {
        "SETTING_TABLE": CreateTable(Record.metadata.tables["setting"], if_not_exists=True),
        "SETTING": select(SettingRecord.value).where(key),
        "PUT_SETTING": _put(dialect, SettingRecord, "key", "value"),
        "FORGET_SETTING": delete(SettingRecord).where(key),
        "ROUNDS": _rounds(),
        "PUT_ROUND": _put(dialect, RoundRecord, "code", "title", "due_on", added=("created_at",)),
        "RESPONSES": _responses(),
        "LAST_OPERATION": _last_operation(),
        "OPERATION_OUTCOME": _operation_outcome(),
        "OPERATION_FILES": _operation_files(),
        "OPERATION_REVISIONS": _operation_revisions(),
        "OPERATION_REFUSALS": _operation_refusals(),
        "CLOSE_OPERATION": _close_operation(),
        "ADD_OPERATION": insert_for(dialect, OperationRecord).values(_filled(OperationRecord)),
        "FINISH_OPERATION": _finish_operation(),
        "CHECKPOINTS": _checkpoints(),
        "LEAF_HASHES": _leaf_hashes(),
        "RUNNING_OPERATIONS": _running_operations(),
        "EXPORTS": _exports(),
    }


def _put(dialect: str, table: Any, key: str, *columns: str, added: tuple[str, ...] = ()) -> ClauseElement:
    """Adds a row, or overwrites these columns of the one with its key; those `added` stay as they were."""
    put = insert_for(dialect, table).values({name: bindparam(name) for name in (key, *columns, *added)})
    return put.on_conflict_do_update(
        index_elements=[key], set_={name: put.excluded[name] for name in columns}
    )


def _filled(table: Any) -> dict[str, BindParameter[Any]]:
    return {column.name: bindparam(column.name) for column in table.__table__.columns}


def _last_operation() -> ClauseElement:
    one = OperationRecord
    newest = select(func.max(one.number)).scalar_subquery()
    return select(one.number, one.digest).where(one.number == newest)


def _operation_outcome() -> ClauseElement:
    one = OperationRecord
    return select(one.digest, one.outcome, one.ended_at).where(one.number == bindparam("which"))


def _operation_files() -> ClauseElement:
    """Each with what is known of its package: the columns, in this order, are what is hashed."""
    file, package = OperationFileRecord, PackageRecord
    columns = (
        file.position, file.file_name, file.result, file.new, file.same, file.newer, file.removed,
        file.conflicts, package.number, package.digest, package.subject, package.file_name, package.sender,
        package.read_at, package.revisions, package.root,
    )  # fmt: skip
    query = select(*columns).join(package, package.number == file.package)
    return query.where(file.operation == bindparam("which")).order_by(file.position)


def _operation_revisions() -> ClauseElement:
    one = OperationRevisionRecord
    return select(one.subject, one.revision).where(one.operation == bindparam("which")).order_by(one.revision)


def _operation_refusals() -> ClauseElement:
    """All columns, in the order of the table, are what is hashed."""
    one = OperationRefusalRecord
    query = select(*(column for column in one.__table__.columns if column.name != "operation"))
    return query.where(one.operation == bindparam("which")).order_by(one.position)


def _close_operation() -> ClauseElement:
    one = OperationRecord
    return update(one).where(one.number == bindparam("which")).values(closing=bindparam("closing"))


def _finish_operation() -> ClauseElement:
    one = OperationRecord
    running = update(one).where(one.number == bindparam("which"), one.outcome.is_(None))
    return running.values(outcome=bindparam("outcome"), ended_at=bindparam("ended_at"))


def _running_operations() -> ClauseElement:
    one, device = OperationRecord, cast(bindparam("device"), Text)
    files = select(func.count()).where(OperationFileRecord.operation == one.number).scalar_subquery()
    query = select(one.number, one.kind, one.parameters, files).order_by(one.number)
    return query.where(one.outcome.is_(None), or_(device == null(), one.device == device))


def _exports() -> ClauseElement:
    one = OperationRecord
    done = one.kind == _text("export"), one.outcome == _text("done")
    return select(one.parameters).where(*done).order_by(one.number)


def _checkpoints() -> ClauseElement:
    one = CheckpointRecord
    return select(one.round, one.number, one.size, one.root, one.peaks).order_by(one.round, one.number)


def _leaf_hashes() -> ClauseElement:
    one = LedgerLeafRecord
    at = one.position >= bindparam("start"), one.position < bindparam("end")
    return select(one.hash).where(one.round == bindparam("round"), *at).order_by(one.position)


def _rounds() -> ClauseElement:
    one = RoundRecord
    query = select(one.code, one.title, cast(one.due_on, Text), one.created_at)
    return query.order_by(one.created_at.desc(), one.code.desc())


def _responses() -> ClauseElement:
    one, form = ResponseRecord, QuestionnaireRecord
    wanted = cast(bindparam("id"), Text)
    columns = (
        one.id, one.round, one.form_id, form.title, form.version, one.respondent, one.respondent_name,
        one.language, one.answered, one.asked, one.missing, one.wrong, one.changed_at, one.exported_at, one.conflicts,
        one.content, one.everything, one.signed_content, one.exported,
        exists().where(DraftRecord.subject == one.id),
        exists().where(DraftRecord.subject == one.id, DraftRecord.kind.in_(map(_text, sorted(CONTENT_KINDS)))),
        or_(
            exists().where(SubjectRecord.id == one.id, SubjectRecord.kind == _text(EDITION_SUBJECT)),
            and_(not_(one.is_made_here), _has_item(EDITION), not_(_has_item(QUESTIONNAIRE))),
        ),
    )  # fmt: skip
    return (
        select(*columns)
        .join(form, form.hash == one.questionnaire)
        .join(RoundRecord, RoundRecord.code == one.round)
        .where(not_(one.is_hidden), or_(wanted == null(), one.id == wanted))
        .order_by(
            RoundRecord.created_at.desc(), one.round.desc(), one.form_id, one.respondent_name, one.respondent
        )
    )


def _has_item(kind: str) -> ColumnElement[bool]:
    return exists().where(ItemRecord.subject == ResponseRecord.id, ItemRecord.kind == _text(kind))


def _text(word: str) -> ColumnElement[str]:
    """A word of ours as it stands in the query, where it is no value to be filled in."""
    return literal_column(f"'{word}'", Text)
