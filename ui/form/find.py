"""Find a question by any words of its label, by its code, or by the name of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.views import GroupView, QuestionView, RepeatView
from ui.form.filling import Filling
from ui.form.languages import direction_of
from ui.widgets.boxes import LineBox
from ui.widgets.completing import NameCompleter

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, ItemView


@dataclass(frozen=True, slots=True)
class Place:
    """Something that can be gone to."""

    words: str
    path: AnswerPath


def places(items: tuple[ItemView, ...], above: str = "") -> list[Place]:
    """Every asked question below `items`, those in entries with the entry's name in front."""
    found: list[Place] = []
    for item in items:
        if isinstance(item, QuestionView):
            if item.is_asked and item.kind not in (Kind.NOTE, Kind.CALCULATED):
                found.append(Place(f"{item.question.name}  {above}{item.label}", item.path))
        elif isinstance(item, RepeatView):
            if item.is_asked:
                found.append(Place(f"{item.path.rpartition('/')[2]}  {above}{item.label}", item.path))
                for entry in item.entries:
                    found += places(entry.items, f"{entry.title} › ")
        elif isinstance(item, GroupView):
            found += places(item.items, above)
    return found


class FindBox(LineBox):
    """The list is made when the box is entered, so that it knows the entries of that moment.

    Signals:
        found(path): somebody wants to go there.
    """

    found = Signal(str)

    def __init__(self, filling: Filling, parent: QWidget) -> None:
        super().__init__(parent)
        self._filling = filling
        self._places: list[Place] = []
        self.setPlaceholderText(_("Find a question  Ctrl+F"))
        self.setAccessibleName(_("Find a question"))
        self.setClearButtonEnabled(True)
        self._model = QStringListModel(self)
        completer = NameCompleter(self._model, self, least_width=440)
        completer.activated.connect(self._on_activated)
        self.setCompleter(completer)
        self.returnPressed.connect(self._on_return_pressed)

    def focusInEvent(self, event: QFocusEvent) -> None:
        session = self._filling.session
        self._places = [
            place
            for section in session.sections()
            if section.is_asked
            for place in places(session.section(section.path).items)
        ]
        self._model.setStringList([place.words for place in self._places])
        direction, popup = direction_of(session.language), self.completer().popup()
        if direction is not None and popup is not None:
            popup.setLayoutDirection(direction)
        super().focusInEvent(event)

    def _on_activated(self, words: str) -> None:
        self._go(next((place for place in self._places if place.words == words), None))

    def _on_return_pressed(self) -> None:
        sought = self.text().casefold().strip()
        if sought:
            self._go(next((place for place in self._places if sought in place.words.casefold()), None))

    def _go(self, place: Place | None) -> None:
        if place is not None:
            QTimer.singleShot(0, self, lambda: self._leave_for(place))  # once the list has closed

    def _leave_for(self, place: Place) -> None:
        self.clear()
        self.found.emit(place.path)
