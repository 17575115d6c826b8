"""One of several: radio buttons for a few choices, a box with search for many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLayout, QWidget

from iscm_desktop.i18n import _
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor
from ui.widgets.connections import on_press
from ui.widgets.labels import button
from ui.widgets.layouts import bare_column, bare_row, discard
from ui.widgets.search_box import SearchBox
from ui.widgets.wrapping_buttons import WrappingRadio

if TYPE_CHECKING:
    from iscm_desktop.session.views import ChoiceView, QuestionView

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
    """Tab comes to the chosen button, or to the first; arrow keys walk through the others."""
    buttons = group.buttons()
    chosen = group.checkedButton() or next(iter(buttons), None)
    for each in buttons:
        policy = Qt.FocusPolicy.StrongFocus if each is chosen else Qt.FocusPolicy.ClickFocus
        each.setFocusPolicy(policy)


class ExclusiveAnswer(AnswerEditor):
    """Base of answers by buttons of which one is down, with a way back to no answer."""

    is_typed = False

    def __init__(
        self, editing: ResponseEditing, view: QuestionView, parent: QWidget, row: QLayout, gap: int | None
    ) -> None:
        super().__init__(editing, view, parent)
        self._choices: tuple[ChoiceView, ...] = ()
        self._buttons: dict[str, QAbstractButton] = {}
        self._group = QButtonGroup(self)
        self._row = row
        self.clear = button(_("Clear this answer"), self, "link")
        column = bare_column(self, gap)
        column.addLayout(row)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeading)
        on_press(self.clear, self.forward, "")

    def make_button(self, choice: ChoiceView) -> QAbstractButton:
        """The button for one of the choices."""
        raise NotImplementedError

    def controls(self) -> list[QWidget]:
        return list(self._buttons.values())

    def focus(self) -> None:
        """To the chosen button, or to the first."""
        chosen = self._group.checkedButton() or next(iter(self._buttons.values()), None)
        if chosen is not None:
            chosen.setFocus()

    def show_view(self, view: QuestionView) -> None:
        """Puts the chosen button down; none is for a value that no choice has."""
        if view.choices != self._choices:
            self._rebuild(view.choices)
        for value, each in self._buttons.items():
            each.setEnabled(not view.is_read_only)
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
            discard(each, self._row)
        self._choices = choices
        self._buttons = {choice.value: self._add_button(choice) for choice in choices}
        if had_focus:
            self.focus()

    def _add_button(self, choice: ChoiceView) -> QAbstractButton:
        made = self.make_button(choice)
        made.setProperty("value", choice.value)
        on_press(made, self.forward, choice.value)
        self._group.addButton(made)
        self._row.addWidget(made)
        made.show()
        return made


class RadioAnswer(ExclusiveAnswer):
    """Radio buttons below each other."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent, bare_column(None, 1), 1)

    def make_button(self, choice: ChoiceView) -> QAbstractButton:
        return WrappingRadio(choice.label, self)


class ComboAnswer(AnswerEditor):
    """A search box. What matches no choice is kept as typed, and the card says so once the box is left."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._choices: tuple[ChoiceView, ...] = ()
        self._by_label: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._text = ""
        self.box = SearchBox(self)
        self.box.line.setPlaceholderText(_("Type a part of the name"))
        row = bare_row(self)
        row.addWidget(self.box, 3)
        row.addStretch(1)
        self.box.line.textEdited.connect(self._on_text_edited)
        self.box.activated.connect(self._on_activated)
        self.box.name_taken.connect(self._on_name_taken)
        self.box.entered.connect(self._fill)

    def controls(self) -> list[QWidget]:
        return [self.box, self.box.line]

    def focus(self) -> None:
        self.box.setFocus()

    def show_view(self, view: QuestionView) -> None:
        self._text = view.text
        self.box.setEnabled(not view.is_read_only)
        if view.choices != self._choices:
            self._take(view.choices)
        if not self.is_forwarding:
            self._show()

    def left(self) -> None:
        """Shows the label of what is kept, however it was typed."""
        self._show()

    def _take(self, choices: tuple[ChoiceView, ...]) -> None:
        self._choices = choices
        self._labels = {choice.value: choice.label for choice in choices}
        self._by_label = {choice.label.casefold(): choice.value for choice in choices}
        if self.box.count():
            self._fill(anew=True)

    def _fill(self, *, anew: bool = False) -> None:
        """The list is made when the box is first entered: a form may hold hundreds of them."""
        if anew or not self.box.count():
            shown = self.box.line.text()
            self.box.show_labels([choice.label for choice in self._choices])
            self._show_text(shown)

    def _show(self) -> None:
        self._show_text(self._labels.get(self._text, self._text))

    def _show_text(self, text: str) -> None:
        if self.box.line.text() != text:
            self.box.setCurrentIndex(self.box.findText(text) if text else -1)
            self.box.setEditText(text)
            self.box.line.setCursorPosition(0)  # a long name shows its beginning

    def _on_text_edited(self, text: str) -> None:
        self.forward(self._by_label.get(text.strip().casefold(), text))

    def _on_activated(self, at: int) -> None:
        if 0 <= at < len(self._choices):
            self.editing.answer(self.path, self._choices[at].value)

    def _on_name_taken(self, label: str) -> None:
        self.editing.answer(self.path, self._by_label.get(label.casefold(), label))
