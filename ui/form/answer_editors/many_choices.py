"""Several of many: boxes to tick in two columns, with a filter where the list is long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.appearances import asked_columns
from iscm_desktop.questionnaire.numbering import with_number
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor, named_choice
from ui.widgets.labels import text_label
from ui.widgets.layouts import bare_column, bare_row, discard
from ui.widgets.one_stop import OneStop
from ui.widgets.spoken_presses import SpokenCheck
from ui.widgets.text_boxes import LineBox
from ui.widgets.wrapping_buttons import WrappingCheck

if TYPE_CHECKING:
    from iscm_desktop.session.views import ChoiceView, QuestionView

MANY = 12
"""Above this a filter box stands over the list."""

_LEAST = 200
"""What a column needs at 100 %; on a narrower page there are fewer of them."""


class ManyAnswer(AnswerEditor):
    """Ticked values go to the session in the order of the list; unknown ones are kept and can be unticked."""

    is_group = True
    is_typed = False

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._choices: tuple[ChoiceView, ...] = ()
        self._checks: dict[str, WrappingCheck] = {}
        self._columns = 0
        self._most_columns = asked_columns(view.question.appearance) or 2
        self._stop = OneStop(self)
        self.filter = LineBox(self)
        self.filter.setPlaceholderText(_("Show only what contains…"))
        self.filter.setClearButtonEnabled(True)
        self._count = text_label("", "small", self, wraps=False)
        above = QHBoxLayout()
        above.addWidget(self.filter, 1)
        above.addWidget(self._count)
        above.addStretch(1)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(1)
        column = bare_column(self)
        column.addLayout(above)
        column.addLayout(self._grid)
        self.filter.textChanged.connect(self._arrange)

    def controls(self) -> list[QWidget]:
        return [*self._checks.values()]

    def show_view(self, view: QuestionView) -> None:
        """Ticks what is chosen; values that no choice has are listed by themselves."""
        chosen = view.text.split()
        self.explain_blank_list(is_blank=not view.choices)
        if view.choices != self._choices or any(value not in self._checks for value in chosen):
            self._rebuild(view.choices, chosen)
        ticked, question = set(chosen), with_number(view.number, view.label)
        for value, check in self._checks.items():
            check.setEnabled(not view.is_read_only)
            check.setAccessibleName(named_choice(check.text(), question))
            if check.isChecked() != (value in ticked):
                check.setChecked(value in ticked)
        self.filter.setAccessibleName(_("Filter: {label}").format(label=view.label))
        self._count.setText(_("{count} chosen").format(count=len(chosen)) if chosen else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting_columns() != self._columns:
            self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.editing.context.theme.px(160), super().minimumSizeHint().height())

    def _fitting_columns(self) -> int:
        room = self.width() // self.editing.context.theme.px(_LEAST)
        return max(1, min(self._most_columns, room))

    def _rebuild(self, choices: tuple[ChoiceView, ...], chosen: list[str]) -> None:
        for check in self._checks.values():
            discard(check)
        self._choices = choices
        labels = {choice.value: choice.label for choice in choices}
        labels |= {value: value for value in chosen if value not in labels}
        self._checks = {value: self._check(value, label) for value, label in labels.items()}
        is_long = len(self._checks) > MANY
        self.filter.setVisible(is_long)
        self._count.setVisible(is_long)
        self._arrange()

    def _check(self, value: str, label: str) -> WrappingCheck:
        check = WrappingCheck(label, self)
        check.setProperty("value", value)
        check.clicked.connect(self._on_check_clicked)
        return check

    def _arrange(self) -> None:
        """Puts what the filter lets through into the grid, row by row."""
        self._columns = self._fitting_columns()
        sought = self.filter.text().casefold()
        shown = [check for check in self._checks.values() if sought in check.text().casefold()]
        for check in self._checks.values():
            self._grid.removeWidget(check)
            check.setVisible(check in shown)
        for at, check in enumerate(shown):
            self._grid.addWidget(check, at // self._columns, at % self._columns)
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, 1 if at < self._columns else 0)
        ticked = [check for check in shown if check.isChecked()]
        self._stop.hold(shown, next(iter(ticked), None))

    def _on_check_clicked(self) -> None:
        self.forward(" ".join(value for value, check in self._checks.items() if check.isChecked()))


class AcknowledgeAnswer(AnswerEditor):
    """One box to tick."""

    is_typed = False

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self.check = SpokenCheck(_("Yes, I have read this"), self)
        row = bare_row(self)
        row.addWidget(self.check)
        row.addStretch(1)
        self.check.clicked.connect(self._on_clicked)

    def _on_clicked(self, ticked: bool) -> None:
        self.forward("OK" if ticked else "")

    def controls(self) -> list[QWidget]:
        return [self.check]

    def show_view(self, view: QuestionView) -> None:
        self.check.setEnabled(not view.is_read_only)
        self.check.setChecked(bool(view.text))
