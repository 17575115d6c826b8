"""Find a place in the form: by number, by words of a question or an answer, or by the name of an entry."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.question_finder import FoundPlace, QuestionFinder
from ui.editing.response_editing import ResponseEditing
from ui.form.found_places import PLACE, FoundPlaceDelegate, FoundPlaces
from ui.phrases.form_languages import direction_of
from ui.widgets.connections import soon
from ui.widgets.name_completer import name_list
from ui.widgets.text_boxes import LineBox

_LEAST_WIDTH = 460
_ROWS = 9


class QuestionSearch(LineBox):
    """What can be found is gathered when the box is entered, so that it knows the answers of that moment.

    Signals:
        found(path): somebody wants to go there.
    """

    found = Signal(str)

    def __init__(self, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing = editing
        self._finder: QuestionFinder | None = None
        self.setPlaceholderText(_("Find a question  Ctrl+F"))
        self.setAccessibleName(_("Find a question, or an answer"))
        self.setClearButtonEnabled(True)
        self.places = FoundPlaces(self)
        completer = QCompleter(self.places, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_ROWS)
        popup = name_list(self, editing.context.theme.px(_LEAST_WIDTH))
        completer.setPopup(popup)
        popup.setItemDelegate(FoundPlaceDelegate(editing.context.theme, popup))
        completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index] # of its two signals this
        self.setCompleter(completer)
        self.textEdited.connect(self._on_text_edited)
        self.returnPressed.connect(self._on_return_pressed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Says what fits."""
        super().resizeEvent(event)
        whole, short = _("Find a question  Ctrl+F"), _("Find")
        room = self.width() - 2 * self.fontMetrics().averageCharWidth() - self.minimumSizeHint().width()
        needed = self.fontMetrics().horizontalAdvance(whole)
        self.setPlaceholderText(whole if needed <= room else short)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._finder = QuestionFinder(self._editing.session)
        direction, popup = direction_of(self._editing.session.language), self.completer().popup()
        if direction is not None and popup is not None:
            popup.setLayoutDirection(direction)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the box first; the next one leads back."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _on_text_edited(self, text: str) -> None:
        if self._finder is None:
            self._finder = QuestionFinder(self._editing.session)
        nothing = _("No question and no answer has “{text}”.").format(text=text) if text.strip() else ""
        self.places.show_places(self._finder.find(text), nothing)

    def _on_activated(self, index: QModelIndex) -> None:
        self._go(index.data(PLACE))

    def _on_return_pressed(self) -> None:
        if self.text().strip():
            self._go(self.places.first)

    def _go(self, place: FoundPlace | None) -> None:
        if place is not None and place.path:
            soon(self._leave_for, place)  # once the list has closed

    def _leave_for(self, place: FoundPlace) -> None:
        self.clear()
        self.found.emit(place.path)
