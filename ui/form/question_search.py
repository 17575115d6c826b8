"""Find a question by any words of its label, by its code, or by the name of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.views import GroupView, QuestionView, RepeatView
from ui.editing.response_editing import ResponseEditing
from ui.phrases.form_languages import direction_of
from ui.widgets.connections import soon
from ui.widgets.name_completer import NameCompleter
from ui.widgets.text_boxes import LineBox

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, ItemView


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Something that can be gone to."""

    words: str
    path: AnswerPath


def search_results(items: tuple[ItemView, ...], above: str = "") -> list[SearchResult]:
    """Every asked question below `items`, those in entries with the entry's name in front."""
    found: list[SearchResult] = []
    for item in items:
        if isinstance(item, QuestionView):
            if item.is_asked and item.kind not in (Kind.NOTE, Kind.CALCULATED):
                found.append(SearchResult(f"{item.question.name}  {above}{item.label}", item.path))
        elif isinstance(item, RepeatView):
            if item.is_asked:
                found.append(SearchResult(f"{item.path.rpartition('/')[2]}  {above}{item.label}", item.path))
                for entry in item.entries:
                    found += search_results(entry.items, f"{entry.title} › ")
        elif isinstance(item, GroupView):
            found += search_results(item.items, above)
    return found


class QuestionSearch(LineBox):
    """The list is made when the box is entered, so that it knows the entries of that moment.

    Signals:
        found(path): somebody wants to go there.
    """

    found = Signal(str)

    def __init__(self, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing = editing
        self._results: list[SearchResult] = []
        self.setPlaceholderText(_("Find a question  Ctrl+F"))
        self.setAccessibleName(_("Find a question"))
        self.setClearButtonEnabled(True)
        self._model = QStringListModel(self)
        completer = NameCompleter(self._model, self, least_width=440)
        completer.activated.connect(self._on_activated)
        self.setCompleter(completer)
        self.returnPressed.connect(self._on_return_pressed)

    def focusInEvent(self, event: QFocusEvent) -> None:
        session = self._editing.session
        self._results = [
            place
            for section in session.sections()
            if section.is_asked
            for place in search_results(session.section(section.path).items)
        ]
        self._model.setStringList([place.words for place in self._results])
        direction, popup = direction_of(session.language), self.completer().popup()
        if direction is not None and popup is not None:
            popup.setLayoutDirection(direction)
        super().focusInEvent(event)

    def _on_activated(self, words: str) -> None:
        self._go(next((place for place in self._results if place.words == words), None))

    def _on_return_pressed(self) -> None:
        sought = self.text().casefold().strip()
        if sought:
            self._go(next((place for place in self._results if sought in place.words.casefold()), None))

    def _go(self, place: SearchResult | None) -> None:
        if place is not None:
            soon(self._leave_for, place)  # once the list has closed

    def _leave_for(self, place: SearchResult) -> None:
        self.clear()
        self.found.emit(place.path)
