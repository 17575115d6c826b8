"""In the panel beside a question: a note on it for colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from ui.editing.response_editing import ResponseEditing
from ui.page.timers import single_shot
from ui.widgets.labels import text_label
from ui.widgets.layouts import bare_column
from ui.widgets.text_boxes import ProseBox

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath

_AFTER_MS = 400
_FEWEST_LINES, _MOST_LINES = 2, 8


class NotePane(QWidget):
    """Follows the current question. What is typed is kept at once where the question or the box is left."""

    def __init__(self, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(parent)
        self._notes = editing.notes
        self._path = WHOLE_RESPONSE
        self.box = ProseBox(self, least=_FEWEST_LINES, most=_MOST_LINES)
        self.box.setPlaceholderText(_("Add a note…"))
        self.box.setAccessibleName(_("Note on this question"))
        seen = _("Colleagues with whom you share this questionnaire see notes; they are not printed.")
        column = bare_column(self, editing.context.theme.px(6))
        column.addWidget(text_label(_("Notes"), "subheading", self))
        column.addWidget(text_label(seen, "small", self))
        column.addWidget(self.box)
        self._timer = single_shot(self, _AFTER_MS, self.save)
        self.box.textChanged.connect(self._on_text_changed)
        self.box.left.connect(self.save)
        self._notes.changed.connect(self._show)

    def show_path(self, path: AnswerPath) -> None:
        """Shows the note on another question; what was typed on the one before is kept."""
        self.save()
        self._path = path
        self._show()

    def name_question(self, words: str) -> None:
        """For those who hear and do not see what stands at the head of the panel."""
        self.box.setAccessibleName(_("Note on the question: {question}").format(question=words))

    def save(self) -> None:
        """Keeps what was typed."""
        self._timer.stop()
        if self._path:
            self._notes.write(self._path, self.box.toPlainText())

    def _show(self) -> None:
        text = self._notes.at(self._path) if self._path else ""
        if self.box.toPlainText() != text:
            self.box.setPlainText(text)
        self._timer.stop()

    def _on_text_changed(self) -> None:
        self._timer.start()
