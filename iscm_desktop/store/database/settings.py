"""What belongs to this computer: the device's id, the person, the state of windows."""

from __future__ import annotations

from iscm_desktop.store.database import prepared_queries
from iscm_desktop.store.database.sqlite_connections import SqliteConnections

PRACTICE, YES = "practice", "yes"
"""The mark of a store in which nothing counts: it goes wherever the store goes."""


class Settings:
    """Texts by key, in a SQLite file; each is on disk when `put` returns."""

    def __init__(self, connections: SqliteConnections) -> None:
        self._connections = connections

    def value(self, key: str) -> str | None:
        """None where it was never put."""
        with self._connections.read() as db:
            rows = db.run(prepared_queries.SETTING, {"key": key})
        return str(rows[0][0]) if rows else None

    def put(self, key: str, value: str | None) -> None:
        """Keeps a setting; None forgets it."""
        with self._connections.write(counts=False) as db:
            if value is None:
                db.run(prepared_queries.FORGET_SETTING, {"key": key})
            else:
                db.run(prepared_queries.PUT_SETTING, {"key": key, "value": value})
