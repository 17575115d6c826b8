"""On the card of a question: two answers stand against each other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.look.colours import Tone
from ui.page.page_context import PageContext
from ui.widgets.badge import Badge
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import padded_column


class ConflictFlag(QWidget):
    """Says so, with the way to where somebody chooses: what the card shows is one of them."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        words = _("Two answers stand against each other: choose on the page Merge.")
        self.choose = button(_("Choose"), self, "link", name="go-to-conflict")
        self.choose.setAccessibleDescription(words)
        head = QHBoxLayout()
        head.addWidget(Badge(_("Conflict"), Tone.WARN, context.theme, self), 0, Qt.AlignmentFlag.AlignTop)
        head.addStretch(1)
        head.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignTop)
        column = padded_column(self, context.theme.px, (0, 0, 0, 4), gap=4)
        column.addLayout(head)
        column.addWidget(text_label(words, "", self))
        self.choose.clicked.connect(self._on_choose_clicked)

    def _on_choose_clicked(self) -> None:
        self._context.page_wanted.emit("merge")
