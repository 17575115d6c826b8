"""Writes all that is spelled after the tables: `python -m iscm_desktop.store.schema_script`.

- the first migration, as long as nothing has been released: from then on it stays. Those that follow it are written
  by hand, and say which tables they make,
- `schema.sql`, of which a new store is made without SQLAlchemy and Alembic: what the migrations come to,
- `prepared_queries.py`, what the first window asks.

Tests compare each with what would be written now, and all of them with the tables.
"""

from __future__ import annotations

import sqlite3
import tempfile
import textwrap
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import Dialect, create_engine, make_url
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.elements import ClauseElement, False_

from iscm_desktop.store.database.store_version import VERSIONS
from iscm_desktop.store.database.tables import Record, UtcTime
from iscm_desktop.store.database.upgrade import MIGRATIONS, migrate
from iscm_desktop.store.queries_to_prepare import queries

_SCRIPT = "python -m iscm_desktop.store.schema_script"
FIRST_MIGRATION = MIGRATIONS / "versions" / "0001_first_tables.py"
SCHEMA = MIGRATIONS.with_name("schema.sql")
PREPARED = MIGRATIONS.with_name("prepared_queries.py")
_WIDTH = 110
_MADE_LATER = frozenset({"operation_refusal", "taken_questionnaire"})
"""Tables of migrations that follow the first."""

_MIGRATION = '''"""First tables: rounds, questionnaires, responses, revisions, packages and operations.

Revision ID: 0001

Written after the tables by `schema_script`.
"""
# fmt: off
# ruff: noqa: E501 - lines as Alembic writes them

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    {body}
'''

_MODULE = '''"""Queries as text. Written by `{script}` after `queries_to_prepare`."""

from iscm_desktop.store.database.transaction import PreparedQuery

'''


def first_migration() -> str:
    """The migration that makes all tables but those of later ones, in order of what they refer to."""
    with create_engine("sqlite://").connect() as empty:
        context = MigrationContext.configure(empty, opts={"include_object": _is_made_first})
        (operations,) = produce_migrations(context, Record.metadata).upgrade_ops_list
    lines = render_python_code(operations, render_item=_as_written).splitlines()
    body = "\n".join(line for line in lines if "###" not in line).strip()
    return _MIGRATION.format(body=body)


def migrated_schema() -> str:
    """The script for a new store at the newest version, as SQLite itself tells it after the migrations."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        migrate(path)
        with closing(sqlite3.connect(path)) as store:
            rows = store.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, rowid"
            ).fetchall()
    statements = [row[0].replace(" \n", "\n").replace("\t", "    ") + ";" for row in rows]
    version = f"INSERT INTO alembic_version VALUES ('{VERSIONS[-1]}');"  # noqa: S608 - our own constant
    head = f"-- Made from the migrations by `{_SCRIPT}`; do not edit.\n"
    return "\n".join([head, *statements, version, ""])


def prepared_queries() -> str:
    """The module of prepared queries."""
    parts = [_MODULE.format(script=_SCRIPT)]
    for_sqlite, for_postgresql = queries("sqlite"), queries("postgresql")
    for name, query in for_sqlite.items():
        texts = (
            _text(query, sqlite.dialect(paramstyle="named")),
            _text(for_postgresql[name], make_url("postgresql+psycopg://").get_dialect()()),
        )
        parts.append(f'{name} = PreparedQuery(\n    """{texts[0]}""",\n    """{texts[1]}""",\n)\n')
    return "".join(parts)


def _is_made_first(_thing: object, name: str | None, kind: str, *_about: object) -> bool:
    return kind != "table" or name not in _MADE_LATER


def _as_written(kind: str, thing: Any, _context: object) -> str | Literal[False]:
    """A migration imports nothing of ours, and says false as either database does; False: as Alembic writes it."""
    if kind == "type" and isinstance(thing, UtcTime):
        return "sa.String(length=27)"
    if kind == "server_default" and isinstance(getattr(thing, "arg", None), False_):
        return "sa.false()"
    return False


def _text(query: ClauseElement, dialect: Dialect) -> str:
    lines = str(query.compile(dialect=dialect)).strip().replace("\t", "    ").splitlines()
    return "\n".join(["", *(broken for line in lines for broken in _broken(line)), ""])


def _broken(line: str) -> list[str]:
    """No literal of ours has a space in it, so that a query may be broken at any."""
    return textwrap.wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    FIRST_MIGRATION.write_text(first_migration(), encoding="utf-8")
    SCHEMA.write_text(migrated_schema(), encoding="utf-8")
    PREPARED.write_text(prepared_queries(), encoding="utf-8")
