"""Long texts with a counter. Nothing is ever cut: above the limit the counter says so, and the text stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _, ngettext
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor
from ui.widgets.labels import restyle, text_label
from ui.widgets.layouts import bare_column
from ui.widgets.text_boxes import ProseBox

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView


class ProseAnswer(AnswerEditor):
    """A box that grows with its text."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._limit = view.max_length
        self.box = ProseBox(self)
        self.counter = text_label("", "small", self, wraps=False)
        self.counter.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        column = bare_column(self, 3)
        column.addWidget(self.box)
        column.addWidget(self.counter)
        self.counter.setVisible(self._limit is not None)
        self._is_showing = False
        self.box.textChanged.connect(self._on_text_changed)
        self._count("")

    def controls(self) -> list[QWidget]:
        return [self.box]

    def show_view(self, view: QuestionView) -> None:
        """Replaces the text only when it is another one, so that the cursor stays while somebody types."""
        self.box.setReadOnly(view.is_read_only)
        if self.is_forwarding or self.box.toPlainText() == view.text:
            return
        self._is_showing = True
        self.box.setPlainText(view.text)
        self.box.moveCursor(QTextCursor.MoveOperation.End)
        self._is_showing = False
        self._count(view.text)

    def _on_text_changed(self) -> None:
        if not self._is_showing:
            text = self.box.toPlainText()
            self._count(text)
            self.forward(text)

    def _count(self, text: str) -> None:
        if self._limit is None:
            return
        over = len(text) - self._limit
        words = _("{count} of {limit} characters").format(count=len(text), limit=self._limit)
        if over > 0:
            too_many = ngettext("{count} too many", "{count} too many", over).format(count=over)
            words = _("{counter}: {too_many}. Nothing is cut; please shorten the text.").format(
                counter=words, too_many=too_many
            )
        self.counter.setText(words)
        restyle(self.counter, "role", "error" if over > 0 else "small")
