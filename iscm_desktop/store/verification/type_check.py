"""Whether every value of a file's tables is of the type that its column has: one changed bit makes bytes of a text."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column

from iscm_desktop.store.database.tables import Record
from iscm_desktop.store.verification.findings import Finding, FindingKind
from iscm_desktop.store.verification.store_reader import StoreReader

_COVERED = frozenset({"revision"})
"""Tables whose rows are hashed as a whole: bytes in the place of a text give another id."""


_STORED_AS = {int: "'integer'", bool: "'integer'", bytes: "'blob'"}


def check_types(store: StoreReader) -> Iterator[Finding]:
    """Columns in which something else stands than the program writes; a server looks after its own types."""
    if not store.is_file:
        return
    for name, table in Record.metadata.tables.items():
        if name in _COVERED:
            continue
        columns = [column.name for column in table.columns]
        odd = ", ".join(f"total({_is_odd(column)})" for column in table.columns)
        (counts,) = store.rows(f'SELECT {odd} FROM "{name}"')  # noqa: S608 - names of our own
        for column, count in zip(columns, counts, strict=True):
            if count:
                yield Finding(FindingKind.FILE_DAMAGED, detail=f"{name}.{column}: {count:.0f}")


def _is_odd(column: Column[object]) -> str:
    types = _STORED_AS.get(column.type.python_type, "'text'")
    return f"typeof(\"{column.name}\") NOT IN ({types}, 'null')"
