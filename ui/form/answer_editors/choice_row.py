"""One answer of a table of choices: its buttons in columns of one width, their words in the table's head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from iscm_desktop.questionnaire.numbering import with_number
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor, named_choice
from ui.form.answer_editors.one_choice import ExclusiveAnswer
from ui.widgets.layouts import bare_row, discard
from ui.widgets.one_stop import OneStop
from ui.widgets.spoken_presses import SpokenCheck, SpokenRadio

if TYPE_CHECKING:
    from iscm_desktop.session.views import ChoiceView, QuestionView


class ChoiceCell(QWidget):
    """A place in the row, with a button in its middle; pressing anywhere in it is pressing the button."""

    def __init__(self, button: QAbstractButton, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = bare_row(self)
        button.setParent(self)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)


class CellRow(QHBoxLayout):
    """Puts each button into a cell, all cells being equally wide."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__()
        self._owner = owner
        self._cells: list[ChoiceCell] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(0)

    def append(self, button: QAbstractButton) -> None:
        """A cell for another button."""
        cell = ChoiceCell(button, self._owner)
        self._cells.append(cell)
        self.addWidget(cell, 1)

    def clear_cells(self) -> None:
        """All buttons go, with their cells."""
        for cell in self._cells:
            discard(cell, self)
        self._cells = []


class OneOfRow(ExclusiveAnswer):
    """Radio buttons without words; the arrows walk and choose."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        self._cells = CellRow(self)
        super().__init__(editing, view, parent, self._cells, 0)

    def make_button(self, choice: ChoiceView) -> QAbstractButton:
        return SpokenRadio(self)

    def drop_buttons(self) -> None:
        self._cells.clear_cells()


class ManyOfRow(AnswerEditor):
    """Boxes to tick without words; one stop for Tab."""

    is_typed = False

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._choices: tuple[ChoiceView, ...] = ()
        self._checks: dict[str, QCheckBox] = {}
        self._cells = CellRow(self)
        self.setLayout(self._cells)
        self._stop = OneStop(self)

    def controls(self) -> list[QWidget]:
        return [*self._checks.values()]

    def show_view(self, view: QuestionView) -> None:
        if view.choices != self._choices:
            self._rebuild(view.choices)
        question, ticked = with_number(view.number, view.label), view.text.split()
        for choice in self._choices:
            check = self._checks[choice.value]
            check.setEnabled(not view.is_read_only)
            check.setAccessibleName(named_choice(choice.label, question))
            check.setChecked(choice.value in ticked)

    def _rebuild(self, choices: tuple[ChoiceView, ...]) -> None:
        self._cells.clear_cells()
        self._choices, self._checks = choices, {}
        for choice in choices:
            check = SpokenCheck("", self)
            check.setProperty("value", choice.value)
            check.clicked.connect(self._on_check_clicked)
            self._cells.append(check)
            self._checks[choice.value] = check
        self._stop.hold(self.controls())

    def _on_check_clicked(self) -> None:
        self.forward(" ".join(value for value, check in self._checks.items() if check.isChecked()))
