"""Many rows at once, straight to the driver: a merge writes hundreds of revisions per file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Dialect
from sqlalchemy.sql.dml import Insert

from iscm_desktop.store.database.transaction import Transaction

Row = Sequence[object]


def add_rows(db: Transaction, statement: Insert, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Runs an insert once per row, without SQLAlchemy's work on each value, which takes longer than SQLite's.

    Args:
        statement: An insert, with what is to be done on a conflict; kept by the caller, so that its text is
            made once.
        columns: What the values of a row stand for, in order.
        rows: Values as the driver takes them: times as text, no types of ours.
    """
    if not rows:
        return
    text, places = _compiled(statement, columns, db.sql.dialect)
    if places is None:  # a driver that takes values by name
        db.sql.exec_driver_sql(text, [dict(zip(columns, row, strict=True)) for row in rows])
    elif places == tuple(range(len(columns))):
        db.sql.exec_driver_sql(text, [tuple(row) for row in rows])
    else:
        db.sql.exec_driver_sql(text, [tuple(row[place] for place in places) for row in rows])


@lru_cache(maxsize=64)
def _compiled(
    statement: Insert, columns: tuple[str, ...], dialect: Dialect
) -> tuple[str, tuple[int, ...] | None]:
    """The statement's text, and at which place of a row each of its values stands."""
    compiled = statement.compile(dialect=dialect, column_keys=list(columns))
    names = compiled.positiontup
    return str(compiled), None if names is None else tuple(columns.index(name) for name in names)
