"""One of several: radio buttons for a few choices, a box with search for many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from iscm_desktop.i18n import _
from ui.form.answers.editor import AnswerEditor
from ui.form.filling import Filling
from ui.widgets.boxes import LineBox
from ui.widgets.completing import NameCompleter
from ui.widgets.labels import button
from ui.widgets.lines import paint_words
from ui.widgets.wrapping import WrappingRadio

if TYPE_CHECKING:
    from iscm_desktop.session.views import ChoiceView, QuestionView

FEW = 7
"""Up to here all choices are in view as radio buttons."""


def uncheck(group: QButtonGroup) -> None:
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


class RadioAnswer(AnswerEditor):
    """Radio buttons below each other, and a way back to no answer."""

    is_typed = False

    def __init__(self, filling: Filling, view: QuestionView, parent: QWidget) -> None:
        super().__init__(filling, view, parent)
        self._choices: tuple[ChoiceView, ...] = ()
        self._buttons: dict[str, WrappingRadio] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.clear = button(_("Clear this answer"), self, "link")
        self._column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeading)
        self.clear.clicked.connect(lambda: self.forward(""))

    def controls(self) -> list[QWidget]:
        return list(self._buttons.values())

    def focus(self) -> None:
        chosen = self._group.checkedButton() or next(iter(self._buttons.values()), None)
        if chosen is not None:
            chosen.setFocus()

    def show_view(self, view: QuestionView) -> None:
        if view.choices != self._choices:
            self._rebuild(view.choices)
        for value, each in self._buttons.items():
            each.setEnabled(not view.is_read_only)
            if value == view.text and not each.isChecked():
                each.setChecked(True)
        if view.text not in self._buttons:
            uncheck(self._group)
        give_one_tab_stop(self._group)
        self.clear.setVisible(bool(view.text) and not view.is_required and not view.is_read_only)
        self.clear.setAccessibleName(_("Clear this answer: {label}").format(label=view.label))

    def _rebuild(self, choices: tuple[ChoiceView, ...]) -> None:
        had_focus = any(each.hasFocus() for each in self._buttons.values())
        for each in self._buttons.values():
            self._group.removeButton(each)
            each.hide()
            each.deleteLater()
        self._choices = choices
        self._buttons = {choice.value: self._button(at, choice) for at, choice in enumerate(choices)}
        if had_focus:
            self.focus()

    def _button(self, at: int, choice: ChoiceView) -> WrappingRadio:
        made = WrappingRadio(choice.label, self)
        made.setProperty("value", choice.value)
        made.clicked.connect(lambda: self.forward(choice.value))
        self._group.addButton(made)
        self._column.insertWidget(at, made)
        return made


class NameLine(LineBox):
    """A name that is too long for the box ends in an ellipsis while nobody types in it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect().adjusted(2, 0, -2, 0)
        text = self.text()
        if self.hasFocus() or self.fontMetrics().horizontalAdvance(text) <= room.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        short = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        paint_words(painter, room, short, self.layoutDirection(), wraps=False)
        painter.end()


class SearchBox(QComboBox):
    """A list with a box above it: typing a part of a name finds it. The wheel scrolls the page.

    Signals:
        name_taken(name): from the list that appears while typing.
        entered: the keyboard has come.
    """

    name_taken = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.line = NameLine(self)
        self.setLineEdit(self.line)
        self.names: NameCompleter | None = None
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.entered.emit()
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.entered.emit()
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def show_labels(self, labels: list[str]) -> None:
        """What can be chosen; shared as one list with the completer."""
        model = QStringListModel(labels, self)
        self.setModel(model)
        self.names = NameCompleter(model, self)
        self.names.activated.connect(self.name_taken)
        self.setCompleter(self.names)
        self.setCurrentIndex(-1)


class ComboAnswer(AnswerEditor):
    """A search box. What matches no choice is kept as typed, and the card says so once the box is left."""

    def __init__(self, filling: Filling, view: QuestionView, parent: QWidget) -> None:
        super().__init__(filling, view, parent)
        self._choices: tuple[ChoiceView, ...] = ()
        self._by_label: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._text = ""
        self.box = SearchBox(self)
        self.box.line.setPlaceholderText(_("Type a part of the name"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
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
            self.filling.answer(self.path, self._choices[at].value)

    def _on_name_taken(self, label: str) -> None:
        self.filling.answer(self.path, self._by_label.get(label.casefold(), label))
