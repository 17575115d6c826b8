"""A folder that is watched: what arrives in it counts once it is whole.

A copy that has begun is not one that has ended, so a file counts when it has kept its size and time between two
looks. Whoever has a clock asks `file_stamps`, off the window's thread, and tells what was found.
"""

from __future__ import annotations

from pathlib import Path

from iscm_desktop.exchange.unpacking.package_sources import files_in

Stamps = dict[Path, tuple[int, int]]
"""By file, its size and when it was changed."""


class WatchedFolder:
    """Everything in the folder is new at first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: Stamps = {}
        self._last: Stamps = {}

    def take_stamps(self, found: Stamps) -> tuple[tuple[Path, ...], bool]:
        """What one look found.

        Returns:
            The files that are new, or changed, and whole; and whether some are still being written.
        """
        new = {path: stamp for path, stamp in found.items() if self._seen.get(path) != stamp}
        is_whole = all(self._last.get(path) == stamp for path, stamp in new.items())
        self._last = found
        if not new or not is_whole:
            return (), not is_whole
        self._seen = found
        return tuple(new), False


def file_stamps(folder: Path) -> Stamps:
    """Every file in the folder that answers could lie in; {} where the folder is not there, as a stick pulled out."""
    found: Stamps = {}
    for path in files_in([folder]) if folder.is_dir() else ():
        try:
            about = path.stat()
        except OSError:  # gone meanwhile
            continue
        found[path] = (about.st_size, about.st_mtime_ns)
    return found
