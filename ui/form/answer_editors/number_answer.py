"""Numbers as people write them: how they were understood stands beside the box where they can be mistaken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.answer_readings import counted, other_readings, shown_answer
from iscm_desktop.questionnaire.numbering import with_number
from ui.form.answer_editors.line_answer import LineAnswer
from ui.widgets.connections import on_press
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column, bare_row

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView


class NumberAnswer(LineAnswer):
    """A narrow box with its unit; with `counter` two buttons that count, as the arrow keys then do."""

    def lay_out(self, view: QuestionView) -> None:
        self.box.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.row = bare_row(None)
        self.row.addWidget(self.box)
        if view.question.own.unit:
            self.row.addWidget(text_label(view.question.own.unit, "muted", self, wraps=False))
        self.less: QPushButton | None = None
        self.more: QPushButton | None = None
        if "counter" in view.question.appearance:
            self._add_counter()
        self.row.addStretch(1)
        self.column = bare_column(self, 2)
        self.column.addLayout(self.row)
        self._reading: QWidget | None = None
        self.editing.context.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_view(self, view: QuestionView) -> None:
        super().show_view(view)
        question = with_number(view.number, view.label)
        for each, name in ((self.less, _("One less: {question}")), (self.more, _("One more: {question}"))):
            if each is not None:
                each.setAccessibleName(name.format(question=question))
                each.setEnabled(not view.is_read_only)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is not None and self.less is not None:
            self._count(step)
        else:
            super().keyPressEvent(event)

    def _add_counter(self) -> None:
        self.less, self.more = button("−", self), button("+", self)
        for each, step in ((self.less, -1), (self.more, 1)):
            each.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the arrow keys do the same from the box
            each.setAutoRepeat(True)
            on_press(each, self._count, step)
        self.row.insertWidget(0, self.less)
        self.row.insertWidget(2, self.more)

    def _count(self, step: int) -> None:
        number = counted(self._view.question, self._view.text, step)
        if number is not None and not self._view.is_read_only:
            self.editing.answer(self.path, number, is_stored=True)

    def show_text(self) -> None:
        """Numbers are written in the manner of the response's language while nobody types in them: "120 000"."""
        self._show_reading("")
        super().show_text()

    def on_text_edited(self, text: str) -> None:
        self.forward(text)
        self._show_reading(text)

    def written(self, text: str) -> str:
        """A stored number in the manner of the response's language."""
        return shown_answer(self._view.question, text, self.language)

    def _show_reading(self, typed: str) -> None:
        """ "1,250": what it was taken for, and a button for what others mean by it."""
        readings = other_readings(self._view.question, typed, self.language)
        if self._reading is not None:
            self._reading.hide()
            self._reading.deleteLater()
            self._reading = None
        if len(readings) != 2:
            return
        self._reading = QWidget(self)
        row = bare_row(self._reading)
        words = _("Read as {number}.").format(number=self.written(readings[0].text))
        row.addWidget(text_label(words, "muted", self._reading, wraps=False))
        other = readings[1].text
        instead = button(_("I mean {number}").format(number=self.written(other)), self._reading, "link")
        on_press(instead, self._take, other)
        row.addWidget(instead)
        row.addStretch(1)
        self.column.addWidget(self._reading)
        self._reading.show()

    def _take(self, text: str) -> None:
        """The other reading, which is in stored form."""
        self.editing.answer(self.path, text, is_stored=True)
        self.show_text()
        self.box.setFocus()

    def _on_theme_changed(self) -> None:
        self.box.setFixedWidth(self.editing.context.theme.px(160))
