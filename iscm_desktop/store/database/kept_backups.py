"""The rotating backups of a store: which of those in its folder are its own, in which order, and which may go.

Order goes by the save number in each copy. Names, the times of files and the clock are what people see; they take no
part: clocks are set back, times are lost by copying, and names are given by anybody.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from iscm_desktop.errors import IscmError
from iscm_desktop.store import times
from iscm_desktop.store.database import prepared_queries, save_number
from iscm_desktop.store.database.backup import BACKUP_MADE, DAMAGED
from iscm_desktop.store.database.sqlite_driver import connect_file

KEPT = 10
_SUFFIX = ".iscmdb"
_DEVICE = "device"


@dataclass(frozen=True, order=True, slots=True)
class KeptBackup:
    """One of them; later ones are greater."""

    number: int
    path: Path
    made_at: datetime | None  # by the clock of that time; None where the copy does not say
    saves: int  # the save number of the store that was copied


def folder_of(store: Path) -> Path:
    """Where the rotating backups of a store lie."""
    return store.with_name(f"{store.stem}-backups")


def name_for(folder: Path, stem: str, now: datetime) -> Path:
    """A name that no file has, with the time for people."""
    wanted = f"{stem}-{now:%Y%m%d-%H%M%S-%f}"
    for at in range(1, 1000):
        name = folder / f"{wanted}{'' if at == 1 else f'-{at}'}{_SUFFIX}"
        if not name.exists():
            return name
    raise OSError("a thousand backups of one moment")


def own_backups(folder: Path, stem: str, device: str) -> list[KeptBackup]:
    """The backups of the store with this device, the oldest first; others in the folder are nobody's business."""
    found = [_look_at(path, device) for path in named_so(folder, stem)]
    return sorted(one for one in found if one is not None)


def copied_device(path: Path) -> str:
    """The device of the store of which a file is a backup; "" where it is none, whatever it is called."""
    try:
        with closing(connect_file(path, "ro")) as copy:
            is_backup = _setting(copy, BACKUP_MADE) is not None
            return (device_in(copy) or "") if is_backup else ""
    except (sqlite3.Error, IscmError):  # damaged, or of a passphrase that nobody here knows
        return ""


def every_copy(folder: Path, stem: str, device: str) -> list[Path]:
    """All that the store with this device left in the folder, copies that were not good included."""
    found = [*named_so(folder, stem), *named_so(folder, stem, DAMAGED)]
    return [path for path in found if copied_device(path) == device]


def drop_oldest(kept: list[KeptBackup], made: Path) -> None:
    """Makes room once a newer backup is proven; that one stays, whatever its number."""
    for old in [one for one in kept if one.path != made][: -(KEPT - 1)]:
        with suppress(OSError):  # somebody reads it just now, or it is write-protected: it goes the next time
            old.path.unlink()


def drop_damaged(folder: Path, stem: str, but: Path) -> None:
    """Of the copies that were not good, the newest is enough to look at."""
    for name in named_so(folder, stem, DAMAGED):
        if name != but:
            with suppress(OSError):
                name.unlink()


def named_so(folder: Path, stem: str, ending: str = "") -> list[Path]:
    """Files that are called like backups of a store, whosever they are; with `DAMAGED` those that were not good."""
    ours = re.compile(rf"{re.escape(stem)}-[0-9-]+{re.escape(_SUFFIX + ending)}")
    try:
        return [path for path in folder.iterdir() if ours.fullmatch(path.name) and path.is_file()]
    except OSError:
        return []


def _look_at(path: Path, device: str) -> KeptBackup | None:
    try:
        with closing(connect_file(path, "ro")) as copy:
            if device_in(copy) != device:
                return None
            number = abs(save_number.seen_by(copy))
            made_at, _blank, saves = (_setting(copy, BACKUP_MADE) or "").partition(" ")
        return KeptBackup(number, path, _instant(made_at), int(saves) if saves.isdecimal() else 0)
    except (
        sqlite3.Error,
        IscmError,
    ):  # damaged, of another passphrase, no store at all: nothing that we may remove
        return None


def device_in(copy: sqlite3.Connection) -> str | None:
    """The device of the store of which a file is a copy; None where it names none."""
    return _setting(copy, _DEVICE)


def _setting(copy: sqlite3.Connection, key: str) -> str | None:
    found = copy.execute(prepared_queries.SETTING.sqlite, {"key": key}).fetchone()
    return str(found[0]) if found else None


def _instant(text: str) -> datetime | None:
    try:
        return times.read(text)
    except ValueError:
        return None
