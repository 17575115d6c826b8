"""A folder that is watched: what arrives in it is told once it is whole.

The system's notices are not to be relied on, for network drives send none, so the folder is also looked through
from time to time.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from iscm_desktop.presenters.watched_folder import Stamps, WatchedFolder, file_stamps
from ui.page.job_runner import JobRunner

PAUSE_MS = 30_000
SETTLE_MS = 700
_MOST_FOLDERS = 200


class FolderWatch(QObject):
    """Signals:
    arrived(files): these are new, or changed, and whole.
    """

    arrived = Signal(object)

    def __init__(self, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._folder: WatchedFolder | None = None
        self._is_scanning = False
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.scan)
        self._watcher.directoryChanged.connect(self._on_directory_changed)

    @property
    def folder(self) -> Path | None:
        """What is watched; None for nothing."""
        return self._folder.path if self._folder else None

    def watch(self, folder: Path | None) -> None:
        """Begins with a folder, where everything is new at first, or ends."""
        self._folder = WatchedFolder(folder) if folder else None
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
                lambda _job: file_stamps(folder.path),
                lambda found: self._on_scanned(folder, found),
                self._on_failed,
            )
            job.ended.connect(self._on_ended)

    def _on_directory_changed(self) -> None:
        self._timer.start(SETTLE_MS)

    def _on_ended(self) -> None:
        self._is_scanning = False

    def _on_failed(self, _failure: BaseException) -> None:
        self._timer.start(PAUSE_MS)  # a stick that was pulled out comes back

    def _on_scanned(self, folder: WatchedFolder, found: Stamps) -> None:
        if folder is not self._folder:
            return
        arrived, is_being_written = folder.take_stamps(found)
        self._follow(folder.path, found)
        self._timer.start(SETTLE_MS if is_being_written else PAUSE_MS)
        if arrived:
            self.arrived.emit(list(arrived))

    def _follow(self, folder: Path, found: Stamps) -> None:
        folders = {str(folder), *(str(path.parent) for path in list(found)[:_MOST_FOLDERS])}
        added = sorted(folders - set(self._watcher.directories()))
        if added and folder.is_dir():
            self._watcher.addPaths(added)
