"""What arrives in the watched folder, pile after pile, once nobody is busy with another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.merge.folder_watch import FolderWatch
from ui.merge.folder_watch_line import FolderWatchLine
from ui.page.page_context import PageContext
from ui.widgets.labels import button


class IncomingFiles(QObject):
    """Begins and ends watching, keeps the choice, and hands out files when there is time for them.

    Signals:
        ready(files): look at these, please.
    """

    ready = Signal(object)

    def __init__(self, context: PageContext, page: QWidget, is_free: Callable[[], bool]) -> None:
        super().__init__(page)
        self._context, self._page, self._is_free = context, page, is_free
        self._waiting: list[Path] = []
        self._watch = FolderWatch(context.runner, self)
        self.line = FolderWatchLine(context, page)
        self.begin = button(_("Watch a &folder…"), page, name="watch-folder")
        self.begin.clicked.connect(self._on_begin_clicked)
        self.line.ended.connect(lambda: self.watch(None))
        self._watch.arrived.connect(self._on_arrived)
        self.watch(context.preferences.watched_folder)

    @property
    def merges_by_itself(self) -> bool:
        """Whether files are merged without asking."""
        return self._context.preferences.merges_arrivals

    def watch(self, folder: Path | None) -> None:
        """Watches another folder from now on, or none; what waits is forgotten."""
        self._context.preferences.watched_folder = folder
        self.line.show_folder(folder)
        self.begin.setVisible(folder is None)
        self._waiting.clear()
        self._watch.watch(folder)

    def hand_out_files(self) -> None:
        """The next pile, if there is one and nobody is busy: a plan that is being looked at stays."""
        if self._waiting and self._is_free():
            files, self._waiting = self._waiting, []
            self.ready.emit(files)

    def _on_begin_clicked(self) -> None:
        folder = self._context.files.folder(self._page, _("Watch a folder"), Path.home())
        if folder is not None:
            self.watch(folder)

    def _on_arrived(self, files: list[Path]) -> None:
        self._waiting += files
        self.hand_out_files()
