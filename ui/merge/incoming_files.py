"""The folder that is watched: chosen, remembered, and given up again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.merge.folder_watch import FolderWatch
from ui.merge.folder_watch_line import FolderWatchLine
from ui.page.page_context import PageContext
from ui.widgets.labels import button


class IncomingFiles(QObject):
    """Begins and ends watching, and keeps the choice.

    Signals:
        watched: another folder is watched from now on, or none.
        arrived(files): these are new in it, and whole.
    """

    watched = Signal()
    arrived = Signal(object)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._watch = FolderWatch(context.runner, self)
        self.line = FolderWatchLine(context, page)
        self.begin = button(_("Watch a &folder…"), page, name="watch-folder")
        self.begin.clicked.connect(self._on_begin_clicked)
        self.line.ended.connect(self._on_ended)
        self._watch.arrived.connect(self.arrived)
        self.watch(context.preferences.watched_folder)

    @property
    def merges_by_itself(self) -> bool:
        """Whether files are merged without asking."""
        return self._context.preferences.merges_incoming

    def watch(self, folder: Path | None) -> None:
        """Watches another folder from now on, or none."""
        self._context.preferences.watched_folder = folder
        self.line.show_folder(folder)
        self.begin.setVisible(folder is None)
        self.watched.emit()
        self._watch.watch(folder)

    def _on_ended(self) -> None:
        self.watch(None)

    def _on_begin_clicked(self) -> None:
        folder = self._context.files.folder(self._page, _("Watch a folder"), Path.home())
        if folder is not None:
            self.watch(folder)
