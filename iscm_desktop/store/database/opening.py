"""The one way in: opens the store at a path or an address."""

from __future__ import annotations

from pathlib import Path

from iscm_desktop.store.database.database import Database


def open_database(store: str | Path) -> Database:
    """Opens a store, made or upgraded first where needed.

    Args:
        store: A file, or the address of a shared store, "postgresql+psycopg://name@server/database".

    Raises:
        IscmError: it is in use elsewhere, too new, damaged, not a store, cannot be reached or written.
    """
    if isinstance(store, str) and "://" in store:
        from iscm_desktop.store.database.shared_database import SharedDatabase

        return SharedDatabase.open_address(store)
    from iscm_desktop.store.database.file_database import FileDatabase

    return FileDatabase.open_file(Path(store).expanduser().absolute())
