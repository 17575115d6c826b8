"""Copies of a store that follow its passphrase: those beside it, among its backups, and in the second place.

A passphrase on the store alone would promise what it does not keep, so whatever can be reached is written anew. What
cannot, because a stick is away or the program was killed on the way, is remembered in the store and done with the next
backup. For that the store keeps the keys that it had, which open nothing that is not in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database import kept_backups
from iscm_desktop.store.database.backup import DAMAGED, Proof
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.database.protected_files import FileKey, key_of, recall_key, salt_of
from iscm_desktop.store.database.protecting import remove_part, rewrite_file
from iscm_desktop.store.database.sqlite_driver import connect_file

_PENDING, _EARLIER = "protection.pending", "protection.earlier"


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of the copies of a store after its passphrase was set, changed or taken off."""

    done: int  # were written anew now
    left: tuple[Path, ...]  # could not be, and are as they were, with what opened them
    away: Path | None  # the second place, where it cannot be reached; None: it can be, or there is none

    @property
    def is_complete(self) -> bool:
        """Whether every copy that is known of opens as the store does."""
        return not self.left and self.away is None


def expect_followers(database: Database, present: FileKey | None) -> None:
    """Before the passphrase is set, changed or taken off: from now on copies are behind, whatever happens.

    Args:
        present: The key that the store has until then; None where it has none.
    """
    if present is not None:
        kept = (database.settings.value(_EARLIER) or "").split()
        ours = f"{present.salt.hex()}:{present.key.hex()}"
        database.settings.put(_EARLIER, " ".join([*(each for each in kept if each != ours), ours]))
    database.settings.put(_PENDING, "yes")


def are_behind(database: Database) -> bool:
    """Whether copies may not follow the store's passphrase yet."""
    return not database.is_shared and database.settings.value(_PENDING) is not None


def recall_earlier_keys(database: Database) -> None:
    """This process can open copies that have a passphrase which the store had."""
    for each in (database.settings.value(_EARLIER) or "").split():
        salt, _colon, key = each.partition(":")
        with suppress(ValueError):
            recall_key(FileKey(bytes.fromhex(salt), bytes.fromhex(key)))


def copies_behind(store: Path, folders: list[Path], device: str) -> list[Path]:
    """Copies of a store that can be read in another way than it."""
    salt = salt_of(store)
    return [path for path in _copies(store, folders) if salt_of(path) != salt and _may_be_ours(path, device)]


def follow(database: Database, device: str, folders: list[Path], second: Path | None) -> Followed:
    """Writes each copy anew that can be read in another way than the store; those that follow are not touched.

    Args:
        folders: Of its backups, the second place included.
    """
    from iscm_desktop.store.verification.copy_proof import CopyProof  # late: a start needs none of it

    recall_earlier_keys(database)
    store, done, left = database.path, 0, []
    for path in copies_behind(store, folders, device):
        try:
            remove_part(path)
            _write_anew(path, key_of(store), CopyProof() if _is_backup(path, store) else _as_it_was)
            done += 1
        except (IscmError, sqlite3.Error):
            left.append(path)
    away = second if second is not None and not is_there(second) else None
    found = Followed(done, tuple(left), away)
    if found.is_complete:
        for setting in (_PENDING, _EARLIER):
            database.settings.put(setting, None)
    return found


def is_there(folder: Path) -> bool:
    """Whether a folder can be reached now: False of a stick that was taken out, whatever the system says of it."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def _copies(store: Path, folders: list[Path]) -> Iterator[Path]:
    """Also what was set aside beside the store: by a restore, or by a newer version of the program."""
    before = f"{store.stem}.before-"
    for folder in folders:
        yield from kept_backups.named_so(folder, store.stem)
        yield from kept_backups.named_so(folder, store.stem, DAMAGED)
    with suppress(OSError):
        beside = [each for each in store.parent.iterdir() if each.name.startswith(before)]
        yield from sorted(each for each in beside if each.suffix == store.suffix and each.is_file())


def _may_be_ours(path: Path, device: str) -> bool:
    try:
        with closing(connect_file(path, "ro")) as copy:
            return kept_backups.device_in(copy) == device
    except IscmError:  # of a passphrase that this store never had: somebody else's, on the same stick
        return False
    except sqlite3.Error:  # damaged; but called like ours
        return True


def _is_backup(path: Path, store: Path) -> bool:
    return path.parent != store.parent and path.suffix == store.suffix


def _as_it_was(_path: Path) -> str:
    return ""


def _write_anew(path: Path, key: FileKey | None, prove: Proof) -> None:
    """What was set aside because it is damaged stays so, byte by byte: much can be found in it by a rescue."""
    if prove is _as_it_was:
        with closing(connect_file(path, "rw")) as copy:
            (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise IscmError(StoreProblem.STORE_DAMAGED, store=path)
    rewrite_file(path, key, prove)
