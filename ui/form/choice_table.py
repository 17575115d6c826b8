"""Questions that offer the same choices as rows of a table, whose head holds the words of the choices.

XLSForm's `table-list`, and the appearances `label` and `list-nolabel` that it stands for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.editing.response_editing import ResponseEditing
from ui.form.choice_pictures import ChoicePictures
from ui.form.question_card import QuestionCard
from ui.widgets.card import Card
from ui.widgets.labels import text_label
from ui.widgets.layouts import bare_column, follow_width, is_put_away, show_if

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, GroupView, QuestionView

_WORDS, _CHOICES = 2, 3
"""Of the width, how much the questions take and how much their choices."""


class TableRow(QuestionCard):
    """A question at the side where reading starts, its choices beside it."""

    can_wait = False
    heads_choices = False

    def _lay_out(self, view: QuestionView) -> None:
        side = QWidget(self)
        side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        follow_width(side)
        self._hints = bare_column(side, 0)
        self._hints.addWidget(self.label)
        editor = self.first.editor
        editor.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = self._head = QHBoxLayout()  # in a narrow window the choices stand below their question
        line.setSpacing(self.theme.px(8))
        line.addWidget(side, _WORDS)
        line.addWidget(editor, _CHOICES)
        self.column.addLayout(line)
        self.column.addLayout(self.first.complaints)

    def _place_required(self, label: QLabel) -> None:
        self._hints.insertWidget(1, label)

    def _place_hint(self, label: QLabel) -> None:
        self._hints.insertWidget(2, label)


class ChoiceTable(Card):
    """The head and its rows. Left and right walk within a row, up and down to the same choice of another."""

    def __init__(
        self,
        editing: ResponseEditing,
        caption: QuestionView | None,
        rows: Sequence[QuestionView],
        parent: QWidget,
    ) -> None:
        super().__init__(editing.context.theme, parent)
        self.path: AnswerPath = rows[0].path
        follow_width(self)
        self._words: list[QLabel] = []
        self._drawings: dict[str, QLabel] = {}
        self._editing, self._caption = editing, caption
        self._title = text_label("" if caption is None else caption.label, "strong", self)
        self._add_head(rows[0])
        self.rows = [TableRow(editing, view, self, is_flat=True) for view in rows]
        for row in self.rows:
            self.column.addWidget(row)
        self._pictures = ChoicePictures(editing, self._show_pictures, self)
        if self._pictures.show_view(rows[0]) and self._pictures.line is not None:
            self.column.addWidget(self._pictures.line)
        self._watch()

    def show_if_asked(self) -> None:
        """Hides the head, too, while none of its questions is asked; its words follow the rows'."""
        if self._caption is not None:
            self._title.setText(self._editing.session.view(self._caption.path).label)
        for word, choice in zip(self._words, self.rows[0].view.choices, strict=False):
            if word.text() != choice.label:
                word.setText(choice.label)
        self._pictures.show_view(self.rows[0].view)
        self._watch()
        show_if(self, any(not is_put_away(row) for row in self.rows))

    def relabel(self, _view: GroupView) -> None:
        """The form is in another language, and with it the rows."""
        self.show_if_asked()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self._walk(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _watch(self) -> None:
        for row in self.rows:
            for control in row.first.editor.controls():
                control.installEventFilter(self)

    def _show_pictures(self, pictures: Mapping[str, QPixmap], called: Mapping[str, str]) -> None:
        """Over the words of the choices, in the head."""
        for value, drawing in self._drawings.items():
            drawing.setPixmap(pictures.get(value, QPixmap()))
            drawing.setAccessibleName(called.get(value, ""))
            drawing.setVisible(value in pictures)

    def _walk(self, watched: QObject, step: int) -> None:
        """To the same choice in the next row that is asked; at either end nowhere."""
        at, place = next(
            (at, row.first.editor.controls().index(watched))
            for at, row in enumerate(self.rows)
            if watched in row.first.editor.controls()
        )
        at += step
        while 0 <= at < len(self.rows):
            controls = self.rows[at].first.editor.controls()
            if not is_put_away(self.rows[at]) and place < len(controls):
                controls[place].setFocus(Qt.FocusReason.OtherFocusReason)
                return
            at += step

    def _add_head(self, first: QuestionView) -> None:
        px = self.theme.px
        line = QHBoxLayout()
        line.setContentsMargins(px(10), 0, px(10), 0)
        line.setSpacing(px(8))
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line.addWidget(self._title, _WORDS)
        cells = QHBoxLayout()
        cells.setSpacing(0)
        for choice in first.choices:
            word = text_label(choice.label, "small", self)
            word.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            word.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            drawing = self._drawings[choice.value] = QLabel(self)
            drawing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            drawing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            drawing.hide()
            cell = bare_column(None, px(2))
            cell.addStretch(1)
            cell.addWidget(drawing)
            cell.addWidget(word)
            cells.addLayout(cell, 1)
            self._words.append(word)
        line.addLayout(cells, _CHOICES)
        self.column.addLayout(line)
