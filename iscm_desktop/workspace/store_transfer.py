"""Moving to a shared store, and back to a file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.store.database.opening import open_database


def copy_store(source: str, target: str) -> int:
    """Copies all of one store into another that is new or empty; gives the number of rows.

    Args:
        source: A path, or the address of a shared store; likewise `target`.

    Raises:
        IscmError: the source is not there, either cannot be opened, or the target holds something already.
    """
    if "://" not in source and not Path(source).expanduser().is_file():
        raise IscmError(Problem.FILE_MISSING, file=source)
    with closing(open_database(source)) as out, closing(open_database(target)) as into:
        from iscm_desktop.store.database.store_copy import copy_rows

        return copy_rows(out, into)
