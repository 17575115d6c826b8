"""A store's file written anew: behind a passphrase, behind another one, or readable again."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.private_files import open_private, sync_folder
from iscm_desktop.store.database.backup import PROTECTING, Proof, remove_beside
from iscm_desktop.store.database.protected_files import READABLE_HEADER, FileKey, write_salt
from iscm_desktop.store.database.sqlite_driver import connect_exporting


def rewrite_file(file: Path, key: FileKey | None, prove: Proof) -> None:
    """Puts the same content in the place of a file that nobody has open; what was there is gone afterwards.

    Written beside, proven, and only then put in its place: a power cut leaves the one or the other whole.

    Args:
        key: Of the new file; None: it can be read without a passphrase.
        prove: Says what is wrong with the new file, in words; "" where nothing is.

    Raises:
        IscmError: there is no room or no permission, or what was written is not good; the file is as it was.
    """
    beside = file.with_name(file.name + PROTECTING)
    try:
        remove_beside(beside)
        os.close(open_private(beside, os.O_RDWR))
        _export(file, beside, key)
        if key is not None:
            write_salt(beside, key.salt)
        fault = prove(beside)
        if fault:
            raise IscmError(StoreProblem.BACKUP_NOT_GOOD, copy=beside, reason=fault)
        with beside.open("rb+") as written:
            os.fsync(written.fileno())
        beside.replace(file)
        for log in ("-wal", "-shm"):  # empty since the export, and of another key
            with suppress(FileNotFoundError):
                Path(f"{file}{log}").unlink()
        sync_folder(file.parent)
    except (OSError, sqlite3.Error) as error:
        raise IscmError(StoreProblem.STORE_NOT_WRITTEN, store=file, reason=error) from error
    finally:
        remove_beside(beside)


def remove_part(file: Path) -> None:
    """What a rewriting leaves beside a file when the program is killed; for whoever holds the file's lock."""
    remove_beside(file.with_name(file.name + PROTECTING))


def _export(file: Path, beside: Path, key: FileKey | None) -> None:
    with closing(connect_exporting(file)) as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        source.execute("PRAGMA journal_mode = DELETE")
        source.execute(f"ATTACH DATABASE ? AS made KEY {key.pragma if key else repr('')}", (str(beside),))
        if key is not None:
            source.execute(f"PRAGMA made.cipher_plaintext_header_size = {READABLE_HEADER}")
        source.execute("SELECT sqlcipher_export('made')").fetchone()
        for name in ("application_id", "user_version"):  # they are of the file, not of its content
            (number,) = source.execute(f"PRAGMA main.{name}").fetchone()
            source.execute(f"PRAGMA made.{name} = {number}")
        source.execute("DETACH DATABASE made")
