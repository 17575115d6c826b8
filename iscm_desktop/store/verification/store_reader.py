"""Rows of a store that may be damaged, in plain SQL, from a file or from within a transaction."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from iscm_desktop.store.database.sqlite_driver import connect_file
from iscm_desktop.store.database.transaction import PreparedQuery, Transaction, Values

_PLACE = re.compile(r"(?<!:):([a-z_]+)")


class Source(Protocol):
    """What runs a query: a `Transaction`, or a file opened for reading."""

    @property
    def dialect(self) -> str: ...

    def run(self, query: PreparedQuery, values: Values | None = None) -> list[Any]: ...


class StoreReader:
    """Reads one view of a store. Texts that are no texts any more come as bytes where they are asked for so."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @property
    def is_file(self) -> bool:
        """Whether SQLite keeps the store."""
        return self._source.dialect == "sqlite"

    def rows(self, sql: str, **values: object) -> list[Any]:
        """All rows of a query whose places are written `:name`.

        Raises:
            sqlite3.DatabaseError: the file is damaged where the query looks.
        """
        return self.run(_prepared(sql), values)

    def run(self, query: PreparedQuery, values: Values | None = None) -> list[Any]:
        """All rows of a prepared query; likewise."""
        try:
            return self._source.run(query, values)
        except UnicodeDecodeError as error:  # the driver on a message in which a damaged name stands
            raise sqlite3.DatabaseError("the file is damaged, and so is the name of what is") from error


@contextmanager
def reading_file(path: Path) -> Iterator[StoreReader]:
    """A store in a file that nobody changes meanwhile, such as a backup: looked at, never written.

    Raises:
        sqlite3.DatabaseError: it cannot be opened.
    """
    with file_source(path) as source:
        yield StoreReader(source)


@contextmanager
def file_source(path: Path) -> Iterator[Source]:
    """The bare source of `reading_file`, for whoever wants to know more of its errors."""
    with closing(connect_file(path, "ro")) as connection:
        yield _FileSource(connection)


def reading(db: Transaction) -> StoreReader:
    """An open store, as this transaction sees it."""
    return StoreReader(db)


class _FileSource:
    dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, query: PreparedQuery, values: Values | None = None) -> list[Any]:
        return self._connection.execute(query.sqlite, values or {}).fetchall()


@lru_cache(maxsize=256)
def _prepared(sql: str) -> PreparedQuery:
    return PreparedQuery(sql, _PLACE.sub(r"%(\1)s", sql))
