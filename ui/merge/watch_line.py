"""What is watched, whether arrivals are merged by themselves, and the way to end it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.desk import Desk
from ui.widgets.labels import button, text_label
from ui.widgets.lines import isolated


class WatchLine(QWidget):
    """Hidden while nothing is watched.

    Signals:
        ended: nothing shall be watched any more.
    """

    ended = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words = text_label("", "muted", self)
        self.merges = QCheckBox(_("Merge what arrives by &itself"), self)
        self.merges.setToolTip(_("Otherwise the plan is shown and waits for Apply."))
        self.merges.setChecked(desk.preferences.merges_arrivals)
        self.stop = button(_("Stop watching"), self, "link", name="stop-watching")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self.merges)
        row.addWidget(self.stop)
        self.merges.toggled.connect(self._on_merges_toggled)
        self.stop.clicked.connect(self.ended)
        self.hide()

    def show_folder(self, folder: Path | None) -> None:
        if folder is not None:
            self._words.setText(_("Watching “{folder}”").format(folder=isolated(folder.name or str(folder))))
            self._words.setToolTip(str(folder))
        self.setVisible(folder is not None)

    def _on_merges_toggled(self, is_on: bool) -> None:
        self._desk.preferences.merges_arrivals = is_on
