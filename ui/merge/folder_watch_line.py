"""What is watched, whether what arrives is merged by themselves, and the way to end it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from iscm_desktop.i18n import _
from ui.page.page_context import PageContext
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_row
from ui.widgets.painted_text import isolated
from ui.widgets.plain_text import set_tip


class FolderWatchLine(QWidget):
    """Hidden while nothing is watched.

    Signals:
        ended: nothing shall be watched any more.
    """

    ended = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._words = text_label("", "muted", self)
        self.merges = QCheckBox(_("Merge what arrives by &itself"), self)
        set_tip(self.merges, _("Otherwise the plan is shown and waits for Apply."))
        self.merges.setChecked(context.preferences.merges_incoming)
        self.stop = button(_("Stop watching"), self, "link", name="stop-watching")
        row = bare_row(self)
        row.addWidget(self._words, 1)
        row.addWidget(self.merges)
        row.addWidget(self.stop)
        self.merges.toggled.connect(self._on_merges_toggled)
        self.stop.clicked.connect(self.ended)
        self.hide()

    def show_folder(self, folder: Path | None) -> None:
        """Names the folder; hidden for None."""
        if folder is not None:
            self._words.setText(_("Watching “{folder}”").format(folder=isolated(folder.name or str(folder))))
            set_tip(self._words, str(folder))
        self.setVisible(folder is not None)

    def _on_merges_toggled(self, is_on: bool) -> None:
        self._context.preferences.merges_incoming = is_on
