"""What one types in a cell: a line, several lines, one of a list, or some of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from iscm_desktop.presenters.choice_names import suggested_search
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.questionnaire.name_search import NameSearch
from ui.widgets.search_box import SearchBox
from ui.widgets.text_boxes import LineBox, ProseBox
from ui.widgets.type_ahead import TypeAhead

if TYPE_CHECKING:
    from iscm_desktop.session.views import ChoiceView

_MOST_ROWS = 9


class LineCell(LineBox):
    """One line.

    Signals:
        typed: another text than before.
    """

    typed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.textEdited.connect(self.typed)

        self._names: TypeAhead | None = None
        self._registers: tuple[tuple[str, ...], str] = ((), "en")

    def suggest(self, registers: tuple[str, ...], language: str) -> None:
        """Offers names of these registers while one types; any other text is as good."""
        self._registers = (registers, language)
        self.textEdited.connect(self._on_first_letter)

    def _on_first_letter(self) -> None:
        if self._names is None:
            search, labels = suggested_search(*self._registers)
            self._names = TypeAhead(self, self, takes_first=False)
            self._names.taken.connect(self._on_name_taken)
            self._names.offer(labels, search)

    def _on_name_taken(self, name: str) -> None:
        self.setText(name)
        self.typed.emit()

    def value(self) -> str:
        """What is written."""
        return self.text()

    def is_stored(self) -> bool:
        """Whether `value` is an answer as it is stored, rather than what somebody wrote."""
        return False

    def show_value(self, text: str) -> None:
        """Writes `text`, where that is not there already."""
        if self.text() != text:
            self.setText(text)


class ProseCell(ProseBox):
    """Several lines. Enter goes on to the next cell, Alt+Enter or Shift+Enter to the next line."""

    typed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, least=4, most=10)
        self._is_shown = False
        self.textChanged.connect(self._on_text_changed)

    def value(self) -> str:
        return self.toPlainText()

    def is_stored(self) -> bool:
        return False

    def show_value(self, text: str) -> None:
        if self.toPlainText() != text:
            self._is_shown = True
            self.setPlainText(text)
            self._is_shown = False
            self.selectAll()

    def _on_text_changed(self) -> None:
        if not self._is_shown:
            self.typed.emit()


class ChoiceCell(SearchBox):
    """One of the choices, found while typing a part of its name; any other text is kept as it is written."""

    typed = Signal()
    taken = Signal()

    def __init__(self, choices: tuple[ChoiceView, ...], search: NameSearch, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels_by_value = {choice.value: choice.label for choice in choices}
        self._values = list(self._labels_by_value)
        self._shown = ("", "")  # a value, and how the line says it
        self.show_names(self._labels_by_value, search)
        self.activated.connect(self._on_activated)
        self.name_taken.connect(self._on_name_taken)

    @property
    def is_list_open(self) -> bool:
        """Whether Enter and Escape are for the list."""
        lists = (self.view(), self.names.popup() if self.names is not None else None)
        return any(each is not None and each.isVisible() for each in lists)

    def value(self) -> str:
        """What was chosen, as its value: two choices may be called alike; else what is written."""
        value, words = self._shown
        return value if self.line.text() == words else self.line.text()

    def is_stored(self) -> bool:
        return self.line.text() == self._shown[1]

    def show_value(self, text: str) -> None:
        if self.value() != text:
            self.setCurrentIndex(self._values.index(text) if text in self._labels_by_value else -1)
            self._show(text)
            self.line.selectAll()

    def _show(self, value: str) -> None:
        self.setEditText(self._labels_by_value.get(value, value))
        self._shown = (value, self.line.text())

    def _on_activated(self, at: int) -> None:
        self._show(self._values[at])
        self.taken.emit()

    def _on_name_taken(self, value: str) -> None:
        self._show(value)
        self.taken.emit()


class ManyCell(QListWidget):
    """Boxes to tick: Space ticks, Enter is done."""

    typed = Signal()

    def __init__(self, choices: tuple[ChoiceView, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "popup")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._other = ""  # what is answered and is no choice
        for choice in choices:
            item = QListWidgetItem(choice.label, self)
            item.setData(Qt.ItemDataRole.UserRole, choice.value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.setCurrentRow(0)
        self.itemChanged.connect(self.typed)

    def value(self) -> str:
        """The values of what is ticked, as answers keep them: labels may be alike, or hold any sign."""
        ticked = [_value(item) for item in self._items() if item.checkState() is Qt.CheckState.Checked]
        return " ".join([*ticked, *filter(None, (self._other,))])

    def is_stored(self) -> bool:
        return True

    def show_value(self, text: str) -> None:
        if text == self.value():
            return
        self.blockSignals(True)  # it is shown, not ticked
        chosen = text.split()
        for item in self._items():
            is_chosen = _value(item) in chosen
            item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        known = {_value(item) for item in self._items()}
        self._other = " ".join(part for part in chosen if part not in known)
        self.blockSignals(False)

    def height_wanted(self) -> int:
        """Pixels for its rows, a scroll bar beyond a few."""
        rows = min(_MOST_ROWS, max(1, self.count()))
        return rows * max(self.sizeHintForRow(0), self.fontMetrics().height() + 6) + 2 * self.frameWidth() + 2

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(at) for at in range(self.count())]


def _value(item: QListWidgetItem) -> str:
    return str(item.data(Qt.ItemDataRole.UserRole))


CellEditor = LineCell | ProseCell | ChoiceCell | ManyCell


def cell_editor(
    kind: Kind, choices: tuple[ChoiceView, ...], search: NameSearch, parent: QWidget
) -> CellEditor:
    """What suits the kind of question."""
    if kind.has_one_choice and choices:
        return ChoiceCell(choices, search, parent)
    if kind is Kind.SELECT_MANY and choices:
        return ManyCell(choices, parent)
    return ProseCell(parent) if kind is Kind.LONG_TEXT else LineCell(parent)
