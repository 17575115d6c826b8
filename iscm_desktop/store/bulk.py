"""Many rows at once, straight to the driver: a merge writes hundreds of revisions per file."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.sql.dml import Insert


def add_rows(
    db: Connection, statement: Insert, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Runs an insert once per row, without SQLAlchemy's work on each value, which takes longer than SQLite's.

    Args:
        statement: An insert of these columns, with what is to be done on a conflict.
        columns: What the values of a row stand for, in order.
        rows: Values as the driver takes them: times as text, no types of ours.
    """
    if not rows:
        return
    compiled = statement.compile(dialect=db.dialect, column_keys=list(columns))
    names = compiled.positiontup
    if names is None:  # a driver that takes values by name
        db.exec_driver_sql(str(compiled), [dict(zip(columns, row, strict=True)) for row in rows])
    else:
        places = [columns.index(name) for name in names]
        db.exec_driver_sql(str(compiled), [tuple(row[place] for place in places) for row in rows])
