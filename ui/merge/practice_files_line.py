"""In a practice round: the sample files that may be merged, and the press that plans it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.workspace.practice_round import practice_files
from ui.page.page_context import PageContext
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column
from ui.widgets.plain_text import set_tip


class PracticeFilesLine(QWidget):
    """Hidden where answers count, where the files are gone, and while there is a plan.

    Signals:
        wanted(paths): the files are to be looked at.
    """

    wanted = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        workspace = context.workspace
        self.files = practice_files(workspace.store) if workspace.is_practice else ()
        words = text_label(
            _(
                "To practise: three sample files wait beside this round. One of them disagrees with what is here, "
                "so that there is something to settle."
            ),
            "muted",
            self,
        )
        self.add = button(_("Add the sample files"), self, "link", name="add-samples")
        column = bare_column(self)
        column.addWidget(words)
        column.addWidget(self.add)
        if self.files:
            set_tip(self.add, str(self.files[0].parent))
        self.add.clicked.connect(self._on_add_clicked)
        self.hide()

    def show_for(self, *, is_empty: bool) -> None:
        """Shown while nothing is planned."""
        self.setVisible(is_empty and bool(self.files))

    def _on_add_clicked(self) -> None:
        self.wanted.emit(list(self.files))
