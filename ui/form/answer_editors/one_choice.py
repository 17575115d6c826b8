"""One of several: buttons of which one is down, beside or below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLayout, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.appearances import asked_columns
from iscm_desktop.questionnaire.numbering import with_number
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor, named_choice
from ui.widgets.choosing_arrows import ChoosingArrows
from ui.widgets.connections import on_press
from ui.widgets.even_columns import EvenColumns
from ui.widgets.labels import button
from ui.widgets.layouts import bare_column, discard
from ui.widgets.wrapping_buttons import WrappingRadio

if TYPE_CHECKING:
    from iscm_desktop.session.views import ChoiceView, QuestionView


@runtime_checkable
class _TakesOne(Protocol):
    """A layout that knows by itself where the next button goes."""

    def append(self, widget: QAbstractButton, /) -> None: ...


FEW = 7
"""Up to here all choices are in view as radio buttons."""


def uncheck_all(group: QButtonGroup) -> None:
    """No button of the group is down afterwards; Qt alone would insist on one."""
    checked = group.checkedButton()
    if checked is not None:
        group.setExclusive(False)
        checked.setChecked(False)
        group.setExclusive(True)


def give_one_tab_stop(group: QButtonGroup) -> None:
    """Tab comes to the chosen button, or to the first; arrow keys choose among the others."""
    buttons = group.buttons()
    chosen = group.checkedButton() or next(iter(buttons), None)
    for each in buttons:
        policy = Qt.FocusPolicy.StrongFocus if each is chosen else Qt.FocusPolicy.ClickFocus
        each.setFocusPolicy(policy)


class ExclusiveAnswer(AnswerEditor):
    """Base of answers by buttons of which one is down, with a way back to no answer."""

    is_group = True
    is_typed = False

    def __init__(
        self, editing: ResponseEditing, view: QuestionView, parent: QWidget, row: QLayout, gap: int | None
    ) -> None:
        super().__init__(editing, view, parent)
        self._choices: tuple[ChoiceView, ...] = ()
        self._buttons: dict[str, QAbstractButton] = {}
        self._group = QButtonGroup(self)
        self._arrows = ChoosingArrows(self._group)
        self._row = row
        self.clear = button(_("Clear this answer"), self, "link")
        kept = self.clear.sizePolicy()
        kept.setRetainSizeWhenHidden(not view.is_required)  # nothing below moves at the moment of choosing
        self.clear.setSizePolicy(kept)
        column = bare_column(self, gap)
        column.addLayout(row)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeading)
        on_press(self.clear, self.forward, "")

    def drop_buttons(self) -> None:
        """Takes all buttons out of view, for good."""
        for each in self._buttons.values():
            discard(each, self._row)

    def offered(self, view: QuestionView) -> tuple[ChoiceView, ...]:
        """What can be chosen."""
        return view.choices

    def make_button(self, choice: ChoiceView) -> QAbstractButton:
        """The button for one of the choices."""
        raise NotImplementedError

    def spoken(self, value: str) -> str:
        """What a screen reader calls a choice."""
        return next((choice.label for choice in self._choices if choice.value == value), value)

    def controls(self) -> list[QWidget]:
        return list(self._buttons.values())

    def focus(self) -> None:
        """To the chosen button, or to the first."""
        chosen = self._group.checkedButton() or next(iter(self._buttons.values()), None)
        if chosen is not None:
            chosen.setFocus()

    def show_view(self, view: QuestionView) -> None:
        """Puts the chosen button down; none is for a value that no choice has."""
        choices = self.offered(view)
        self.explain_blank_list(is_blank=not choices)
        if choices != self._choices:
            self._rebuild(choices)
        question = with_number(view.number, view.label)
        for value, each in self._buttons.items():
            each.setEnabled(not view.is_read_only)
            each.setAccessibleName(named_choice(self.spoken(value), question))
            if value == view.text and not each.isChecked():
                each.setChecked(True)
        if view.text not in self._buttons:
            uncheck_all(self._group)
        give_one_tab_stop(self._group)
        self.clear.setVisible(bool(view.text) and not view.is_required and not view.is_read_only)
        self.clear.setAccessibleName(_("Clear this answer: {label}").format(label=view.label))

    def _rebuild(self, choices: tuple[ChoiceView, ...]) -> None:
        had_focus = any(each.hasFocus() for each in self._buttons.values())
        for each in self._buttons.values():
            self._group.removeButton(each)
        self.drop_buttons()
        self._choices = choices
        self._buttons = {choice.value: self._add_button(choice) for choice in choices}
        if had_focus:
            self.focus()

    def _add_button(self, choice: ChoiceView) -> QAbstractButton:
        made = self.make_button(choice)
        made.setProperty("value", choice.value)
        on_press(made, self.forward, choice.value)
        self._arrows.add(made)
        if isinstance(self._row, _TakesOne):
            self._row.append(made)
        else:
            self._row.addWidget(made)
        made.show()
        return made


class RadioAnswer(ExclusiveAnswer):
    """Radio buttons below each other, or in the columns that the form asks for."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        columns = asked_columns(view.question.appearance)
        row = EvenColumns(columns, 1) if columns > 1 else bare_column(None, 1)
        super().__init__(editing, view, parent, row, 1)

    def make_button(self, choice: ChoiceView) -> QAbstractButton:
        return WrappingRadio(choice.label, self)
