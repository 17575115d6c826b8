"""Writes `schema.sql`: `python -m iscm_desktop.store.database.schema_script`.

A new store is made from that script, which needs neither SQLAlchemy nor Alembic. It holds what the migrations
come to, as SQLite itself tells it after running them; a test compares it with both.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from iscm_desktop.store.database.database import VERSIONS
from iscm_desktop.store.database.upgrade import migrate

HEAD = "-- Made from the migrations by `python -m iscm_desktop.store.database.schema_script`; do not edit.\n"


def migrated_schema() -> str:
    """The script for a new store at the newest version."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        migrate(path)
        with closing(sqlite3.connect(path)) as store:
            rows = store.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, rowid"
            ).fetchall()
    statements = [row[0].replace(" \n", "\n").replace("\t", "    ") + ";" for row in rows]
    version = f"INSERT INTO alembic_version VALUES ('{VERSIONS[-1]}');"  # noqa: S608 - our own constant
    return "\n".join([HEAD, *statements, version, ""])


if __name__ == "__main__":
    Path(__file__).with_name("schema.sql").write_text(migrated_schema(), encoding="utf-8")
