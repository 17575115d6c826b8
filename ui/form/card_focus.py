"""Which question card the keyboard is in: it is framed, and its answer is saved when it is left."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from ui.editing.response_editing import ResponseEditing
from ui.form.question_card import QuestionCard


class CardFocus(QObject):
    """Follows the keyboard within `ground`, on which the cards lie."""

    def __init__(self, editing: ResponseEditing, ground: QWidget) -> None:
        super().__init__(editing)  # goes with it, which is before the cards when a page is closed
        self._editing, self._ground = editing, ground
        self._card: QuestionCard | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if QApplication.activePopupWidget() is not None:
            return  # a list or calendar of the question itself
        if new is None or not self._ground.isAncestorOf(new):
            self._focus_card(None, None)
            if new is not None:
                self._editing.enter(WHOLE_RESPONSE)
            return
        widget: QWidget | None = new
        while widget is not None and not isinstance(widget, QuestionCard):
            widget = widget.parentWidget()
        self._focus_card(widget, new)

    def _focus_card(self, card: QuestionCard | None, widget: QWidget | None) -> None:
        before = self._card if self._card is not None and isValid(self._card) else None
        if card is not None and widget is not None:
            path = next(
                (path for path, field in card.fields.items() if field.editor.isAncestorOf(widget)), card.path
            )
            self._editing.enter(path)
        else:
            self._editing.save_if_needed()
        if before is not None and before is not card:
            before.show_focus(None)
        if card is not None:
            card.show_focus(widget)
        self._card = card
