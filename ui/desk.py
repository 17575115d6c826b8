"""What all pages work with: the store, the worker, the look, and a way to speak to the person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.preferences import Preferences
from ui.runner import Runner
from ui.theme import Theme, Tone

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from iscm_desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the bar at the top of the window, with one thing that can be done about it."""

    text: str
    tone: Tone = Tone.GOOD
    action: str = ""
    act: Callable[[], None] | None = None
    is_brief: bool = False  # goes away when somebody goes on working


class FileDialogs:
    """The system's file dialogs; tests put a scripted one in their place. Imported when first opened."""

    def open_files(self, parent: QWidget, title: str, filters: str) -> list[Path]:
        from PySide6.QtWidgets import QFileDialog

        names, _chosen = QFileDialog.getOpenFileNames(parent, title, "", filters)
        return [Path(name) for name in names]

    def save_file(self, parent: QWidget, title: str, proposed: Path, filters: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        name, _chosen = QFileDialog.getSaveFileName(parent, title, str(proposed), filters)
        return Path(name) if name else None

    def folder(self, parent: QWidget, title: str, proposed: Path) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        name = QFileDialog.getExistingDirectory(parent, title, str(proposed))
        return Path(name) if name else None


class Desk(QObject):
    """Handed to every page.

    Signals:
        noticed(Notice): somebody has something to say to the person.
        responses_changed: responses were added, saved, merged or taken back.
        round_changed: another round is the current one.
        saved(datetime): an answer has reached the disk.
        unsaved: something was typed that has not reached it yet.
        reload_wanted(response id): a response is another one than its form shows.
        response_wanted(response id, path): a page asks for a response, at a question where a path is given.
        review_wanted(response id): a page asks for review and export.
        page_wanted(key): a page asks for another page.
        merged: answers came in or were taken back; a form that is open starts over from the store.
        restart_wanted: the window is to close and open again.
    """

    noticed = Signal(object)
    responses_changed = Signal()
    round_changed = Signal()
    saved = Signal(object)
    unsaved = Signal()
    response_wanted = Signal(str, str)
    reload_wanted = Signal(str)
    review_wanted = Signal(str)
    page_wanted = Signal(str)
    restart_wanted = Signal()
    merged = Signal()

    def __init__(
        self,
        workspace: Workspace,
        runner: Runner,
        preferences: Preferences,
        theme: Theme,
        files: FileDialogs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.runner = runner
        self.preferences = preferences
        self.theme = theme
        self.files = files
        self._saver: ThreadPoolExecutor | None = None

    @property
    def saver(self) -> ThreadPoolExecutor:
        """One thread for what was typed, so that no key waits for the disk, nor for the worker's long job."""
        if self._saver is None:
            from concurrent.futures import ThreadPoolExecutor

            self._saver = ThreadPoolExecutor(1, "iscm-saver")
        return self._saver

    def close(self) -> None:
        """Everything that was handed to the saver is on disk afterwards."""
        if self._saver is not None:
            self._saver.shutdown()

    def say(self, text: str, tone: Tone = Tone.GOOD) -> None:
        self.noticed.emit(Notice(text, tone))
