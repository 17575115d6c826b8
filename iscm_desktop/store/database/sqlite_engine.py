"""SQLAlchemy on SQLite connections that others make, begin and end."""

from __future__ import annotations

import sqlite3
import threading

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool


class SqliteEngine:
    """One for a store, so that the text of a statement is made once for all its connections.

    Args:
        spare: A connection of no other use; it is closed. SQLAlchemy asks the first that it meets for the
            server's ways and rolls it back, which nobody's transaction would survive.
    """

    def __init__(self, spare: sqlite3.Connection) -> None:
        self._handed_over = threading.local()
        self._engine = create_engine(
            "sqlite://", creator=self._take, poolclass=NullPool, hide_parameters=True
        )
        self.connection_on(spare).close()

    def connection_on(self, driver: sqlite3.Connection) -> Connection:
        """SQLAlchemy's connection on this one; closing it closes both."""
        self._handed_over.driver = driver
        return self._engine.connect()

    def _take(self) -> sqlite3.Connection:
        driver: sqlite3.Connection = self._handed_over.driver
        return driver
