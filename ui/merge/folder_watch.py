"""A folder that is watched: what arrives in it is told once it is whole.

The system's notices are not to be relied on (network drives send none, and a copy that has begun is not one
that has ended), so the folder is also looked through from time to time, and a file counts when it has kept its
size and time between two looks.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from iscm_desktop.exchange.unpacking.package_sources import files_in
from ui.page.job_runner import JobRunner

PAUSE_MS = 30_000
SETTLE_MS = 700
_MOST_FOLDERS = 200

Stamps = dict[Path, tuple[int, int]]
"""By file, its size and when it was changed."""


class FolderWatch(QObject):
    """Signals:
    arrived(files): these are new, or changed, and whole.
    """

    arrived = Signal(object)

    def __init__(self, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._folder: Path | None = None
        self._seen: Stamps = {}
        self._last: Stamps = {}
        self._is_scanning = False
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.scan)
        self._watcher.directoryChanged.connect(lambda _folder: self._timer.start(SETTLE_MS))

    @property
    def folder(self) -> Path | None:
        """What is watched; None for nothing."""
        return self._folder

    def watch(self, folder: Path | None) -> None:
        """Begins with a folder, where everything is new at first, or ends."""
        self._folder, self._seen, self._last = folder, {}, {}
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self._timer.stop()
        if folder is not None:
            self._timer.start(0)

    def scan(self) -> None:
        """Looks through the folder on the worker."""
        folder = self._folder
        if folder is not None and not self._is_scanning:
            self._is_scanning = True
            job = self._runner.run(
                self,
                lambda _job: file_stamps(folder),
                lambda found: self._on_scanned(folder, found),
                self._on_failed,
            )
            job.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self._is_scanning = False

    def _on_failed(self, _failure: BaseException) -> None:
        self._timer.start(PAUSE_MS)  # a stick that was pulled out comes back

    def _on_scanned(self, folder: Path, found: Stamps) -> None:
        if folder != self._folder:
            return
        new = {path: stamp for path, stamp in found.items() if self._seen.get(path) != stamp}
        is_whole = all(self._last.get(path) == stamp for path, stamp in new.items())
        self._last = found
        self._follow(folder, found)
        self._timer.start(PAUSE_MS if is_whole else SETTLE_MS)
        if new and is_whole:
            self._seen = found
            self.arrived.emit(list(new))

    def _follow(self, folder: Path, found: Stamps) -> None:
        folders = {str(folder), *(str(path.parent) for path in list(found)[:_MOST_FOLDERS])}
        added = sorted(folders - set(self._watcher.directories()))
        if added and folder.is_dir():
            self._watcher.addPaths(added)


def file_stamps(folder: Path) -> Stamps:
    """Every file in the folder that answers could lie in."""
    found: Stamps = {}
    for path in files_in([folder]) if folder.is_dir() else ():
        try:
            about = path.stat()
        except OSError:  # gone meanwhile
            continue
        found[path] = (about.st_size, about.st_mtime_ns)
    return found
