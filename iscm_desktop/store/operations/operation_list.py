"""The log of operations, read for people."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from iscm_desktop.store.database.tables import (
    LedgerLeafRecord,
    OperationFileRecord,
    OperationRecord,
    OperationRefusalRecord,
)
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.operations.operation_kinds import OperationKind, OperationOutcome
from iscm_desktop.store.operations.operation_row import MergedFiles, OperationRow
from iscm_desktop.store.operations.operations_in_effect import taken_back
from iscm_desktop.store.operations.refused_files import NOT_MEANT


def list_operations(
    db: Transaction,
    kinds: frozenset[OperationKind] | None = None,
    limit: int | None = None,
    number: int | None = None,
) -> tuple[OperationRow, ...]:
    """The newest first: of these kinds or of all, so many at most; or the one with a number."""
    query = _ROWS.limit(limit)
    if kinds is not None:
        query = query.where(OperationRecord.kind.in_([kind.value for kind in kinds]))
    if number is not None:
        query = query.where(OperationRecord.number == number)
    found = db.sql.execute(query).all()
    numbers = [row[0] for row in found]
    names = _file_names(db, min(numbers), max(numbers)) if numbers else {}
    return tuple(_row(*row, names=tuple(names.get(row[0], ()))) for row in found)


def _file_names(db: Transaction, first: int, last: int) -> dict[int, list[str]]:
    """The names of the files of the merges among these operations, in their order."""
    file = OperationFileRecord
    query = select(file.operation, file.file_name).where(file.operation.between(first, last))
    found: dict[int, list[str]] = {}
    for operation, name in db.sql.execute(query.order_by(file.operation, file.position)):
        found.setdefault(operation, []).append(name)
    return found


@dataclass(frozen=True, slots=True)
class ExportOf:
    """That a response went out in a file."""

    file: str  # its path
    person: str
    at: datetime


def exports_of(db: Transaction, subject: SubjectId) -> list[ExportOf]:
    """The exports of a response, as far as something in it was new then; the newest first."""
    leaf, done = LedgerLeafRecord, OperationRecord
    query = (
        select(done.started_at, done.person, done.parameters)
        .join(leaf, leaf.operation == done.number)
        .where(leaf.subject == subject, done.kind == OperationKind.EXPORT.value)
        .order_by(done.number.desc())
    )
    return [
        ExportOf(str(json.loads(parameters).get("file", "")), person, at)
        for at, person, parameters in db.sql.execute(query)
    ]


def _rows() -> Select[Any]:
    one, file, back = OperationRecord, OperationFileRecord, taken_back().subquery()
    merged = (
        select(
            file.operation,
            func.count().label("files"),
            func.sum(file.new).label("new"),
            func.sum(file.newer).label("newer"),
            func.sum(file.removed).label("removed"),
            func.sum(file.conflicts).label("conflicts"),
        )
        .group_by(file.operation)
        .subquery()
    )
    bad = OperationRefusalRecord
    refused = (
        select(bad.operation, func.count().label("refused"))
        .where(bad.problem.not_in(NOT_MEANT))
        .group_by(bad.operation)
        .subquery()
    )
    sums = (
        merged.c.files, merged.c.new, merged.c.newer, merged.c.removed, merged.c.conflicts, refused.c.refused,
    )  # fmt: skip
    columns = (
        one.number,
        one.kind,
        one.started_at,
        one.person,
        one.device,
        one.parameters,
        one.about,
        one.outcome,
    )
    return (
        select(*columns, back.c.number, *(func.coalesce(each, 0) for each in sums))
        .join(merged, merged.c.operation == one.number, isouter=True)
        .join(refused, refused.c.operation == one.number, isouter=True)
        .join(back, back.c.about == one.number, isouter=True)
        .order_by(one.number.desc())
    )


_ROWS = _rows()


def _row(
    number: int, kind: str, started_at: Any, person: str, device: str, parameters: str, about: int | None,
    outcome: str | None, taken_back_by: int | None, *merged: int, names: tuple[str, ...],
) -> OperationRow:  # fmt: skip
    files, new, newer, removed, conflicts, refused = map(int, merged)
    return OperationRow(
        id=str(number),
        kind=OperationKind(kind),
        started_at=started_at,
        person=person,
        device=device,
        parameters=json.loads(parameters),
        about=_id(about),
        outcome=None if outcome is None else OperationOutcome(outcome),
        merged=MergedFiles(files, new, newer, removed, conflicts, refused, names),
        taken_back_by=_id(taken_back_by),
    )


def _id(number: int | None) -> str:
    return "" if number is None else str(number)
