"""Stores that are made of a protected one: protected themselves before the first answer is written into them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from iscm_desktop.store.database.file_database import FileDatabase
from iscm_desktop.store.database.protected_files import FileKey, key_of
from iscm_desktop.store.database.protecting import rewrite_file


def begin_like(made: Path, source: Path) -> None:
    """Makes an empty store with the passphrase of another one; nothing where that has none, or the file is there.

    Raises:
        IscmError: the passphrase of `source` was not given; or the new store cannot be written.
    """
    begin_with(made, key_of(source))


def begin_with(made: Path, key: FileKey | None) -> None:
    """The same with a key; nothing without one.

    Raises:
        IscmError: the new store cannot be written.
    """
    if key is None or made.exists():
        return
    with closing(FileDatabase.open_file(made)) as database:
        path = database.path
    rewrite_file(path, key, lambda _path: "")
