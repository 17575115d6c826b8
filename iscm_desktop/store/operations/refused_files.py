"""Files of a merge of which nothing was merged: kept with it, so that nobody has to look at them again to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from sqlalchemy import func, insert, select

from iscm_desktop.store.database.tables import OperationRefusalRecord
from iscm_desktop.store.database.transaction import Transaction

NOT_MEANT = ("FileProblem.NOT_LOOKED_INTO", "FileProblem.LEFT_OUT")
"""Problems of files that nobody wanted to be merged: of another kind, or left out by hand."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One of them; what could not be told is ""."""

    position: int  # among all files that were looked at, from 0
    file_name: str
    origin: str  # for people: the file that was named, and what it lay in
    within: str  # name of the mail or archive that it lay in
    problem: str  # the enumeration of `errors` and the name in it: "FileProblem.PACKAGE_DAMAGED"
    particulars: str  # what its sentence names, as a JSON object
    form_id: str = ""
    respondent: str = ""  # as the file says, which proves nothing
    respondent_name: str = ""
    language: str = ""  # of the response
    sender: str = ""  # of the mail, as the mail says
    address: str = ""
    mail_subject: str = ""
    mail_id: str = ""
    mail_language: str = ""


_COLUMNS = tuple(each.name for each in fields(RefusedRow))


def add_refused(db: Transaction, operation: int, rows: Sequence[RefusedRow]) -> None:
    """Keeps them with a merge that has not ended yet."""
    values = [dict(zip(_COLUMNS, astuple(row), strict=True)) | {"operation": operation} for row in rows]
    if values:
        db.sql.execute(insert(OperationRefusalRecord), values)


def list_refused(db: Transaction, operation: int) -> tuple[RefusedRow, ...]:
    """Those of a merge, in the order in which they were looked at."""
    one = OperationRefusalRecord
    query = select(*(getattr(one, name) for name in _COLUMNS)).where(one.operation == operation)
    return tuple(RefusedRow(*row) for row in db.sql.execute(query.order_by(one.position)))


def newest_with_refused(db: Transaction) -> int | None:
    """The number of the last merge with such files; None where there is none."""
    return db.sql.execute(select(func.max(OperationRefusalRecord.operation))).scalar_one()
