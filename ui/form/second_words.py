"""The second language at a question: its label and hint in muted small text, its choices beneath theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from ui.editing.response_editing import ResponseEditing
from ui.widgets.labels import LateLabel
from ui.widgets.wrapping_buttons import WrappingCheck, WrappingRadio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iscm_desktop.session.views import ItemWords, QuestionView

_MOST_LISTED = 12
"""Choices whose words are listed where the widget has no place for them; longer lists are searched in any language."""


class SecondLine:
    """A line of small text behind something in a column; made when there is first something to say."""

    def __init__(self, column: QBoxLayout, owner: QWidget) -> None:
        self._column, self._behind = column, 0
        self._late = LateLabel("small", owner, self._place)

    @property
    def label(self) -> QLabel | None:
        """The line, once there was something to say."""
        return self._late.label

    def show(self, text: str, behind: int) -> None:
        """Writes `text` at the place behind the column's part number `behind`; "" takes the line away."""
        self._behind = behind
        self._late.show_text(text)

    def _place(self, label: QLabel) -> None:
        self._column.insertWidget(self._behind + 1, label)


class SecondWords:
    """All of the second language on one card: behind its label and its editor in `column`, its hint in `hints`."""

    def __init__(
        self, editing: ResponseEditing, column: QBoxLayout, hints: QBoxLayout, owner: QWidget
    ) -> None:
        self._editing = editing
        self._label, self._choices = SecondLine(column, owner), SecondLine(column, owner)
        self._hint = SecondLine(hints, owner)
        self._column, self._hints = column, hints
        self._is_shown = False

    def show(
        self, view: QuestionView, controls: Sequence[QWidget], editor: QWidget | None, hint: QWidget | None
    ) -> None:
        """Draws it for a view that was just drawn; costs nothing while no second language is chosen."""
        if not self._editing.second.language and not self._is_shown:
            return
        self._is_shown = bool(self._editing.second.language)
        words = self._editing.second.words(view.path)
        self._label.show("" if words.label == view.label else words.label, 0)
        listed = self._on_buttons(words, controls)
        at = self._column.indexOf(editor) if editor is not None else -1
        self._choices.show("" if listed or at < 0 else self._list(view, words), at)
        at = -1 if hint is None else self._hints.indexOf(hint)
        self._hint.show("" if words.hint == view.hint else words.hint, at)

    def _on_buttons(self, words: ItemWords, controls: Sequence[QWidget]) -> bool:
        """Beneath the words of each button to tick or choose; False where there are none of those."""
        found = False
        for each in controls:
            if isinstance(each, WrappingCheck | WrappingRadio):
                each.show_second(words.choices.get(str(each.property("value")), ""))
                found = True
        return found

    def _list(self, view: QuestionView, words: ItemWords) -> str:
        """For a scale and the like: each choice with its other words."""
        pairs = [(choice.label, words.choices.get(choice.value, "")) for choice in view.choices]
        told = [f"{first} = {second}" for first, second in pairs if second and second != first]
        return "  ·  ".join(told) if len(pairs) <= _MOST_LISTED else ""
