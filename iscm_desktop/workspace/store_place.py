"""Where a store lies, and what may go wrong there: copied by others, on a server, without room, a clock far off.

Each finding is a sentence that says what to do. Nothing is changed.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from iscm_desktop.i18n import N_, _, shown_date, shown_size

_LEAST_FREE = 200_000_000
_FIRST_YEAR = 2026
"""No store was made before the program was."""
_LAST_YEAR = 2100
_CLOCK_SLACK = timedelta(days=1)

_SYNCHRONISED = {
    "dropbox": "Dropbox", "onedrive": "OneDrive", "google drive": "Google Drive", "googledrive": "Google Drive",
    "my drive": "Google Drive", "icloud drive": "iCloud Drive", "iclouddrive": "iCloud Drive",
    "mobile documents": "iCloud Drive", "com~apple~clouddocs": "iCloud Drive", "cloudstorage": "a cloud service",
    "nextcloud": "Nextcloud", "owncloud": "ownCloud", "box": "Box", "box sync": "Box", "pclouddrive": "pCloud",
    "pcloud drive": "pCloud", "mega": "MEGA", "megasync": "MEGA", "seafile": "Seafile", "sharepoint": "SharePoint",
}  # fmt: skip
"""Names of folders, in small letters, that such services make for themselves."""
_MARKERS = {
    ".dropbox": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
}
"""What they lay into the folders that they copy."""
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "fuse.sshfs", "davfs", "fuse.gvfsd-fuse", "9p"}
)
"""File systems that lie on another computer."""

_MOUNTS = Path("/proc/self/mounts")
_ESCAPED = re.compile(rb"\\([0-3][0-7]{2})")
"""A blank or the like in a name there; whatever else a name holds stands in it as it is."""


class PlaceFault(Enum):
    """What may go wrong with a place; the value names it in settings."""

    SYNCHRONISED = "synchronised"
    NETWORK = "network"
    NO_ROOM = "no_room"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class PlaceWarning:
    """One thing that may go wrong, in words."""

    fault: PlaceFault
    words: str


_WORDS = {
    PlaceFault.SYNCHRONISED: N_(
        "Your answers lie in a folder that {service} copies to other computers: {folder}. Two computers that write at "
        "once can damage them, and they leave this computer. Close the program, move the file into a folder of this "
        "computer alone, and open it from there."
    ),
    PlaceFault.NETWORK: N_(
        "Your answers lie on another computer of the network: {folder}. When the connection breaks, what was typed "
        "last may be lost. Close the program, move the file into a folder of this computer, and open it from there."
    ),
    PlaceFault.NO_ROOM: N_(
        "There is little room left where your answers lie: {free} on the disk of {folder}. What is typed is still "
        "saved. Make room, or backups will soon fail."
    ),
    PlaceFault.CLOCK: N_(
        "The clock of this computer cannot be right: it says {today}. Times that are kept with your answers will be "
        "wrong. Set the clock; nothing has to be typed again."
    ),
}


def place_warnings(store: Path, now: datetime, newest: datetime | None) -> tuple[PlaceWarning, ...]:
    """What may go wrong where a store lies.

    Args:
        now: By this computer's clock.
        newest: When anything in the store was changed last; None in an empty one.
    """
    folder, found = store.parent, []
    if service := synchronising_service(store):
        found.append(_warning(PlaceFault.SYNCHRONISED, service=service, folder=folder))
    elif is_on_network(folder):
        found.append(_warning(PlaceFault.NETWORK, folder=folder))
    free = _free(folder)
    if free is not None and free < max(_LEAST_FREE, 3 * _size(store)):
        found.append(_warning(PlaceFault.NO_ROOM, free=shown_size(free), folder=folder))
    is_behind = newest is not None and now < newest - _CLOCK_SLACK
    if is_behind or not _FIRST_YEAR <= now.year <= _LAST_YEAR:
        found.append(_warning(PlaceFault.CLOCK, today=shown_date(now.date())))
    return tuple(found)


def synchronising_service(store: Path) -> str:
    """Which service copies the folder of a file to other computers; "" where none is known to."""
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        around = os.environ.get(name)
        if around and store.is_relative_to(around):
            return "OneDrive"
    for folder in store.parents:
        name = folder.name.lower()
        if name in _SYNCHRONISED:
            return _SYNCHRONISED[name]
        if name.startswith(("onedrive -", "onedrive-", "dropbox (")):  # those of a firm
            return "OneDrive" if name.startswith("onedrive") else "Dropbox"
        for marker, service in _MARKERS.items():
            if (folder / marker).exists():
                return service
    return ""


def is_on_network(folder: Path) -> bool:
    """Whether a folder lies on another computer; False where that cannot be told, as on macOS."""
    if sys.platform == "win32":
        import ctypes

        drive = folder.drive
        return (
            drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == 4
        )  # DRIVE_REMOTE
    try:
        mounts = _MOUNTS.read_bytes()
    except OSError:
        return False
    best, kind = -1, ""
    for line in mounts.splitlines():
        _device, point, type_, *_rest = line.split(b" ")
        at = Path(os.fsdecode(_ESCAPED.sub(lambda found: bytes([int(found[1], 8)]), point)))
        if folder.is_relative_to(at) and len(at.parts) > best:
            best, kind = len(at.parts), type_.decode("ascii", "replace")
    return kind in _NETWORK


def _warning(fault: PlaceFault, **particulars: object) -> PlaceWarning:
    return PlaceWarning(fault, _(_WORDS[fault]).format(**particulars))


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _size(store: Path) -> int:
    try:
        return store.stat().st_size
    except OSError:
        return 0
