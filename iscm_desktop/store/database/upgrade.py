"""Brings an older store to the present by Alembic's migrations, after setting a copy aside."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError

from iscm_desktop.store.database.backup import copy_store
from iscm_desktop.store.database.protected_files import key_of
from iscm_desktop.store.database.sqlite_driver import connect_file

MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(path: Path, version: str) -> Path:
    """Runs what is missing; gives the copy as it was before, named after the version that it has.

    Raises:
        sqlite3.DatabaseError: it is damaged, or there is no room; then it is as it was.
    """
    before = path.with_name(f"{path.stem}.before-{version}{path.suffix}")
    key = key_of(path)
    with closing(connect_file(path, "rw")) as store:
        copy_store(store, before, None, key)
    try:
        migrate(path)
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):  # a damaged file, a full disk: told as of any other
            raise error.orig from error
        raise
    return before


def migrate(store: Path | str) -> None:
    """Runs the migrations that a store lacks, together in one transaction: a file's path, or a server's address."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["store"] = store if isinstance(store, str) else lambda: connect_file(store, "rwc")
    command.upgrade(config, "head")
