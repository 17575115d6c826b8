"""What may be meant by a text that is no answer, as buttons under the sentence that asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.editing.response_editing import ResponseEditing
from ui.widgets.connections import on_press
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import button
from ui.widgets.layouts import empty_layout, follow_width

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, Reading


class ReadingsRow(QWidget):
    """A button for each reading; pressing it answers so."""

    def __init__(self, editing: ResponseEditing, path: AnswerPath, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing, self._path = editing, path
        self._shown: tuple[Reading, ...] = ()
        self._row = FlowLayout(self, editing.context.theme.px(8))
        follow_width(self)

    def show_readings(self, readings: Sequence[Reading], question: str) -> None:
        """Draws the buttons anew where they are others."""
        self.setVisible(bool(readings))
        if tuple(readings) == self._shown:
            return
        self._shown = tuple(readings)
        empty_layout(self._row)
        for reading in readings:
            made = button(reading.words, self)
            made.setAccessibleName(_("{choice}: {question}").format(choice=reading.words, question=question))
            on_press(made, self._take, reading.text)
            self._row.addWidget(made)
            made.show()

    def _take(self, text: str) -> None:
        self._editing.session.commit_step()
        self._editing.answer(self._path, text, is_stored=True)
