"""Which question is the current one: its card has the ring, and whatever acts on a question acts on this one.

It is the one that the keyboard is in. It stays while the keyboard is in the panel beside the questions, which is about
it, and in another window; it is brought into view as soon as the panel is used. Anywhere else there is none.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget
from shiboken6 import isValid

from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from ui.editing.response_editing import ResponseEditing
from ui.form.question_card import QuestionCard
from ui.widgets.connections import soon


@runtime_checkable
class HoldsQuestions(Protocol):
    """A widget with many questions in it, such as a table, that itself says which one is current."""

    def enter_current(self) -> None:
        """The keyboard came to it: it tells the editing which question that is."""


class CardFocus(QObject):
    """Follows the keyboard within `ground`, the sections with their cards; `panel` is about the current question."""

    def __init__(self, editing: ResponseEditing, ground: QStackedWidget, panel: QWidget) -> None:
        super().__init__(editing)  # goes with it, which is before the cards when a page is closed
        self._editing, self._ground, self._panel = editing, ground, panel
        self._card: QuestionCard | None = None
        self._held: QWidget | None = None  # that card, or the table
        self._was_clicked = False  # whether somebody went to that card by the mouse
        ground.currentChanged.connect(self._on_section_changed)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        is_in_window = new is not None and new.window() is self._ground.window()
        if QApplication.activePopupWidget() is not None and not is_in_window:
            return  # a list or calendar of the question itself; Tab leaves the question while it is still open
        if self._is_elsewhere(new):
            self._editing.save_if_needed()
        elif new is not None and (new is self._panel or self._panel.isAncestorOf(new)):
            self._rest()
        elif new is None or not self._ground.isAncestorOf(new):
            self._leave()
        else:
            self._enter(new)
            if old is not None and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
                soon(self._show_focused, new)  # what was drawn for it has its place by then

    def _on_section_changed(self) -> None:
        """The question of a section that is no longer in view is not current, wherever the keyboard is."""
        card, shown = self._standing(), self._ground.currentWidget()
        if card is None or shown is None or not shown.isAncestorOf(card):
            self._leave()

    def _is_elsewhere(self, new: QWidget | None) -> bool:
        """Whether another window has the keyboard: a dialog about the question, or another program."""
        window = self._ground.window()
        return QApplication.activeWindow() is not window if new is None else new.window() is not window

    def _rest(self) -> None:
        """Somebody acts on the current question: it stays current, and comes into view."""
        card = self._standing()
        self._editing.save_if_needed()
        if card is not None:
            card.show_focus(None)
        self.bring_into_view()

    def bring_into_view(self) -> None:
        """Scrolls to the current question, or to the table that it is in."""
        card = self._held if self._held is not None and isValid(self._held) else None
        around = _scrolled_by(card)
        if around is not None and card is not None:
            margin = self._editing.context.theme.px(18)
            if card.height() + 2 * margin <= around.viewport().height():
                around.ensureWidgetVisible(card, 0, margin)
            else:
                self._show_head(card, around, margin)

    def _show_focused(self, focused: QWidget) -> None:
        """The keyboard came here other than by the mouse, maybe from outside of what scrolls: nobody types unseen."""
        if not isValid(focused) or not focused.hasFocus():
            return
        self.bring_into_view()
        around = _scrolled_by(focused)
        if around is not None and focused.height() <= around.viewport().height():
            around.ensureWidgetVisible(focused, 0, self._editing.context.theme.px(18))

    def _show_head(self, card: QWidget, around: QScrollArea, margin: int) -> None:
        """Of what is higher than its place, its number and words: what is acted on is to be read."""
        content = around.widget()
        if content is None:
            return
        bar, top = around.verticalScrollBar(), card.mapTo(content, QPoint()).y()
        if not 0 <= top - bar.value() <= around.viewport().height() - 5 * margin:
            bar.setValue(top - margin)

    def _leave(self) -> None:
        before, self._card, self._held = self._standing(), None, None
        self._editing.enter(WHOLE_RESPONSE)
        if before is not None:
            before.show_focus(None)

    def _enter(self, focused: QWidget) -> None:
        before, around = self._standing(), self._around(focused)
        card = self._card = around if isinstance(around, QuestionCard) else None
        self._held = around
        is_clicked = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        was_there = (
            self._was_clicked or not is_clicked
        )  # else the program put the keyboard there, and nobody looked
        if before is not None and before is not card and around is not None and was_there:
            self._editing.missing.leave(before.fields)
        self._was_clicked = is_clicked if before is not card else self._was_clicked or is_clicked
        if card is not None:
            self._editing.enter(card.path_at(focused))
        elif isinstance(around, HoldsQuestions):
            around.enter_current()
        else:
            self._editing.enter(WHOLE_RESPONSE)
        if before is not None and before is not card:
            before.show_focus(None)
        if card is not None:
            card.show_focus(focused)

    def _around(self, focused: QWidget) -> QWidget | None:
        """The card or table that a widget is part of."""
        widget: QWidget | None = focused
        while widget is not None and not isinstance(widget, (QuestionCard, HoldsQuestions)):
            widget = widget.parentWidget()
        return widget

    def _standing(self) -> QuestionCard | None:
        return self._card if self._card is not None and isValid(self._card) else None


def _scrolled_by(widget: QWidget | None) -> QScrollArea | None:
    """What scrolls a widget."""
    around = widget.parentWidget() if widget is not None else None
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around
