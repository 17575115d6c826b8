"""Below the questions of a section: how many required ones are blank, and showing which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _, ngettext
from ui.editing.response_editing import ResponseEditing
from ui.page.timers import single_shot
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath

_AFTER_MS = 200
"""The count may follow the typing; nobody looks here while they write."""


class MissingLine(QWidget):
    """Hidden while nothing is missing, and once it is shown.

    Signals:
        shown: somebody asked; what is missing is marked now.
    """

    shown = Signal()

    def __init__(self, section: AnswerPath, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(parent)
        self._section, self._editing = section, editing
        self._words = text_label("", "muted", self)
        self.show_button = button(_("Show what is missing"), self, "link", name="show-missing")
        column = bare_column(self, editing.context.theme.px(4))
        column.addWidget(self._words)
        column.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._timer = single_shot(self, _AFTER_MS, self.count)
        self.show_button.clicked.connect(self._on_show_clicked)
        editing.checked.connect(self._on_checked)
        self.count()

    def count_soon(self) -> None:
        """Something in the section may be another one."""
        self._timer.start()

    def count(self) -> None:
        """Counts anew what is missing."""
        sections = self._editing.session.sections()
        missing = next((one.missing for one in sections if one.path == self._section), 0)
        words = ngettext(
            "{count} required question is blank.", "{count} required questions are blank.", missing
        )
        self._words.setText(words.format(count=missing))
        self.setVisible(missing > 0 and not self._editing.missing.is_shown(self._section))

    def _on_show_clicked(self) -> None:
        self._editing.show_missing(self._section)
        self.shown.emit()

    def _on_checked(self, _section: str) -> None:
        self.count()
